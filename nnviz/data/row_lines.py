"""Takes lines out of the ink of a row: base lines, underlines, rulings, squares, boxes of a form.

What crosses or touches a line stays: only where the ink is as thin as the line is it taken away.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices

INKED = 96
"""Grey levels from which on a pixel is ink."""
SPAN = (12, 48)
"""Pixels that a stretch of a line has at least: a part of the width, within these."""
PART_OF_WIDTH = 0.03
THIN = 0.07
"""Thickness of a line, as a share of its length at most: strokes of digits are thicker."""
LONG = 0.35
"""Share of all ink's width that a line alone has at least."""
IN_ROW = 0.5
"""The same of lines that continue each other: the sides of boxes that stand apart."""
LEVEL = 0.06
"""How far such lines lie above each other, as a share of how far they lie apart, at most."""
HIGH = 0.85
"""Share of all ink's height that a line from top to bottom of squared paper has at least."""
OVER_DIGIT, OVER_DIGITS = 1.3, 2.8
"""Length of a line in heights of what else there is, at least: bars of digits are shorter; and
where it does not run below all, where those of two or three can hang together."""
UNDER_ALL = 0.9
"""Share of all ink's width of a line that runs below all."""
IN_BOX = 0.5
"""The same where sides of boxes lie between."""
TOUCHING = 0.2
"""Share of its length that the side of a box may end before the top or bottom."""
CLEAR = 25
"""Percent of its columns in which nothing touches a line, at least."""
BENT = 0.01
"""How far a line strays from a straight one, as a share of its length at most."""
MOST_JOINED = 12
"""Lines that hang together by a digit at most."""
UNBROKEN = 0.7
"""Share of its columns in which a line has ink at least."""
STEEP = 0.1
"""Rows along one column that a line climbs at most."""
THICKER = 1.8
"""Thickness up to which ink along a line is the line, in thicknesses of it."""


