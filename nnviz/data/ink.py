"""Finds the ink of a picture, whatever the paper: dark on light or light on dark, noisy, uneven,
in the shadow, ruled, beside other things; and which pieces of it make up a digit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats, Indices
from nnviz.data.ink_lines import lines_in, trimmed
from nnviz.data.ink_paper import (
    LAG,
    TO_SIGMA,
    WINDOWS,
    Depth,
    cells_of,
    depths,
    enlarged,
    even_depths,
    even_level,
    fragments,
)
from nnviz.data.ink_pieces import (
    Found,
    Labels,
    Piece,
    connected,
    judged,
    lines_of,
    quadrilateral,
    taken,
)
from nnviz.data.ink_quickly import grown, largest, median, near, opened, quantile
from nnviz.data.ink_shadows import without_shadows
from nnviz.data.normalising import Box, ink_box

FAINTEST = 16.0
"""Grey levels between paper and ink below which there is no ink."""
TOGETHER = 0.5
"""Correlation of ink with its neighbours, four directions summed: a thin line has 1, grain 0."""
FEWEST = 4
"""Pixels of ink at least."""
SMALL = 40
"""Pixels of a picture's side up to which all ink in it is the digit's."""
STRONG = 0.5
"""Of the light of the brightest: what is darker than this is no shadow."""
FALLEN = 3
"""Parts that paper falls into around ink that fills a picture, and sides that such ink touches."""
FAT = 0.07
"""Of the shorter side: how wide such ink is, at least, ..."""
MOSTLY = 0.85
"""... for this share of it."""
COVERED = 0.8, 0.6
"""Of the picture, at most, by dark ink and by light ink: paper with a vignette or a desk around it
is wider."""
MIXED = 0.3
"""Share of a picture that is dark, and that is light, from which on strokes can be wider than the
first window, ..."""
NEAR = 0.03
"""Of the shorter side: how near to edges of the picture such strokes come, and no sheet."""
PLAINER = 0.36
"""... and what the next one then leaves to be seen, as a share, if it was so."""
OUTER = 0.1
"""What ink at the edges of a picture counts for, beside edges within: a window has borders."""
HOLLOW = 0.2
"""Share of the surroundings of ink that may be as dark as the ink."""
SHEET = 0.12
"""Of the picture's shorter side: the least side of a sheet that ink can lie on."""
CLEAR = 6.0
"""Times that ink is deeper than the grain of its paper."""
FULL = 0.85
"""Share of the depth of the ink around from which on ink is white."""
AROUND = 0.25
"""How far around, as a share of the longer side of what is taken."""
GRAINY = 0.04
"""Grain, as a share of the depth of ink, that is smoothed first: else it would frame the ink."""
SAMPLED = 20_000
"""Pixels that the grain is measured at."""
REACH = 0.04
"""Soft edges around a piece that belong to it, as a share of its longer side."""


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink of a picture, what of it is taken for the digit, and what its paper was like."""

    picture: Bytes
    """(height, width), 0..255: light ink on black, only what is taken"""
    dark_on_light: bool
    contrast: float
    """Grey levels between paper and ink"""
    all_ink: Bytes
    """(height, width), 0..255: the same with all that is not taken"""
    owners: Labels
    """(rows, columns) of square cells: the number of the piece that the ink in it belongs to,
    from 1; 0 for none"""
    side: int
    """Pixels along a cell"""
    pieces: tuple[Piece, ...]
    """What hangs together, the largest first"""

    def choosing(self, taken: frozenset[int]) -> "Ink":
        """The same with just these pieces taken, by their places in `pieces`."""
        chosen = np.array([False, *(number in taken for number in range(len(self.pieces)))])
        height, width = self.all_ink.shape
        mask = chosen[self.owners]
        if self.side > 1:
            mask = mask.repeat(self.side, axis=0)[:height].repeat(self.side, axis=1)[:, :width]
        picture = np.where(mask, self.all_ink, np.uint8(0))
        pieces = tuple(
            replace(piece, taken=number in taken) for number, piece in enumerate(self.pieces)
        )
        return replace(self, picture=picture, pieces=pieces)

    @property
    def digits(self) -> int:
        """How many digits stand apart among what looks like digits."""
        return sum(self._in_lines)

    @property
    def lines(self) -> int:
        """In how many lines they stand."""
        return len(self._in_lines)

    @cached_property
    def _in_lines(self) -> list[int]:
        return lines_of([piece.box for piece in self.pieces if piece.kind == "digit"])


def find_ink(picture: Bytes, wanted: str = "digit", swapped: bool = False) -> Ink | None:
    """Any grey picture (height, width) 0..255 -> its ink; None for a page without ink.

    Paper is what is left when all that is narrow and darker is filled with what is around it, or
    all that is lighter: what leaves less to be seen. So shadows are paper. On paper of one single
    grey level ink keeps every level, so that a digit of MNIST stays as it is. Straight lines and
    boxes are taken off; of the other pieces those are taken that look like one digit, or, of a
    row (`wanted`), all. `swapped`: on the other side of the paper, light or dark.
    """
    if not picture.size:
        return None
    amounts = np.bincount(picture.ravel(), minlength=256)
    level, (cells, side) = even_level(picture, amounts), cells_of(picture)
    if level is not None:
        even = even_depths(cells, side, level)
        return _found(picture, even[0 if _is_dark(even, cells) != swapped else 1], wanted)
    found, strong = None, _strong(amounts)
    dark = _dark(cells) if strong else None
    filling = None if dark is None else _filling(dark)
    windows = list(WINDOWS[:1] if not strong else WINDOWS if filling is None else WINDOWS[-1:])
    both = depths(cells, side, windows[0])
    is_dark = _is_dark(both, cells) if filling is None else filling
    if filling is None and dark is not None and MIXED <= dark.mean() <= 1 - MIXED:
        wider = depths(cells, side, windows[1])
        fills = _comes_near(~dark if is_dark else dark) >= FALLEN
        if fills and _is_plainer(wider[1 if is_dark else 0], both, cells):
            both, is_dark, windows = wider, not is_dark, windows[1:]
    for number, window in enumerate(windows):
        if number:
            both = depths(cells, side, window)
            is_dark = _is_dark(both, cells)
        depth = both[0 if is_dark != swapped else 1]
        if strong and depth.dark_on_light:
            depth = without_shadows(depth, cells)
        found = _found(picture, depth, wanted, filling is not None) or found
        if found is not None and not _hollow(cells, found):
            break
    return found


def _dark(cells: Floats) -> Bools:
    """What is darker than the middle between dark and light."""
    some = cells[:: max(1, cells.size // SAMPLED)]
    return np.asarray(cells < (quantile(some, 0.02) + quantile(some, 0.98)) / 2, np.bool_)


def _filling(dark: Bools) -> bool | None:
    """Whether dark ink fills the picture up to its edges, or light ink; None for neither: ink is
    in one piece, and what is around it and in its loops in several."""
    dark_most, light_most = COVERED
    if not (_may_fill(dark, dark_most) or _may_fill(~dark, light_most)):
        return None
    parts = fragments(dark), fragments(~dark)
    if min(parts) != 1 or max(parts) < FALLEN:
        return None
    is_dark = parts[0] == 1
    ink = dark if is_dark else ~dark
    if not _may_fill(ink, dark_most if is_dark else light_most):
        return None
    side = max(2, round(FAT * min(ink.shape)))
    fat = opened(np.pad(ink, side, mode="edge"), side)[side:-side, side:-side]
    if np.count_nonzero(fat) < MOSTLY * np.count_nonzero(ink):
        return None  # a grid
    if _at_edges(~ink) < FALLEN - 1:
        return None  # paper with several digits on it
    return is_dark


def _may_fill(ink: Bools, most: float) -> bool:
    """Whether ink touches most sides of a picture and leaves room for paper."""
    sides = sum(bool(side.any()) for side in (ink[:2], ink[-2:], ink[:, :2], ink[:, -2:]))
    return sides >= FALLEN and bool(ink.mean() <= most)


def _at_edges(mask: Bools) -> int:
    """How many parts of a mask reach an edge of the picture."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import label

    numbers, _ = label(mask)
    edges = np.concatenate([numbers[0], numbers[-1], numbers[:, 0], numbers[:, -1]])
    return len(set(edges.tolist()) - {0})


