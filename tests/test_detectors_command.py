"""`nnviz detectors`: one network neuron by neuron, several as a report."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from nnviz.cli.app import commands
from nnviz.data.digits import bundled_digits
from nnviz.errors import Refusal
from nnviz.networks.files import load, save
from nnviz.networks.settings import SettingError
from nnviz.paths import TRAINED
from tests.idx_files import write_folder
from tests.learning.runs import part_of_set

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


def shipped(name: str) -> str:
    return str(TRAINED / f"{name}.safetensors")


def run(*words: str) -> list[str]:
    found = CliRunner().invoke(commands(), ["detectors", *words], catch_exceptions=False)
    return found.stdout.splitlines()


def test_a_line_of_json_for_every_neuron_and_one_of_means():
    records = [json.loads(line) for line in run(shipped("ten-outputs"), "--json", *FEW)]
    assert [list(record) for record in records] == [KEYS] * 31
    *neurons, mean = records
    assert [record["neuron"] for record in neurons] == list(range(30))
    assert mean["neuron"] == "mean"
    for key in KEYS[1:]:
        assert mean[key] == pytest.approx(sum(record[key] for record in neurons) / 30)
    assert mean["moran"] > 0.5


def test_neurons_of_several_networks_have_two_numbers():
    records = [json.loads(line) for line in run(shipped("plain-ensemble"), "--json", *FEW)]
    *neurons, mean = records
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
    *records, says = (json.loads(line) for line in run(*words, "--json"))
    by_measure = {record["measure"]: record for record in records}
    assert {"moran", "pieces", "stroke_excess", "ablation", "stability"} <= by_measure.keys()
    moran = by_measure["moran"]
    assert moran["first"] - moran["second"] == pytest.approx(moran["difference"])
    assert moran["p"] <= moran["p_holm"]
    assert by_measure["stability"]["first"] is None
    assert all(sentence in text for sentence in says["says"])


def test_several_files_of_a_kind_have_a_stability():
    files = [shipped("ten-outputs")] * 2
    *records, says = (json.loads(line) for line in run(*files, "--json", *FEW))
    assert records[-1]["measure"] == "stability"
    assert records[-1]["first"] == pytest.approx(1)
    assert list(records[0]) == ["measure", "first"]
    assert "2 networks" in says["says"][0]


@pytest.fixture
def folder(tmp_path) -> str:
    """A data set of 60 training and 40 test digits."""
    return str(write_folder(tmp_path / "few", part_of_set(bundled_digits(), 60, 40)))


def test_networks_are_trained_from_several_seeds_where_files_hold_one(folder):
    words = (shipped("ten-outputs"), "--against", shipped("four-bits"), "--data", folder)
    *records, says = (json.loads(line) for line in run(*words, "--seeds", "2", "--json"))
    assert "over 2 and 2 networks" in " ".join(says["says"])
    stability = records[-1]
    assert 0 < stability["first"] < 1  # other seeds, other neurons
    assert all(record["p"] is not None for record in records[:-1])
    again = [json.loads(line) for line in run(*words, "--seeds", "2", "--json")]
    assert again == [*records, says]


def test_a_frozen_trunk_is_the_same_from_every_seed(folder):
    words = (shipped("elimination"), "--data", folder, "--seeds", "2", "--json")
    *records, _ = (json.loads(line) for line in run(*words))
    assert records[-1]["first"] == pytest.approx(1)


def test_kinds_of_the_same_design_can_be_told_apart():
    text = "\n".join(run(shipped("ten-outputs"), "--against", shipped("ten-outputs"), *FEW))
    assert "ten-outputs (first)" in text
    assert "ten-outputs (second)" in text
    assert "do not show that either is more shape-like" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([shipped("ten-outputs"), "--images", "-1"], "--images must be 0 or more"),
        ([shipped("ten-outputs"), "--seeds", "-1"], "--seeds must be 0 or more"),
        ([shipped("ten-outputs")] * 2 + ["--seeds", "2"], "--seeds trains networks like one FILE"),
        (["nowhere"], "nowhere cannot be opened"),
        ([shipped("ten-outputs"), "--against", "nowhere"], "nowhere cannot be opened"),
    ],
)
def test_a_mistake_is_one_sentence(words, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        run(*words)
    assert isinstance(refused.value, SettingError) == ("nowhere" not in words)


def test_no_torch_is_needed():
    words = ["detectors", shipped("ten-outputs"), "--json", *FEW]
    check = (
        "import sys\nfrom nnviz.cli.app import commands\n"
        f"commands()({words!r}, standalone_mode=False)\n"
        "sys.exit(bool({'torch', 'PySide6'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_networks_of_two_kinds_are_not_pooled(tmp_path):
    with pytest.raises(SettingError, match=r"no networks of one kind .design.*--against"):
        run(shipped("ten-outputs"), shipped("four-bits"), *FEW)
    first = load(TRAINED / "ten-outputs.safetensors")
    other = tmp_path / "other.safetensors"
    save(replace(first, settings=first.settings.change(decay=7.0)), other)
    with pytest.raises(SettingError, match=r"and 7\.0"):
        run(shipped("four-bits"), "--against", shipped("ten-outputs"), "--against", str(other))
    save(replace(first, settings=first.settings.change(seed=5)), other)
    assert any("stability" in line for line in run(shipped("ten-outputs"), str(other), *FEW))
