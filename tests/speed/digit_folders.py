"""Where the digits lie that are learned from in a measurement: folders of IDX files."""

import os
import pickle
import tarfile
from pathlib import Path

import numpy as np

from tests.idx_files import write_colour_folder

FASHION = Path("/usr/share/datasets/fashion-mnist")
"""Where systems keep it."""


def folder_of(digits: str, home: Path) -> str | None:
    """What an adapter is given for bundled, mnist, fashion or colour; None if it is not there."""
    if digits == "bundled":
        return digits
    data = Path(os.environ.get("NNVIZ_DATA", home / "nowhere"))
    if digits == "mnist":
        return _if_there(data / "mnist")
    if digits == "fashion":
        return _if_there(data / "fashion-mnist") or _if_there(FASHION)
    archive = data / "cifar10-subset" / "cifar-10-batches-py.tar.xz"
    return _colour(archive, home) if archive.is_file() else None


def _if_there(folder: Path) -> str | None:
    return str(folder) if folder.is_dir() else None


def _colour(archive: Path, home: Path) -> str:
    """The training images of a smaller CIFAR-10, written once."""
    folder = home / "colour"
    if folder.is_dir():
        return str(folder)
    images, labels = [], []
    with tarfile.open(archive) as opened:
        for member in opened:
            file = opened.extractfile(member) if "data_batch" in member.name else None
            if file is not None:
                batch = pickle.load(file, encoding="latin1")
                images.append(batch["data"])
                labels.append(batch["labels"])
    pixels = np.concatenate(images).reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    write_colour_folder(folder, pixels, np.concatenate(labels))
    return str(folder)
