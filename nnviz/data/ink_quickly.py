"""What scipy.ndimage and numpy have, too, with the same results: of grids as small as these in a
tenth of the time, as whole rows are worked at and nothing is looked at that cannot matter."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from nnviz.data.arrays import Bools, Floats, Indices

Grid = TypeVar("Grid", Bools, Floats, Indices)

More = Callable[..., Any]
"""Of two values each: np.maximum and the like."""


def largest(values: Floats, window: int, outside: float | None = None) -> Floats:
    """(rows, columns) -> the largest value of a square of so many cells, an odd number, around
    each; beyond the edges lies `outside`, or what lies at the edge."""
    return _in_square(values, window, np.maximum, outside)


def smallest(values: Floats, window: int, outside: float | None = None) -> Floats:
    """The same of the least value."""
    return _in_square(values, window, np.minimum, outside)


def grown(mask: Bools, far: int = 1) -> Bools:
    """(rows, columns) -> the same with all cells that lie so near, across corners too."""
    return _in_square(mask, 2 * far + 1, np.logical_or, False)


def shrunk(mask: Bools, far: int = 1) -> Bools:
    """(rows, columns) -> the cells with none beside the mask so near; all beyond the edges are."""
    return _in_square(mask, 2 * far + 1, np.logical_and, False)


def opened(mask: Bools, side: int) -> Bools:
    """(rows, columns) -> what squares of so many cells cover that fit in."""
    if min(mask.shape) < side:
        return np.zeros_like(mask)
    fits = _of_rows(_of_rows(mask, side, np.logical_and).T, side, np.logical_and).T
    padded = _padded(fits, side - 1, False)
    return _of_rows(_of_rows(padded, side, np.logical_or).T, side, np.logical_or).T


def peaks(votes: Indices, down: int, across: int) -> Indices:
    """(rows, columns), 0 or more -> the same, 0 where something larger lies in a window of so many
    rows and columns, odd numbers, around a place."""
    far = max(down, across) // 2
    padded = _padded(votes, far, 0)
    padded = padded[far - down // 2 :][: len(votes) + down - 1]
    padded = padded[:, far - across // 2 :][:, : votes.shape[1] + across - 1]
    around = _of_rows(_of_rows(padded, down, np.maximum).T, across, np.maximum).T
    return np.where(votes == around, votes, 0)


def largest_in_disc(values: Floats, radius: float, outside: float) -> Floats:
    """(rows, columns) -> the largest value not further than a radius from each cell; beyond the
    edges lies `outside`."""
    return _in_disc(values, radius, np.maximum, outside)


def smallest_in_disc(values: Floats, radius: float, outside: float) -> Floats:
    """The same of the least value."""
    return _in_disc(values, radius, np.minimum, outside)


def near(mask: Bools, radius: float) -> Bools:
    """(rows, columns) -> the same with all cells not further than a radius."""
    return _in_disc(mask, radius, np.logical_or, False)


def smallest_of_blocks(values: Floats, side: int) -> Floats:
    """(rows, columns) -> the least value of each block of side x side cells, an even number; the
    first ones lie half beyond the edge, and there what is at the edge goes on."""
    for axis in (0, 1):
        last = -(-values.shape[axis] // side) * side - side // 2
        starts = np.append(0, np.arange(side // 2, last, side))
        part = values[:last] if axis == 0 else values[:, :last]
        values = np.minimum.reduceat(part, starts, axis)
    return values


def median(values: Floats) -> float:
    """Of any values; there must be some."""
    return quantile(values, 0.5)


def quantile(values: Floats, share: float) -> float:
    """The value that a share of all is below, in between linear; there must be some."""
    place = share * (values.size - 1)
    below = int(place)
    above = min(below + 1, values.size - 1)
    # two places, also where one would do: NumPy 2.4 looks for one with wide instructions, which
    # takes forty times as long where most values are the same
    first, second = np.partition(values, (below, above), axis=None)[[below, above]].tolist()
    return float(first + (place - below) * (second - first))


def _in_square(values: Grid, window: int, more: More, outside: float | None) -> Grid:
    down = _of_rows(_padded(values, window // 2, outside), window, more)
    return np.ascontiguousarray(_of_rows(down.T, window, more).T)


def _padded(values: Grid, far: int, outside: float | None) -> Grid:
    """np.pad for what is needed here takes ten times as long, of small grids most of the time."""
    rows, columns = values.shape
    padded = np.empty((rows + 2 * far, columns + 2 * far), values.dtype)
    inner = padded[:, far : far + columns]
    inner[far : far + rows] = values
    inner[:far] = values[0] if outside is None else outside
    inner[far + rows :] = values[-1] if outside is None else outside
    padded[:, :far] = inner[:, :1] if outside is None else outside
    padded[:, far + columns :] = inner[:, -1:] if outside is None else outside
    return padded


def _of_rows(values: Grid, window: int, more: More) -> Grid:
    """(rows, columns) -> (rows + 1 - window, columns): of each window of rows, from those of half
    as many, and these from those of half of them."""
    done = 1
    while 2 * done <= window:
        values = more(values[:-done], values[done:])
        done *= 2
    rest = window - done
    return more(values[:-rest], values[rest:]) if rest else values


def _in_disc(values: Grid, radius: float, more: More, outside: float) -> Grid:
    reach, rows_of = _disc(radius)
    padded = _padded(values, reach, outside)
    rows, columns = values.shape
    across = padded[:, reach : reach + columns]
    found = values
    for width in range(reach + 1):
        if width:
            left, right = reach - width, reach + width
            beside = more(padded[:, left : left + columns], padded[:, right : right + columns])
            across = more(across, beside)
        for top in rows_of[width]:
            found = more(found, across[top : top + rows])
    return found


@lru_cache
def _disc(radius: float) -> tuple[int, list[list[int]]]:
    """The cells from its middle to its edge, and which of its rows are so wide on either side."""
    reach = int(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    widths = np.count_nonzero(x * x + y * y <= radius * radius, axis=1) // 2
    return reach, [np.flatnonzero(widths == width).tolist() for width in range(reach + 1)]
