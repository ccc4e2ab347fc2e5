"""What hangs together in the ink of a row: a digit that leans over its neighbour is cut out without
what it leans over."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices

CORE = 60
"""Grey levels from which on pixels make ink hang together: two soft edges that meet do not."""
SMALL = 0.15
"""Share of the ink of a part below which it is not cut through: it goes with the rest."""
NARROW, DIGIT = 32, 24
"""Columns of a row that a digit is wide at most; and that most are."""
ONE = 0.8
"""Share of the ink of a piece that one part has, at least, where there is nothing else to it."""

Labels = NDArray[np.int32]

OUT, PARTLY, WHOLE = 0, 1, 2
"""What of a part goes with a piece: nothing, what lies between its cuts, all."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The ink of a row, (rows, columns), by what hangs together."""

    ink: Bytes
    numbers: Labels
    """(rows, columns): the number of the part that a pixel belongs to, from 1; 0 without ink"""

    @cached_property
    def amounts(self) -> Doubles:
        """(parts, columns + 1): ink of each part left of each column"""
        rows, columns = np.nonzero(self.numbers)
        places = (self.numbers[rows, columns] - 1) * self._width + columns
        weights = self.ink[rows, columns].astype(np.float64)
        of_columns = np.bincount(places, weights, self.count * self._width)
        found = np.zeros((self.count, self._width + 1))
        np.cumsum(of_columns.reshape(self.count, self._width), axis=1, out=found[:, 1:])
        return found

    @cached_property
    def _pixels(self) -> Indices:
        """(parts, columns + 1): the same of pixels"""
        rows, columns = np.nonzero(self.numbers)
        places = (self.numbers[rows, columns] - 1) * self._width + columns
        of_columns = np.bincount(places, minlength=self.count * self._width)
        found = np.zeros((self.count, self._width + 1), np.intp)
        np.cumsum(of_columns.reshape(self.count, self._width), axis=1, out=found[:, 1:])
        return found

    @property
    def _width(self) -> int:
        return int(self.ink.shape[1])

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return int(self.numbers.max(initial=0))

    @cached_property
    def spans(self) -> Indices:
        """(parts, 2): the first column of each, and the one after its last"""
        there = np.diff(self._pixels, axis=1) > 0
        ends = self._width - there[:, ::-1].argmax(axis=1)
        return np.stack([there.argmax(axis=1), ends], axis=1)

    def between(self, left: Indices, right: Indices, column: float) -> "Between":
        """What goes with the pieces whose cuts are in these columns, (pieces,) each; `column`:
        columns along one of a row.

        Of parts that can be one digit hardly anything is cut off: it goes with the rest.
        """
        share = self.amounts[:, right] - self.amounts[:, left]
        total = self.amounts[:, -1:]
        wide = (self.spans[:, 1:] - self.spans[:, :1]) / column
        narrow = wide <= NARROW
        kept = np.where(share > 0, PARTLY, OUT)
        kept[narrow & (share < SMALL * total)] = OUT
        kept[(narrow & (share > (1 - SMALL) * total)) | (share >= total)] = WHOLE
        start = np.maximum(self.spans[:, :1], np.where(kept == PARTLY, left, 0))
        end = np.minimum(self.spans[:, 1:], np.where(kept == PARTLY, right, self._width))
        pixels = self._pixels[:, right] - self._pixels[:, left]
        pixels = np.where(kept == WHOLE, self._pixels[:, -1:], np.where(kept, pixels, 0))
        ink = np.where(kept == WHOLE, total, np.where(kept, share, 0.0))
        return Between(
            kept.T,
            np.where(kept, start, self._width).min(axis=0),
            np.where(kept, end, 0).max(axis=0),
            pixels.sum(axis=0),
            (kept != PARTLY).all(axis=0) & (ink.max(axis=0) >= ONE * ink.sum(axis=0)),
            ((kept == PARTLY) & (wide <= DIGIT)).any(axis=0),
        )

    def left_of(self, columns: Indices, column: float) -> list[bytes | None]:
        """Which parts lie left of each of these columns, hardly anything of them left out; None
        where one is cut through. `column`: columns along one of a row."""
        share: Doubles = self.amounts[:, columns]
        total = self.amounts[:, -1:]
        wide = (self.spans[:, 1:] - self.spans[:, :1]) / column
        least = np.where(wide <= NARROW, SMALL, 0.0) * total
        left: Bools = np.asarray((share > total - least) | (share >= total))
        through: Bools = np.asarray(((share >= least) & (share > 0) & ~left).any(axis=0))
        cut = np.flatnonzero(through).tolist()
        return [None if place in cut else left[:, place].tobytes() for place in range(len(columns))]

    def cut_out(self, kept: Indices, left: int, right: int, start: int, end: int) -> Bytes:
        """(rows, end - start): the ink of a piece; `kept`: what of each part, (parts,)."""
        ink = self.ink[:, start:end]
        own = np.append(OUT, kept)[self.numbers[:, start:end]]
        columns = np.arange(start, end)
        inside = (columns >= left) & (columns < right)
        return np.where((own == WHOLE) | ((own == PARTLY) & inside), ink, np.uint8(0))


@dataclass(frozen=True, eq=False)
class Between:
    """What is between two cuts, of some pieces; arrays of (pieces,) but for the first."""

    kept: Indices
    """(pieces, parts): OUT, PARTLY or WHOLE"""
    starts: Indices
    """The first column of its ink"""
    ends: Indices
    """The one after its last"""
    pixels: Indices
    """Of ink"""
    one: Bools
    """Whether it is one part as a whole, but for specks"""
    cut: Bools
    """Whether it is but a piece of a part that is no wider than a digit"""


def parts_of(ink: Bytes) -> Parts:
    """Light ink on black, (rows, columns) 0..255."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import distance_transform_edt, label

    lit = ink > 0
    strong, count = label(ink >= CORE, np.ones((3, 3)), np.int32)
    if not count:
        strong, count = label(lit, np.ones((3, 3)), np.int32)
    elif (lit & (strong == 0)).any():
        nearest = distance_transform_edt(strong == 0, return_distances=False, return_indices=True)
        strong = np.where(lit, strong[tuple(nearest)], 0)
    return Parts(ink, strong)
