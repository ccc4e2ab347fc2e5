"""Your own test digits, in place of those of a data set: a folder of pictures, or IDX files.

Pictures are labelled by the folder that they lie in, or by the beginning of their name.
"""

import os
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, DigitSet, Shape, Source, check_labels, open_digits, size_of
from nnviz.data.idx import DigitsError, read_idx
from nnviz.data.ink import find_ink
from nnviz.data.normalising import normalise
from nnviz.data.picture_files import PictureError, read_picture
from nnviz.data.picture_kinds import SUFFIXES
from nnviz.words import commas, sentences, tr, tr_n

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
    """Names of the pictures inside their folder, one for each image; none for IDX files"""


def opening(source: Source) -> Generator[Progress, None, tuple[DigitSet, tuple[str, ...]]]:
    """Opens the digits of a source and, if it names some, your own test digits in place of its
    test digits; yields after every picture. -> the digits, and why some were left out.

    Raises DigitsError.
    """
    digits = open_digits(source)
    if source.tests is None:
        return digits, ()
    own = yield from reading(Path(source.tests), digits.class_names, digits.shape, digits.all_names)
    changed = replace(
        digits,
        source=source,
        test_images=own.images,
        test_labels=own.labels,
        test_files=own.files,
    )
    return changed, own.left_out


def reading(
    path: Path, class_names: Sequence[str], shape: Shape, all_names: Sequence[str] = ()
) -> Generator[Progress, None, OwnDigits]:
    """Reads a folder of pictures, or an IDX file of images with its labels beside it.

    `shape` is that of the images of the data set; `all_names` those of all its classes, where only
    some are in use. Raises DigitsError if nothing can be used.
    """
    if not os.path.lexists(path):
        raise DigitsError("There is no folder or file {path}.", path=path)
    images = _idx_images(path)
    if images is not None:
        return _read_pair(images, class_names, shape, all_names or class_names)
    if shape != GREY:
        raise DigitsError(
            "The digits in use are in colour, and {path} holds no IDX file: pictures can only be "
            "read for grey digits.",
            path=path,
        )
    return (yield from _read_pictures(path, class_names))


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
