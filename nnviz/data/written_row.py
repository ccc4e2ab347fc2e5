"""A row of digits that is being looked at: composed, drawn, or from a picture."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.drawing import RADIUS, Drawing, Points
from nnviz.data.drawing import SIDE as HEIGHT
from nnviz.data.normalising import ink_box, resized
from nnviz.data.row_marks import Signs, signs_of

ASPECT = 5
"""Width of the sheet that is drawn on, in heights."""
MARGIN = 0.15
"""Around ink that is put on the sheet, in heights."""


@dataclass(frozen=True, eq=False)
class WrittenRow:
    """Ink that is never changed: each stroke makes another row."""

    ink: Bytes
    """(height, width), 0..255, light ink on black"""
    labels: tuple[int, ...] | None = None
    """The classes that it says, where that is known."""

    @cached_property
    def empty(self) -> bool:
        """Whether there is no ink."""
        return not self.ink.any()

    @property
    def on_sheet(self) -> bool:
        """Whether it was drawn, or is still empty."""
        return self.ink.shape == (HEIGHT, ASPECT * HEIGHT)

    @cached_property
    def signs(self) -> Signs | None:
        """Its digits and other marks; None without ink."""
        return signs_of(self.ink)

    @cached_property
    def sheet(self) -> Drawing:
        """It as something to draw on: 280 pixels high, 5 times as wide."""
        if self.on_sheet:
            return Drawing(self.ink)
        sheet = np.zeros((HEIGHT, ASPECT * HEIGHT), np.uint8)
        box = ink_box(self.ink)
        if box is None:
            return Drawing(sheet)
        room = HEIGHT * (1 - 2 * MARGIN)
        scale = min(room / box.height, (ASPECT - 2 * MARGIN) * HEIGHT / box.width)
        ink = self.ink[box.top : box.bottom, box.left : box.right]
        ink = resized(ink, *(max(1, round(scale * side)) for side in ink.shape))
        top, left = (HEIGHT - ink.shape[0]) // 2, round(MARGIN * HEIGHT)
        sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
        return Drawing(sheet)

    def stroked(
        self, points: Points, radius: float = RADIUS, erasing: bool = False
    ) -> "WrittenRow":
        """With a line through points (points, 2), right and down in heights of the sheet."""
        return WrittenRow(self.sheet.stroked(points, radius, erasing).ink)


NOTHING_WRITTEN = WrittenRow(np.zeros((HEIGHT, ASPECT * HEIGHT), np.uint8))
