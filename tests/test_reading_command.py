"""`nnviz read`: rows of digits out of pictures, and what is no row."""

import dataclasses
import json
import re
import subprocess
import sys
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

ROOT = Path(__file__).resolve().parent.parent
PLAIN = TRAINED / "ten-outputs.safetensors"


@pytest.fixture(scope="module")
def row() -> MadeRow:
    digits = bundled_digits()
    random = np.random.default_rng(4)
    wanted = (2, 0, 2, 6)
    return spelled_row(digits.test_images, digits.test_labels, wanted, GAPS["spaced"], random)


def read(capsys: pytest.CaptureFixture[str], path: Path, **more: object) -> dict:
    reading.read(path, more.get("network"), more.get("score", "mean"), True)
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    return json.loads(said)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("factor", [1, 7])
@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_row_is_read_from_a_picture_of_any_size(tmp_path, capsys, row, dark, factor, suffix):
    size = tuple(factor * side for side in row.picture.shape)
    picture = np.pad(resized(row.picture, *size), ((30, 10), (90, 20)))
    path = tmp_path / f"row.{suffix}"
    Image.fromarray(255 - picture if dark else picture).save(path)
    found = read(capsys, path)
    assert found["string"] == "2026"
    assert len(found["cuts"]) == len(found["scores"]) - 1 == 3
    assert found["total"] == pytest.approx(np.mean(found["scores"]), abs=1e-3)
    assert found["score"] == "mean"
    for cut, ((_, end), (start, _)) in zip(found["cuts"], pairwise(row.spans), strict=True):
        assert factor * (end - 2) <= cut - 90 <= factor * (start + 2)
    strings = [found["string"], *(each["string"] for each in found["runners_up"])]
    assert len(set(strings)) == len(strings)


def test_cuts_are_columns_of_the_file_also_of_a_reduced_picture(tmp_path, capsys, row):
    size = tuple(40 * side for side in row.picture.shape)
    path = tmp_path / "large.png"
    Image.fromarray(resized(row.picture, *size)).save(path)
    reading.read(path, None, "mean", True)
    said = capsys.readouterr()
    assert "was reduced from" in said.err
    found = json.loads(said.out)
    assert found["string"] == "2026"
    for cut, ((_, end), (start, _)) in zip(found["cuts"], pairwise(row.spans), strict=True):
        assert 40 * (end - 2) <= cut <= 40 * (start + 2)


@pytest.mark.parametrize("score", SCORES)
def test_a_plain_network_reads_by_any_score(tmp_path, capsys, row, score):
    path = tmp_path / "row.png"
    Image.fromarray(row.picture).save(path)
    found = read(capsys, path, network=PLAIN, score=score)
    assert (len(found["string"]) > 8) == (score == "sum")


def test_in_words_it_says_the_digits_first(tmp_path, capsys, row):
    path = tmp_path / "row.png"
    Image.fromarray(row.picture).save(path)
    reading.read(path, None, "mean", False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026"
    assert lines[1].startswith("mean confidence 0.")
    assert lines[2].startswith("cut at columns ")
    assert lines[3].startswith("runners-up: ")


def test_a_long_thin_row_is_read_whole(tmp_path, capsys):
    digits = bundled_digits()
    random = np.random.default_rng(2)
    long = random_row(digits.test_images, digits.test_labels, 120, GAPS["spaced"], random)
    path = tmp_path / "long.png"
    Image.fromarray(long.picture).save(path)
    found = read(capsys, path)
    assert 110 <= len(found["string"]) <= 130
    assert found["total"] > 0.8


def test_a_row_that_is_too_long_is_refused_in_a_sentence(tmp_path, row):
    path = tmp_path / "long.png"
    Image.fromarray(np.tile(row.picture, (1, 60))).save(path)
    with pytest.raises(PictureError, match=r"digits long; up to about 130 are read.*\.$"):
        reading.read(path, None, "mean", True)


def test_what_it_is_not_sure_of_it_says_so(tmp_path, capsys, row):
    framed = row.picture[:, :30].copy()
    framed[[1, -2], 1:-1] = 255
    framed[1:-1, [1, -2]] = 255
    path = tmp_path / "row.png"
    Image.fromarray(framed).save(path)
    reading.read(path, None, "mean", False)
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert re.fullmatch(r"\d+ \(not sure: mean confidence \d+ %\)", first)
    assert second.startswith("mean confidence 0.")
    assert re.fullmatch(r"\d+", read(capsys, path)["string"])


def test_a_page_without_ink_is_refused(tmp_path):
    path = tmp_path / "blank.png"
    Image.new("L", (300, 100), 255).save(path)
    with pytest.raises(PictureError, match=r"shows no ink.*\.$"):
        reading.read(path, None, "mean", True)


def test_a_network_for_colour_is_refused(tmp_path, row):
    path = tmp_path / "row.png"
    Image.fromarray(row.picture).save(path)
    network = tmp_path / "colour.safetensors"
    trained = example()
    colour = initial_network(trained.settings, 3072, 10)
    save(dataclasses.replace(trained, network=colour), network)
    with pytest.raises(NetworkFileError, match=r"wants 3,072 inputs"):
        reading.read(path, network, "mean", True)


def test_the_program_reads_without_torch_and_says_in_one_sentence_what_it_cannot_read(
    tmp_path, row
):
    path = tmp_path / "row.png"
    Image.fromarray(row.picture).save(path)
    watched = (
        "import sys\n"
        "from nnviz.cli.app import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    assert not {'torch', 'scipy', 'PySide6'} & set(sys.modules)\n"
    )

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", watched, "read", *words],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )

    done = run(str(path), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["string"] == "2026"
    path.write_bytes(path.read_bytes()[:100])
    done = run(str(path), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"nnviz: {path} ")
    assert done.stderr.count("\n") == 1
    done = run(str(path), "--score", "best")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nnviz: --score must be one of mean, ")


def test_the_reader_is_shipped():
    assert reading.READER.is_file()
