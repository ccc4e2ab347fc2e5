"""All quoted figures come from one file, which commands make."""

from nnviz.results import result, results


def test_every_result_names_its_command_and_has_one_value_for_each_seed() -> None:
    for name, each in results().items():
        assert each.command.startswith("uv run "), name
        assert each.values or each.figures or each.rows, name
        assert not each.seeds or len(each.seeds) == len(each.values), name


def test_a_mean_is_that_of_its_seeds() -> None:
    bits = result("four-bits")
    assert (bits.seeds, bits.digits, bits.learned) == ((1, 2, 3), "MNIST", 60_000)
    assert round(bits.mean, 6) == round(sum(bits.values) / 3, 6)
