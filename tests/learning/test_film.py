"""Films: which moments are kept, and that they are those of the run."""

import dataclasses
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.digits import DigitSet
from nnviz.networks import film as film_module
from nnviz.networks.curves import Position
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load, save
from nnviz.networks.film import BUDGET, BYTES, OPENING, Film, Moment, kept, moment_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import measured
from nnviz.questions.question import Subject
from nnviz.training.trainer import Trainer
from tests.learning.network_files import example, parts, with_story
from tests.learning.runs import bits, learn, new_trainer, taken_up

SETTINGS = Settings(hidden=4, epochs=0)


def filmed(trainer: Trainer) -> Trainer:
    trainer.film = Film()
    return trainer


def film_of(trainer: Trainer) -> Film:
    assert trainer.film is not None
    return trainer.film


def made_up(numbers: range, size: int = 5) -> Film:
    moments = [
        Moment(each, Position(examples=10 * each), np.full(size, each, np.float16))
        for each in numbers
    ]
    return Film(tuple(moments))


# ---- the rule ------------------------------------------------------------------------


def test_every_point_of_a_short_run_is_a_moment(few: DigitSet) -> None:
    trainer = learn(filmed(new_trainer(SETTINGS, few)), 100)
    film = film_of(trainer)
    assert [each.number for each in film.moments] == list(range(len(trainer.points)))
    assert [each.position.examples for each in film.moments] == [
        point.examples for point in trainer.points
    ]


