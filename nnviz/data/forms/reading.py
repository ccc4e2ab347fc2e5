"""A data set in any of the forms, as the program uses it: training and test digits in bytes."""

import os
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Bytes, Indices
from nnviz.data.forms.content import MOST, Content, Numbers, Step
from nnviz.data.forms.labels import alone, meant
from nnviz.data.forms.members import is_archive
from nnviz.data.forms.pairing import Chosen, chosen, told_by
from nnviz.data.forms.sizes import arranged, fitted, shape_for
from nnviz.data.forms.table import read_member
from nnviz.data.forms.turning import INVERTED, TRANSPOSED, light_paper, said, turned
from nnviz.data.forms.values import scale_of
from nnviz.data.idx import DigitsError
from nnviz.data.shapes import GREY, Shape, size_of
from nnviz.words import tr

KEPT_BACK = 6
"""Where there are no test digits, of each class every so many-th digit becomes one"""


@dataclass(frozen=True, eq=False)
class Part:
    """Images and labels of one part, as the files hold them."""

    where: str
    images: Numbers
    labels: Numbers


@dataclass(frozen=True, eq=False)
class Found:
    """What was read."""

    train_images: Bytes
    """(images, inputs), 0..255"""
    train_labels: Bytes
    """(images,), as the files have them where they are numbers up to 255"""
    test_images: Bytes
    test_labels: Bytes
    shape: Shape
    meanings: tuple[str, ...] = ()
    """What the labels 0, 1, ... mean; () where they mean themselves"""
    notes: tuple[str, ...] = ()
    """What must be said of it, a sentence each"""


def reading(path: Path, ways: Sequence[str] = ()) -> Generator[Step, None, Found]:
    """Reads a data set from a folder, an archive or a file with those beside it; its images are
    turned in these ways (see `turning`). Raises DigitsError."""
    files = chosen(path)
    parts, names, notes = yield from _parts(files)
    train, test = _train_and_test(path, parts, notes)
    found = yield from _found([train, *test], names, files, ways, notes)
    if test:
        return found
    back = kept_back(found.train_labels, train.where)
    notes.append(
        tr(
            "{path} holds no test digits: of each class one digit in {nth} became one, {count} "
            "in all, and is not learned from.",
            path=train.where,
            nth=KEPT_BACK,
            count=len(back),
        )
    )
    left = np.delete(np.arange(len(found.train_labels)), back)
    return Found(
        found.train_images[left],
        found.train_labels[left],
        found.train_images[back],
        found.train_labels[back],
        found.shape,
        found.meanings,
        tuple(notes),
    )


def reading_tests(path: Path, ways: Sequence[str] = ()) -> Generator[Step, None, Found]:
    """Reads the test digits of a data set, or all where it has none apart, as both parts of what
    is found. Raises DigitsError."""
    files = chosen(path, tests=True)
    if path.is_file() and not is_archive(path) and len(files.members) > 1:
        files = _only_with_labels(path, files)
    parts, names, notes = yield from _parts(files)
    part = next((parts[each] for each in ("test", "", "val", "train") if each in parts), None)
    if part is None:
        raise _without_labels(path)
    return (yield from _found([part], names, files, ways, notes))


def _only_with_labels(path: Path, files: Chosen) -> Chosen:
    """Without those beside a file that are of another part: the one that was named is meant."""
    own = next(each for each in files.members if each.path.name == path.name)
    kept = [each for each in files.members if told_by(each).part == told_by(own).part]
    return Chosen(tuple(kept), files.words)


def _parts(
    files: Chosen,
) -> Generator[Step, None, tuple[dict[str, Part], tuple[str, ...], list[str]]]:
    """What the files hold of each part, what the labels mean, and what must be said."""
    contents: list[Content] = []
    for member in files.members:
        contents += yield from read_member(member)
    names = next((each.names for each in contents if each.names), ())
    notes: list[str] = []
    found: dict[str, Part] = {}
    for name in dict.fromkeys(each.part for each in contents):
        own = [each for each in contents if each.part == name]
        part = _joined(own)
        if part is not None:
            found[name] = part
        elif any(each.images is not None for each in own):
            where = next(each.where for each in own if each.images is not None)
            notes.append(tr("{path} has no labels, so it was left aside.", path=where))
    return found, names, notes


def _joined(contents: Sequence[Content]) -> Part | None:
    """The images and labels of one part together; None without either. Raises DigitsError."""
    images = [each.images for each in contents if each.images is not None]
    labels = [alone(e.labels, e.where) for e in contents if e.labels is not None]
    if not images or not labels:
        return None
    where = next(each.where for each in contents if each.images is not None)
    if len({each.shape[1:] for each in images}) > 1:
        raise DigitsError("{path} and its like hold images of several sizes.", path=where)
    if len({each.dtype.kind in "SU" for each in labels}) > 1:
        labels = [each.astype(str) for each in labels]
    part = Part(where, _one(images), _one(labels))
    if not len(part.images):
        raise DigitsError("{file} holds no image.", file=where)
    if len(part.images) != len(part.labels):
        raise DigitsError(
            "{file} holds {images} images but {label_file} {labels} labels.",
            file=where,
            images=len(part.images),
            label_file=os.path.basename(
                next(each.where for each in contents if each.labels is not None)
            ),
            labels=len(part.labels),
        )
    return part


