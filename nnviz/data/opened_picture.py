"""A picture that was opened, and what was chosen of it: turned, cut out, ink and paper exchanged,
other pieces taken. Nothing of it is ever changed: each choice makes another one.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.ink import Ink, find_ink
from nnviz.data.ink_pieces import Piece, connected
from nnviz.data.normalising import Box
from nnviz.data.picture_files import Picture

KEPT = 2
"""Readings that are kept, for the next choice of pieces: of a large picture each takes 50 MB."""
LEAST = 4
"""Pixels of a side that is cut out, at least."""


@dataclass(frozen=True)
class OpenedPicture:
    """A picture as it was read from its file, and what was chosen of it."""

    picture: Picture
    name: str
    """Of its file, or where it comes from."""
    path: str = ""
    """Of its file; "" where it comes from none."""
    turns: int = 0
    """Quarter turns to the right, 0..3"""
    swapped: bool = False
    """Whether what was found to be paper is the ink"""
    crop: Box | None = None
    """The part of `turned` that is looked at; None: all of it"""
    taken: frozenset[int] | None = None
    """Which pieces are taken, by their places among all; None: as they are found"""

    @property
    def turned(self) -> Bytes:
        """(height, width), 0 black .. 255 white: all of it, upright; no copy."""
        return np.rot90(self.picture.levels, -self.turns)

    @property
    def box(self) -> Box:
        """The part that is looked at."""
        height, width = self.picture.levels.shape[:: -1 if self.turns % 2 else 1]
        return Box(0, 0, height, width) if self.crop is None else self.crop

    @property
    def looked_at(self) -> Bytes:
        """(height, width): the same of the part that is looked at."""
        box = self.box
        return self.turned[box.top : box.bottom, box.left : box.right]

    @property
    def as_found(self) -> bool:
        """Whether nothing was chosen by hand."""
        return self == self.anew

    @property
    def anew(self) -> "OpenedPicture":
        """Without anything chosen by hand."""
        return OpenedPicture(self.picture, self.name, self.path)

    def turn(self, quarters: int) -> "OpenedPicture":
        """Turned so many quarters further to the right, and its part with it."""
        crop, quarters = self.crop, quarters % 4
        if crop is not None:
            whole = replace(self, crop=None).box
            for _ in range(quarters):
                crop = Box(
                    crop.left, whole.height - crop.bottom, crop.right, whole.height - crop.top
                )
                whole = Box(0, 0, whole.width, whole.height)
        return replace(self, turns=(self.turns + quarters) % 4, crop=crop, taken=None)

    def cut(self, part: Box | None) -> "OpenedPicture":
        """Only a part of `turned`, as far as it lies inside; None for all of it."""
        whole = replace(self, crop=None).box
        if part is not None:
            bottom, right = min(part.bottom, whole.height), min(part.right, whole.width)
            top, left = max(0, min(part.top, bottom - LEAST)), max(0, min(part.left, right - LEAST))
            part = Box(top, left, max(bottom, top + 1), max(right, left + 1))
        return replace(self, crop=None if part == whole else part, taken=None)

    def swap(self) -> "OpenedPicture":
        """With ink and paper exchanged."""
        return replace(self, swapped=not self.swapped, taken=None)

    def taking(self, pieces: frozenset[int]) -> "OpenedPicture":
        """With just these pieces taken."""
        return replace(self, taken=pieces)

    def read(self, wanted: str = "digit") -> Ink | None:
        """The ink of the part that is looked at, see `find_ink`; None if there is none. It can
        take a while."""
        found = _found(replace(self, taken=None), wanted)
        if found is None or self.taken is None or wanted != "digit":
            return found
        return found.choosing(self.taken)


@dataclass(frozen=True, eq=False)
class ReadPicture:
    """An opened picture with what was found in it, which needs hardly any memory besides it."""

    opened: OpenedPicture
    pieces: tuple[Piece, ...]
    """What hangs together in the part that is looked at, and which of it is taken"""
    digits: int
    """How many digits stand apart"""
    lines: int
    """In how many lines they stand"""


@lru_cache(maxsize=KEPT)
def _found(opened: OpenedPicture, wanted: str) -> Ink | None:
    levels = np.ascontiguousarray(opened.looked_at)
    found = find_ink(levels, wanted, opened.swapped)
    if found is None and opened.swapped:
        found = _exchanged(find_ink(levels, wanted))
    return found


def _exchanged(ink: Ink | None) -> Ink | None:
    """What is no ink, as ink: where nothing lies on the other side of the paper, the paper was
    taken for ink and the ink for paper."""
    if ink is None:
        return None
    other = 255 - ink.all_ink
    nowhere = np.zeros(other.shape, np.bool_)
    owners, found = connected(other > 0, other.astype(np.float32), nowhere)
    pieces = tuple(Piece(each.box, "digit", True) for each in found)
    return Ink(other, not ink.dark_on_light, ink.contrast, other, owners, 1, pieces)
