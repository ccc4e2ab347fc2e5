"""How bright the paper is under and around the ink of a picture, shadows included."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Floats, Indices
from nnviz.data.ink_quickly import (
    grown,
    largest,
    largest_in_disc,
    median,
    quantile,
    smallest,
    smallest_in_disc,
    smallest_of_blocks,
)

COARSE = 420
"""Cells along the longer side, about, that the paper and the pieces are looked for at."""
FINE = 240
"""Pixels along the longer side from which on a cell is more than a pixel."""
WINDOWS = (0.22, 0.5, 1.0)
"""Of the shorter side: what is dark and narrower than this is ink, what is wider is a shadow; of
a picture that strokes fill, more."""
DISC = 13
"""Cells across a disc that goes round corners."""
DARKEST = 80.0
"""Grey levels that light ink is compared with at least: on black any grain is many times as
bright."""
TO_SIGMA = 1.4826
"""Median distance of a normal distribution -> its standard deviation."""
LAG = 3
"""Cells between two whose grain is compared: nearer ones are smoothed together."""
EVEN_SHARE = 0.2
"""Share of a picture that has one and the same grey level where its paper is even."""
FAINT = 0.06
"""Share of the contrast below which a pixel that is not quite paper can be noise."""
TRACES = 0.05
"""Such pixels away from all others, as a share of those, on paper that counts as even."""
SAMPLED = 7_000
"""Cells that noise is measured at."""
SHALLOWEST = 0.06
"""Share of the light of its paper that ink lacks at least."""
CORE = 0.4
"""Share of the depth of the deepest ink around that a cell has at least to be of its piece."""
SLIVER = 0.004
"""Share of a picture that a part of its paper has at least."""
FULL = 0.95
"""Share of its box that a page on a screen fills at least, ink included."""


@dataclass(frozen=True, eq=False)
class Depth:
    """How far each place of a picture is from its paper."""

    values: Floats
    """(rows, columns) of cells: share of the light that is missing, or that is there besides"""
    noise: float
    """Standard deviation where there is only paper"""
    paper: Floats
    """(rows, columns): grey levels"""
    dark_on_light: bool
    side: int
    """Pixels of the picture along a cell"""
    even: int | None = None
    """The level of even paper, where values are grey levels"""

    @property
    def grey(self) -> Floats:
        """The same in grey levels, (rows, columns)"""
        if self.even is not None:
            return self.values
        return self.values * (self.paper if self.dark_on_light else self.paper + DARKEST)

    @cached_property
    def cores(self) -> Bools:
        """What is ink beyond doubt, (rows, columns): deep enough, also beside what it hangs
        together with."""
        return _cores(self.values, self.noise)

    def finely(self, picture: Bytes) -> Floats:
        """The same for each pixel (height, width)."""
        if self.even is not None:
            off = picture.astype(np.float32) - np.float32(self.even)
            return -off if self.dark_on_light else off
        paper = enlarged(self.paper, self.side, picture.shape)
        if self.dark_on_light:
            found = (paper - picture) / np.maximum(paper, 1)
        else:
            found = (picture - paper) / (paper + DARKEST)
        return np.asarray(found, np.float32)


def even_level(picture: Bytes, amounts: Indices) -> int | None:
    """The grey level of paper that is the same everywhere, as no lossy file or camera keeps it;
    `amounts` (256,): how often each level occurs.

    Both the level that most of the picture has and the one along its edges can be it: fat ink
    may cover more than the paper, and a window has a border.
    """
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    most, outer = int(amounts.argmax()), int(np.bincount(edge, minlength=256).argmax())
    if amounts[most] < EVEN_SHARE * picture.size:
        return None
    second = outer if outer != most else int(np.where(np.arange(256) == most, 0, amounts).argmax())
    level = most
    if amounts[second] > 0.1 * picture.size and not _is_page(picture == most):
        nearer = np.abs(picture.astype(np.int16) - second) < np.abs(picture.astype(np.int16) - most)
        corners = int(nearer[[0, 0, -1, -1], [0, -1, 0, -1]].sum())
        if outer != most or (corners >= 3 and fragments(nearer) > fragments(~nearer) + 1):
            level = second
    off = np.abs(picture.astype(np.int16) - level)
    return level if _even(off, float(off.max())) else None


def even_depths(cells: Floats, side: int, level: int) -> tuple[Depth, Depth]:
    """The depth of dark ink on paper of this one grey level, in grey levels, and of light ink;
    `cells`, of a side, as of `cells_of`."""
    off, paper = level - cells, np.full(cells.shape, level, np.float32)
    return Depth(off, 0.0, paper, True, side, level), Depth(-off, 0.0, paper, False, side, level)


def fragments(mask: Bools) -> int:
    """In how many parts a mask falls, slivers left out: paper around fat ink and in its loops
    falls into more than the ink."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import label

    numbers, _ = label(mask)
    return int((np.bincount(numbers[mask], minlength=1) > SLIVER * mask.size).sum())