@given(points=st.integers(1, 5000), parameters=st.integers(1, BUDGET // 2 // BYTES))
def test_a_film_stays_within_its_budget(points: int, parameters: int) -> None:
    count = sum(kept(number, points, parameters) for number in range(points))
    assert count >= 1
    assert count * parameters * BYTES <= BUDGET
    assert kept(0, points, parameters)


@given(
    number=st.integers(0, 3000),
    later=st.integers(1, 3000),
    more=st.integers(1, 3000),
    parameters=st.integers(1, BUDGET // 2 // BYTES),
)
def test_what_was_dropped_never_comes_back(
    number: int, later: int, more: int, parameters: int
) -> None:
    points = number + later
    if kept(number, points + more, parameters):
        assert kept(number, points, parameters)


@given(points=st.integers(OPENING + 1, 100_000), parameters=st.integers(1, BUDGET // 8))
def test_the_start_is_never_coarser_than_the_rest(points: int, parameters: int) -> None:
    kinds = [
        [each for each in numbers if kept(each, points, parameters)]
        for numbers in (range(OPENING), range(OPENING, min(points, 20 * OPENING)))
    ]
    opening, rest = ([b - a for a, b in pairwise(each)] for each in kinds)
    if opening and rest and points > 2 * OPENING:
        assert max(opening) <= max(rest)


def test_half_a_budget_is_the_largest_network_with_a_film() -> None:
    most = BUDGET // 2 // BYTES
    assert kept(0, 1, most)
    assert not kept(0, 1, most + 1)


@given(cuts=st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_the_film_does_not_depend_on_how_often_somebody_looks(cuts: list[int]) -> None:
    whole = made_up(range(sum(cuts)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film_module, "BUDGET", 24 * 5 * BYTES)
        straight = Film().grown(whole.moments, sum(cuts))
        pieces, seen = Film(), 0
        for cut in cuts:
            new = whole.moments[seen : seen + cut]
            seen += cut
            pieces = pieces.grown(new, seen)
            size = sum(moment.weights.nbytes for moment in pieces.moments)
            assert size <= film_module.BUDGET
    assert pieces == straight


# ---- the moments ---------------------------------------------------------------------


def test_the_same_seed_gives_the_same_film(few: DigitSet) -> None:
    one, other = (learn(filmed(new_trainer(SETTINGS, few)), 100) for _ in range(2))
    assert film_of(one) == film_of(other)
    different = learn(filmed(new_trainer(SETTINGS.change(seed=9), few)), 100)
    assert film_of(one) != film_of(different)


@pytest.mark.parametrize("steps", [1, 17, 30, 90])
def test_a_run_taken_up_has_the_film_of_one_that_never_stopped(few: DigitSet, steps: int) -> None:
    straight = learn(filmed(new_trainer(SETTINGS, few)), 120)
    first = learn(filmed(new_trainer(SETTINGS, few)), steps)
    second = learn(filmed(taken_up(first)), 120)
    joined = film_of(first).grown(film_of(second).moments, len(second.points))
    assert joined == film_of(straight)


def test_a_film_changes_nothing_of_the_run(few: DigitSet) -> None:
    plain, with_film = new_trainer(SETTINGS, few), filmed(new_trainer(SETTINGS, few))
    assert bits(learn(plain, 100).network()) == bits(learn(with_film, 100).network())


@pytest.mark.parametrize("design", DESIGNS)
def test_a_moment_holds_the_weights_of_its_time(few: DigitSet, design: str) -> None:
    settings = Settings(hidden=3, epochs=0).change(design=design, trunk="scratch")
    network = initial_network(settings, few.inputs, few.classes)
    trainer = filmed(Trainer(settings, few, network))
    learn(trainer, 5)
    seen: dict[int, Network] = {0: network, len(trainer.points) - 1: trainer.network()}
    for number, expected in seen.items():
        moment = film_of(trainer).at(number)
        assert moment is not None
        found = moment.network(trainer.network())
        for name, array in expected.weights().items():
            np.testing.assert_allclose(found.weights()[name], array, rtol=2**-11, atol=1e-7)


def test_weights_too_large_for_a_moment_stay_numbers() -> None:
    network = example().network
    huge = dataclasses.replace(network, output_weights=network.output_weights * np.float32(1e9))
    assert moment_of(huge, 0, Position()).network(huge).finite()


def test_looking_for_a_moment_finds_the_last_one_before() -> None:
    film = made_up(range(0, 12, 4))
    found = [film.at(number) for number in (0, 3, 4, 11, 99)]
    assert [each.number for each in found if each] == [0, 0, 4, 8, 8]
    assert Film().at(3) is None


# ---- network files -------------------------------------------------------------------


def with_film(count: int = 4) -> object:
    plain = example()
    moments = made_up(range(count), plain.network.parameters)
    return dataclasses.replace(plain, film=moments)


def test_a_network_file_carries_the_film(tmp_path: Path) -> None:
    path = tmp_path / "network.safetensors"
    save(with_film(), path)  # type: ignore[arg-type]
    assert load(path).film == with_film().film  # type: ignore[attr-defined]


def test_a_program_that_knows_no_films_reads_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "network.safetensors"
    save(with_film(), path)  # type: ignore[arg-type]
    header, _ = parts(path.read_bytes())
    assert set(header) == {"__metadata__", "film", *example().network.weights()}
    assert bits(load(path).network) == bits(example().network)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        "film",
        [{"number": 0}] * 4,
        [{"number": each, "position": {"epoch": -1}} for each in range(4)],
        [{"number": 3 - each, "position": dataclasses.asdict(Position())} for each in range(4)],
        [{"number": each, "position": dataclasses.asdict(Position())} for each in range(3)],
    ],
)
def test_a_damaged_film_leaves_the_network_as_it_is(tmp_path: Path, moments: object) -> None:
    path = tmp_path / "network.safetensors"
    save(with_film(), path)  # type: ignore[arg-type]
    path.write_bytes(with_story(path.read_bytes(), film=moments))
    found = load(path)
    assert bits(found.network) == bits(example().network)
    assert found.film_trouble.startswith("The film in network.safetensors is damaged and ")
    assert len(found.film) < 4


def test_a_film_is_kept_up_to_weights_that_are_no_numbers(tmp_path: Path) -> None:
    path, whole = tmp_path / "network.safetensors", with_film()
    damaged = whole.film.moments[2].weights.copy()  # type: ignore[attr-defined]
    damaged[5] = np.nan
    moments = list(whole.film.moments)  # type: ignore[attr-defined]
    moments[2] = dataclasses.replace(moments[2], weights=damaged)
    save(dataclasses.replace(whole, film=Film(tuple(moments))), path)  # type: ignore[type-var]
    found = load(path)
    assert found.film.moments == tuple(moments[:2])
    assert found.film_trouble.endswith("is damaged and ends after 2 moments.")


# ---- shipped films -------------------------------------------------------------------

SHIPPED = ("ten-outputs", "four-bits")


def test_the_shipped_films_take_less_than_10_megabytes() -> None:
    sizes = [(TRAINED / f"{name}.safetensors").stat().st_size for name in SHIPPED]
    assert sum(sizes) <= 10_000_000


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_film_leads_from_noise_to_the_shipped_network(name: str) -> None:
    trained = load(TRAINED / f"{name}.safetensors")
    moments = trained.film.moments
    assert len(moments) >= 60
    noise = initial_network(trained.settings, 784, 10)
    for moment, network in ((moments[0], noise), (moments[-1], trained.network)):
        expected = moment_of(network, moment.number, moment.position)
        np.testing.assert_array_equal(moment.weights, expected.weights)
    assert moments[-1].position.examples == trained.position.examples
    assert sum(each.position.epoch == 0 for each in moments) > len(moments) / 2


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_film_answers_as_its_curve_says(name: str, digits: DigitSet) -> None:
    trained = load(TRAINED / f"{name}.safetensors")
    for moment in trained.film.moments[::10]:
        subject = Subject(moment.network(trained.network), trained.settings)
        found = measured(subject, digits.train_images, digits.train_labels, 10).accuracy
        expected = trained.points[moment.number].test_accuracy
        assert found == pytest.approx(expected, abs=0.035)
