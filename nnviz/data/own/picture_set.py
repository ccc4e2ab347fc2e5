"""A data set as folders of pictures: `training/7/a.png`, `testing/7/b.png`, or `7/a.png` alone.

Classes are called as the folders are; where there are none, labels are those of digits.
"""

import os
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np

from nnviz.data.arrays import Bytes, Indices
from nnviz.data.forms.reading import KEPT_BACK, kept_back
from nnviz.data.grey_levels import as_large
from nnviz.data.idx import DigitsError
from nnviz.data.normalising import SIDE
from nnviz.data.own.label_table import LabelTable, label_tables, read_table
from nnviz.data.own.listing import TABLES, listed
from nnviz.data.own.names import folder_label
from nnviz.data.own.reading import Labelled, image_of, labelled, nothing_usable
from nnviz.data.picture_files import PictureError, read_picture
from nnviz.data.picture_folders import folders_with_pictures
from nnviz.data.picture_kinds import SUFFIXES
from nnviz.words import commas, tr, tr_n

TRAINING = ("training", "train", "trainingset", "trainset")
TESTING = ("testing", "test", "testset", "testingset", "val", "valid", "validation")
LOOKED_AT = 60
"""Pictures that tell of which size all are, and on which paper."""
MOST_NAMED = 6
"""Data sets of a folder that are named, of those that can be meant."""
DIGITS = tuple("0123456789")


@dataclass(frozen=True, eq=False)
class PictureSet:
    """What was read."""

    parts: tuple[Bytes, Bytes, Bytes, Bytes]
    """Images to train on (images, 784) 0..255 and their labels (images,), indices into the class
    names; then those to test on"""
    class_names: tuple[str, ...]
    test_files: tuple[str, ...]
    """Names of the pictures to test on, inside the folder"""
    notes: tuple[str, ...]
    """What must be said of how they were read, a sentence each"""
    left_out: tuple[str, ...]
    """Why some were not taken, a sentence each"""


@dataclass(frozen=True, eq=False)
class _Part:
    """The pictures of one part that could be read."""

    images: Bytes
    labels: Bytes
    files: list[Path]
    left_out: list[str]
    read: int
    """How many were tried"""


@dataclass(frozen=True)
class _Layout:
    """Where the pictures of a data set lie."""

    train: Path
    test: Path | None
    class_names: tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    """How all pictures of a set are brought to 28 x 28 pixels."""

    kept: bool = False
    """As they are"""
    inverted: bool = False
    """White becomes black"""
    whole: bool = False
    """All of each picture, not only its ink"""

    def image(self, path: Path) -> Bytes | str:
        """A picture (784,), or the sentence that says why not."""
        if not self.kept and not self.whole:
            return image_of(path)
        try:
            levels = read_picture(path).levels
        except PictureError as error:
            return str(error)
        if levels.shape != (SIDE, SIDE):
            levels = as_large(levels, SIDE, SIDE)
        return (255 - levels if self.inverted else levels).reshape(-1)

    @property
    def said(self) -> str:
        """A sentence, where something was done to them."""
        if self.inverted:
            return tr("The pictures are dark on light: they were inverted.")
        if self.kept:
            return ""
        if self.whole:
            return tr("Each picture was brought to 28 x 28 grey pixels as a whole.")
        return tr("Each picture was brought to 28 x 28 pixels as MNIST's digits were.")


def is_picture_set(folder: Path) -> bool:
    """Whether a folder holds pictures, or folders of pictures, that may be a data set."""
    return _layout(folder) is not None


def tests_in(folder: Path) -> Path:
    """The folder of test digits in one that holds those to train, too; else the folder itself."""
    layout = _layout(folder)
    return folder if layout is None or layout.test is None else layout.test


def _layout(folder: Path) -> _Layout | None:
    folders = _folders(folder)
    while len(folders) == 1 and _kind_of(folders[0]) == "other" and not _tells(folder):
        folder, folders = folders[0], _folders(folders[0])  # the only one there is
    train, test = (
        next((each for each in folders if _kind_of(each) == kind), None)
        for kind in ("train", "test")
    )
    if train is None:
        _must_be_one(folder)
        names = _classes(folder)
        if len(names) < 2 and not folders and not _has_picture(folder):
            return None
        return _Layout(folder, None, names if len(names) > 1 else _classes_within(folder))
    return _Layout(train, test, _classes(train) or _classes_within(train))


def _must_be_one(folder: Path) -> None:
    """Raises DigitsError where folders deeper in one have training and testing folders: read
    together, what some are tested on would be learned from."""
    inside = folders_with_pictures(folder)
    parted = [
        each[:at] for each in inside for at, name in enumerate(each) if _kind_said(name) != "other"
    ]
    if parted:
        names = dict.fromkeys("/".join(each) for each in parted)
        raise DigitsError(
            "{folder} holds more than one data set: name one of the folders in it, such as "
            "{names}.",
            folder=folder,
            names=commas([*names][:MOST_NAMED]),
        )


def _kind_of(folder: Path) -> str:
    return _kind_said(folder.name)


def _kind_said(name: str) -> str:
    name = re.sub(r"[\s_-]", "", name.casefold())
    if name in TRAINING:
        return "train"
    return "test" if name in TESTING else "other"


def _classes(folder: Path) -> tuple[str, ...]:
    """The names of the folders in one that hold pictures, numbers in their order."""
    names = [each.name for each in _folders(folder) if _has_picture(each)]
    return tuple(sorted(names, key=lambda name: (int(name) if name.isdecimal() else 0, name)))