def _is_page(inside: Bools) -> bool:
    """Whether pixels fill most of an upright box that is no stroke."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import binary_fill_holes

    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    box = inside[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if min(box.shape) < 0.5 * max(box.shape):
        return False
    return bool(binary_fill_holes(box).mean() >= FULL)


def _even(off: np.ndarray, contrast: float) -> bool:
    clear = off >= FAINT * contrast
    padded = np.pad(clear, 1)
    beside = padded[:-2] | padded[1:-1] | padded[2:]
    around = beside[:, :-2] | beside[:, 1:-1] | beside[:, 2:]
    traces = np.count_nonzero((off != 0) & ~around)
    return bool(traces <= TRACES * np.count_nonzero(clear))


# ---- paper that is not even -------------------------------------------------------------


def cells_of(picture: Bytes) -> tuple[Floats, int]:
    """(height, width) -> means of square cells, (rows, columns), and the side of a cell."""
    longer = max(picture.shape)
    side = max(1 if longer < FINE else 2, round(longer / COARSE))
    if side == 1:
        return picture.astype(np.float32), 1
    return _means(picture, side), side


def _means(values: NDArray[Any], side: int) -> Floats:
    """Of squares of side x side places; the last ones go on beyond the edge as they end there."""
    height, width = values.shape
    if height % side or width % side:
        values = np.pad(values, ((0, -height % side), (0, -width % side)), mode="edge")
    # step by step: many times as fast as sums over axes of so few places
    down: NDArray[Any] = values[::side].astype(
        np.uint16 if values.dtype == np.uint8 else np.float32
    )
    for row in range(1, side):
        down += values[row::side]
    sums = down[:, ::side].astype(np.float32)
    for column in range(1, side):
        sums += down[:, column::side]
    return sums * np.float32(1 / side**2)


def enlarged(cells: Floats, side: int, shape: tuple[int, ...]) -> Floats:
    """(rows, columns) of cells -> one value a pixel (height, width), in between linear."""
    if side == 1:
        return cells[: shape[0], : shape[1]]
    # the slower direction while there are fewer rows
    across = _enlarged_rows(cells.T, side, shape[1]).T
    return _enlarged_rows(np.ascontiguousarray(across), side, shape[0])


def _enlarged_rows(values: Floats, side: int, length: int) -> Floats:
    """(rows, columns) -> (length, columns)"""
    found = np.empty((len(values) * side, values.shape[1]), np.float32)
    padded = np.concatenate([values[:1], values, values[-1:]])
    steps = padded[1:] - padded[:-1]
    for place in range(side):
        beyond = (place + 0.5) / side + 0.5
        first = int(beyond)
        part = slice(first, first + len(values))
        np.multiply(steps[part], np.float32(beyond - first), out=found[place::side])
        found[place::side] += padded[part]
    return found[:length]


def depths(cells: Floats, side: int, window: float) -> tuple[Depth, Depth]:
    """The depth of dark ink on the paper of a picture, and that of light ink; nothing wider than
    a window, as a share of the shorter side, is ink unless paper goes round it. `cells`, of a
    side, as of `cells_of`."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import uniform_filter

    if side == 1 and min(cells.shape) > 100:  # grain
        cells = np.asarray(uniform_filter(cells, 3, mode="nearest"), np.float32)
    dark_paper = _closed(cells, window)
    light_paper = np.float32(255) - _closed(np.float32(255) - cells, window)
    dark = np.asarray((dark_paper - cells) / np.maximum(dark_paper, 1), np.float32)
    light = np.asarray((cells - light_paper) / (light_paper + DARKEST), np.float32)
    return (
        Depth(*centred(dark), dark_paper, True, side),
        Depth(*centred(light), light_paper, False, side),
    )


