"""Sets of labelled images: the bundled digits, and folders of IDX files."""

import gzip
import math
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.folders import RESOURCES
from nnviz.learning.refusal import Refusal
from nnviz.learning.settings import MOST_CLASSES

SIDE = 28
Bytes = NDArray[np.uint8]

PARTS = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}


class DigitsError(Refusal):
    """A data set cannot be used; the message is one sentence for the user."""


@dataclass(frozen=True)
class Source:
    """Where a data set comes from: a known name, or a folder of IDX files."""

    digits: str = "bundled"
    folder: str | None = None


@dataclass(frozen=True, eq=False)
class ShownDigits:
    """The part of a data set that can be looked at, without the training digits."""

    source: Source
    name: str
    class_names: tuple[str, ...]
    images: Bytes
    """(images, inputs), 0..255"""
    labels: Bytes
    """(images,), an index into class_names"""
    inked: NDArray[np.bool_]
    """(inputs,): pixels that carry ink in at least 1 % of the training digits"""
    train_count: int
    """How many training digits the set has."""

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def inputs(self) -> int:
        return int(self.images.shape[1])


@dataclass(frozen=True, eq=False)
class DigitSet:
    """Training and test images with their labels."""

    source: Source
    name: str
    class_names: tuple[str, ...]
    train_images: Bytes
    """(images, inputs), 0..255"""
    train_labels: Bytes
    """(images,), an index into class_names"""
    test_images: Bytes
    test_labels: Bytes

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def inputs(self) -> int:
        return int(self.train_images.shape[1])

    @cached_property
    def inked(self) -> NDArray[np.bool_]:
        """(inputs,): pixels that carry ink in at least 1 % of the training digits.

        Elsewhere a weight never learned anything and stays at its random start.
        """
        lit: NDArray[np.intp] = np.count_nonzero(self.train_images, axis=0)
        return lit >= 0.01 * len(self.train_images)

    def to_look_at(self) -> ShownDigits:
        """The test digits, with what must be known of the training digits to show them."""
        return ShownDigits(
            self.source,
            self.name,
            self.class_names,
            self.test_images,
            self.test_labels,
            self.inked,
            len(self.train_labels),
        )

    def first(self, images: int) -> "DigitSet":
        """The same set with only the first so many training digits (0: all of them)."""
        if not images or images >= len(self.train_labels):
            return self
        return DigitSet(
            self.source,
            self.name,
            self.class_names,
            self.train_images[:images],
            self.train_labels[:images],
            self.test_images,
            self.test_labels,
        )

    def without(self, images: Iterable[Bytes]) -> "DigitSet":
        """The same set with these images, each (inputs,), taken out of the training digits."""
        unwanted = {image.tobytes() for image in images}
        kept = [image.tobytes() not in unwanted for image in self.train_images]
        return DigitSet(
            self.source,
            self.name,
            self.class_names,
            self.train_images[kept],
            self.train_labels[kept],
            self.test_images,
            self.test_labels,
        )


def bundled_digits() -> DigitSet:
    """The 5,000 MNIST digits that come with the program: 4,000 to train, 1,000 to test."""
    return read_folder(RESOURCES / "digits", Source(), "bundled")


def open_digits(source: Source) -> DigitSet:
    """The data set of a source; a folder alone is enough. Raises DigitsError."""
    if source.folder is not None:
        folder = Path(source.folder)
        # abspath, because resolve raises on a link to itself
        name = "mnist" if source.digits == "mnist" else os.path.basename(os.path.abspath(folder))
        return read_folder(folder, source, name)
    if source.digits == "bundled":
        return bundled_digits()
    raise DigitsError(
        "MNIST is not part of the program: name the folder of its four IDX files with --data."
    )


