"""Where a row of digits can be cut, and the pieces between any two cuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.idx import Bytes
from nnviz.learning.normalising import SIDE, ink_box, normalise, resized

Indices = NDArray[np.intp]

USUAL_HEIGHT = (16, 32)
"""Rows of ink from..to this high are read at their own size: digits of 20 pixels, not all of
which stand on one line."""
HEIGHT = 24
"""What other rows are brought to, so that their digits shrink when they are normalised: growing
blurs them."""
TRACE = 36
"""Grey levels below which ink is left out of a row that was resized: it would fill thin gaps."""
WIDEST = 26
"""Columns of ink that a piece can have at most."""
LEAST_INK = 12
"""Pixels of ink that a piece has at least."""
FILLER = 4
"""Columns between two cuts at most."""
LONGEST_ROW = 1000
"""Columns of a row at most: about 50 digits."""


@dataclass(frozen=True, eq=False)
class Row:
    """A row of digits at the size of MNIST's, cropped to its ink."""

    picture: Bytes
    """(height, width), 0..255, light ink on black; ink in the first and the last column"""
    left: float
    """Column of the original picture at which it begins."""
    scale: float
    """Its columns along one column of the original picture."""

    @property
    def width(self) -> int:
        return int(self.picture.shape[1])

    @cached_property
    def profile(self) -> NDArray[np.int64]:
        """(width,): the ink of each column"""
        ink: NDArray[np.int64] = self.picture.sum(axis=0, dtype=np.int64)
        return ink

    def in_original(self, columns: Sequence[int]) -> tuple[int, ...]:
        """Columns of the row -> columns of the original picture."""
        return tuple(round(self.left + column / self.scale) for column in columns)


def row_of(ink: Bytes) -> Row | None:
    """Light ink on black, (height, width) 0..255, as a row; None where there is no ink.

    Ink whose height is not that of a row of MNIST's digits is brought to 24 pixels. Runs of
    fewer than 12 pixels of ink are dust.
    """
    box = ink_box(ink)
    if box is None:
        return None
    picture = ink[box.top : box.bottom, box.left : box.right]
    least, most = USUAL_HEIGHT
    scale = 1.0 if least <= box.height <= most else HEIGHT / box.height
    scale = min(scale, LONGEST_ROW / box.width)
    if scale != 1:
        sides = (max(1, round(scale * side)) for side in picture.shape)
        picture = resized(picture, *sides)
        picture[picture < TRACE] = 0
    picture = picture.copy()
    for start, end in runs(picture.max(axis=0) > 0):
        if np.count_nonzero(picture[:, start:end]) < LEAST_INK:
            picture[:, start:end] = 0
    rest = ink_box(picture)
    if rest is None:
        return None
    return Row(
        picture[rest.top : rest.bottom, rest.left : rest.right], box.left + rest.left / scale, scale
    )


def runs(lit: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(columns,) -> first column and the one after the last of each run that is lit."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], lit, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def blank_cuts(row: Row) -> Indices:
    """Both ends of the row, and the middle of every run of empty columns."""
    inked = runs(row.profile > 0)
    middles = [(end + start) // 2 for (_, end), (start, _) in pairwise(inked)]
    return np.array([0, *middles, row.width], np.intp)


def candidate_cuts(row: Row) -> Indices:
    """(cuts,): columns at which the row may be cut, both ends among them, ascending.

    The middles of empty runs, the least ink between two maxima of the smoothed profile, and
    whatever else it takes for no two cuts to lie more than 4 columns of ink apart.
    """
    blank = blank_cuts(row)
    smooth = np.convolve(np.pad(row.profile, 1, mode="edge"), [1, 2, 1], mode="valid")
    falls, rises = smooth[1:-1] <= smooth[:-2], smooth[1:-1] < smooth[2:]
    lowest = np.flatnonzero(falls & rises & (row.profile[1:-1] > 0)) + 1
    own = np.union1d(blank, lowest)
    cuts = [0]
    for cut in own[1:].tolist():
        last, parts = cuts[-1], -(-(cut - cuts[-1]) // FILLER)
        between = [last + round((cut - last) * part / parts) for part in range(1, parts)]
        cuts += [column for column in between if row.profile[column]]
        cuts.append(cut)
    return np.array(cuts, np.intp)


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces of a row between two of its cuts, normalised like digits."""

    cuts: Indices
    """(cuts,): columns"""
    starts: Indices
    """(pieces,): the number of the cut at which each begins"""
    ends: Indices
    """(pieces,): that at which it ends"""
    spans: Indices
    """(pieces, 2): the first column of its ink, and the one after its last"""
    images: Bytes
    """(pieces, 784), 0..255"""
    across_blank: NDArray[np.bool_]
    """(pieces,): whether there is an empty column within its ink"""

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def widths(self) -> Indices:
        """(pieces,): columns of ink"""
        return self.spans[:, 1] - self.spans[:, 0]


def trial_pieces(row: Row, cuts: Indices) -> Pieces:
    """Every piece between two cuts that is at most 26 columns wide with 12 pixels of ink."""
    first, last = np.triu_indices(len(cuts), 1)
    return _pieces(row, cuts, first, last, WIDEST, LEAST_INK)


def pieces_between(row: Row, cuts: Sequence[int]) -> Pieces:
    """The pieces between neighbouring cuts, however wide; those without ink are left out."""
    columns = np.array(cuts, np.intp)
    first = np.arange(len(columns) - 1)
    return _pieces(row, columns, first, first + 1, row.width, 1)


def _pieces(
    row: Row, cuts: Indices, first: Indices, last: Indices, widest: int, least_ink: int
) -> Pieces:
    inked = row.profile > 0
    columns = np.arange(row.width + 1)
    # the next column with ink from each one on, and the end of the last ink before it
    following = np.minimum.accumulate(
        np.append(np.where(inked, columns[:-1], row.width), row.width)[::-1]
    )[::-1]
    before = np.maximum.accumulate(np.append(0, np.where(inked, columns[1:], 0)))
    amount = np.append(0, np.count_nonzero(row.picture, axis=0).cumsum())
    filled = np.append(0, inked.cumsum())
    start, end = following[cuts[first]], before[cuts[last]]
    fits = (amount[end] - amount[np.minimum(start, end)] >= least_ink) & (end - start <= widest)
    fits &= start < end
    first, last, start, end = first[fits], last[fits], start[fits], end[fits]
    images = np.zeros((len(start), SIDE * SIDE), np.uint8)
    for image, left, right in zip(images, start.tolist(), end.tolist(), strict=True):
        normal = normalise(row.picture[:, left:right])
        if normal is not None:
            image[:] = normal.image.reshape(-1)
    across = filled[end] - filled[start] < end - start
    return Pieces(cuts, first, last, np.stack([start, end], axis=1), images, across)
