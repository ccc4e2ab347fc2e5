"""Your own test digits, in place of those of a data set: a folder of pictures, or any form.

Pictures are labelled by the folder that they lie in, or by the beginning of their name.
"""

import os
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, DigitSet, Shape, Source, opening_digits, size_of
from nnviz.data.forms.pairing import has_forms
from nnviz.data.forms.reading import Found, reading_tests
from nnviz.data.forms.turning import said, turned
from nnviz.data.idx import DigitsError
from nnviz.data.ink import find_ink
from nnviz.data.normalising import normalise
from nnviz.data.picture_files import SUFFIXES, PictureError, read_picture
from nnviz.words import commas, sentences, tr, tr_n

Read = TypeVar("Read")
MOST = 100_000
"""Pictures of a folder; 50,000 take 40 MB."""


@dataclass(frozen=True)
class Progress:
    """How far the reading of a folder is."""

    done: int
    total: int


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


def opening(source: Source) -> Generator[Progress, None, tuple[DigitSet, tuple[str, ...]]]:
    """Opens the digits of a source and, if it names some, your own test digits in place of its
    test digits; yields after every picture. -> the digits, and why some were left out.

    Raises DigitsError.
    """
    digits = yield from told_as_progress(opening_digits(source))
    if source.tests is None:
        return digits, ()
    own = yield from reading(
        Path(source.tests),
        digits.class_names,
        digits.shape,
        digits.all_names,
        source.tests_turned,
    )
    changed = replace(
        digits,
        source=source,
        test_images=own.images,
        test_labels=own.labels,
        test_files=own.files,
        notes=(*digits.notes, *own.notes),
    )
    return changed, own.left_out


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
) -> Generator[Progress, None, OwnDigits]:
    """Reads a folder of pictures, or test digits in any of the forms (see `forms.table`).

    `shape` is that of the images of the data set; `all_names` those of all its classes, where only
    some are in use; `ways` how they are turned. Raises DigitsError if nothing can be used.
    """
    if not os.path.lexists(path):
        raise DigitsError("There is no folder or file {path}.", path=path)
    if has_forms(path):
        read = told_as_progress(reading_tests(path, ways))
        return _of_form(path, (yield from read), class_names, shape, all_names or class_names)
    if shape != GREY:
        raise DigitsError(
            "The digits in use are in colour, and {path} holds no IDX file: pictures can only be "
            "read for grey digits.",
            path=path,
        )
    found = yield from _read_pictures(path, class_names)
    if not ways:
        return found
    images = turned(found.images.reshape(-1, *shape[:2]), ways).reshape(len(found.images), -1)
    note = tr("The images are used with {ways}.", ways=said(ways))
    return replace(found, images=images, notes=(*found.notes, note))


# ---- pictures ------------------------------------------------------------------------


def label_of(path: Path, class_names: Sequence[str]) -> int | None:
    """The class that a picture's folder or the beginning of its name says; None if neither.

    `7/a.png`, `7.png`, `7-a.png` and `7a.png` are sevens, `70.png` is not.
    """
    names = [name.casefold() for name in class_names]
    folder = path.parent.name.casefold()
    if folder in names:
        return names.index(folder)
    stem = path.stem.casefold()
    for name in sorted(names, key=len, reverse=True):
        rest = stem.removeprefix(name)
        goes_on = rest[:1].isdecimal() if name[-1].isdecimal() else rest[:1].isalpha()
        if rest != stem and not goes_on:
            return names.index(name)
    return None


def _read_pictures(
    folder: Path, class_names: Sequence[str]
) -> Generator[Progress, None, OwnDigits]:
    paths = _pictures(folder)
    if not paths:
        raise DigitsError(
            "The folder {folder} holds no picture ({suffixes}) and no IDX file.",
            folder=folder,
            suffixes=commas(SUFFIXES),
        )
    images, labels, files, left_out = [], [], [], []
    unlabelled = 0
    if len(paths) > MOST:
        left_out.append(
            tr_n(
                "{count} picture is more than the {most} that fit.",
                "{count} pictures are more than the {most} that fit.",
                len(paths) - MOST,
                most=MOST,
            )
        )
    for done, path in enumerate(paths[:MOST]):
        label = label_of(path, class_names)
        if label is None:
            unlabelled += 1
            left_out.append(
                tr("{path} has no label: neither its folder nor its name begins so.", path=path)
            )
        else:
            image = _image(path)
            if isinstance(image, str):
                left_out.append(image)
            else:
                images.append(image)
                labels.append(label)
                files.append(path.relative_to(folder).as_posix())
        yield Progress(done + 1, min(len(paths), MOST))
    if not images:
        none = tr_n(
            "The {count} picture in {folder} cannot be used.",
            "None of the {count} pictures in {folder} can be used.",
            len(paths),
            folder=folder,
        )
        how = (
            _how_to_label()
            if unlabelled == len(left_out)
            else tr("The first one: {sentence}", sentence=left_out[0])
        )
        raise DigitsError(sentences(none, how))
    return OwnDigits(np.stack(images), np.array(labels, np.uint8), tuple(left_out), tuple(files))


def _image(path: Path) -> Bytes | str:
    """A picture as MNIST would have it (784,), or why not."""
    try:
        ink = find_ink(read_picture(path).levels)
    except PictureError as error:
        return str(error)
    found = normalise(ink.picture) if ink is not None else None
    return tr("{path} shows no ink.", path=path) if found is None else found.image.reshape(-1)


def _how_to_label() -> str:
    return tr(
        "Their labels are missing: put them in one folder per class, such as 7/a.png, or begin "
        "their names with it, such as 7-a.png."
    )


def _pictures(folder: Path) -> list[Path]:
    """The pictures of a folder and of the folders in it, by name."""
    try:
        inside = sorted(_visible(folder))
        folders = [Path(entry) for entry in inside if os.path.isdir(entry)]
        found = [*inside, *(path for each in folders for path in sorted(_visible(each)))]
    except OSError as error:
        reason = error.strerror or str(error)
        raise DigitsError("{path} cannot be read: {reason}.", path=folder, reason=reason) from error
    return [Path(path) for path in found if path.lower().endswith(SUFFIXES)]


def _visible(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                yield entry.path


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
