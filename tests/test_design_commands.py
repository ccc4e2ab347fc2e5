"""Training and evaluating every design from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from nnviz.cli.app import commands
from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.settings import SettingError
from nnviz.paths import TRAINED

EACH_READING = [(name, reading) for name, design in DESIGNS.items() for reading in design.readings]
USUAL = {"design", "test_accuracy", "mistakes", "images"}
MORE = {
    "literal-bits": {"not_a_digit"},
    "votes": {"ties"},
    "duels": {"heads_used"},
    "walk": {"heads_used", "changed"},
}


def run(*words: str) -> str:
    return CliRunner().invoke(commands(), words, catch_exceptions=False).stdout


def evaluated(name: str, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("evaluate", shipped(name), "--json", *words))
    return found


def shipped(name: str) -> str:
    return str(TRAINED / f"{name}.safetensors")


def refused(*words: str) -> str:
    with pytest.raises(Refusal) as caught:
        CliRunner().invoke(commands(), words, catch_exceptions=False, standalone_mode=False)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_learns_and_its_file_says_how(name: str, tmp_path: Path) -> None:
    file = tmp_path / "new.safetensors"
    words = ("--images", "400", "--epochs", "2", "--seed", "3", "--json", "--out", str(file))
    lines = [json.loads(line) for line in run("train", "--design", name, *words).splitlines()]
    assert [line["epoch"] for line in lines] == [1, 2]
    assert [line["examples"] for line in lines] == [400, 800]
    trained = load(file)
    assert trained.settings.design == name
    found = json.loads(run("evaluate", str(file), "--json"))
    assert found["test_accuracy"] == pytest.approx(lines[-1]["test_accuracy"], abs=0.002)
    assert found["mistakes"] == round((1 - found["test_accuracy"]) * 1000)


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


def test_restricted_scores_never_change_the_answer() -> None:
    assert evaluated("ten-outputs", "--reading", "walk")["changed"] == 0


def test_a_trunk_is_copied_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "swap.safetensors"
    trunk = load(Path(shipped("four-bits"))).network
    for words in (("--trunk-from", "four-bits"), ("--trunk-file", shipped("four-bits"))):
        run("train", "--trunk", "frozen", *words, "--epochs", "1", "--out", str(file))
        learned = load(file).network
        assert (learned.hidden_weights == trunk.hidden_weights).all()
        assert (learned.hidden_biases == trunk.hidden_biases).all()
        assert len(learned.output_biases) == 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("evaluate FILE --reading coupling", "cannot be read by coupling; its readings are"),
        ("evaluate FILE --reading none", "--reading must be one of best-match"),
        ("evaluate FILE --drop 2", "--drop and --below go with --reading walk."),
        ("evaluate HEADS --drop 2 --below 0.1", "two ways of elimination"),
        ("evaluate HEADS --drop 0", "--drop must be between 1 and 9, not 0."),
        ("evaluate HEADS --below 1.5", "--below must be between 0 and 1, not 1.5."),
        ("evaluate HEADS --reading votes --drop 2", "go with --reading walk."),
        ("train --design five-bits", "must be one of ten-outputs, four-bits"),
        ("train --design four-bits --cost softmax", "does not go with the cost softmax"),
        ("train --design plain-ensemble --trunk frozen", "does not go with the hidden layer"),
        ("train --trunk frozen --hidden 7", "has 30 hidden neurons, not 7: leave --hidden out."),
        ("train --trunk-file FILE", "--trunk-file goes with --trunk frozen."),
        ("train --trunk frozen --trunk-file MANY", "holds 10 networks side by side"),
        ("train --trunk frozen --trunk-file nowhere", "nowhere cannot be opened"),
        ("train --design any-code --code 0000,0000", "have the same code word 0000."),
        ("train --design any-code --code 012,000", "or words of 0 and 1"),
        ("train --design any-code --code 0000,0001", "has 2 words, but there are 10 classes."),
        ("train --design any-code --code 000,001", "must have 4 to 16 bits."),
        ("train --balance some", "must be one of all, equal, none"),
        ("train --design plain-ensemble --members 1", "must be between 2 and 20, not 1."),
    ],
)
def test_a_mistake_is_one_sentence(words: str, said: str) -> None:
    named = {"FILE": shipped("four-bits"), "HEADS": shipped("elimination")}
    named["MANY"] = shipped("one-vs-rest")
    assert said in refused(*(named.get(word, word) for word in words.split()))


def test_a_line_may_carry_what_makes_no_difference() -> None:
    found = run("train", "--line", "nnviz members=3 code=gray images=100 epochs=1", "--json")
    assert len(found.splitlines()) == 1


def test_wrong_options_are_told_from_other_trouble() -> None:
    with pytest.raises(SettingError):
        CliRunner().invoke(
            commands(),
            ["evaluate", shipped("four-bits"), "--reading", "walk"],
            catch_exceptions=False,
            standalone_mode=False,
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--code gray", "--code makes no difference to the design ten-outputs."),
        ("--members 3", "--members makes no difference to the design ten-outputs."),
        ("--trunk-from four-bits", "it goes with --trunk frozen."),
    ],
)
def test_a_setting_that_does_nothing_is_said(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    commands()(["train", "--images", "100", "--epochs", "1", *words.split()], standalone_mode=False)
    assert said in capsys.readouterr().err


def test_a_network_can_learn_some_classes_only(tmp_path: Path) -> None:
    file = tmp_path / "six-or-nine.safetensors"
    run("train", "--classes", "9, 6", "--epochs", "1", "--out", str(file))
    trained = load(file)
    assert trained.class_names == ("6", "9")
    assert (trained.trained_on, trained.tested_on) == (800, 200)
    found = json.loads(run("evaluate", str(file), "--classes", "6,9", "--json"))
    assert found["images"] == 200
    assert found["test_accuracy"] > 0.95
    assert "6, 9" in refused("evaluate", str(file))


@pytest.mark.parametrize(
    ("classes", "named"), [("6,11", "'11'"), ("6", "two"), ("", "''"), ("6,6", "two")]
)
def test_impossible_classes_are_refused(classes: str, named: str) -> None:
    assert named in refused("train", "--classes", classes)
