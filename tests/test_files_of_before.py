"""Files that the program has written before open as what they were when they were saved.

They lie in `data`; what they held then is in `as_saved.json` and `settings_of_lines.jsonl`.
"""

import dataclasses
import json
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.networks.files import TrainedNetwork, load
from nnviz.networks.film import Film
from nnviz.networks.settings import Settings
from nnviz.networks.settings_line import as_line, from_line
from nnviz.session.autosave import Autosave
from tests.program import records

DATA = Path(__file__).resolve().parent / "data"
AS_SAVED: dict[str, dict[str, Any]] = json.loads((DATA / "as_saved.json").read_text("utf-8"))
INTERRUPTED = "runs"
"""What a program that was killed has left."""
NETWORKS = sorted(AS_SAVED.keys() - {INTERRUPTED})
LINES = list(
    zip(
        (DATA / "settings_lines.txt").read_text("utf-8").splitlines(),
        map(json.loads, (DATA / "settings_of_lines.jsonl").read_text("utf-8").splitlines()),
        strict=True,
    )
)


def assert_settings(settings: Settings, saved: Mapping[str, object]) -> None:
    """Every setting of then is as it was; newer ones may have come."""
    assert dataclasses.asdict(settings).items() >= saved.items()


def assert_as_saved(trained: TrainedNetwork, film: Film, saved: Mapping[str, Any]) -> None:
    assert_settings(trained.settings, saved["settings"])
    assert list(trained.class_names) == saved["classes"]
    for name in ("digits", "trained_on", "tested_on", "left_out", "non_digits"):
        assert getattr(trained, name) == saved[name]
    assert dataclasses.asdict(trained.position) == saved["position"]
    later = [0, 0]  # how many digits count: all
    points = [list(dataclasses.astuple(point)) for point in trained.points]
    assert points == [[*point, *later] for point in saved["points"]]
    assert trained.film_trouble == ""
    assert len(film) == len(saved.get("film", {}).get("numbers", ()))
    if film:
        assert [moment.number for moment in film.moments] == saved["film"]["numbers"]
        assert [moment.position.steps for moment in film.moments] == saved["film"]["steps"]
        weights = np.stack([moment.weights for moment in film.moments])
        assert zlib.crc32(weights.tobytes()) == saved["film"]["weights_crc32"]


def test_there_is_a_file_for_all_that_is_known():
    assert sorted(path.stem for path in DATA.glob("*.safetensors")) == NETWORKS
    assert any("film" in AS_SAVED[name] for name in NETWORKS)
    designs = {AS_SAVED[name]["settings"]["design"] for name in NETWORKS}
    assert len(designs) == 8


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_what_it_was(name):
    trained = load(DATA / f"{name}.safetensors")
    assert_as_saved(trained, trained.film, AS_SAVED[name])


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_as_good_as_it_was(name):
    saved = AS_SAVED[name]
    words = (str(DATA / f"{name}.safetensors"), "--classes", ",".join(saved["classes"]))
    (told,) = records("evaluate", *words)
    # newer numbers may have come
    assert {name: told[name] for name in saved["evaluated"]} == pytest.approx(saved["evaluated"])


def test_a_run_of_a_killed_program_is_found_with_its_film(tmp_path):
    saved = AS_SAVED[INTERRUPTED]
    folder = shutil.copytree(DATA / INTERRUPTED, tmp_path / "runs")
    autosave = Autosave(folder)
    try:
        (run,) = autosave.left_behind()
        assert run.key == saved["key"]
        assert_as_saved(run.trained, run.film(), saved)
    finally:
        autosave.stop()


@pytest.mark.parametrize(("line", "saved"), LINES, ids=range(len(LINES)))
def test_a_line_of_settings_means_what_it_meant(line, saved):
    settings, digits = from_line(line)
    assert_settings(settings, saved["settings"])
    assert digits == saved["digits"]
    assert as_line(settings, digits) == line