def centred(depth: Floats) -> tuple[Floats, float]:
    """How deep all is, (rows, columns) -> the same, 0 on paper, and its noise there: also where
    half of that is cut off, on glaring or black paper, and where there is more ink than paper."""
    rows = depth[:: max(1, round(depth.size / SAMPLED))]
    apart = np.abs(rows[:, LAG:] - rows[:, :-LAG])
    along = TO_SIGMA / 2**0.5 * median(apart) if apart.size else 0.0
    shallow = rows[rows <= quantile(rows, 0.2) + max(4 * along, 0.02)]
    middle = np.float32(median(shallow))
    return depth - middle, max(TO_SIGMA * median(np.abs(shallow - middle)), along)


def _cores(values: Floats, noise: float) -> Bools:
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import label

    low = max(4 * noise, SHALLOWEST)  # of grey levels, hardly any
    above = values > low
    numbers, count = label(above, np.ones((3, 3)), np.int32)
    if not count:
        return np.zeros(values.shape, np.bool_)
    own, depth = numbers[above], values[above]
    # pieces in their order and depths within: as numbers, depths above 0 have the order of their
    # bits, and numbers are sorted in a tenth of the time of pairs
    order = np.sort((own.astype(np.int64) << 32) | depth.astype(np.float32).view(np.int32))
    ends = np.cumsum(np.bincount(own, minlength=count + 1))
    sizes = np.diff(ends)
    deepest = order[ends[1:] - 1 - sizes // 20].astype(np.int32).view(np.float32)
    least = np.append(np.float32(np.inf), np.float32(CORE) * deepest)
    return np.asarray(above & (values > least[numbers]), np.bool_)


def _closed(cells: Floats, share: float) -> Floats:
    """The paper under ink that is darker: narrow dark places, and those that do not reach the
    edge of the picture, are as bright as what is around them."""
    window = max(3, round(share * min(cells.shape)) | 1)
    paper = smallest(largest(cells, window, 0), window, 255)
    # a square leaves seams along what is turned, a disc of large cells at sharp edges
    paper = np.maximum(np.minimum(paper, _closed_by_disc(cells, window)), cells)
    paper = _without_basins(paper)
    # a shadow's edge is not sharper than a cell: else a seam along it would look like ink
    return smallest(paper, 3)


def _closed_by_disc(cells: Floats, window: int) -> Floats:
    side = max(1, round(window / DISC))
    radius = max(1.0, window / side / 2)
    paper = smallest_in_disc(largest_in_disc(_means(cells, side), radius, 0), radius, 255)
    return enlarged(paper, side, cells.shape)


BASIN = 8
"""Cells across whose brightest one stands for them where dark basins are looked for"""
DEEP = 0.25
"""Share of the light that such a place lacks at least: less can be a soft shadow."""


def _without_basins(paper: Floats) -> Floats:
    """(rows, columns) -> the same where no dark place is shut off from the edges: what is wider
    than the window and does not reach an edge is no shadow."""
    low = smallest_of_blocks(paper, BASIN)
    if low.min() > (1 - 0.99 * DEEP) * low.max():
        return paper
    filled = np.full_like(low, 255)
    filled[[0, -1]], filled[:, [0, -1]] = low[[0, -1]], low[:, [0, -1]]
    while True:
        nearer = np.maximum(smallest(filled, 3), low)
        if np.array_equal(nearer, filled):
            break
        filled = nearer
    lifted = np.where(filled - low > DEEP * filled, filled - low, 0)
    if not lifted.any():
        return paper
    up = largest(filled, 3).repeat(BASIN, 0).repeat(BASIN, 1)
    area = grown(lifted > 0).repeat(BASIN, 0).repeat(BASIN, 1)
    rows, columns = paper.shape
    up, area = up[:rows, :columns], area[:rows, :columns]
    return np.where(area, np.maximum(paper, np.minimum(up, 255)), paper)
