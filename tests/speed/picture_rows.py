"""Measures how long a photograph takes to be read, and a folder of small pictures."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from nnviz.data.arrays import Bytes
from nnviz.data.digits import bundled_digits
from nnviz.data.ink import find_ink
from nnviz.data.own.reading import read_pictures
from nnviz.data.picture_files import read_picture
from nnviz.questions.piecemeal import at_once
from tests.speed.row import Row

PHOTOGRAPH = 4000, 3000
KINDS = ("jpg", "png", "webp", "avif", "tif")
SMALL = 1000
RESIZED = (100, 280)
FIRST = """
import sys, time
from pathlib import Path
from nnviz.data.ink import find_ink
from nnviz.data.picture_files import read_picture
began = time.process_time()
find_ink(read_picture(Path(sys.argv[1])).levels)
print(time.process_time() - began)
"""
MOST_PHOTOGRAPH, MOST_FOLDER = 0.5, 6.0
"""Seconds of one processor."""


def measure(rounds: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        return [*_of_photographs(Path(home), rounds), *_of_folders(Path(home), rounds)]


def _of_photographs(home: Path, rounds: int) -> list[Row]:
    width, height = PHOTOGRAPH
    grain = np.random.default_rng(1).normal(0, 4, (height, width, 1))
    paper = np.linspace(215, 165, width)[None, :, None] + grain
    paper[height // 4 : height // 2, width // 2 : width // 2 + 90] -= 150
    image = Image.fromarray(np.clip(paper - (0, 5, 20), 0, 255).astype(np.uint8))
    rows = []
    image.save(home / "first.jpg")
    values = [_of_first(home / "first.jpg") for _ in range(rounds)]
    said = "the same of .jpg, the first picture of a program: what it needs is imported, too"
    rows.append(Row("picture-first", said, "-", "s", values, MOST_PHOTOGRAPH))
    for kind in KINDS:
        path = home / f"photograph.{kind}"
        image.save(path)
        rows.append(
            _row(
                f"picture-{kind}",
                f"read a photograph of 12 million pixels (.{kind}) and find its ink",
                lambda path=path: find_ink(read_picture(path).levels),  # type: ignore[misc]
                rounds,
                MOST_PHOTOGRAPH,
            )
        )
    return rows


def _of_first(path: Path) -> float:
    asked = [sys.executable, "-c", FIRST, str(path)]
    return float(subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout)


def _of_folders(home: Path, rounds: int) -> list[Row]:
    digits = bundled_digits()
    rng = np.random.default_rng(2)
    for place in range(SMALL):
        digit = digits.test_images[place].reshape(28, 28)
        small = Image.fromarray(digit)
        paper = np.full((140, 140), 220.0) + rng.normal(0, 3, (140, 140))
        paper[42:98, 42:98] -= 0.7 * np.asarray(small.resize((56, 56)))
        photograph = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
        kind = ("png", "jpg")[place % 2]
        # every other two of them dark on light
        large = {side: _resized(digit, side, place % 4 > 1) for side in RESIZED}
        for name, image, kind in (
            ("digits", small, "png"),
            ("photographs", photograph, "jpg"),
            *((f"resized-{side}", image, kind) for side, image in large.items()),
        ):
            path = home / name / str(digits.test_labels[place]) / f"{place}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            image.save(path)
    asked = {
        "digits": "of 28 x 28",
        "photographs": "photographed, of 140 x 140",
        **{f"resized-{side}": f"resized, PNG and JPEG, of {side} x {side}" for side in RESIZED},
    }
    return [
        _row(
            f"folder-{name}",
            f"read a folder of 1,000 digits, {what} pixels",
            lambda name=name: at_once(read_pictures(home / name, digits.class_names)),  # type: ignore[misc]
            rounds,
            MOST_FOLDER,
        )
        for name, what in asked.items()
    ]


def _resized(digit: Bytes, side: int, inverted: bool) -> Image.Image:
    levels = np.asarray(Image.fromarray(digit).resize((side, side)))
    return Image.fromarray(255 - levels if inverted else levels)


def _row(name: str, said: str, do: Callable[[], object], rounds: int, most: float) -> Row:
    do()  # the first time, what it needs is imported
    values = []
    for _ in range(rounds):
        began = time.process_time()
        do()
        values.append(time.process_time() - began)
    return Row(name, said, "-", "s", values, most)