def read_folder(folder: Path, source: Source, name: str) -> DigitSet:
    """The four IDX files of a folder, each plain or gzipped. Raises DigitsError."""
    if not os.path.isdir(folder):
        raise DigitsError(f"There is no folder {folder}.")
    train_images, train_labels = _read_part(folder, "train")
    test_images, test_labels = _read_part(folder, "test")
    known = np.unique(train_labels)
    if not 2 <= len(known) <= MOST_CLASSES:
        raise DigitsError(
            f"The training labels in {folder} name {len(known)} "
            f"{'class' if len(known) == 1 else 'classes'}; nnviz works with 2 to {MOST_CLASSES}."
        )
    strange = np.setdiff1d(test_labels, known)
    if len(strange):
        raise DigitsError(
            f"The test labels in {folder} hold the class {strange[0]}, "
            "which the training labels do not have."
        )
    return DigitSet(
        source,
        name,
        tuple(str(label) for label in known),
        train_images,
        np.searchsorted(known, train_labels).astype(np.uint8),
        test_images,
        np.searchsorted(known, test_labels).astype(np.uint8),
    )


def _read_part(folder: Path, part: str) -> tuple[Bytes, Bytes]:
    image_path, label_path = (_existing(folder, stem) for stem in PARTS[part])
    images = read_idx(image_path, dimensions=3)
    labels = read_idx(label_path, dimensions=1)
    if images.shape[1:] != (SIDE, SIDE):
        height, width = images.shape[1:]
        raise DigitsError(
            f"{image_path} holds images of {height} x {width} pixels; nnviz reads {SIDE} x {SIDE}."
        )
    if len(images) != len(labels):
        raise DigitsError(
            f"{image_path} holds {len(images):,} images but {label_path.name} "
            f"{len(labels):,} labels."
        )
    if not len(images):
        raise DigitsError(f"{image_path} holds no image.")
    if labels.max() >= MOST_CLASSES:
        raise DigitsError(
            f"{label_path} holds the label {labels.max()}; labels go from 0 to {MOST_CLASSES - 1}."
        )
    return images.reshape(len(images), -1), labels


def _existing(folder: Path, stem: str) -> Path:
    # some copies of MNIST write a dot where the originals have a dash
    for name in (stem, stem.replace("-idx", ".idx")):
        for path in (folder / name, folder / f"{name}.gz"):
            if os.path.isfile(path):
                return path
    raise DigitsError(f"The folder {folder} has no file {stem} or {stem}.gz.")


def read_idx(path: Path, dimensions: int) -> Bytes:
    """One IDX file of unsigned bytes, plain or gzipped. Raises DigitsError.

    Format: http://yann.lecun.com/exdb/mnist - two zero bytes, type 8, the number of
    dimensions, each size as a big-endian 32-bit number, then the bytes.
    """
    try:
        with path.open("rb") as probe:
            zipped = probe.read(2) == b"\x1f\x8b"
        with gzip.open(path) if zipped else path.open("rb") as file:
            head = file.read(4 + 4 * dimensions)
            if head[:4] != bytes([0, 0, 8, dimensions]):
                raise DigitsError(
                    f"{path} is not an IDX file of {_CONTENTS[dimensions]} "
                    f"(it begins with {head[:4].hex(' ') or 'nothing'})."
                )
            if len(head) < 4 + 4 * dimensions:
                raise DigitsError(f"{path} is cut short.")
            shape = tuple(int(size) for size in np.frombuffer(head[4:], ">u4"))
            size = math.prod(shape)
            if size > _LARGEST:
                raise DigitsError(f"{path} says it holds {size:,} bytes, more than nnviz reads.")
            content = file.read(size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DigitsError(f"{path} cannot be read: {_reason(error)}.") from error
    if len(content) != size:
        problem = "is cut short" if len(content) < size else "has bytes after its end"
        raise DigitsError(f"{path} {problem}.")
    # a bytearray, because torch wants memory that could be written
    return np.frombuffer(bytearray(content), np.uint8).reshape(shape)


_CONTENTS = {1: "labels", 3: "images"}
_LARGEST = 1_000_000_000


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "it is cut short"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"it is damaged ({str(error).rstrip('.')})"