def _strong(amounts: Indices) -> bool:
    """Whether there is something much darker than the rest, or lighter, as no shadow is;
    `amounts` (256,): how often each grey level occurs."""
    up_to = np.cumsum(amounts)
    low, high = np.searchsorted(up_to, (0.05 * up_to[-1], 0.95 * up_to[-1])).tolist()
    return bool(low < STRONG * high)


def _hollow(cells: Floats, ink: Ink) -> bool:
    """Whether strokes go on as dark beside what was found of them: they are wider than the
    window."""
    core = cells_of(ink.picture)[0] > 128
    around = grown(core, 3) & ~grown(core)
    if not (core.any() and around.any()):
        return True
    stroke, beside = median(cells[core]), cells[around]
    paper = quantile(beside, 0.8 if ink.dark_on_light else 0.2)
    return bool(np.mean(np.abs(beside - stroke) < np.abs(beside - paper)) > HOLLOW)


def _is_dark(both: tuple[Depth, Depth], cells: Floats) -> bool:
    """Whether dark ink, taken off, leaves less to be seen than light ink."""
    dark, light = both
    return _left(dark, cells) <= _left(light, cells)


def _comes_near(mask: Bools) -> int:
    """How many edges of the picture a mask comes near to."""
    far = max(2, round(NEAR * min(mask.shape)))
    sides = (mask[:far], mask[-far:], mask[:, :far], mask[:, -far:])
    return sum(bool(side.any()) for side in sides)


