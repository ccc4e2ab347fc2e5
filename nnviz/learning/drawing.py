"""What is drawn by hand: ink on a square, stroke by stroke."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.idx import Bytes

SIDE = 280
"""Pixels of a side of the square: ten for each that a network sees."""
RADIUS = 0.04
"""Of the usual pen, in sides of the square."""
SOFT = 0.6
"""Share of the radius over which ink fades out."""

Points = NDArray[np.float64]
"""(points, 2): right and down from the upper left corner, in sides of the square"""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A square of ink that is never changed: each stroke makes another one."""

    ink: Bytes
    """(side, side), 0 (none) to 255; SIDE x SIDE, or an image as it came"""

    @cached_property
    def empty(self) -> bool:
        """Whether there is no ink."""
        return not self.ink.any()

    def stroked(self, points: Points, radius: float = RADIUS, erasing: bool = False) -> "Drawing":
        """With ink along the line through the points, or without what ink was there."""
        ink = self._at_full_size()
        line = np.asarray(points, np.float64).reshape(-1, 2) * SIDE - 0.5
        if len(line) == 1:
            line = np.repeat(line, 2, axis=0)
        for start, end in pairwise(line):
            _ink(ink, start, end, radius * SIDE, erasing)
        return Drawing(ink)

    def _at_full_size(self) -> Bytes:
        """A copy to draw on."""
        times, odd = divmod(SIDE, len(self.ink))
        assert not odd
        return self.ink.repeat(times, axis=0).repeat(times, axis=1)


NOTHING_DRAWN = Drawing(np.zeros((SIDE, SIDE), np.uint8))


def _ink(ink: Bytes, start: Points, end: Points, radius: float, erasing: bool) -> None:
    """Adds or takes away the ink of one straight piece; points in pixels."""
    left, top = np.floor(np.minimum(start, end) - radius).clip(0, SIDE).astype(int)
    right, bottom = (np.ceil(np.maximum(start, end) + radius) + 1).clip(0, SIDE).astype(int)
    if left >= right or top >= bottom:
        return
    across = np.arange(left, right) - start[0]
    down = (np.arange(top, bottom) - start[1])[:, None]
    along = end - start
    length = float(along @ along)
    share = (across * along[0] + down * along[1]) / length if length else np.zeros(1)
    share = share.clip(0, 1)
    far = np.hypot(across - share * along[0], down - share * along[1])
    new = ((radius - far) * (255 / (SOFT * radius))).clip(0, 255).astype(np.uint8)
    part = ink[top:bottom, left:right]
    if erasing:
        np.minimum(part, 255 - new, out=part)
    else:
        np.maximum(part, new, out=part)
