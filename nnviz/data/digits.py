"""Sets of labelled images: the bundled digits, and folders of IDX files."""

import dataclasses
import itertools
import json
import os
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Indices
from nnviz.data.catalogue import DATA_SETS, fetched_folder, is_fetched, label_of, test_of
from nnviz.data.four_files import COLOUR_PARTS as COLOUR_PARTS
from nnviz.data.four_files import PARTS as PARTS
from nnviz.data.four_files import check_labels as check_labels
from nnviz.data.four_files import existing as existing
from nnviz.data.four_files import find, is_plain, read_part
from nnviz.data.handed import Handed, digest_of, kind_of, known_by
from nnviz.data.idx import DigitsError
from nnviz.data.shapes import COLOUR as COLOUR
from nnviz.data.shapes import GREY as GREY
from nnviz.data.shapes import MOST_CLASSES as MOST_CLASSES
from nnviz.data.shapes import Shape as Shape
from nnviz.data.shapes import shape_of as shape_of
from nnviz.data.shapes import size_of as size_of
from nnviz.paths import RESOURCES
from nnviz.words import commas, tr, tr_n

CLASS_NAMES = "classes.json"
"""File with a list of what the labels 0, 1, ... mean; a folder can do without."""
LONGEST_NAME = 40
INK_COUNTED = 1000
"""Training digits whose ink says how much of it there is."""


@dataclass(frozen=True)
class Source:
    """Where a data set comes from: a known name, or a folder or a file of digits."""

    digits: str = "bundled"
    folder: str | None = None
    """A folder or a file in one of the forms (see `forms.table`)"""
    tests: str | None = None
    """A folder or a file of your own test digits, in place of the set's (see `own_digits`)"""
    classes: tuple[str, ...] = ()
    """Only the digits of these classes, which become all its classes; none for all"""
    every: int = 1
    """Only every so many-th training digit, beginning with the first"""
    share: float = 1.0
    """And of each class only the first so large a part of those, 0..1, but one at least"""
    turned: tuple[str, ...] = ()
    """How the images of the folder are turned before they are used (see `forms.turning`)"""
    tests_turned: tuple[str, ...] = ()
    """How your own test digits are"""
    numbers_are_labels: bool = False
    """Whether numbers in the names of your own pictures that may only count are their labels"""

    @property
    def training(self) -> "Source":
        """Where the training digits come from."""
        return dataclasses.replace(self, tests=None, tests_turned=(), numbers_are_labels=False)

    @property
    def in_pieces(self) -> bool:
        """Whether opening it can take long."""
        return self.tests is not None or self.folder is not None

    @property
    def whole(self) -> "Source":
        """The same with all classes and all training digits."""
        return dataclasses.replace(self, classes=(), every=1, share=1.0)


@dataclass(frozen=True, eq=False)
class ShownDigits:
    """The part of a data set that can be looked at, without the training images."""

    source: Source
    name: str
    class_names: tuple[str, ...]
    images: Bytes
    """(images, inputs), 0..255"""
    labels: Bytes
    """(images,), an index into class_names"""
    inked: Bools
    """(inputs,): pixels that carry ink in at least 1 % of the training digits"""
    train_labels: Bytes
    """(training digits,), an index into class_names"""
    shape: Shape = GREY
    """What the inputs of an image are: height x width x channels, the last one fastest"""
    files: tuple[str, ...] = ()
    """Names of the pictures that the images were read from; none for a data set"""
    data: str = ""
    """What the training digits are of (see `Handed.data`)"""
    all_names: tuple[str, ...] = ()
    """Of all classes of the data set, where only some are in use"""
    kind: str = ""
    """What the images show (see `Handed.kind`)"""
    ink: float = 0.0
    """The share of their pixels that are not black (see `DigitSet.ink`)"""
    notes: tuple[str, ...] = ()
    """What must be said of them (see `DigitSet.notes`)"""
    counted: int = 0
    """See `DigitSet.counted`"""

    def file_of(self, image: int) -> str:
        """Name of the picture that an image was read from; "" where it was none."""
        return self.files[image] if 0 <= image < len(self.files) else ""

    @property
    def test_named(self) -> str:
        """Whose test digits they are, beside an accuracy."""
        return test_named(self)

    @property
    def test_images(self) -> Bytes:
        """The same as `images`, as a `DigitSet` names them."""
        return self.images

    @property
    def test_labels(self) -> Bytes:
        """The same as `labels`."""
        return self.labels

    @cached_property
    def train_images(self) -> Bytes:
        """(training digits, inputs), 0..255, read anew from their source. Raises DigitsError."""
        return open_digits(self.source).train_images

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.class_names)

    def handed(self, images: int) -> Handed:
        """What a network is handed that learns from the first so many training digits."""
        return _handed(self, images)

    @property
    def train_count(self) -> int:
        """How many training digits the set has."""
        return len(self.train_labels)

    @property
    def inputs(self) -> int:
        """Numbers of one image."""
        return int(self.images.shape[1])


