"""What is drawn by hand: ink on a square, stroke by stroke, or out of a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from nnviz.data.arrays import Bytes, Doubles
from nnviz.data.normalising import SIDE as SEEN
from nnviz.data.normalising import Box, Normalised, ink_box, normalise, resized
from nnviz.data.opened_picture import OpenedPicture, ReadPicture

SIDE = 280
"""Pixels of a side of the square: ten for each that a network sees."""
RADIUS = 0.055
"""Of the usual pen, in sides of the square. A digit of two thirds of the square then has lines
2.7 pixels thick once it is normalised; those of MNIST have 2.6 (median)."""
SOFT = 0.3
"""Share of the radius over which ink fades out."""
LEAST = 0.4
"""Share of a picture that its ink spans at least; else it is cut out."""
PIECES = 4
"""Straight pieces that a bend between three points is drawn with."""
MARGIN = 0.15
"""Around ink that is cut out, as a share of its longer side."""

Points = Doubles
"""(points, 2): right and down from the upper left corner, in sides of the square"""


Frame = tuple[float, float, float, float]
"""Left, top, right and bottom of a piece, in sides of the square"""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A square of ink that is never changed: each stroke makes another one.

    Only strokes also work on a sheet that is wider than high; its height is its side.
    """

    ink: Bytes
    """(side, side), 0 (none) to 255; SIDE x SIDE, or 28 x 28 for an image that came so"""

    source: ReadPicture | None = None
    """The picture that it was made from"""
    frames: tuple[Frame, ...] = ()
    """Where the pieces lie that were taken of it, until a stroke is drawn"""

    @classmethod
    def of_picture(cls, picture: Bytes) -> "Drawing":
        """Light ink on black, (height, width) 0..255, fitted into the square.

        An image of 28 x 28 pixels stays as it is. Ink that is lost on its page is cut out.
        """
        return _fitted(picture)[0]

    @classmethod
    def of_opened(cls, opened: OpenedPicture) -> "Drawing":
        """The ink that is taken of an opened picture; without any, an empty square that knows
        its picture. It can take a while."""
        ink = opened.read()
        if ink is None:
            return cls(NOTHING_DRAWN.ink, ReadPicture(opened, (), 0, 0))
        drawing, place = _fitted(ink.picture)
        source = ReadPicture(opened, ink.pieces, ink.digits, ink.lines)
        frames = tuple(place(piece.box) for piece in ink.pieces if piece.taken)
        return cls(drawing.ink, source, frames)

    @cached_property
    def empty(self) -> bool:
        """Whether there is no ink."""
        return not self.ink.any()

    @property
    def blank(self) -> bool:
        """Whether there is neither ink nor a picture."""
        return self.source is None and self.empty

    @property
    def by_hand(self) -> bool:
        """Whether strokes were drawn on what was made from a picture."""
        return self.source is not None and not self.frames and not self.empty

    @cached_property
    def normalised(self) -> Normalised | None:
        """In the form of MNIST's digits; None without ink."""
        return normalise(self.ink)

    @cached_property
    def reduced(self) -> Bytes:
        """(28, 28): the whole square, each pixel the mean of what it covers."""
        times = len(self.ink) // SEEN
        blocks = self.ink.reshape(SEEN, times, SEEN, times)
        return np.asarray(np.rint(blocks.mean(axis=(1, 3))), np.uint8)

    def seen(self, normalising: bool) -> Bytes | None:
        """(784,): what a network gets; None without ink. The same array every time."""
        return self._seen_normalised if normalising else self._seen_reduced

    @cached_property
    def _seen_normalised(self) -> Bytes | None:
        return None if self.normalised is None else self.normalised.image.ravel()

    @cached_property
    def _seen_reduced(self) -> Bytes | None:
        return self.reduced.ravel() if self.reduced.any() else None

    def stroked(self, points: Points, radius: float = RADIUS, erasing: bool = False) -> "Drawing":
        """With ink along the line through the points, or without what ink was there."""
        ink = self._at_full_size()
        line = np.asarray(points, np.float64).reshape(-1, 2) * SIDE - 0.5
        if len(line) == 1:
            line = np.repeat(line, 2, axis=0)
        for start, end in pairwise(line):
            _ink(ink, start, end, radius * SIDE, erasing)
        return Drawing(ink, self.source)

    def _at_full_size(self) -> Bytes:
        """A copy to draw on."""
        times, odd = divmod(SIDE, len(self.ink))
        assert not odd
        return self.ink.repeat(times, axis=0).repeat(times, axis=1)


def curve(points: Points) -> Points:
    """The uniform quadratic B-spline of at least three points, as places along it.

    It goes from the middle of the first two to the middle of the last two, so that curves whose
    points overlap by two join; at a point named twice it begins or ends.
    """
    middles = (points[:-1] + points[1:]) / 2
    t = np.linspace(0, 1, PIECES + 1)[None, :, None]
    start, bend, end = middles[:-1, None], points[1:-1, None], middles[1:, None]
    return ((1 - t) ** 2 * start + 2 * (1 - t) * t * bend + t**2 * end).reshape(-1, 2)


def _fitted(picture: Bytes) -> tuple[Drawing, Callable[[Box], Frame]]:
    """See `Drawing.of_picture`; and what tells where a box of the picture then lies."""
    if picture.shape == (SEEN, SEEN):
        return Drawing(picture.copy()), lambda box: _frame(box, 1 / SEEN, 0, 0)
    above, beside = 0, 0
    box = ink_box(picture)
    if box is not None:
        longer = max(box.height, box.width)
        if longer < LEAST * max(picture.shape):
            edge = round(MARGIN * longer)
            above, beside = max(0, box.top - edge), max(0, box.left - edge)
            picture = picture[above : box.bottom + edge, beside : box.right + edge]
    scale = SIDE / max(picture.shape)
    height, width = (max(1, round(length * scale)) for length in picture.shape)
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    ink = np.zeros((SIDE, SIDE), np.uint8)
    ink[top : top + height, left : left + width] = resized(picture, height, width)
    scale /= SIDE
    moved = left / SIDE - beside * scale, top / SIDE - above * scale
    return Drawing(ink), lambda box: _frame(box, scale, *moved)


def _frame(box: Box, scale: float, right: float, down: float) -> Frame:
    left, top, end, bottom = (at * scale for at in (box.left, box.top, box.right, box.bottom))
    return left + right, top + down, end + right, bottom + down


NOTHING_DRAWN = Drawing(np.zeros((SIDE, SIDE), np.uint8))


def _ink(ink: Bytes, start: Points, end: Points, radius: float, erasing: bool) -> None:
    """Adds or takes away the ink of one straight piece; points in pixels."""
    edges = ink.shape[::-1]
    left, top = np.floor(np.minimum(start, end) - radius).clip(0, edges).astype(int)
    right, bottom = (np.ceil(np.maximum(start, end) + radius) + 1).clip(0, edges).astype(int)
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
