"""Finds the ink of a picture, whatever the paper: dark on light or light on dark, noisy, uneven."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Floats
from nnviz.data.ink_pieces import Labels, Piece, judged, labelled, lines_of

SAMPLED = 4000
"""Pixels that the paper is fitted to."""
ROUNDS = 6
FAINTEST = 20.0
"""Grey levels between paper and ink below which there is no ink."""
TOGETHER = 0.5
"""Correlation of ink with its neighbours, four directions summed: a thin line has 1, grain 0."""
FAINT = 0.06
"""Share of the contrast below which a pixel that is not quite paper can be noise."""
TRACES = 0.05
"""Such pixels away from all others, as a share of those, on paper that counts as even."""
FEWEST = 4
"""Pixels of ink at least."""
TO_SIGMA = 1.4826
"""Median distance of a normal distribution -> its standard deviation."""


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
    numbers: Labels
    """(height, width): the number of the piece that a pixel belongs to, from 1; 0 for none"""
    pieces: tuple[Piece, ...]
    """What hangs together, the largest first"""

    def choosing(self, taken: frozenset[int]) -> "Ink":
        """The same with just these pieces taken, by their places in `pieces`."""
        chosen = np.array([False, *(number in taken for number in range(len(self.pieces)))])
        picture = np.where(chosen[self.numbers], self.all_ink, np.uint8(0))
        pieces = tuple(
            replace(piece, taken=number in taken) for number, piece in enumerate(self.pieces)
        )
        return replace(self, picture=picture, pieces=pieces)

    def piece_at(self, row: int, column: int) -> int | None:
        """Which piece has ink there, or else the smallest one whose box holds the place."""
        height, width = self.numbers.shape
        if not (0 <= row < height and 0 <= column < width):
            return None
        if self.numbers[row, column]:
            return int(self.numbers[row, column]) - 1
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


def find_ink(picture: Bytes, wanted: str = "digit") -> Ink | None:
    """Any grey picture (height, width) 0..255 -> its ink; None for a page without ink.

    The brightness of the paper is fitted by a surface of second degree; ink is what lies far
    off it, on the side where most does. What was drawn on even paper keeps every grey level, so
    that a digit of MNIST stays as it is. Of its pieces those that look like parts of a digit are
    taken; of a row (`wanted`) all but lines, frames and what lies at an edge.
    """
    if not picture.size:
        return None
    surface, noise = _paper(picture)
    off = picture - surface
    far = max(4 * noise, FAINTEST / 2)
    dark_on_light = bool(-off[off < -far].sum() > off[off > far].sum())
    if dark_on_light:
        np.negative(off, out=off)
    strong = off[off > far]
    contrast = float(np.percentile(strong, 90)) if len(strong) >= FEWEST else 0.0
    if contrast < max(FAINTEST, 6 * noise):
        return None
    if noise == 0 and _even(off, contrast):
        ink = _levels(off if contrast >= 128 else off * np.float32(255 / contrast))
    else:
        lowest = max(3 * noise, contrast / 8)
        ink = _levels((off - lowest) * (255 / (0.85 * contrast - lowest)))
    if _is_grain(ink):
        return None
    numbers, pieces = labelled(ink)
    judged_pieces = judged(pieces, picture.shape, wanted)
    found = Ink(ink, dark_on_light, contrast, ink, numbers, judged_pieces)
    taken = {number for number, piece in enumerate(found.pieces) if piece.taken}
    return found if len(taken) == len(found.pieces) else found.choosing(frozenset(taken))


def _levels(values: Floats) -> Bytes:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


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


def _even(off: Floats, contrast: float) -> bool:
    """Whether the paper is the same grey up to the ink, as no lossy file or camera keeps it."""
    clear = off >= FAINT * contrast
    padded = np.pad(clear, 1)
    beside = padded[:-2] | padded[1:-1] | padded[2:]
    around = beside[:, :-2] | beside[:, 1:-1] | beside[:, 2:]
    traces = np.count_nonzero((off != 0) & ~around)
    return bool(traces <= TRACES * np.count_nonzero(clear))


def _paper(picture: Bytes) -> tuple[Floats, float]:
    """-> how bright the paper is (height, width), and its noise"""
    height, width = picture.shape
    x, y = _axis(width), _axis(height)
    step = max(1, int(np.sqrt(picture.size / SAMPLED)))
    sample = picture[::step, ::step].astype(np.float64)
    bends = _bends(*np.meshgrid(x[::step], y[::step]))
    # ink seldom runs along the edge
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    level, slopes, noise = _fitted(sample.ravel(), bends, float(np.median(edge)))
    bent = slopes.astype(np.float32)
    across = np.float32(level) + bent[0] * x + bent[2] * x * x
    down = bent[1] * y + bent[4] * y * y
    surface: Floats = across + down[:, None] + bent[3] * np.outer(y, x)
    return surface, noise


def _axis(length: int) -> Floats:
    return np.linspace(-1, 1, length, dtype=np.float32) if length > 1 else np.zeros(1, np.float32)


def _bends(x: Floats, y: Floats) -> Doubles:
    """(pixels, 5): x, y, x², xy, y²"""
    return np.stack([x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 5).astype(np.float64)


def _fitted(values: Doubles, bends: Doubles, level: float) -> tuple[float, Doubles, float]:
    """The level and slopes of the surface through most of the values, and their spread."""
    slopes: Doubles = np.zeros(5)
    noise = 0.0
    # keeps the surface flat where little of the paper shows
    ridge = 0.001 * len(values) * np.eye(5)
    for _ in range(ROUNDS):
        off = values - level - bends @ slopes
        noise = TO_SIGMA * float(np.median(np.abs(off)))
        near = np.abs(off) <= max(2.5 * noise, 0.5)  # below one level: even paper stays even
        if not near.any():
            break
        mine, its = bends[near], values[near]
        slopes[:] = np.linalg.solve(mine.T @ mine + ridge, mine.T @ (its - np.median(its)))
        level = float(np.median(its - mine @ slopes))
        noise = TO_SIGMA * float(np.median(np.abs(its - level - mine @ slopes)))
    return level, slopes, noise
