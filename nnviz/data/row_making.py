"""Makes rows of digits out of single ones, with known places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.normalising import SIDE, ink_box
from nnviz.data.results import result
from nnviz.words import percent, tr

JITTER = 2
"""Pixels that a digit stands higher or lower at most."""
MARGIN = 4
"""Empty pixels around a row."""


@dataclass(frozen=True)
class Gaps:
    """How far the ink of neighbours lies apart."""

    label: str
    help: str
    least: int
    """Pixels; negative where the boxes of the ink overlap."""
    most: int


def _touch(gaps: str) -> str:
    """How many of the neighbours hang together."""
    return percent(result("rows/touch").figures[gaps], 0)


GAPS: Mapping[str, Gaps] = {
    "spaced": Gaps(tr("spaced"), tr("1 to 6 empty columns between digits."), 1, 6),
    "mixed": Gaps(
        tr("mixed"),
        tr("3 columns of overlap to 4 empty ones: {share} touch.", share=_touch("mixed")),
        -3,
        4,
    ),
    "touching": Gaps(
        tr("touching"),
        tr("1 to 3 columns of overlap: {share} touch.", share=_touch("touching")),
        -3,
        -1,
    ),
}


@dataclass(frozen=True, eq=False)
class MadeRow:
    """A row of digits, and where they are."""

    picture: Bytes
    """(height, width), 0..255, light ink on black"""
    labels: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """First column of the ink of each digit, and the one after its last."""


def make_row(
    images: Sequence[Bytes], labels: Sequence[int], gaps: Gaps, random: "np.random.Generator"
) -> MadeRow:
    """A row of these digits, each (28, 28), in their order and at their size.

    Each stands up to 2 pixels higher or lower; the gaps are uniformly random.
    """
    inks, rows = [], []
    for image in images:
        box = ink_box(image)
        if box is None:
            raise ValueError("a digit of a row has no ink")
        inks.append(image[:, box.left : box.right])
        rows.append(MARGIN + int(random.integers(-JITTER, JITTER + 1)))
    spans: list[tuple[int, int]] = []
    for ink in inks:
        gap = int(random.integers(gaps.least, gaps.most + 1)) if spans else 0
        # a narrow digit may lie within its neighbour, but never begins before it
        start = max(spans[-1][1] + gap, spans[-1][0] + 1) if spans else MARGIN
        spans.append((start, start + ink.shape[1]))
    width = max(end for _, end in spans) + MARGIN
    picture = np.zeros((SIDE + 2 * MARGIN, width), np.uint8)
    for ink, row, (start, end) in zip(inks, rows, spans, strict=True):
        place = picture[row : row + SIDE, start:end]
        np.maximum(place, ink, out=place)
    return MadeRow(picture, tuple(labels), tuple(spans))


def random_row(
    images: Bytes,
    labels: NDArray[np.integer],
    length: int,
    gaps: Gaps,
    random: "np.random.Generator",
) -> MadeRow:
    """A row of `length` of these digits, (images, 784) 0..255 and (images,), chosen at random."""
    chosen = random.integers(0, len(labels), length)
    return make_row(
        [images[each].reshape(SIDE, SIDE) for each in chosen.tolist()],
        labels[chosen].tolist(),
        gaps,
        random,
    )


def spelled_row(
    images: Bytes,
    labels: NDArray[np.integer],
    wanted: Sequence[int],
    gaps: Gaps,
    random: "np.random.Generator",
) -> MadeRow:
    """A row that says `wanted`, each digit chosen at random among those of its label."""
    chosen = [int(random.choice(np.flatnonzero(labels == label))) for label in wanted]
    return make_row([images[each].reshape(SIDE, SIDE) for each in chosen], wanted, gaps, random)