def test_named(digits: "ShownDigits | DigitSet") -> str:
    """Whose test digits they are, beside an accuracy."""
    return tr("own test") if digits.source.tests is not None else test_of(digits.name)


@dataclass(frozen=True, eq=False)
class DigitSet:
    """Training and test images with their labels."""

    source: Source
    name: str
    class_names: tuple[str, ...]
    train_images: Bytes
    """(images, inputs), 0..255"""
    train_labels: Bytes
    """(images,), an index into class_names, or their number for what is no digit"""
    test_images: Bytes
    test_labels: Bytes
    shape: Shape = GREY
    """What the inputs of an image are: height x width x channels, the last one fastest"""
    test_files: tuple[str, ...] = ()
    """Names of the pictures that the test images were read from; none for a data set"""
    data: str = ""
    """What the training digits are of (see `Handed.data`)"""
    all_names: tuple[str, ...] = ()
    """Of all classes of the data set, where only some are in use"""
    kind: str = ""
    """What the images show (see `Handed.kind`)"""
    notes: tuple[str, ...] = ()
    """What must be said of how they were read, a sentence each"""
    unread: tuple[str, ...] = ()
    """Why some pictures of the data set were not taken, a sentence each"""
    counted: int = 0
    """Your own pictures that were left out as the numbers in their names may only count"""

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.class_names)

    def handed(self, left_out: str = "") -> Handed:
        """What a network is handed that learns from all training images; `left_out`: a data set
        whose digits were taken out of them."""
        non_digits = self.non_digits
        handed = _handed(self, len(self.train_labels) - non_digits)
        return dataclasses.replace(handed, left_out=left_out, non_digits=non_digits)

    @property
    def inputs(self) -> int:
        """Numbers of one image."""
        return int(self.train_images.shape[1])

    @cached_property
    def inked(self) -> Bools:
        """(inputs,): pixels that carry ink in at least 1 % of the training digits.

        Elsewhere a weight never learned anything and stays at its random start. Of images that
        are all black, all pixels: none tells more than another.
        """
        lit = np.zeros(self.inputs, np.intp)
        # in bytes, as many as one can count, it takes a tenth of the time
        for start in range(0, len(self.train_images), 255):
            block = self.train_images[start : start + 255] != 0
            lit += np.add.reduce(block.view(np.uint8), axis=0, dtype=np.uint8)
        inked: Bools = lit >= 0.01 * len(self.train_images)
        return inked if inked.any() else ~inked

    def to_look_at(self) -> ShownDigits:
        """The test digits, with what must be known of the training digits to show them."""
        return ShownDigits(
            self.source,
            self.name,
            self.class_names,
            self.test_images,
            self.test_labels,
            self.inked,
            self.train_labels,
            self.shape,
            self.test_files,
            self.data,
            self.all_names,
            self.kind,
            self.ink,
            self.notes,
            counted=self.counted,
        )

    @cached_property
    def ink(self) -> float:
        """The share of pixels that are not black, counted in the first training digits."""
        counted = self.train_images[:INK_COUNTED]
        return float(np.count_nonzero(counted) / max(1, counted.size))

    @property
    def non_digits(self) -> int:
        """How many training images are no digit: their label is the number of classes."""
        return int(np.count_nonzero(self.train_labels == self.classes))

    def with_non_digits(self, images: Bytes) -> "DigitSet":
        """The same set with training images (images, inputs) that are no digit."""
        labels = np.full(len(images), self.classes, np.uint8)
        return dataclasses.replace(
            self,
            train_images=np.concatenate([self.train_images, images]),
            train_labels=np.concatenate([self.train_labels, labels]),
        )

    def first(self, images: int) -> "DigitSet":
        """The same set with only the first so many training digits (0: all of them)."""
        if not images or images >= len(self.train_labels):
            return self
        return dataclasses.replace(
            self,
            train_images=self.train_images[:images],
            train_labels=self.train_labels[:images],
        )

    def only(self, names: Sequence[str]) -> "DigitSet":
        """The same set with the digits of these classes alone, which become all its classes,
        in the order they had. Raises DigitsError."""
        unknown = [name for name in names if name not in self.class_names]
        if unknown:
            raise DigitsError(
                "There is no class {unknown} among those of {name}: {classes}.",
                unknown=repr(unknown[0]),
                name=label_of(self.name),
                classes=commas(self.class_names),
            )
        kept = [place for place, name in enumerate(self.class_names) if name in names]
        if len(kept) < 2:
            raise DigitsError("A network tells at least two classes apart: name two or more.")
        train, test = np.isin(self.train_labels, kept), np.isin(self.test_labels, kept)
        return dataclasses.replace(
            self,
            source=dataclasses.replace(
                self.source, classes=tuple(self.class_names[k] for k in kept)
            ),
            class_names=tuple(self.class_names[place] for place in kept),
            all_names=self.all_names or self.class_names,
            test_files=tuple(itertools.compress(self.test_files, test)),
            train_images=self.train_images[train],
            train_labels=np.searchsorted(kept, self.train_labels[train]).astype(np.uint8),
            test_images=self.test_images[test],
            test_labels=np.searchsorted(kept, self.test_labels[test]).astype(np.uint8),
        )

    def thinned(self, every: int = 1, share: float = 1.0) -> "DigitSet":
        """The same set with every so many-th training digit, and of those only the first part of
        each class, 0 < share <= 1, but one at least; the test digits stay.

        Raises DigitsError where a class would lose all its training digits.
        """
        if (every, share) == (1, 1.0):
            return self
        kept = thinned_places(self.train_labels, every, share)
        of_class = np.bincount(self.train_labels[kept], minlength=self.classes)
        if not of_class[: self.classes].all():
            raise DigitsError(
                "Of every {every} training digits one leaves none of the class {name}.",
                every=every,
                name=self.class_names[int(np.argmin(of_class))],
            )
        return dataclasses.replace(
            self,
            source=dataclasses.replace(self.source, every=every, share=share),
            train_images=self.train_images[kept],
            train_labels=self.train_labels[kept],
        )

    def without(self, images: Iterable[Bytes]) -> "DigitSet":
        """The same set with these images, each (inputs,), taken out of the training digits."""
        unwanted = {image.tobytes() for image in images}
        kept = [image.tobytes() not in unwanted for image in self.train_images]
        return dataclasses.replace(
            self, train_images=self.train_images[kept], train_labels=self.train_labels[kept]
        )


