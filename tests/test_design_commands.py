"""Training and evaluating every design from the command line."""

from pathlib import Path
from typing import Any

import pytest

from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from tests.program import ran_here, records, shipped

EACH_READING = [(name, reading) for name, design in DESIGNS.items() for reading in design.readings]
USUAL = {"design", "digits", "test_accuracy", "mistakes", "images", "learned_from"}
MORE = {
    "literal-bits": {"not_a_digit"},
    "votes": {"ties"},
    "duels": {"heads_used", "multiply_adds"},
    "walk": {"heads_used", "outputs_used", "multiply_adds", "changed"},
}


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_learns_and_its_file_says_how(name: str, tmp_path: Path) -> None:
    file = str(tmp_path / "new.safetensors")
    words = ("--images", "400", "--epochs", "2", "--seed", "3", "--out", file)
    lines = records("train", "--design", name, *words)
    assert [line["epoch"] for line in lines] == [1, 2]
    assert [line["examples"] for line in lines] == [400, 800]
    assert load(Path(file)).settings.design == name
    (found,) = records("evaluate", file)
    assert found["test_accuracy"] == pytest.approx(lines[-1]["test_accuracy"], abs=0.002)
    assert found["mistakes"] == round((1 - found["test_accuracy"]) * 1000)


def evaluated(name: str, *words: str) -> dict[str, Any]:
    (found,) = records("evaluate", shipped(name), *words)
    return found


@pytest.mark.parametrize(("name", "reading"), EACH_READING)
def test_each_reading_says_what_applies_to_it(name: str, reading: str) -> None:
    record = evaluated(name, "--reading", reading)
    assert set(record) == USUAL | MORE.get(reading, set())
    assert record["test_accuracy"] > 0.9


def test_the_full_walk_asks_nine_heads_and_shorter_ones_fewer() -> None:
    full = evaluated("elimination")
    assert full["heads_used"] == 9
    heads = [evaluated("elimination", "--drop", str(k))["heads_used"] for k in range(1, 6)]
    assert heads == [9, 5, 3, 3, 2]
    quick = evaluated("elimination", "--below", "0.01")
    assert 1 < quick["heads_used"] < 2
    assert abs(quick["test_accuracy"] - full["test_accuracy"]) <= 0.003
    assert 0 < full["changed"] < 0.05
    assert (full["outputs_used"], full["multiply_adds"]) == (54, 25_140)
    assert quick["multiply_adds"] == pytest.approx(30 * (784 + quick["outputs_used"]))


def test_what_a_walk_saves_is_said_of_multiply_adds_heads_and_outputs() -> None:
    said = ran_here("evaluate", shipped("elimination"), "--below", "0.1").out
    assert "1.10 of 1,013 heads asked per digit" in said
    assert "5.2 % of the multiply-adds, 87.7 % of the heads, 81.1 % of their outputs." in said
    assert "this is no walk" not in said
    alone = ran_here("evaluate", shipped("elimination"), "--drop", "9").out
    assert "One head decides: this is no walk." in alone
    pairs = ran_here("evaluate", shipped("all-pairs"), "--reading", "walk", "--drop", "3").out
    assert "3.00 of 1,013 sets asked per digit" in pairs
    assert "0.0 % of the multiply-adds, 66.7 % of the heads" in pairs


@pytest.mark.parametrize(
    "words", [("--trunk-from", "four-bits"), ("--trunk-file", shipped("four-bits"))]
)
def test_a_trunk_is_copied_and_stays(tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "swap.safetensors"
    trunk = load(Path(shipped("four-bits"))).network
    records("train", "--trunk", "frozen", *words, "--epochs", "1", "--out", str(file))
    learned = load(file).network
    assert (learned.hidden_weights == trunk.hidden_weights).all()
    assert (learned.hidden_biases == trunk.hidden_biases).all()
    assert len(learned.output_biases) == 10


def test_a_line_may_carry_what_makes_no_difference() -> None:
    line = "nnviz members=3 code=gray images=100 epochs=1"
    assert len(records("train", "--line", line)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--code gray", "--code makes no difference to the design ten-outputs."),
        ("--members 3", "--members makes no difference to the design ten-outputs."),
        ("--trunk-from four-bits", "it goes with --trunk frozen."),
    ],
)
def test_a_setting_that_does_nothing_is_said(words: str, said: str) -> None:
    assert said in ran_here("train", "--images", "100", "--epochs", "1", *words.split()).err


def test_a_network_can_learn_some_classes_only(tmp_path: Path) -> None:
    file = tmp_path / "six-or-nine.safetensors"
    records("train", "--classes", "9, 6", "--epochs", "1", "--out", str(file))
    trained = load(file)
    assert trained.class_names == ("6", "9")
    assert (trained.trained_on, trained.tested_on) == (800, 200)
    (found,) = records("evaluate", str(file), "--classes", "6,9")
    assert found["images"] == 200
    assert found["test_accuracy"] > 0.95
    assert "6, 9" in ran_here("evaluate", str(file)).err
