"""`nnviz read`: rows of digits out of pictures, and what is no row."""

import dataclasses
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.cli import reading
from nnviz.data.digits import bundled_digits
from nnviz.data.normalising import resized
from nnviz.data.picture_files import PictureError
from nnviz.data.row_making import GAPS, MadeRow, random_row, spelled_row
from nnviz.networks.files import NetworkFileError, save
from nnviz.networks.network import initial_network
from nnviz.paths import TRAINED
from nnviz.questions.rows import SCORES
from tests.learning.network_files import example
from tests.program import END, ran_here, with_imports

PLAIN = TRAINED / "ten-outputs.safetensors"


@pytest.fixture(scope="module")
def row() -> MadeRow:
    digits = bundled_digits()
    random = np.random.default_rng(4)
    wanted = (2, 0, 2, 6)
    return spelled_row(digits.test_images, digits.test_labels, wanted, GAPS["spaced"], random)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Saves a picture: file(picture, name) -> its path."""

    def saved(picture: np.ndarray, name: str = "row.png") -> Path:
        Image.fromarray(picture).save(tmp_path / name)
        return tmp_path / name

    return saved


def read(capsys: pytest.CaptureFixture[str], path: Path, **more: object) -> dict:
    reading.read(path, more.get("network"), more.get("score", "mean"), True)
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    return json.loads(said)


def in_words(capsys: pytest.CaptureFixture[str], path: Path) -> list[str]:
    reading.read(path, None, "mean", False)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("factor", [1, 7])
@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_row_is_read_from_a_picture_of_any_size(file, capsys, row, dark, factor, suffix):
    size = tuple(factor * side for side in row.picture.shape)
    picture = np.pad(resized(row.picture, *size), ((30, 10), (90, 20)))
    found = read(capsys, file(255 - picture if dark else picture, f"row.{suffix}"))
    assert found["string"] == "2026"
    assert len(found["cuts"]) == len(found["scores"]) - 1 == 3
    assert found["total"] == pytest.approx(np.mean(found["scores"]), abs=1e-3)
    assert found["score"] == "mean"
    for cut, ((_, end), (start, _)) in zip(found["cuts"], pairwise(row.spans), strict=True):
        assert factor * (end - 2) <= cut - 90 <= factor * (start + 2)
    strings = [found["string"], *(each["string"] for each in found["runners_up"])]
    assert len(set(strings)) == len(strings)


def test_cuts_are_columns_of_the_file_also_of_a_reduced_picture(file, capsys, row):
    size = tuple(40 * side for side in row.picture.shape)
    path = file(resized(row.picture, *size))
    reading.read(path, None, "mean", True)
    said = capsys.readouterr()
    assert "was reduced from" in said.err
    found = json.loads(said.out)
    assert found["string"] == "2026"
    for cut, ((_, end), (start, _)) in zip(found["cuts"], pairwise(row.spans), strict=True):
        assert 40 * (end - 2) <= cut <= 40 * (start + 2)


@pytest.mark.parametrize("score", SCORES)
def test_a_plain_network_reads_by_any_score(file, capsys, row, score):
    found = read(capsys, file(row.picture), network=PLAIN, score=score)
    assert (len(found["string"]) > 8) == (score == "sum")


def test_in_words_it_says_the_digits_first(file, capsys, row):
    lines = in_words(capsys, file(row.picture))
    assert lines[0] == "2026"
    assert lines[1].startswith("mean confidence 0.")
    assert lines[2].startswith("cut at columns ")
    assert lines[3].startswith("runners-up: ")


def test_a_long_thin_row_is_read_whole(file, capsys):
    digits = bundled_digits()
    random = np.random.default_rng(2)
    long = random_row(digits.test_images, digits.test_labels, 120, GAPS["spaced"], random)
    found = read(capsys, file(long.picture))
    assert 110 <= len(found["string"]) <= 130
    assert found["total"] > 0.8


def test_what_it_is_not_sure_of_it_says_so(file, capsys, row):
    over_each_other = np.maximum(row.picture, row.picture[:, ::-1])[:, :30]
    path = file(over_each_other)
    first, second = in_words(capsys, path)[:2]
    assert re.fullmatch(r"\d+ \(not sure: .*\d+ %.*\)", first)
    assert second.startswith("mean confidence 0.")
    found = read(capsys, path)
    assert re.fullmatch(r"\d+", found["string"])
    assert {"reason", "piece", "value"} == set(found["unsure"][0])


def test_marks_that_are_left_out_are_said(file, capsys, row):
    signed = np.pad(row.picture, ((0, 0), (30, 0)))
    signed[17:20, 8:19] = 255  # a minus sign
    path = file(255 - signed)
    lines = in_words(capsys, path)
    assert lines[0] == "2026"
    assert lines[2] == "Left out: 1 dash."
    found = read(capsys, path)
    assert found["left_out"] == [{"kind": "dash", "columns": [8, 19]}]
    assert (found["lines"], found["unsure"]) == (1, [])


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (lambda row: np.tile(row, (1, 60)), r"is too long: up to about 130 digits are read, .*\.$"),
        (lambda row: np.full((100, 300), 255, np.uint8), r"shows no ink.*\.$"),
    ],
)
def test_what_is_no_row_is_refused_in_a_sentence(file, row, picture, sentence):
    path = file(picture(row.picture))
    with pytest.raises(PictureError, match=sentence):
        reading.read(path, None, "mean", True)


def test_a_network_for_colour_is_refused(tmp_path, file, row):
    path = file(row.picture)
    network = tmp_path / "colour.safetensors"
    trained = example()
    colour = initial_network(trained.settings, 3072, 10)
    save(dataclasses.replace(trained, network=colour), network)
    with pytest.raises(NetworkFileError, match=r"wants 3,072 inputs"):
        reading.read(path, network, "mean", True)


def test_the_program_reads_without_torch_and_says_in_one_sentence_what_it_cannot_read(file, row):
    path = file(row.picture)
    done, imported = with_imports(("read", str(path), "--json"))
    assert (done.status, done.err) == (0, "")
    assert imported.isdisjoint({"torch", "PySide6"})
    assert json.loads(done.out.removesuffix(END))["string"] == "2026"
    path.write_bytes(path.read_bytes()[:100])
    done = ran_here("read", str(path), "--json")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"nnviz: {path} ")
    assert done.err.count("\n") == 1