def thinned_places(labels: Bytes, every: int, share: float) -> Indices:
    """Which of some training digits, labels (images,), stay in a part of them (see `Source`)."""
    kept = np.arange(0, len(labels), min(every, len(labels)) or 1)
    if share >= 1:
        return kept
    labels = labels[kept]
    of_class = np.bincount(labels)
    most = np.maximum(1, np.round(share * of_class)).astype(np.intp)
    places = [np.flatnonzero(labels == each)[: most[each]] for each in range(len(of_class))]
    return np.asarray(kept[np.sort(np.concatenate(places))])


def _handed(digits: DigitSet | ShownDigits, images: int) -> Handed:
    source = digits.source
    data = digits.data or digits.name
    kind = digits.kind or kind_of(data)
    return Handed(data, digits.class_names, images, source.every, source.share, kind=kind)


def are_pictures(digits: DigitSet | ShownDigits) -> bool:
    """Whether they had better be called pictures than digits: of clothes, say."""
    return not all(map(is_digit, digits.class_names))


def is_digit(name: str) -> bool:
    """Whether a class is called like a digit."""
    return len(name) == 1 and name.isdecimal()


Digits = DigitSet | ShownDigits
"""Whatever can be asked about: both name their test and training digits alike."""


@cache
def bundled_digits() -> DigitSet:
    """The 5,000 MNIST digits that come with the program: 4,000 to train, 1,000 to test."""
    return read_folder(RESOURCES / "digits", Source(), "bundled")


