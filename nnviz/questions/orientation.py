"""How digits stand: whether a network that comes with the program reads them better turned.

EMNIST's digits are stored transposed: read as they lie, one in seven is right; turned, nearly all.
"""

from dataclasses import dataclass, replace

import numpy as np

from nnviz.data.arrays import Bytes, Indices
from nnviz.data.digits import GREY, DigitSet, Source
from nnviz.data.forms.turning import INVERTED, WAYS, light_paper, said, turned
from nnviz.data.handed import KNOWN
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load_kept
from nnviz.networks.layouts import layout_of
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import judge
from nnviz.words import percent, tr

DESIGN = "ten-outputs"
"""Of the network that reads them"""
MOST, FEWEST = 1000, 30
"""Digits that are read, evenly taken from all"""
BETTER, GOOD, SURELY_GOOD = 0.2, 0.6, 0.85
"""By how much a way of turning must be better, and how good it must be, to be offered; the last
where the classes are so few that anything may be read as them"""
MANY_CLASSES = 5
KNOWN_SHARE = 0.5
"""And of how many of them its classes must be known: all but the 10 of labels from 1 to 10"""
SURE = 4
"""And by how many times what chance makes of so few digits: seven ways are tried"""


@dataclass(frozen=True)
class Upright:
    """A way of turning digits in which they are read better."""

    source: Source
    """The same digits, turned so"""
    ways: tuple[str, ...]
    before: float
    """Share of the digits read right as they are, 0..1"""
    after: float
    """And turned"""
    images: int
    """How many were read"""

    @property
    def of_tests(self) -> bool:
        """Whether your own test digits are meant, not all of the data set."""
        return bool(self.source.tests_turned)

    @property
    def option(self) -> str:
        """What has a command turn them."""
        name = "--images-turned" if self.of_tests else "--turned"
        return f"{name} {','.join(self.ways)}"

    @property
    def sentence(self) -> str:
        """What was measured."""
        return tr(
            "As they are, {before} of {images} digits are read right, and {after} with {ways}.",
            images=self.images,
            before=percent(self.before),
            after=percent(self.after),
            ways=said(self.ways),
        )


def upright(digits: DigitSet) -> Upright | None:
    """A better way of turning digits that were read from a folder or a file, where there is one:
    of your own test digits if there are some, else of the data set. None for digits that are known
    or turned already, and where no network that comes with the program knows the classes."""
    source = digits.source
    if source.tests is not None:
        if source.tests_turned:
            return None
        images, labels = digits.test_images, digits.test_labels
    else:
        if source.folder is None or source.turned or digits.data in KNOWN:
            return None
        images, labels = digits.train_images, digits.train_labels
    if digits.shape != GREY:
        return None
    names = load_kept(TRAINED / f"{DESIGN}.safetensors").class_names
    class_of = [names.index(each) if each in names else -1 for each in digits.class_names]
    wanted = np.array(class_of, np.intp)[labels]
    known = np.flatnonzero(wanted >= 0)
    if len(known) < max(FEWEST, KNOWN_SHARE * len(labels)):
        return None
    some = known[np.linspace(0, len(known) - 1, min(MOST, len(known))).astype(np.intp)]
    images, wanted = images[some], wanted[some]
    before, found = _read(images, wanted)
    after, ways = max(found)
    surely = SURE * np.sqrt(0.5 / len(some))
    good = GOOD if len(digits.class_names) >= MANY_CLASSES else SURELY_GOOD
    if after - before < max(BETTER, surely) or after < good:
        return None
    of_tests = source.tests is not None
    better = replace(source, tests_turned=ways) if of_tests else replace(source, turned=ways)
    return Upright(better, ways, before, after, len(some))


def _read(images: Bytes, wanted: Indices) -> tuple[float, list[tuple[float, tuple[str, ...]]]]:
    """The share of images (images, inputs) read right as they are, and turned in each way."""
    square = images.reshape(-1, *GREY[:2])
    papers: list[tuple[str, ...]] = [(INVERTED,)] if light_paper(square) else [()]
    ways = [(*paper, *way) for paper in papers for way in [(), *((each,) for each in WAYS)]]
    return _right(square, wanted), [
        (_right(turned(square, each), wanted), each) for each in ways if each
    ]


def _right(square: Bytes, wanted: Indices) -> float:
    trained = load_kept(TRAINED / f"{DESIGN}.safetensors")
    layout = layout_of(trained.settings, len(trained.class_names))
    reading = DESIGNS[DESIGN].readings[0]
    flat = square.reshape(len(square), -1)
    return float(np.mean(judge(trained.network, layout, flat, reading).classes == wanted))