def _is_plainer(wider: Depth, both: tuple[Depth, Depth], cells: Floats) -> bool:
    """Whether ink of the other kind, of a wider window, leaves much less to be seen."""
    return _left(wider, cells) < PLAINER * min(_left(each, cells) for each in both)


def _left(depth: Depth, cells: Floats) -> float:
    """How much is to be seen without ink."""
    if max(cells.shape) * depth.side > SMALL:
        depth = _without_sheets(depth)
    grey = np.maximum(depth.grey, 0)
    # ink ends before a picture does
    return _edges(cells + grey if depth.dark_on_light else cells - grey) + OUTER * _outer(grey)


def _edges(cells: Floats) -> float:
    """Sharp edges count for more than soft ones."""
    steps = cells[1:] - cells[:-1], cells[:, 1:] - cells[:, :-1]
    return float(sum(np.vdot(each, each) for each in steps))


def _outer(grey: Floats) -> float:
    sides = (grey[0], grey[-1], grey[:, 0], grey[:, -1])
    return float(sum((each**2).sum() for each in sides))


def _without_sheets(depth: Depth) -> Depth:
    """The same without sheets of paper, screens and other things that ink lies on."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label

    mask = depth.cores
    numbers, _ = label(mask)
    values = depth.values
    for number, (down, across) in enumerate(find_objects(numbers), 1):
        shape = down.stop - down.start, across.stop - across.start
        if min(shape) < SHEET * min(mask.shape):
            continue
        inside = numbers[down, across] == number
        if inside.mean() >= 0.4 and quadrilateral(inside):
            values = values.copy()
            values[down, across] = 0
    return depth if values is depth.values else replace(depth, values=values)


def _found(picture: Bytes, depth: Depth, wanted: str, filling: bool = False) -> Ink | None:
    values = depth.values
    small, even = max(picture.shape) <= SMALL, depth.even is not None
    mask = values > 0 if small and even else depth.cores
    if not mask.any():
        return None
    lines = np.zeros_like(mask) if small or filling else lines_in(mask)
    numbers, pieces = connected(trimmed(mask & ~lines, lines), np.maximum(values, 0), lines)
    kinds = ["digit"] * len(pieces) if small else judged(pieces, mask.shape, wanted)
    chosen = frozenset(range(len(pieces))) if small else taken(pieces, kinds, wanted)
    if not chosen:
        return None
    core = np.array([False, *(each in chosen for each in range(len(pieces)))])[numbers]
    deep = quantile(values[core], 0.75)
    contrast = median(depth.grey[core & (values >= 0.8 * deep)])
    if contrast < FAINTEST or deep < CLEAR * depth.noise:
        return None
    size = max(pieces[number].longer for number in chosen)
    if even:
        ink = _bytes(depth.finely(picture) * np.float32(255 / contrast if contrast < 128 else 1))
    else:
        ink = _levels(picture, depth, _local(values, core, deep, size))
    owners = _owners(numbers, max(2, round(REACH * size)))
    shown = tuple(
        Piece(_in_pixels(piece, depth.side, picture.shape), kind, number in chosen)
        for number, (piece, kind) in enumerate(zip(pieces, kinds, strict=True))
    )
    whole = Ink(ink, depth.dark_on_light, contrast, ink, owners, depth.side, shown)
    found = whole.choosing(chosen)
    if small and even:  # few pixels are as rough as noise, but there is none on even paper
        return found if np.count_nonzero(found.picture) >= FEWEST else None
    return None if _is_grain(found.picture) or (even and _is_grain(ink)) else found


def _local(values: Floats, core: Bools, deep: float, size: int) -> Floats:
    """(rows, columns) of cells: how deep the ink around is, where light and pen change."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import uniform_filter

    window = max(3, round(AROUND * size) | 1)
    inside = np.where(core, uniform_filter(values, 3, mode="nearest"), 0)
    local = largest(inside, window, 0)
    local = uniform_filter(np.where(local > 0, local, deep), window, mode="nearest")
    return np.asarray(np.clip(local, 0.5 * deep, 2 * deep), np.float32)