def open_digits(source: Source) -> DigitSet:
    """The data set of a source; a folder alone is enough. Raises DigitsError.

    Your own test digits, if it names some, come by way of `own_digits.opening`.
    """
    work = opening_digits(source)
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: DigitSet = done.value
            return found


def opening_digits(source: Source) -> Generator[tuple[int, int], None, DigitSet]:
    """The same in pieces, each of which yields how many images are read, of about how many."""
    source = source.training
    chosen = yield from _whole(source.whole)
    if source.classes:
        chosen = chosen.only(source.classes)
    if chosen.classes > MOST_CLASSES:
        raise DigitsError(
            "{folder} holds {count} classes; nnviz works with 2 to {most}: --classes {some} takes "
            "some of them.",
            folder=source.folder or label_of(source.digits),
            count=chosen.classes,
            most=MOST_CLASSES,
            some=",".join(chosen.class_names[:3]),
        )
    return chosen.thinned(source.every, source.share)


def _whole(source: Source) -> Generator[tuple[int, int], None, DigitSet]:
    """All digits of a source. Raises DigitsError."""
    if source.folder is not None:
        folder = Path(source.folder)
        # abspath, because resolve raises on a link to itself
        known = source.digits in DATA_SETS
        name = source.digits if known else _name_of(folder)
        return (yield from _reading(folder, source, name))
    if source.digits == "bundled":
        return bundled_digits()
    if not is_fetched(source.digits):
        data_set = DATA_SETS[source.digits]
        raise DigitsError(
            "{label} is not here yet: nnviz digits fetch {digits} brings it ({megabytes}); a copy "
            "in a folder can be named with --data.",
            label=data_set.label,
            digits=source.digits,
            megabytes=data_set.megabytes,
        )
    return read_folder(fetched_folder(source.digits), source, source.digits)


def _name_of(path: Path) -> str:
    """What the digits of a folder or a file are called."""
    name = os.path.basename(os.path.abspath(path))
    # emnist-digits-train-images-idx3-ubyte.gz: the rest is the same for all of its kind
    before, images, _ = name.partition("-images-idx")
    return before.removesuffix("-train").removesuffix("-test") if images else name


def _reading(path: Path, source: Source, name: str) -> Generator[tuple[int, int], None, DigitSet]:
    """The digits of a folder or a file, in whatever form. Raises DigitsError."""
    if not os.path.exists(path):
        raise DigitsError("There is no folder {folder}.", folder=path)
    if not source.turned and is_plain(path):
        return read_folder(path, source, name)
    # all other forms: the bundled digits, which every start reads, need none of it
    from nnviz.data.forms.pairing import has_forms
    from nnviz.data.forms.reading import Found, reading
    from nnviz.data.own.picture_set import is_picture_set, reading_set

    if is_picture_set(path) and not has_forms(path):
        pictures = yield from reading_set(path)
        parts = pictures.parts
        made = _made(path, source, name, parts, GREY, pictures.class_names, pictures.notes)
        return dataclasses.replace(made, test_files=pictures.test_files, unread=pictures.left_out)
    found: Found = yield from reading(path, source.turned)
    parts = found.train_images, found.train_labels, found.test_images, found.test_labels
    return _made(path, source, name, parts, found.shape, found.meanings, found.notes)


def read_folder(folder: Path, source: Source, name: str) -> DigitSet:
    """The four IDX files of a folder, each plain or gzipped. Raises DigitsError."""
    if not os.path.isdir(folder):
        raise DigitsError("There is no folder {folder}.", folder=folder)
    colour = any(find(folder, images) for images, _ in COLOUR_PARTS.values())
    shape = COLOUR if colour else GREY
    parts = *read_part(folder, "train", shape), *read_part(folder, "test", shape)
    return _made(folder, source, name, parts, shape)