def _one(arrays: Sequence[Numbers]) -> Numbers:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _train_and_test(
    path: Path, parts: dict[str, Part], notes: list[str]
) -> tuple[Part, list[Part]]:
    """The part to train on and, in a list, that to test on where there is one. Raises
    DigitsError."""
    if not parts:
        raise _without_labels(path)
    order = [each for each in ("train", "", "val", "test") if each in parts]
    first = parts[order[0]]
    test = next((parts[each] for each in ("test", "val") if each in order[1:]), None)
    if "val" in order and test is not parts["val"] and first is not parts["val"]:
        aside = parts["val"]
        notes.append(
            tr(
                "{path} is for validation ({count} images) and was left aside.",
                path=aside.where,
                count=len(aside.images),
            )
        )
    return first, [] if test is None else [test]


def _without_labels(path: Path) -> DigitsError:
    return DigitsError(
        "{path} needs a file of labels beside it, as in t10k-images-idx3-ubyte and "
        "t10k-labels-idx1-ubyte, or a column or an array of labels in it.",
        path=path,
    )


def _found(
    parts: Sequence[Part],
    names: tuple[str, ...],
    files: Chosen,
    ways: Sequence[str],
    notes: list[str],
) -> Generator[Step, None, Found]:
    """All parts, one or two, with the same scale of grey and the same meaning of labels."""
    where = parts[0].where
    scale = scale_of([each.images for each in parts], where)
    labels, meanings = meant([each.labels for each in parts], names, files.words, where)
    images, sizes, shapes = [], [], []
    for part in parts:
        pixels = scale.as_bytes(arranged(part.images, part.where))
        if pixels.nbytes > MOST:
            raise _too_many(part)
        pixels = turned(pixels, ways)
        shapes.append(shape_for(pixels))
        flat, size = yield from fitted(pixels)
        images.append(flat)
        sizes.append(size)
    if len(set(shapes)) > 1:
        raise DigitsError(
            "{file} holds images of {size} pixels, but {other} of {other_size}.",
            file=where,
            size=size_of(parts[0].images.shape[1:]),
            other=parts[1].where,
            other_size=size_of(parts[1].images.shape[1:]),
        )
    notes += _said(scale.note, sizes, ways)
    digits = _are_digits(labels, meanings)
    if "emnist" in files.words.split() and not ways and not digits:
        notes.append(
            tr("EMNIST stores its images transposed: --turned {way} turns them.", way=TRANSPOSED)
        )
    if shapes[0] == GREY and not ways and not digits and light_paper(_square(images[0])):
        notes.append(
            tr(
                "These images seem to be dark ink on light paper, the other way round than "
                "MNIST's: --turned {way} exchanges both.",
                way=INVERTED,
            )
        )
    return Found(images[0], labels[0], images[-1], labels[-1], shapes[0], meanings, tuple(notes))


def _square(images: Bytes) -> Bytes:
    return images.reshape(-1, *GREY[:2])


def _too_many(part: Part) -> DigitsError:
    return DigitsError(
        "{path} holds {count} images; nnviz opens up to {most} of {size} pixels.",
        path=part.where,
        count=len(part.images),
        most=MOST // (GREY[0] * GREY[1]),
        size=size_of(GREY[:2]),
    )


def _said(scale: str, sizes: Iterable[str], ways: Sequence[str]) -> list[str]:
    own = [scale, *dict.fromkeys(sizes)]
    if ways:
        own.append(tr("The images are used with {ways}.", ways=said(ways)))
    return [each for each in own if each]


def _are_digits(labels: Sequence[Bytes], meanings: Sequence[str]) -> bool:
    """Whether networks that come with the program can tell how they stand."""
    return not meanings and int(labels[0].max()) <= 9


def kept_back(labels: Bytes, where: str) -> Indices:
    """The places of those that become test digits: of each class every so many-th, and of few the
    last one, whatever the order. Raises DigitsError where no class has two."""
    own = [np.flatnonzero(labels == each) for each in np.unique(labels)]
    places = [e[KEPT_BACK - 1 :: KEPT_BACK] if len(e) >= KEPT_BACK else e[-1:] for e in own]
    found = [each for each, all_of_it in zip(places, own, strict=True) if len(all_of_it) > 1]
    if not found:
        raise DigitsError(
            "{path} holds one image of each class: nnviz needs two at least, to train on one and "
            "to test on the other.",
            path=where,
        )
    return np.sort(np.concatenate(found))
