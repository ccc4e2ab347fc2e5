"""Reads folders of pictures as digits with their labels; whatever is not read is named."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.idx import DigitsError
from nnviz.data.ink import find_ink
from nnviz.data.normalising import SIDE, normalise
from nnviz.data.own.label_table import LabelTable, class_of, label_tables, names_pictures
from nnviz.data.own.listing import Listing, listed
from nnviz.data.own.names import Named, labels_in, why_unlabelled
from nnviz.data.picture_files import PictureError, read_picture
from nnviz.data.picture_kinds import SUFFIXES
from nnviz.words import clauses, commas, sentences, tr, tr_n

MOST = 100_000
"""Pictures of a folder; 50,000 take 40 MB."""
EDGE = 2
"""Pixels around a digit of MNIST, at least, that are black."""


@dataclass(frozen=True)
class Progress:
    """How far the reading of a folder is."""

    done: int
    total: int


@dataclass(frozen=True)
class Labelled:
    """The pictures of a folder and their labels, before any is read."""

    folder: Path
    files: list[Path]
    labels: list[int]
    """Indices into the class names, one for each file"""
    left_out: list[str]
    """Why other files are not read, a sentence each"""
    counted: int
    """How many of those have numbers that may only count"""
    pictures: int
    """With those that have no label"""


@dataclass(frozen=True, eq=False)
class ReadPictures:
    """What was read."""

    images: Bytes
    """(images, 784), 0..255"""
    labels: Bytes
    """(images,), an index into the class names"""
    files: tuple[str, ...]
    """Names of the pictures inside their folder"""
    left_out: tuple[str, ...]
    """Why others were not taken, a sentence each"""
    counted: int
    """How many of those have numbers that may only count"""


def labelled(
    path: Path,
    class_names: Sequence[str],
    numbers_are_labels: bool = False,
    around: Sequence[LabelTable] = (),
) -> Labelled:
    """The labels of the pictures in a folder and in those in it. A table beside them tells, which
    `path` may be, or one of those `around` them; else the folder that a picture lies in, else its
    name. Raises DigitsError."""
    if path.is_file() and not names_pictures(path):
        raise DigitsError(
            "{path} is neither a folder of pictures nor a table of their names and labels beside "
            "them: name the folder, and unpack an archive before.",
            path=path,
        )
    folder = path.parent if path.is_file() else path
    listing = listed(folder)
    if path != folder:
        listing = replace(listing, tables=[path])
    tables = label_tables(listing)
    left_out = listing.told([table.path for table in tables])
    left_out += [sentence for table in tables for sentence in table.told()]
    pictures = listing.pictures[:MOST]
    named = _named(listing, pictures, class_names, not numbers_are_labels)
    files, labels, counted = [], [], 0
    for path, said in zip(pictures, named, strict=True):
        told = _from_tables([*tables, *around], path, class_names)
        if isinstance(told, str):
            left_out.append(told)
            continue
        label = said.label if told is None else told
        if label is None:
            counted += said.counted
            left_out.append(why_unlabelled(said, path, class_names))
        else:
            files.append(path)
            labels.append(label)
    if len(listing.pictures) > MOST:
        left_out.append(_too_many(len(listing.pictures) - MOST))
    return Labelled(folder, files, labels, left_out, counted, len(listing.pictures))


def _named(
    listing: Listing, pictures: list[Path], class_names: Sequence[str], numbers_count: bool
) -> list[Named]:
    # the folder itself can be named for a class, those around it are not
    root = PurePath(listing.folder.absolute().name)
    inside = [root / path.relative_to(listing.folder) for path in pictures]
    return labels_in(inside, class_names, numbers_count)


def _from_tables(
    tables: Sequence[LabelTable], path: Path, class_names: Sequence[str]
) -> int | str | None:
    """The class of a picture as the first table tells it that names the picture, or why that is
    none; None where none does."""
    table = next((each for each in tables if path in each.labels), None)
    if table is None:
        return None
    if path in table.several:
        return tr(
            "{path} has several labels in {table}: {labels}.",
            path=path,
            table=table.path.name,
            labels=table.several[path],
        )
    label = class_of(table.labels[path], class_names)
    if label is not None:
        return label
    return tr(
        "{path} has the label {label} in {table}, which is none of {classes}.",
        path=path,
        label=repr(table.labels[path]),
        table=table.path.name,
        classes=commas(class_names),
    )


def _too_many(count: int) -> str:
    return tr_n(
        "{count} picture is more than the {most} that fit.",
        "{count} pictures are more than the {most} that fit.",
        count,
        most=MOST,
    )


# ---- reading -------------------------------------------------------------------------


def read_pictures(
    where: Path,
    class_names: Sequence[str],
    numbers_are_labels: bool = False,
    as_they_are: bool = False,
) -> Generator[Progress, None, ReadPictures]:
    """Reads all pictures of a folder, or beside a table, that have labels, each normalised as
    MNIST was; yields after each.

    `numbers_are_labels`: numbers in names that may only count are labels; `as_they_are`: pictures
    of 28 x 28 pixels stay as they are. Raises DigitsError if none can be used.
    """
    found = labelled(where, class_names, numbers_are_labels)
    folder = found.folder
    if not found.pictures:
        raise _no_pictures(folder, found.left_out)
    images, labels, files, left_out = [], [], [], list(found.left_out)
    for done, (path, label) in enumerate(zip(found.files, found.labels, strict=True)):
        image = image_of(path, as_they_are)
        if isinstance(image, str):
            left_out.append(image)
        else:
            images.append(image)
            labels.append(label)
            files.append(path.relative_to(folder).as_posix())
        yield Progress(done + 1, len(found.files))
    if not images:
        raise nothing_usable(found, left_out)
    return ReadPictures(
        np.stack(images), np.array(labels, np.uint8), tuple(files), tuple(left_out), found.counted
    )


def image_of(path: Path, as_it_is: bool = False) -> Bytes | str:
    """A picture as MNIST would have it (784,), or the sentence that says why not; `as_it_is`:
    one of 28 x 28 pixels is not changed."""
    try:
        levels = read_picture(path).levels
    except PictureError as error:
        return str(error)
    small = levels.shape == (SIDE, SIDE)
    if small and as_it_is:
        return levels.reshape(-1)
    if small and _on_black(levels):
        found = normalise(levels)  # nothing to find: all that is not black is the digit
    else:
        ink = find_ink(levels)
        found = None if ink is None else normalise(ink.picture)
    return tr("{path} shows no ink.", path=path) if found is None else found.image.reshape(-1)


def _on_black(levels: Bytes) -> bool:
    """Whether a small picture is a light digit on black, as those of MNIST are."""
    inner = levels[EDGE:-EDGE, EDGE:-EDGE]
    return int(levels.max()) > 127 and int(levels.sum()) == int(inner.sum())


# ---- what is wrong -------------------------------------------------------------------


def _no_pictures(folder: Path, left_out: Sequence[str]) -> DigitsError:
    none = tr(
        "The folder {folder} holds no picture ({suffixes}) and no IDX file.",
        folder=folder,
        suffixes=commas(SUFFIXES),
    )
    return _refusal(none, left_out)


def _refusal(sentence: str, left_out: Sequence[str], counted: int = 0) -> DigitsError:
    error = DigitsError(sentence)
    error.left_out, error.counted = tuple(left_out), counted
    return error


def nothing_usable(found: Labelled, left_out: Sequence[str]) -> DigitsError:
    """That none of some pictures could be read, and why: those `left_out` say it one by one."""
    none = tr_n(
        "The {count} picture in {folder} cannot be used.",
        "None of the {count} pictures in {folder} can be used.",
        found.pictures,
        folder=found.folder,
    )
    if found.counted and not found.files:
        return _refusal(sentences(none, _how_to_say()), left_out, found.counted)
    unlabelled = found.pictures - len(found.files)
    reasons = []
    if unlabelled:
        reasons.append(
            tr_n("{count} has no label", "{count} have no label", unlabelled),
        )
    if found.files:
        reasons.append(
            tr_n(
                "{count} cannot be read or shows no ink",
                "{count} cannot be read or show no ink",
                len(found.files),
            )
        )
    why = tr("Of them: {reasons}.", reasons=clauses(reasons))
    return _refusal(sentences(none, why, _how_to_label() if unlabelled else ""), left_out)


def _how_to_label() -> str:
    return tr(
        "Put them in one folder per class, such as 7/a.png, begin or end their names with the "
        "label, such as 7-a.png, or put a file labels.csv with lines such as a.png,7 beside them."
    )


def _how_to_say() -> str:
    return tr(
        "Their numbers may only count them, as a scanner's do: if they are the labels, say so "
        "with --names-are-labels; else put them in one folder per class, such as 7/a.png."
    )