@dataclass(frozen=True, eq=False)
class _Stretch:
    """Thin ink that runs straight on."""

    left: int
    """Its first column"""
    rows: Doubles
    """(columns,): the row of its middle in each column"""
    thick: float
    """Pixels across it"""

    @property
    def right(self) -> int:
        """The column after its last."""
        return self.left + self.length

    @property
    def length(self) -> int:
        """Columns."""
        return len(self.rows)

    @property
    def row(self) -> float:
        """Half-way."""
        return float(self.rows[self.length // 2])


def without_lines(ink: Bytes) -> Bytes:
    """Light ink on black (height, width) 0..255 -> the same without long thin straight lines;
    the same array where there are none."""
    inked = ink >= INKED
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return ink
    size = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    span = min(max(round(PART_OF_WIDTH * size[1]), SPAN[0]), SPAN[1])
    across = _stretches(inked, span)
    high = _height(inked & ~_mask(across, inked.shape))
    lines = _lines(across, IN_BOX * high, size[1])
    sides = _sides(_stretches(inked.T, span), lines, size[0]) if lines else []
    if len(sides) < 2:  # no boxes
        lines, sides = _lines(across, OVER_DIGIT * high, size[1]), []
        # with its lines, as bars of digits that hang together may be among what was found
        enough = min(OVER_DIGITS * max(high, _height(inked)), UNDER_ALL * size[1])
        lines = [each for each in lines if each.length >= enough]
    if not lines:
        return ink
    level, upright = _mask(lines, inked.shape), _mask(sides, inked.T.shape).T
    gone = _erased(inked & ~(upright & ~level), level, lines)
    gone |= _erased((inked & ~(level & ~upright)).T, upright.T, sides).T
    rest = np.where(gone, np.uint8(0), ink)
    return rest if (rest >= INKED).any() else ink


def _mask(stretches: Sequence[_Stretch], shape: tuple[int, ...]) -> Bools:
    """The pixels along these stretches, as thick as they are."""
    mask = np.zeros(shape, np.bool_)
    for each in stretches:
        columns = np.arange(each.left, each.right)
        reach = math.ceil(each.thick / 2 + 1)
        for off in range(-reach, reach + 1):
            rows = np.clip(np.rint(each.rows).astype(np.intp) + off, 0, shape[0] - 1)
            mask[rows, columns] = True
    return mask


def _stretches(inked: Bools, span: int) -> tuple[_Stretch, ...]:
    """What runs on for at least `span` columns and is thin."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label, maximum_filter1d, minimum_filter1d

    # a line that is not quite level climbs from row to row
    thick = maximum_filter1d(inked.view(np.uint8), 3, axis=0)
    level = minimum_filter1d(thick, span, axis=1, mode="constant")
    level = maximum_filter1d(level, span, axis=1, mode="constant", origin=span % 2 - 1)
    numbers, _ = label((level > 0) & inked, np.ones((3, 3)), np.int32)
    found = []
    for number, place in enumerate(find_objects(numbers), 1):
        left, right = place[1].start, place[1].stop
        if right - left >= 2 * span:
            found += _in_piece(numbers[place] == number, place[0].start, left)
    return tuple(found)


def _in_piece(own: Bools, top: int, left: int) -> list[_Stretch]:
    """The lines in a piece of ink (rows, columns) that runs on; a digit can join several."""
    found = []
    for _ in range(MOST_JOINED):
        starts = np.cumsum(own & ~np.vstack([np.zeros((1, own.shape[1]), np.bool_), own[:-1]]), 0)
        first, last = own & (starts == 1), own & (starts == starts[-1])
        tries = (_stretch(each, top, left) for each in (own, first, last))
        line = next((each for each in tries if each is not None), None)
        if line is None:
            break
        found.append(line)
        reach = line.thick / 2 + 2
        own = own & (np.abs(np.arange(len(own))[:, None] + top - line.rows) > reach)
    return found


def _stretch(own: Bools, top: int, left: int) -> _Stretch | None:
    """The line in a piece (rows, columns) of ink that runs on, whatever touches it; None where
    there is none, or no thin one."""
    heights, columns = own.sum(axis=0), np.arange(own.shape[1])
    there = heights > 0
    if there.mean() < UNBROKEN:
        return None
    thick = float(np.percentile(heights[there], CLEAR))
    whole = (own & ~np.vstack([own[1:], np.zeros((1, own.shape[1]), np.bool_)])).sum(axis=0) == 1
    clear = there & whole & (heights <= THICKER * thick + 1)
    if thick > THIN * len(columns) or clear.mean() < CLEAR / 100:
        return None
    middles = (np.arange(len(own)) @ own)[clear] / heights[clear]
    at = columns[clear]
    # of what lies apart from most (other lines that touch this one) nothing is left
    slope, level = _through(at, middles)
    near = np.abs(middles - level - slope * at) <= thick / 3 + 0.5 + BENT * len(columns)
    if near.mean() < 0.8 or abs(slope) > STEEP:
        return None
    rows = np.interp(columns, at[near], middles[near])
    return _Stretch(left, top + rows, thick)


def _through(columns: Indices, rows: Doubles) -> tuple[float, float]:
    """Slope and level of the line through most of these places."""
    quarter = max(1, len(columns) // 4)
    left, right = np.median(columns[:quarter]), np.median(columns[-quarter:])
    low, high = np.median(rows[:quarter]), np.median(rows[-quarter:])
    slope = float((high - low) / max(1.0, right - left))
    return slope, float(np.median(rows - slope * columns))


def _height(rest: Bools) -> float:
    """Rows of what is no line: of the piece that the middle of the ink belongs to."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label

    numbers, count = label(rest, np.ones((3, 3)), np.int32)
    if not count:
        return 0.0
    amounts = np.bincount(numbers.ravel(), minlength=count + 1)[1:]
    heights = np.array([place[0].stop - place[0].start for place in find_objects(numbers)])
    order = np.argsort(heights)
    half = np.searchsorted(amounts[order].cumsum(), amounts.sum() / 2)
    return float(heights[order][half])


def _lines(found: Sequence[_Stretch], least: float, width: int) -> list[_Stretch]:
    """Those of at least so many columns that are long, alone or together with others at their
    level."""
    groups: list[list[_Stretch]] = []
    for each in sorted(found, key=lambda each: each.left):
        own = next((group for group in groups if _continues(group[-1], each)), None)
        if own is None:
            groups.append([each])
        else:
            own.append(each)
    together = [sum(each.length for each in group) >= IN_ROW * width for group in groups]
    return [
        each
        for group, joined in zip(groups, together, strict=True)
        for each in group
        if (joined or each.length >= LONG * width) and each.length >= least
    ]


def _continues(one: _Stretch, other: _Stretch) -> bool:
    apart = other.left - one.right
    level = LEVEL * (apart + other.length) + one.thick + 2
    return apart >= -2 and abs(one.rows[-1] - other.rows[0]) <= level


def _sides(found: Sequence[_Stretch], lines: Sequence[_Stretch], height: int) -> list[_Stretch]:
    """Of stretches from top to bottom (turned: rows are columns) those between two lines, and the
    whole lines of squared paper."""
    kept = []
    for each in found:
        near = TOUCHING * each.length + 3
        meets = [line.row for line in lines if line.left - near <= each.row <= line.right + near]
        above = any(abs(row - each.left) <= near for row in meets)
        below = any(abs(row - each.right) <= near for row in meets)
        if (each.length >= HIGH * height and len(meets) >= 2) or (above and below):
            kept.append(each)
    return kept


def _erased(inked: Bools, mask: Bools, lines: Sequence[_Stretch]) -> Bools:
    """The pixels of lines from left to right that go, with their soft edges."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import maximum_filter1d

    if not lines:
        return np.zeros_like(mask)
    tall = _tallness(inked)
    most = THICKER * float(np.median([each.thick for each in lines])) + 1
    thin = mask & (tall <= most) & inked
    around = maximum_filter1d(thin.view(np.uint8), 5, axis=0) > 0
    return np.asarray(around & ~(inked & (tall > most)))


def _tallness(inked: Bools) -> NDArray[np.int32]:
    """(height, width): of each pixel of ink, how many are in its run down the column."""
    down = np.zeros(inked.shape, np.int32)
    up = np.zeros(inked.shape, np.int32)
    for row in range(len(inked)):
        down[row] = np.where(inked[row], (down[row - 1] if row else 0) + 1, 0)
    for row in reversed(range(len(inked))):
        up[row] = np.where(inked[row], (up[row + 1] if row + 1 < len(inked) else 0) + 1, 0)
    return np.where(inked, down + up - 1, 0)