def _levels(picture: Bytes, depth: Depth, local: Floats) -> Bytes:
    """Light ink on black, (height, width), as strong everywhere."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import uniform_filter

    fine = depth.finely(picture)
    noise, full = _grain(fine), enlarged(local, depth.side, picture.shape)
    if noise > GRAINY * median(local[::2, ::2]):
        fine, noise = uniform_filter(fine, 3, mode="nearest"), noise / 2
    # in place: most of the time it takes to make large arrays
    lowest = full / 8
    np.maximum(lowest, 3 * noise, out=lowest)
    deepest = FULL * full
    deepest -= lowest
    np.maximum(deepest, 0.02, out=deepest)
    fine -= lowest
    fine *= np.divide(255, deepest, out=deepest)
    return _bytes(fine)


def _grain(fine: Floats) -> float:
    """Standard deviation between pixels near one another."""
    rows = fine[:: max(1, fine.size // SAMPLED)]
    apart = np.abs(rows[:, LAG:] - rows[:, :-LAG])
    return TO_SIGMA / 2**0.5 * median(apart) if apart.size else 0.0


def _bytes(values: Floats) -> Bytes:
    rounded = np.rint(values)
    return np.clip(rounded, 0, 255, out=rounded).astype(np.uint8)


def _owners(numbers: Labels, reach: int) -> Labels:
    """The nearest piece of each cell, within so many cells."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import distance_transform_edt

    owners = np.zeros_like(numbers)
    used = tuple(
        slice(max(0, int(places[0]) - reach), int(places[-1]) + reach + 1)
        for places in (np.flatnonzero(numbers.any(axis=1)), np.flatnonzero(numbers.any(axis=0)))
    )
    part = numbers[used]
    if numbers.max() == 1:  # whichever is the nearest
        owners[used] = near(part > 0, reach)
        return owners
    far, (rows, columns) = distance_transform_edt(part == 0, return_indices=True)
    owners[used] = np.where(far <= reach, part[rows, columns], 0)
    return owners


def _in_pixels(piece: Found, side: int, shape: Sequence[int]) -> Box:
    box = piece.box
    bottom, right = min(box.bottom * side, shape[0]), min(box.right * side, shape[1])
    return Box(box.top * side, box.left * side, bottom, right)


def _is_grain(ink: Bytes) -> bool:
    """Whether it is nothing but noise: on glaring paper half of that is cut off and hides it."""
    box = ink_box(ink)
    if box is None:
        return True
    # beyond one cell around the box all are the mean below it, and need not be looked at
    part = ink[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1]
    mean = np.float32(ink.mean())
    off = part - mean
    along = (
        np.vdot(off[:, 1:], off[:, :-1])
        + np.vdot(off[1:], off[:-1])
        + np.vdot(off[1:, 1:], off[:-1, :-1])
        + np.vdot(off[1:, :-1], off[:-1, 1:])
        + mean**2 * (_neighbours(ink.shape) - _neighbours(part.shape))
    )
    spread = np.vdot(off, off) + mean**2 * (ink.size - part.size)
    return bool(np.count_nonzero(part) < FEWEST or along < TOGETHER * spread)


def _neighbours(shape: tuple[int, ...]) -> int:
    """How many pairs of places lie side by side, also across corners."""
    rows, columns = shape
    return rows * (columns - 1) + (rows - 1) * columns + 2 * (rows - 1) * (columns - 1)
