"""`nnviz mistakes`, and your own test digits on the command line."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.cli.mistakes import list_mistakes
from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.files import load, save
from nnviz.networks.layouts import layout_of
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import judge
from tests.program import ran_here

TEN, BITS = TRAINED / "ten-outputs.safetensors", TRAINED / "four-bits.safetensors"


@pytest.fixture(scope="module")
def digits() -> DigitSet:
    return bundled_digits()


@pytest.fixture(scope="module")
def wrong(digits: DigitSet) -> dict[str, np.ndarray]:
    """Network -> (images,): which test digits it misreads."""
    found = {}
    for path, reading in ((TEN, "best-match"), (BITS, "nearest-code")):
        trained = load(path)
        made = layout_of(trained.settings, 10)
        answers = judge(trained.network, made, digits.test_images, reading).classes
        found[path.stem] = answers != digits.test_labels
    return found


def test_what_several_networks_misread(
    digits: DigitSet, wrong: dict[str, np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    list_mistakes([TEN, BITS], digits, None, False, as_json=True)
    ten, bits, both = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    for record, name in ((ten, "ten-outputs"), (bits, "four-bits")):
        assert record["network"] == record["design"] == name
        assert record["mistakes"] == np.count_nonzero(wrong[name])
        assert np.array(record["confusion"]).shape == (10, 11)
        assert np.sum(record["confusion"]) == record["images"] == 1000
    stacked = np.stack(list(wrong.values()))
    assert both["missed_by_all"] == np.count_nonzero(stacked.all(axis=0))
    assert both["missed_by_any"] == np.count_nonzero(stacked.any(axis=0))


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_table_holds_what_anybody_misreads_or_everything(
    digits: DigitSet, wrong: dict[str, np.ndarray], tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    list_mistakes([TEN, BITS], digits, table, False, as_json=True)
    rows = read_table(table)
    expected = np.flatnonzero(np.stack(list(wrong.values())).any(axis=0)).tolist()
    assert [int(row["index"]) for row in rows] == expected
    assert all(
        (row["label"] != row["four-bits"]) == wrong["four-bits"][int(row["index"])] for row in rows
    )
    list_mistakes([TEN], digits, table, True, as_json=True)
    assert len(read_table(table)) == 1000


def test_files_of_one_name_are_told_apart(
    digits: DigitSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / TEN.name
    shutil.copy(TEN, copy)
    list_mistakes([TEN, copy], digits, None, False, as_json=False)
    out = capsys.readouterr().out
    assert f"{copy}: 35 of 1,000 misread; most often 5 as 3 (4)" in out
    assert "35 of 1,000 are misread by at least one, 35 by all." in out


def test_networks_of_other_digits_have_nothing_in_common(
    digits: DigitSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.safetensors"
    bits = load(BITS)
    save(replace(bits, handed=replace(bits.taught.handed, data="bundled", left_out="")), few)
    list_mistakes([TEN, few], digits, None, False, as_json=True)
    said = capsys.readouterr()
    first, second, both = (json.loads(line) for line in said.out.splitlines())
    assert first["learned_from"]["images"] == 55_000
    assert second["learned_from"] == {"digits": "bundled", "images": 55_000, "epochs": 30}
    reason = (
        "ten-outputs learned from 55,000 MNIST digits, 30 epochs, few from 55,000 bundled "
        "digits, 30 epochs, so they are not compared."
    )
    assert both == {"networks": 2, "images": 1000, "not_compared": reason}
    assert said.err == f"nnviz: {reason}\n"
    list_mistakes([TEN, few], digits, None, False, as_json=False)
    assert "at least one" not in capsys.readouterr().out


def test_own_pictures_on_the_command_line(digits: DigitSet, tmp_path: Path) -> None:
    for number in range(30):
        image = Image.fromarray(digits.train_images[number].reshape(28, 28))
        image.save(tmp_path / f"{digits.train_labels[number]}-{number}.png")
    (tmp_path / "3-broken.png").write_text("no picture")
    done = ran_here("evaluate", str(TEN), "--images", str(tmp_path), "--json")
    record, trained = json.loads(done.out), load(TEN)
    made = layout_of(trained.settings, 10)
    answers = judge(trained.network, made, digits.train_images[:30], "best-match").classes
    assert record["images"] == 30
    assert record["mistakes"] == np.count_nonzero(answers != digits.train_labels[:30])
    assert done.err.startswith("nnviz: left out: ")
    assert "3-broken.png is not a picture" in done.err
    listed = ran_here("digits", "labels", str(tmp_path), "--json").out.splitlines()
    assert len(listed) == 31
    file = f"{digits.train_labels[0]}-0.png"
    assert {"file": file, "label": file[0]} in map(json.loads, listed)
    assert "3-broken.png is not a picture" in json.loads(listed[-1])["left_out"]


def test_a_count_on_the_command_line(digits: DigitSet, tmp_path: Path) -> None:
    for number in range(1, 13):
        image = Image.fromarray(digits.train_images[number].reshape(28, 28))
        image.save(tmp_path / f"{number}.png")
    refused = ran_here("evaluate", str(TEN), "--images", str(tmp_path), "--json")
    assert refused.status
    assert refused.err.count("\n") == 1
    assert "say so with --names-are-labels" in refused.err
    meant = ran_here(
        "evaluate", str(TEN), "--images", str(tmp_path), "--names-are-labels", "--json"
    )
    assert json.loads(meant.out)["images"] == 9
