"""`nnviz detectors`: one network neuron by neuron, several as a report."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load, save
from nnviz.paths import TRAINED
from tests.idx_files import write_folder
from tests.learning.runs import part_of_set
from tests.program import ran_here, records, shipped

KEYS = [
    "neuron",
    "moran",
    "blob_share",
    "stroke_fit",
    "stroke_null",
    "selectivity",
    "ablation",
]
FEW = ("--images", "60")


def run(*words: str) -> list[str]:
    done = ran_here("detectors", *words)
    assert done.status == 0, done.err
    return done.out.splitlines()


def measured(*words: str) -> list[dict[str, Any]]:
    return records("detectors", *words)


def test_a_line_of_json_for_every_neuron_and_one_of_means():
    *neurons, mean = measured(shipped("ten-outputs"), *FEW)
    assert [list(record) for record in (*neurons, mean)] == [KEYS] * 31
    assert [record["neuron"] for record in neurons] == list(range(30))
    assert mean["neuron"] == "mean"
    for key in KEYS[1:]:
        assert mean[key] == pytest.approx(sum(record[key] for record in neurons) / 30)
    assert mean["moran"] > 0.5


def test_neurons_of_several_networks_have_two_numbers():
    *neurons, mean = measured(shipped("plain-ensemble"), *FEW)
    assert {tuple(record) for record in neurons} == {("network", *KEYS)}
    places = [(record["network"], record["neuron"]) for record in neurons]
    assert places == [(network, neuron) for network in range(5) for neuron in range(30)]
    assert list(mean) == KEYS


def test_without_json_there_is_a_table():
    head, *rows, last = run(shipped("four-bits"), *FEW)
    assert all(word in head for word in ("Moran's I", "blob share", "ablation", "looks like"))
    assert [row.split()[0] for row in rows] == [str(number) for number in range(30)]
    assert last.split()[0] == "mean"
    assert "pieces" in "".join(rows)
    first, *_ = run(shipped("plain-ensemble"), *FEW)[1:]
    assert first.split()[0] == "0.0"


def test_two_kinds_are_compared_in_words_and_in_json():
    words = (shipped("ten-outputs"), "--against", shipped("four-bits"), *FEW)
    text = "\n".join(run(*words))
    assert "ten-outputs" in text
    assert "four-bits" in text
    assert "not significant" in text
    assert "say nothing of networks from other seeds" in text
    *found, says = measured(*words)
    by_measure = {record["measure"]: record for record in found}
    assert {"moran", "pieces", "stroke_excess", "ablation", "stability"} <= by_measure.keys()
    moran = by_measure["moran"]
    assert moran["first"] - moran["second"] == pytest.approx(moran["difference"])
    assert moran["p"] <= moran["p_holm"]
    assert by_measure["stability"]["first"] is None
    assert all(sentence in text for sentence in says["says"])


def test_kinds_that_learned_from_other_digits_have_no_p(tmp_path):
    few = tmp_path / "few.safetensors"
    bits = load(TRAINED / "four-bits.safetensors")
    save(replace(bits, handed=replace(bits.taught.handed, data="bundled", left_out="")), few)
    done = ran_here("detectors", shipped("ten-outputs"), "--against", str(few), *FEW, "--json")
    *found, says = (json.loads(line) for line in done.out.splitlines())
    assert all(record["p"] is record["difference"] is None for record in found)
    assert not any(record["significant"] for record in found)
    assert done.err == f"nnviz: {says['says'][-1]}\n"
    assert says["says"][-1].endswith("so they are not compared.")
    assert [each["digits"] for each in says["learned_from"]["four-bits"]] == ["bundled"]


def test_several_files_of_a_kind_have_a_stability():
    files = [shipped("ten-outputs")] * 2
    *found, says = measured(*files, *FEW)
    assert found[-1]["measure"] == "stability"
    assert found[-1]["first"] == pytest.approx(1)
    assert list(found[0]) == ["measure", "first"]
    assert "2 networks" in says["says"][0]


@pytest.fixture
def folder(tmp_path) -> str:
    """A data set of 60 training and 40 test digits."""
    return str(write_folder(tmp_path / "few", part_of_set(bundled_digits(), 60, 40)))


def test_networks_are_trained_from_several_seeds_where_files_hold_one(folder):
    words = (shipped("ten-outputs"), "--against", shipped("four-bits"), "--data", folder)
    *found, says = measured(*words, "--seeds", "2")
    assert "over 2 and 2 networks" in " ".join(says["says"])
    stability = found[-1]
    assert 0 < stability["first"] < 1  # other seeds, other neurons
    assert all(record["p"] is not None for record in found[:-1])
    assert measured(*words, "--seeds", "2") == [*found, says]


def test_a_frozen_trunk_is_the_same_from_every_seed(folder):
    words = (shipped("elimination"), "--data", folder, "--seeds", "2")
    *found, _ = measured(*words)
    assert found[-1]["first"] == pytest.approx(1)


def test_kinds_of_the_same_design_can_be_told_apart():
    text = "\n".join(run(shipped("ten-outputs"), "--against", shipped("ten-outputs"), *FEW))
    assert "ten-outputs (first)" in text
    assert "ten-outputs (second)" in text
    assert "do not show that either is more shape-like" in text


def test_networks_of_two_kinds_are_not_pooled(tmp_path):
    first, other = load(TRAINED / "ten-outputs.safetensors"), tmp_path / "other.safetensors"
    refused = ran_here("detectors", shipped("ten-outputs"), shipped("four-bits"), *FEW)
    assert re.search(r"no networks of one kind .design.*--against", refused.err)
    save(replace(first, settings=first.settings.change(decay=7.0)), other)
    words = (shipped("four-bits"), "--against", shipped("ten-outputs"), "--against", str(other))
    assert "and 7.0" in ran_here("detectors", *words).err
    save(replace(first, settings=first.settings.change(seed=5)), other)
    assert any("stability" in line for line in run(shipped("ten-outputs"), str(other), *FEW))


def test_neurons_are_measured_on_images_that_are_all_black(tmp_path: Path) -> None:
    few = part_of_set(bundled_digits(), 100, 60)
    black = replace(few, train_images=0 * few.train_images, test_images=0 * few.test_images)
    folder = write_folder(tmp_path / "black", black)
    told = measured(shipped("ten-outputs"), "--data", str(folder), *FEW)
    assert told[-1]["ablation"] == 0
