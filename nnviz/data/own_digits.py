"""Your own test digits, in place of those of a data set: a folder of pictures, or IDX files.

How pictures are labelled says `own.names`.
"""

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import (
    GREY,
    DigitSet,
    Shape,
    Source,
    check_labels,
    is_digit,
    opening_digits,
    size_of,
)
from nnviz.data.idx import DigitsError, read_idx
from nnviz.data.own.label_table import names_pictures
from nnviz.data.own.picture_set import tests_in
from nnviz.data.own.reading import Progress as Progress
from nnviz.data.own.reading import read_pictures
from nnviz.words import commas, tr_n

Read = TypeVar("Read")


@dataclass(frozen=True, eq=False)
class OwnDigits:
    """What was read."""

    images: Bytes
    """(images, inputs), 0..255"""
    labels: Bytes
    """(images,), an index into the class names"""
    left_out: tuple[str, ...] = ()
    """Why some were not taken, a sentence each"""
    files: tuple[str, ...] = ()
    """Names of the pictures inside their folder, one for each image; none for IDX files"""
    counted: int = 0
    """How many were left out because the numbers in their names may only count (see `own.names`)"""


def opening(source: Source) -> Generator[Progress, None, tuple[DigitSet, tuple[str, ...]]]:
    """Opens the digits of a source and, if it names some, your own test digits in place of its
    test digits; yields after every picture. -> the digits, and why some were left out.

    Raises DigitsError.
    """
    digits = yield from told_as_progress(opening_digits(source))
    if source.tests is None:
        return digits, digits.unread
    own = yield from reading(
        Path(source.tests),
        digits.class_names,
        digits.shape,
        digits.all_names,
        numbers_are_labels=source.numbers_are_labels,
    )
    changed = replace(
        digits,
        source=source,
        test_images=own.images,
        test_labels=own.labels,
        test_files=own.files,
        counted=own.counted,
    )
    return changed, (*own.left_out, *digits.unread)


def told_as_progress(
    work: Generator[tuple[int, int], None, Read],
) -> Generator[Progress, None, Read]:
    """The same work, whose pieces yield how far it is."""
    while True:
        try:
            step = next(work)
        except StopIteration as done:
            result: Read = done.value
            return result
        yield Progress(*step)


def reading(
    path: Path,
    class_names: Sequence[str],
    shape: Shape,
    all_names: Sequence[str] = (),
    numbers_are_labels: bool = False,
) -> Generator[Progress, None, OwnDigits]:
    """Reads a folder of pictures, or an IDX file of images with its labels beside it.

    `shape` is that of the images of the data set; `all_names` those of all its classes, where only
    some are in use; `numbers_are_labels`: also those in names of pictures that may only count.
    Raises DigitsError if nothing can be used.
    """
    if not os.path.lexists(path):
        raise DigitsError("There is no folder or file {path}.", path=path)
    images = None if names_pictures(path) else _idx_images(path)
    if images is not None:
        return _read_pair(images, class_names, shape, all_names or class_names)
    if shape != GREY:
        raise DigitsError(
            "The digits in use are in colour, and {path} holds no IDX file: pictures can only be "
            "read for grey digits.",
            path=path,
        )
    as_they_are = not all(map(is_digit, class_names))  # nobody writes clothes as digits are written
    found = yield from read_pictures(tests_in(path), class_names, numbers_are_labels, as_they_are)
    return OwnDigits(found.images, found.labels, found.left_out, found.files, found.counted)


# ---- IDX files -----------------------------------------------------------------------


def _idx_images(path: Path) -> Path | None:
    """The IDX file of images that a path names or a folder holds; test digits come first."""
    if not path.is_dir():
        return path
    found = [each for each in path.glob("*images*idx*") if each.is_file()]
    return min(found, key=lambda each: ("train" in each.name, each.name), default=None)


def _read_pair(
    path: Path, class_names: Sequence[str], shape: Shape, all_names: Sequence[str]
) -> OwnDigits:
    expected = shape if shape[2] > 1 else shape[:2]
    images = read_idx(path, dimensions=1 + len(expected))
    if images.shape[1:] != expected:
        raise DigitsError(
            "{path} holds images of {size} pixels, but the digits in use have {expected}.",
            path=path,
            size=size_of(images.shape[1:]),
            expected=size_of(expected),
        )
    label_path = _labels_of(path)
    given = read_idx(label_path, dimensions=1)
    check_labels(path, images, label_path, given)
    labels = np.array([_index(int(label), class_names, all_names) for label in given], np.intp)
    known = labels >= 0
    if not known.any():
        raise DigitsError(
            "No label in {file} is one of {classes}.", file=label_path, classes=commas(class_names)
        )
    strange = int(np.count_nonzero(~known))
    no_class = tr_n(
        "{count} digit is of no class in use.", "{count} digits are of no class in use.", strange
    )
    left_out = (no_class,) if strange else ()
    flat = images.reshape(len(images), -1)[known]
    return OwnDigits(flat, labels[known].astype(np.uint8), left_out)


def _index(label: int, class_names: Sequence[str], all_names: Sequence[str]) -> int:
    """The class of a number in a file of labels; -1 for none."""
    if all(name.isdecimal() for name in all_names):
        name = str(label)
    else:
        name = all_names[label] if label < len(all_names) else ""
    return class_names.index(name) if name in class_names else -1


def _labels_of(images: Path) -> Path:
    name = images.name.replace("images", "labels").replace("idx3", "idx1").replace("idx4", "idx1")
    bare = name.removesuffix(".gz")
    if "images" in images.name:
        for each in (name, bare, f"{bare}.gz"):
            if images.with_name(each).is_file():
                return images.with_name(each)
    raise DigitsError(
        "{images} needs a file of labels beside it, called {bare}, as in t10k-images-idx3-ubyte "
        "and t10k-labels-idx1-ubyte.",
        images=images,
        bare=bare,
    )
