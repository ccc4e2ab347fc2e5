"""Images that are no digit, cut out of rows of digits where nobody should cut."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.digits import DigitSet
from nnviz.data.normalising import SIDE, normalise
from nnviz.data.row_making import Gaps, MadeRow, random_row
from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import SettingError, Settings
from nnviz.training.balance import is_balanced
from nnviz.words import tr

LEAST_INK = 12
"""Pixels."""
MOST = 1_000_000
LENGTH = 5
"""Digits of the rows that are cut up."""
ALL_GAPS = Gaps(tr("all"), tr("From touching to spaced."), -3, 6)


def with_non_digits(digits: DigitSet, count: int, settings: Settings) -> DigitSet:
    """The set with so many more training images that are no digit.

    Raises SettingError if networks of these settings cannot learn them.
    """
    if not 0 < count <= MOST:
        raise SettingError(
            "--non-digits must be between 1 and {most}, not {count}.", most=MOST, count=count
        )
    if settings.images:
        raise SettingError("--non-digits does not go with --images.")
    if settings.cost == "softmax":
        raise SettingError(
            "A softmax shares out a probability of 1, so it cannot say that nothing is there: "
            "--non-digits goes with --cost cross-entropy or quadratic."
        )
    if is_balanced(settings) or not layout_of(settings, digits.classes).asks_all:
        raise SettingError(
            "--non-digits needs outputs that learn from every digit; those of the design {design} "
            "do not.",
            design=settings.design,
        )
    if digits.inputs != SIDE * SIDE:
        raise SettingError(
            "Rows are made of images of {side} x {side} grey pixels only.", side=SIDE
        )
    cut = non_digits(digits.train_images, digits.train_labels, count, settings.seed)
    return digits.with_non_digits(cut)


def non_digits(images: Bytes, labels: NDArray[np.integer], count: int, seed: int) -> Bytes:
    """(count, 784), 0..255: pieces of rows of these digits, normalised like digits.

    In equal shares the left part of a digit, the right part, the end of one with the beginning
    of the next, and a digit with most of the next or all of it.
    """
    random = np.random.default_rng([seed, 3])
    found: list[Bytes] = []
    while len(found) < count:
        row = random_row(images, labels, LENGTH, ALL_GAPS, random)
        for first in random.permutation(LENGTH - 1).tolist():
            piece = _CUTS[len(found) % len(_CUTS)](row, first, random)
            normal = normalise(piece) if np.count_nonzero(piece) >= LEAST_INK else None
            if normal is not None and len(found) < count:
                found.append(normal.image.reshape(-1))
    return np.array(found, np.uint8).reshape(count, SIDE * SIDE)


def _inside(span: tuple[int, int], least: float, most: float, random: np.random.Generator) -> int:
    start, end = span
    return start + round((end - start) * random.uniform(least, most))


def _left(row: MadeRow, first: int, random: np.random.Generator) -> Bytes:
    start, _ = row.spans[first]
    return row.picture[:, start : _inside(row.spans[first], 0.3, 0.7, random)]


def _right(row: MadeRow, first: int, random: np.random.Generator) -> Bytes:
    _, end = row.spans[first]
    return row.picture[:, _inside(row.spans[first], 0.3, 0.7, random) : end]


def _across(row: MadeRow, first: int, random: np.random.Generator) -> Bytes:
    start = _inside(row.spans[first], 0.3, 0.7, random)
    return row.picture[:, start : _inside(row.spans[first + 1], 0.3, 0.7, random)]


def _more(row: MadeRow, first: int, random: np.random.Generator) -> Bytes:
    start, _ = row.spans[first]
    return row.picture[:, start : _inside(row.spans[first + 1], 0.4, 1.0, random)]


_CUTS = (_left, _right, _across, _more)
