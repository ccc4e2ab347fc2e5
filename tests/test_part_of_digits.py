"""Some classes, every so many-th digit, a part of each class: learned, asked and refused by
commands."""

import json
from pathlib import Path

import pytest

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load
from nnviz.paths import TRAINED
from tests.program import ran_here, records, shipped

SIX_OR_NINE = str(TRAINED / "naive" / "six-or-nine.safetensors")
ASKED = "six-or-nine.safetensors tells 2 classes apart: only the digits 6, 9 are asked."


def test_a_network_learns_a_part_of_the_digits_and_its_file_says_which(tmp_path: Path) -> None:
    file = tmp_path / "few.safetensors"
    part = ("--classes", "0,1,2,3,4", "--every", "10", "--share", "0.25")
    records("train", *part, "--epochs", "1", "--out", str(file))
    trained = load(file)
    handed = bundled_digits().only("01234").thinned(10, 0.25).handed()
    assert trained.handed == handed
    assert trained.trained_on == handed.images < 60
    assert trained.tested_on == 500
    (found,) = records("evaluate", str(file), "--part", "train", *part)
    assert found["images"] == handed.images


@pytest.mark.parametrize("command", ["evaluate", "mistakes", "detectors"])
def test_a_network_of_some_classes_is_asked_about_those(command: str) -> None:
    here = ran_here(command, SIX_OR_NINE, "--json")
    assert ASKED in here.err
    named = ran_here(command, SIX_OR_NINE, "--json", "--classes", "6,9")
    assert "only the digits" not in named.err
    assert here.out == named.out
    if command == "evaluate":
        assert json.loads(here.out)["images"] == 200


def test_networks_of_other_classes_are_not_asked_together() -> None:
    done = ran_here("mistakes", SIX_OR_NINE, shipped("four-bits"))
    assert done.status in (1, 2)
    assert "tells 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 apart" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--every 0", "--every must be 1 or more, not 0."),
        ("--every 1000", "Of every 1,000 training digits one leaves none of the class"),
        ("--share 0", "--share must be above 0 and at most 1, not 0."),
        ("--share 1.2", "--share must be above 0 and at most 1, not 1.2."),
        ("--share nan", "--share must be above 0 and at most 1, not nan."),
        ("--classes 4", "at least two classes"),
        ("--classes four", "There is no class 'four' among those of bundled"),
    ],
)
def test_no_part_is_refused_in_one_sentence(words: str, said: str) -> None:
    done = ran_here("train", "--epochs", "1", *words.split())
    assert done.status in (1, 2)
    assert said in done.err
