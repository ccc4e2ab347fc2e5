"""Where a row of digits can be cut, and the pieces between any two cuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Indices
from nnviz.data.normalising import SIDE, averaged, ink_box, normalise, resized
from nnviz.data.row_parts import NARROW, Parts, parts_of
from nnviz.errors import Refusal
from nnviz.words import number

USUAL_HEIGHT = (16, 32)
"""Rows of ink from..to this high are read at their own size: digits of 20 pixels, not all of
which stand on one line."""
HEIGHT = 24
"""Rows of pixels that other ink is cut at."""
DIGIT = 21
"""Rows of its digits then, where it is known how high they are."""
SLOPING = 2.5
"""How much higher all ink of a row that slopes can be than that of a level one."""
DETAIL = 4
"""Its pieces are shown to networks from a picture up to this many times as large: made smaller
twice, thin lines would fade."""
TRACE = 60
"""Grey levels below which ink of another size is left out: the soft edges of enlarged digits
would fill thin gaps and make pieces larger than their digits."""
WIDEST = 26
"""Columns of ink that a piece can have at most, ..."""
BROADEST = 44
"""... and one that is a single part of the ink, alone: a 2 can lie."""
LEAST_INK = 12
"""Pixels of ink that a piece has at least."""
FILLER = 4
"""Columns between two cuts at most."""
LONGEST_ROW = 2400
"""Columns of a row at most."""
EACH = 19
"""Columns that a digit takes, about."""


class RowTooLong(Refusal):
    """A row has more digits than are read; the message is one sentence for the user."""


@dataclass(frozen=True, eq=False)
class Row:
    """A row of digits at the size of MNIST's, cropped to its ink."""

    picture: Bytes
    """(height, width), 0..255, light ink on black; ink in the first and the last column"""
    left: float
    """Column of the original picture at which it begins."""
    scale: float
    """Its columns along one column of the original picture."""
    fine: Bytes
    """The same with more detail, (rows, columns)"""
    top: float = 0.0
    """Row of the original picture at which it begins."""

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.picture.shape[1])

    @cached_property
    def profile(self) -> NDArray[np.int64]:
        """(width,): the ink of each column"""
        return np.asarray(self.picture.sum(axis=0, dtype=np.int64))

    @cached_property
    def parts(self) -> Parts:
        """What of `fine` hangs together."""
        return parts_of(self.fine)

    def finely(self, columns: Sequence[int]) -> tuple[int, ...]:
        """Columns of the row -> columns of `fine`."""
        times = self.fine.shape[1] / self.width
        return tuple(round(column * times) for column in columns)

    def in_original(self, columns: Sequence[int]) -> tuple[int, ...]:
        """Columns of the row -> columns of the original picture."""
        return tuple(round(self.left + column / self.scale) for column in columns)


def row_of(ink: Bytes, high: float | None = None) -> Row | None:
    """Light ink on black, (height, width) 0..255, as a row; None where there is no ink.

    Ink whose height is not that of a row of MNIST's digits is cut at a height of 24 pixels, and
    the pieces are taken from a larger picture. `high`: rows of pixels of a digit, where that is
    known: of a row that slopes, all ink is higher. Runs of fewer than 12 pixels of ink are dust.
    Raises RowTooLong.
    """
    box = ink_box(ink)
    if box is None:
        return None
    fine = ink[box.top : box.bottom, box.left : box.right]
    least, most = USUAL_HEIGHT
    scale = 1.0 if least <= box.height <= most else _scale(box.height, high)
    if scale > 1:
        scale = max(1.0, min(scale, LONGEST_ROW / box.width))
    size = _sides(fine, scale)
    if size[1] > LONGEST_ROW:
        raise RowTooLong(
            "The row is too long: up to about {most} digits are read, fewer where they stand wide "
            "apart. Cut the picture into parts.",
            most=number(round(LONGEST_ROW / EACH, -1)),
        )
    fine = _prepared(fine, scale)
    picture = averaged(fine, *size) if scale < 1 else fine.copy()
    if scale < 1:
        picture[picture < TRACE] = 0
    _take_dust_out(picture, fine)
    rest = ink_box(picture)
    if rest is None:
        return None
    across = fine.shape[1] / size[1]
    finer = fine[:, round(rest.left * across) : round(rest.right * across)]
    picture = picture[rest.top : rest.bottom, rest.left : rest.right]
    left, top = box.left + rest.left / scale, box.top + rest.top / scale
    return Row(picture, left, scale, finer, top)


def _scale(height: int, high: float | None) -> float:
    """For ink so high, of digits that are."""
    usual = HEIGHT / height
    return usual if high is None else min(max(DIGIT / high, usual), SLOPING * usual)


