"""Finds the ink of a picture, whatever the paper: dark on light or light on dark, noisy, uneven,
in the shadow, ruled, beside other things; and which pieces of it make up a digit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats
from nnviz.data.ink_lines import lines_in
from nnviz.data.ink_paper import TO_SIGMA, Depth, depths, enlarged, even_depths, even_level
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
from nnviz.data.normalising import Box

FAINTEST = 16.0
"""Grey levels between paper and ink below which there is no ink."""
TOGETHER = 0.5
"""Correlation of ink with its neighbours, four directions summed: a thin line has 1, grain 0."""
FEWEST = 4
"""Pixels of ink at least."""
SMALL = 40
"""Pixels of a picture's side up to which all ink in it is the digit's."""
SHALLOWEST = 0.06
"""Share of the light of its paper that ink lacks at least."""
SHEET = 0.12
"""Of the picture's shorter side: the least side of a sheet that ink can lie on."""
CLEAR = 6.0
"""Times that ink is deeper than the grain of its paper."""
CORE = 0.4
"""Share of the depth of the deepest ink around that a cell has at least to be of its piece."""
FULL = 0.85
"""Share of the depth of the ink around from which on ink is white."""
AROUND = 0.25
"""How far around, as a share of the longer side of what is taken."""
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

    def piece_at(self, row: int, column: int) -> int | None:
        """Which piece has ink at a pixel, or else the smallest one whose box holds the place."""
        height, width = self.all_ink.shape
        if not (0 <= row < height and 0 <= column < width):
            return None
        owner = int(self.owners[row // self.side, column // self.side])
        if owner:
            return owner - 1
        around = [
            (piece.box.height * piece.box.width, number)
            for number, piece in enumerate(self.pieces)
            if piece.box.top <= row < piece.box.bottom
            and piece.box.left <= column < piece.box.right
        ]
        return min(around)[1] if around else None

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
    row (`wanted`), all. `swapped`: what leaves more to be seen.
    """
    if not picture.size:
        return None
    level = even_level(picture)
    dark, light = depths(picture) if level is None else even_depths(picture, level)
    if max(picture.shape) > SMALL:
        dark, light = _without_sheets(dark), _without_sheets(light)
    depth = dark if (_edges(dark) >= _edges(light)) != swapped else light
    return _found(picture, depth, wanted)


def _edges(depth: Depth) -> float:
    """How much there is to be seen of ink: what is around it on both sides."""
    grey = np.maximum(depth.grey - FAINTEST / 2, 0)
    down, across = np.abs(np.diff(grey, axis=0)), np.abs(np.diff(grey, axis=1))
    return float(down.sum() + across.sum())


def _without_sheets(depth: Depth) -> Depth:
    """The same without sheets of paper, screens and other things that ink lies on."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label

    mask = _cores(depth.values, depth.noise)
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


def _found(picture: Bytes, depth: Depth, wanted: str) -> Ink | None:
    values = depth.values
    small, even = max(picture.shape) <= SMALL, depth.even is not None
    mask = values > 0 if small and even else _cores(values, depth.noise)
    if not mask.any():
        return None
    lines = np.zeros_like(mask) if small else lines_in(mask)
    numbers, pieces = connected(mask & ~lines, np.maximum(values, 0), lines)
    kinds = ["digit"] * len(pieces) if small else judged(pieces, wanted)
    chosen = frozenset(range(len(pieces))) if small else taken(pieces, kinds, wanted)
    if not chosen:
        return None
    core = np.isin(numbers, [number + 1 for number in chosen])
    deep = float(np.percentile(values[core], 75))
    contrast = float(np.median(depth.grey[core & (values >= 0.8 * deep)]))
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
    return None if _is_grain(found.picture) or (even and _is_grain(ink)) else found


def _cores(values: Floats, noise: float) -> Bools:
    """What is ink beyond doubt: deep enough, also beside what it hangs together with."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import label

    low = max(4 * noise, SHALLOWEST)  # of grey levels, hardly any
    numbers, count = label(values > low, np.ones((3, 3)))
    if not count:
        return numbers > 0
    at = np.flatnonzero(numbers)
    own, depth = numbers.ravel()[at], values.ravel()[at]
    order = np.lexsort((depth, own))
    ends = np.cumsum(np.bincount(own, minlength=count + 1))
    sizes = np.diff(ends)
    deepest = depth[order][ends[1:] - 1 - sizes // 20]
    least = np.append(np.inf, CORE * deepest)
    return np.asarray(values > np.maximum(low, least[numbers]))


def _local(values: Floats, core: Bools, deep: float, size: int) -> Floats:
    """(rows, columns) of cells: how deep the ink around is, where light and pen change."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import maximum_filter, uniform_filter

    window = max(3, round(AROUND * size) | 1)
    inside = np.where(core, uniform_filter(values, 3, mode="nearest"), 0)
    local = maximum_filter(inside, window, mode="constant")
    local = uniform_filter(np.where(local > 0, local, deep), window, mode="nearest")
    return np.clip(local, 0.5 * deep, 2 * deep)


def _levels(picture: Bytes, depth: Depth, local: Floats) -> Bytes:
    """Light ink on black, (height, width), as strong everywhere."""
    fine = depth.finely(picture)
    sample = fine.ravel()[:: max(1, fine.size // SAMPLED)]
    noise = TO_SIGMA * np.median(np.abs(sample - np.median(sample)))
    full = enlarged(local, depth.side, picture.shape)
    lowest = np.maximum(np.float32(3 * noise), full / 8)
    return _bytes((fine - lowest) * (255 / np.maximum(FULL * full - lowest, 0.02)))


def _bytes(values: Floats) -> Bytes:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _owners(numbers: Labels, reach: int) -> Labels:
    """The nearest piece of each cell, within so many cells."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import distance_transform_edt

    far, (rows, columns) = distance_transform_edt(numbers == 0, return_indices=True)
    return np.where(far <= reach, numbers[rows, columns], 0)


def _in_pixels(piece: Found, side: int, shape: Sequence[int]) -> Box:
    box = piece.box
    bottom, right = min(box.bottom * side, shape[0]), min(box.right * side, shape[1])
    return Box(box.top * side, box.left * side, bottom, right)


def _is_grain(ink: Bytes) -> bool:
    """Whether it is nothing but noise: on glaring paper half of that is cut off and hides it."""
    off = ink - ink.mean(dtype=np.float32)
    along = (
        np.vdot(off[:, 1:], off[:, :-1])
        + np.vdot(off[1:], off[:-1])
        + np.vdot(off[1:, 1:], off[:-1, :-1])
        + np.vdot(off[1:, :-1], off[:-1, 1:])
    )
    return bool(np.count_nonzero(ink) < FEWEST or along < TOGETHER * np.vdot(off, off))
