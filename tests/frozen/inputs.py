"""What the commands are given: other digits, pictures of a digit and of a row, all made here."""

import gzip
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]

SIDE = 28
SHAPES = ("bag", "boot", "coat", "shirt", "trouser")
PARTS = {"train": 600, "t10k": 200}
"""How many made images there are of each part."""
HEADER = 16
"""Bytes before the images of an IDX file."""
ROW = (1, 8, 3, 30)
"""Numbers of the test digits that stand in the row."""
OWN = range(40, 52)
"""Numbers of the test digits that are pictures of one's own."""


def make_inputs(folder: Path, digits: Path) -> None:
    """Makes the inputs in a new folder; `digits` holds the bundled IDX files."""
    folder.mkdir()
    images = np.frombuffer(_unzipped(digits / "t10k-images-idx3-ubyte.gz"), np.uint8, offset=HEADER)
    images = images.reshape(-1, SIDE, SIDE)
    labels = _unzipped(digits / "t10k-labels-idx1-ubyte.gz")[HEADER // 2 :]
    _save(images[2], folder / "digit.png")
    _save(np.hstack([images[number] for number in ROW]), folder / "row.png")
    _save(np.zeros((SIDE, SIDE), np.uint8), folder / "empty.png")
    (folder / "own").mkdir()
    for number in OWN:
        _save(images[number], folder / "own" / f"{labels[number]}-{number}.png")
    _make_five(folder / "five")


def _unzipped(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def _save(levels: Bytes, path: Path) -> None:
    """Dark ink on light paper, larger than the digits are."""
    picture = Image.fromarray(255 - np.pad(levels, 6))
    picture.resize((5 * picture.width, 5 * picture.height), Image.Resampling.BICUBIC).save(path)


def _make_five(folder: Path) -> None:
    """A data set of five classes that are no digits."""
    folder.mkdir()
    (folder / "classes.json").write_text(json.dumps(SHAPES), "utf-8")
    random = np.random.default_rng(5)
    for part, count in PARTS.items():
        labels = random.integers(len(SHAPES), size=count).astype(np.uint8)
        images = np.stack([_shape(int(label), random) for label in labels])
        for array, kind in ((images, "images"), (labels, "labels")):
            head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
            (folder / f"{part}-{kind}-idx{array.ndim}-ubyte").write_bytes(head + array.tobytes())


def _shape(label: int, random: np.random.Generator) -> Bytes:
    """An image of a class, somewhere near the middle, on speckled ground."""
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2 - random.integers(-3, 4, size=(2, 1, 1))
    masks = (
        (abs(y - 2) < 6) & (abs(x) < 8),
        ((abs(x + 3) < 3) & (abs(y) < 8)) | ((abs(y - 5) < 3) & (abs(x) < 8)),
        (abs(x) < 7) & (abs(y) < 9) & (abs(x) > 0.6),
        ((abs(x) < 5) & (abs(y) < 8)) | ((abs(y + 6) < 2) & (abs(x) < 10)),
        (abs(y) < 10) & (abs(abs(x) - 4) < 2),
    )
    levels: Bytes = (190 * masks[label] + random.integers(60, size=(SIDE, SIDE))).astype(np.uint8)
    return levels