def _classes_within(folder: Path) -> tuple[str, ...]:
    """The names of the classes where their folders lie deeper, as in `anna/7` and `bert/7`: those
    that occur again and again. Otherwise digits, whose labels folders, names or tables tell."""
    inside = [each for each in folders_with_pictures(folder) if each]
    names = {each[-1] for each in inside}
    known = {name: int(name) for name in DIGITS}
    digits = any(folder_label(PurePath(*each, "."), known) is not None for each in inside)
    if digits or not 1 < len(names) < len(inside):
        return DIGITS
    return tuple(sorted(names))


def _tells(folder: Path) -> bool:
    """Whether pictures lie in a folder itself, or a table in it tells labels."""
    if _has_picture(folder):
        return True
    with os.scandir(folder) as entries:
        tables = any(each.name.lower().endswith(TABLES) for each in entries)
    return tables and bool(label_tables(listed(folder)))


def _folders(folder: Path) -> list[Path]:
    """The folders in one that hold pictures, or folders of them."""
    first = dict.fromkeys(each[0] for each in folders_with_pictures(folder) if each)
    return [folder / name for name in first]


def _tables_around(train: Path, test: Path) -> list[LabelTable]:
    """The tables beside the folders of both parts: one that is called after a part tells of it
    alone, as pictures of both can have the same names."""
    parts = {"train": listed(train), "test": listed(test), "other": listed(train.parent)}
    found = []
    for path in parts["other"].tables:
        words = re.split(r"[^a-z]+", path.stem.casefold())
        kind = next((kind for kind in map(_kind_said, words) if kind != "other"), "other")
        table = read_table(path, parts[kind]) if path.parent == train.parent else None
        found += [] if table is None else [table]
    return found


def _has_picture(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(each.name.lower().endswith(SUFFIXES) for each in entries)
    except OSError:
        return False


# ---- reading -------------------------------------------------------------------------


def reading_set(folder: Path) -> Generator[tuple[int, int], None, PictureSet]:
    """Reads a data set in folders; yields how many pictures are read, of how many. Raises
    DigitsError."""
    layout = _layout(folder)
    if layout is None:
        raise DigitsError(
            "The folder {folder} holds no pictures in folders, such as training/7/a.png.",
            folder=folder,
        )
    names = layout.class_names
    where = [layout.train] if layout.test is None else [layout.train, layout.test]
    around = [] if layout.test is None else _tables_around(layout.train, layout.test)
    asked = [labelled(each, names, around=around) for each in where]
    way = _way_of(asked[0].files, names)
    parts: list[_Part] = []
    for each in asked:
        parts.append((yield from _read_part(each, way, asked, sum(p.read for p in parts))))
    notes = [way.said] if way.said else []
    if layout.test is None:
        back = kept_back(parts[0].labels, str(layout.train))
        notes.append(_about_tests(layout.train, len(back)))
        parts = _parted(parts[0], back)
    train, test = parts
    return PictureSet(
        (train.images, train.labels, test.images, test.labels),
        names,
        tuple(Path(each).relative_to(folder).as_posix() for each in test.files),
        tuple(notes),
        tuple(
            dict.fromkeys(
                (
                    *train.left_out,
                    *test.left_out,
                    *(said for each in around for said in each.told()),
                )
            )
        ),
    )


def _read_part(
    asked: Labelled, way: _Way, every: Sequence[Labelled], before: int
) -> Generator[tuple[int, int], None, _Part]:
    """One part of a set; `every`: all parts, `before`: so many pictures of others are read."""
    total = sum(len(each.files) for each in every)
    images, labels, files, left_out = [], [], [], list(asked.left_out)
    for done, (path, label) in enumerate(zip(asked.files, asked.labels, strict=True), before + 1):
        image = way.image(path)
        if isinstance(image, str):
            left_out.append(image)
        else:
            images.append(image)
            labels.append(label)
            files.append(path)
        yield done, total
    if not images:
        raise nothing_usable(asked, left_out)
    return _Part(np.stack(images), np.array(labels, np.uint8), files, left_out, len(asked.files))


def _parted(part: _Part, back: Indices) -> list[_Part]:
    """Some of a part are kept back to test on."""
    left = np.delete(np.arange(len(part.labels)), back)
    return [
        replace(
            part,
            images=part.images[places],
            labels=part.labels[places],
            files=[part.files[place] for place in places],
        )
        for places in (left, back)
    ]


def _about_tests(folder: Path, count: int) -> str:
    return tr_n(
        "{folder} holds no test digits: of each class one in {nth} became one, {count} in all, "
        "and is not learned from.",
        "{folder} holds no test digits: of each class one in {nth} became one, {count} in all, "
        "and is not learned from.",
        count,
        folder=folder,
        nth=KEPT_BACK,
    )


def _way_of(files: Sequence[Path], names: Sequence[str]) -> _Way:
    """How the pictures of a set are read: all alike, as a few of them tell."""
    step = max(1, len(files) // LOOKED_AT)
    edges = []
    small = True
    for path in files[::step]:
        try:
            levels = read_picture(path).levels
        except PictureError:
            continue
        small &= levels.shape == (SIDE, SIDE)
        edges.append(np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]]))
    written = all(len(name) == 1 and name.isalnum() for name in names)
    if not edges or not small:
        return _Way(whole=not written)
    return _Way(kept=True, inverted=bool(np.median(np.concatenate(edges)) > 127))
