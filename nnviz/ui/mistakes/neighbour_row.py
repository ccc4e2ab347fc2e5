"""The training digits nearest to the digit on screen, with their labels, always in one row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.ui.kit.canvas import DASHES, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import listed, sentences

TITLE, LABEL, LARGEST, LEAST = 28, 28, 58, 34
NOTHING = np.zeros((0, 1), np.uint8)
FRAMES = {"solid": "positive", "dashed": "negative"}


@dataclass(frozen=True)
class NeighbourView:
    """The nearest first; at first none, but a sentence as the title."""

    title: str
    images: Bytes = field(default_factory=lambda: NOTHING)
    """(digits, inputs) 0..255"""
    shape: Shape = (1, 1, 1)
    labels: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    """For each digit: solid (it speaks for the answer), dashed (for the true class), or none"""
    facts: tuple[str, ...] = ()
    """For each digit: number and distance"""


class NeighbourRow(Picture[NeighbourView]):
    """All of them, as large as there is room for."""

    policy = (Policy.Expanding, Policy.Fixed)
    least = (10 * (LEAST + 6), TITLE + LARGEST + LABEL + 4)

    @property
    def side(self) -> int:
        """Of one picture in pixels."""
        gap = self.px(6)
        count = max(1, len(self.view.labels))
        return min(self.px(LARGEST), (self.width() - gap) // count - gap)

    def place(self, number: int) -> QRectF:
        """Where a digit lies, without its label."""
        return QRectF(number * (self.side + self.px(6)) + 2, self.px(TITLE), self.side, self.side)

    def regions(self, view: NeighbourView) -> Iterable[Region]:
        for number, fact in enumerate(view.facts):
            place = self.place(number).adjusted(-2, -2, 2, self.px(LABEL))
            yield Region(number, place, fact, fact)

    def words(self, view: NeighbourView) -> str:
        return sentences(view.title, listed(view.labels))

    def paint(self, canvas: Canvas, view: NeighbourView) -> None:
        title = QRectF(2, 0, self.width() - 4, canvas.px(TITLE))
        canvas.text(title, view.title, LEFT)
        for number, (label, frame) in enumerate(zip(view.labels, view.frames, strict=True)):
            place = self.place(number)
            picture = digit_image(view.images[number], self.theme.grey_colours, view.shape)
            canvas.image(place, picture, edge="")
            if frame:
                dashes = DASHES if frame == "dashed" else ()
                canvas.box(place, edge=FRAMES[frame], width=4, dashes=dashes)
            below = QRectF(
                place.x() - 3, place.bottom() + 2, place.width() + 6, canvas.px(LABEL) - 2
            )
            ink = "text" if frame else "muted"
            canvas.text(below, label, ink=ink, size=TEXT + 2, bold=bool(frame))

    def wanted_size(self, view: NeighbourView | None) -> tuple[float, float]:
        return 10 * (LARGEST + 6), self.least[1]
