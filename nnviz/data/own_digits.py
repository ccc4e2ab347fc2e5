"""Your own test digits, in place of those of a data set: a folder of pictures, or any form.

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
    is_digit,
    opening_digits,
    size_of,
)
from nnviz.data.forms.pairing import has_forms
from nnviz.data.forms.reading import Found, reading_tests
from nnviz.data.forms.turning import said, turned
from nnviz.data.idx import DigitsError
from nnviz.data.own.label_table import names_pictures
from nnviz.data.own.picture_set import tests_in
from nnviz.data.own.reading import Progress as Progress
from nnviz.data.own.reading import read_pictures
from nnviz.words import commas, tr, tr_n

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
    """Names of the pictures inside their folder, one for each image; none for other forms"""
    notes: tuple[str, ...] = ()
    """What must be said of how they were read, a sentence each"""
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
        source.tests_turned,
        source.numbers_are_labels,
    )
    changed = replace(
        digits,
        source=source,
        test_images=own.images,
        test_labels=own.labels,
        test_files=own.files,
        notes=(*digits.notes, *own.notes),
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
    ways: Sequence[str] = (),
    numbers_are_labels: bool = False,
) -> Generator[Progress, None, OwnDigits]:
    """Reads a folder of pictures, or test digits in any of the forms (see `forms.table`).

    `shape` is that of the images of the data set; `all_names` those of all its classes, where only
    some are in use; `ways` how they are turned; `numbers_are_labels`: also those in names of
    pictures that may only count. Raises DigitsError if nothing can be used.
    """
    if not os.path.lexists(path):
        raise DigitsError("There is no folder or file {path}.", path=path)
    if not names_pictures(path) and has_forms(path):
        read = told_as_progress(reading_tests(path, ways))
        return _of_form(path, (yield from read), class_names, shape, all_names or class_names)
    if shape != GREY:
        raise DigitsError(
            "The digits in use are in colour, and {path} holds no IDX file: pictures can only be "
            "read for grey digits.",
            path=path,
        )
    as_they_are = not all(map(is_digit, class_names))  # nobody writes clothes as digits are written
    own = yield from read_pictures(tests_in(path), class_names, numbers_are_labels, as_they_are)
    found = OwnDigits(own.images, own.labels, own.left_out, own.files, counted=own.counted)
    if not ways:
        return found
    images = turned(found.images.reshape(-1, *shape[:2]), ways).reshape(len(found.images), -1)
    note = tr("The images are used with {ways}.", ways=said(ways))
    return replace(found, images=images, notes=(*found.notes, note))


# ---- other forms ---------------------------------------------------------------------


def _of_form(
    path: Path, found: Found, class_names: Sequence[str], shape: Shape, all_names: Sequence[str]
) -> OwnDigits:
    """What was read of a form, with labels among these class names. Raises DigitsError."""
    if found.shape != shape:
        raise DigitsError(
            "{path} holds images of {size} pixels, but the digits in use have {expected}.",
            path=path,
            size=size_of(_sides(found.shape)),
            expected=size_of(_sides(shape)),
        )
    given, meanings = found.test_labels, found.meanings
    index = [
        _index(label, meanings[label : label + 1], class_names, all_names)
        for label in range(int(given.max()) + 1)
    ]
    labels = np.array(index, np.intp)[given]
    known = labels >= 0
    if not known.any():
        raise DigitsError(
            "No label in {file} is one of {classes}.", file=path, classes=commas(class_names)
        )
    strange = int(np.count_nonzero(~known))
    no_class = tr_n(
        "{count} digit is of no class in use.", "{count} digits are of no class in use.", strange
    )
    left_out = (no_class,) if strange else ()
    images = found.test_images if known.all() else found.test_images[known]
    return OwnDigits(images, labels[known].astype(np.uint8), left_out, notes=found.notes)


def _sides(shape: Shape) -> Sequence[int]:
    return shape if shape[2] > 1 else shape[:2]


def _index(
    label: int, meaning: Sequence[str], class_names: Sequence[str], all_names: Sequence[str]
) -> int:
    """The class of a label in a file, which may say what it means; -1 for none."""
    if meaning:
        name = meaning[0]
    elif all(name.isdecimal() for name in all_names):
        name = str(label)
    else:
        name = all_names[label] if label < len(all_names) else ""
    return class_names.index(name) if name in class_names else -1