def _made(
    folder: Path,
    source: Source,
    name: str,
    parts: tuple[Bytes, Bytes, Bytes, Bytes],
    shape: Shape,
    meanings: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> DigitSet:
    """The digits that were read: training images (images, inputs) and their labels, then those to
    test on; `meanings` of the labels 0, 1, ... as a file told them. Raises DigitsError."""
    train_images, train_labels, test_images, test_labels = parts
    # not np.unique, which imports masked arrays: a tenth of a second at every start
    known = np.flatnonzero(np.bincount(train_labels)).astype(np.uint8)
    if len(known) < 2:
        raise DigitsError(
            tr_n(
                "The training labels in {folder} name {count} class; nnviz works with 2 to {most}.",
                "The training labels in {folder} name {count} classes; nnviz works with 2 to "
                "{most}.",
                len(known),
                folder=folder,
                most=MOST_CLASSES,
            )
        )
    strange = set(np.flatnonzero(np.bincount(test_labels)).tolist()) - set(known.tolist())
    if strange:
        raise DigitsError(
            "The test labels in {folder} hold the class {label}, which the training labels do not "
            "have.",
            folder=folder,
            label=_meant(min(strange), meanings),
        )
    digest = digest_of(train_images, train_labels)
    data = known_by(0, digest)
    if data and data == known_by(1, digest_of(test_images, test_labels)):
        name = data  # whatever its folder is called
    told = tuple(meanings[label] for label in known) if meanings and not data else ()
    return DigitSet(
        source,
        name,
        told or _class_names(folder, data or source.digits, known),
        train_images,
        np.searchsorted(known, train_labels).astype(np.uint8),
        test_images,
        np.searchsorted(known, test_labels).astype(np.uint8),
        shape,
        data=data or digest,
        kind=kind_of(data) if data else _kin(train_images, shape) or digest,
        notes=notes,
    )


def _meant(label: int, meanings: Sequence[str]) -> str:
    return meanings[label] if label < len(meanings) else str(label)


FEWEST_KIN = 5
"""Images that a data set shares with the bundled digits, at least, where both are of MNIST"""


def _kin(images: Bytes, shape: Shape) -> str:
    """The known data set that training images (images, inputs) are taken from, told by those
    among them that are bundled digits: of a thousand digits of MNIST eighty are; "" for none."""
    if shape != GREY:
        return ""
    bundled = bundled_digits()
    known = {image.tobytes() for image in (*bundled.train_images, *bundled.test_images)}
    shared = {each for image in images if (each := image.tobytes()) in known}
    return bundled.kind if len(shared) >= FEWEST_KIN else ""


def _class_names(folder: Path, data: str, known: Bytes) -> tuple[str, ...]:
    """What the labels that occur mean: as the folder says, else as the data set is known."""
    path = folder / CLASS_NAMES
    names: object = data in DATA_SETS and DATA_SETS[data].class_names
    if os.path.isfile(path):
        try:
            names = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            raise DigitsError("{path} is not a list of class names in JSON.", path=path) from error
    if not names:
        return tuple(str(label) for label in known)
    if not isinstance(names, list | tuple) or not all(map(is_class_name, names)):
        raise DigitsError(
            "{path} must be a list of class names of 1 to {most} letters each.",
            path=path,
            most=LONGEST_NAME,
        )
    if len(names) <= known.max():
        raise DigitsError(
            "{path} names {count} classes, but there are labels up to {highest}.",
            path=path,
            count=len(names),
            highest=int(known.max()),
        )
    chosen = tuple(str(names[label]) for label in known)
    if len(set(chosen)) < len(chosen):
        raise DigitsError("{path} gives two classes the same name.", path=path)
    return chosen


def is_class_name(name: object) -> bool:
    """Whether a class may be called so."""
    return isinstance(name, str) and name.isprintable() and 0 < len(name.strip()) <= LONGEST_NAME