def _prepared(ink: Bytes, scale: float) -> Bytes:
    """A copy of ink that comes to a row by this scale, with no more detail than is of use."""
    if scale > 1:
        ink = resized(ink, *_sides(ink, scale))
    elif scale < 1 / DETAIL:
        ink = averaged(ink, *_sides(ink, DETAIL * scale))
    ink = ink.copy()
    if scale != 1:
        ink[ink < TRACE] = 0
    return ink


def _take_dust_out(picture: Bytes, fine: Bytes) -> None:
    """Of a row and of the same with more detail."""
    across = fine.shape[1] / picture.shape[1]
    for start, end in runs(picture.max(axis=0) > 0):
        if np.count_nonzero(picture[:, start:end]) < LEAST_INK:
            picture[:, start:end] = 0
            fine[:, round(start * across) : round(end * across)] = 0


def _sides(picture: Bytes, scale: float) -> tuple[int, int]:
    height, width = (max(1, round(scale * side)) for side in picture.shape)
    return height, width


def runs(lit: Bools) -> list[tuple[int, int]]:
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
    whatever else it takes for no two cuts to lie more than 4 columns of ink apart; of those that
    part the ink alike, the one that crosses the least.
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
    return _apart(row, cuts)


def _apart(row: Row, cuts: Sequence[int]) -> Indices:
    """Of cuts, ascending, those that part the ink each in another way, both ends among them."""
    columns = np.array(row.finely(cuts), np.intp)
    states = row.parts.left_of(columns, row.parts.ink.shape[1] / row.width)
    ink = np.append(row.profile, 0)[list(cuts)].tolist()
    ink[0] = ink[-1] = -1
    kept: list[int] = []
    for place, state in enumerate(states):
        if not kept or state is None or state != states[kept[-1]]:
            kept.append(place)
        elif ink[place] < ink[kept[-1]]:
            kept[-1] = place
    return np.array(cuts, np.intp)[kept]


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
    across_blank: Bools
    """(pieces,): whether there is an empty column between parts of its ink"""
    cut_off: Bools
    """(pieces,): whether it is but a piece of a part that is no wider than a digit"""

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def widths(self) -> Indices:
        """(pieces,): columns of ink"""
        return self.spans[:, 1] - self.spans[:, 0]


def trial_pieces(row: Row, cuts: Indices) -> Pieces:
    """Every piece between two cuts that is at most 26 columns wide with 12 pixels of ink.

    What leans over a cut goes with the rest of it; what hangs together as a whole may be wider.
    """
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
    near = _ink_between(row, cuts, first, last) <= max(widest, BROADEST) + NARROW
    first, last = first[near], last[near]
    columns, parts = np.array(row.finely(cuts.tolist()), np.intp), row.parts
    left, right = columns[first], columns[last]
    times = parts.ink.shape[1] / row.width
    found = parts.between(left, right, times)
    wide = found.ends - found.starts
    whole = found.one & (wide <= BROADEST * times)
    fits = (found.pixels >= least_ink * times**2) & ((wide < widest * times + 0.5) | whole)
    fits &= found.starts < found.ends
    images = np.zeros((int(fits.sum()), SIDE * SIDE), np.uint8)
    for image, piece in zip(images, np.flatnonzero(fits).tolist(), strict=True):
        places = (each[piece] for each in (left, right, found.starts, found.ends))
        normal = normalise(parts.cut_out(found.kept[piece], *map(int, places)))
        if normal is not None:
            image[:] = normal.image.reshape(-1)
    spans = np.stack([found.starts, found.ends], axis=1)[fits] / times
    spans = np.stack([np.floor(spans[:, 0]), np.ceil(spans[:, 1] - 0.01)], axis=1).astype(np.intp)
    filled = np.append(0, (row.profile > 0).cumsum())
    start, end = spans.T
    several = np.count_nonzero(found.kept[fits], axis=1) > 1
    across = several & (filled[end] - filled[start] < end - start)
    return Pieces(cuts, first[fits], last[fits], spans, images, across, found.cut[fits])


def _ink_between(row: Row, cuts: Indices, first: Indices, last: Indices) -> Indices:
    """(pieces,): columns from the first ink between two cuts to the last; less than 1 without."""
    inked, columns = row.profile > 0, np.arange(row.width + 1)
    # the next column with ink from each one on, and the end of the last ink before it
    following = np.append(np.where(inked, columns[:-1], row.width), row.width)
    following = np.minimum.accumulate(following[::-1])[::-1]
    before = np.maximum.accumulate(np.append(0, np.where(inked, columns[1:], 0)))
    return np.asarray(before[cuts[last]] - following[cuts[first]])
