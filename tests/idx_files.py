"""Folders of IDX files for the tests, and where the original MNIST lies."""

import gzip
import json
import os
import tarfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import CLASS_NAMES, COLOUR_PARTS, PARTS, DigitSet


def idx(array: np.ndarray) -> bytes:
    """The bytes of an IDX file of unsigned bytes."""
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def write_folder(
    folder: Path, digits: DigitSet, zipped: bool = False, dotted: bool = False
) -> Path:
    """Writes the four files of a data set, with the labels that its class names say."""
    folder.mkdir(exist_ok=True)
    names = np.array([int(name) for name in digits.class_names])
    arrays = {
        PARTS["train"][0]: digits.train_images.reshape(-1, 28, 28),
        PARTS["train"][1]: names[digits.train_labels],
        PARTS["test"][0]: digits.test_images.reshape(-1, 28, 28),
        PARTS["test"][1]: names[digits.test_labels],
    }
    for stem, array in arrays.items():
        name = stem.replace("-idx", ".idx") if dotted else stem
        content = gzip.compress(idx(array)) if zipped else idx(array)
        (folder / (f"{name}.gz" if zipped else name)).write_bytes(content)
    return folder


def mnist_folder() -> Path:
    """The folder of the original MNIST files; skips the test where there is none."""
    data = os.environ.get("NNVIZ_DATA")
    if not data:
        pytest.skip("NNVIZ_DATA does not name a folder with mnist/ in it")
    folder = Path(data) / "mnist"
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder}")
    return folder


def colour_batches(folder: Path) -> Path:
    """The batches of the smaller CIFAR-10, unpacked; skips the test where there are none."""
    data = os.environ.get("NNVIZ_DATA")
    if not data:
        pytest.skip("NNVIZ_DATA does not name a folder with cifar10-subset/ in it")
    archive = Path(data) / "cifar10-subset" / "cifar-10-batches-py.tar.xz"
    if not archive.is_file():
        pytest.skip(f"there is no file {archive}")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "cifar-10-batches-py"


def write_colour_folder(
    folder: Path, images: np.ndarray, labels: np.ndarray, names: Sequence[str] = ()
) -> Path:
    """A data set of colour images (images, 32, 32, 3), the same to train and to test."""
    folder.mkdir()
    for stems in COLOUR_PARTS.values():
        for stem, array in zip(stems, (images, labels), strict=True):
            (folder / stem).write_bytes(idx(array))
    if names:
        (folder / CLASS_NAMES).write_text(json.dumps(names))
    return folder
