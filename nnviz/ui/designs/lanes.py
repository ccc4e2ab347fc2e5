"""The legend of a race: one lane for each design, with its weight images."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bools, Floats
from nnviz.data.digits import Shape
from nnviz.ui.designs import words
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.table import Column, Row, TableView
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.weight_images import WeightImages

WORDS, IMAGES = 264, 140
"""Widths on the design grid."""
BESIDE = 74
"""Width of what stands beside a name."""
SMALLEST_LANE, LARGEST_LANE = 50, 4000
ROOMY = 126
"""Height of a lane that has room for large type."""
WANTED = 30
"""Images that are enough, if they are larger for it."""
LARGEST_IMAGE = 84
COLUMNS = (Column(width=WORDS), Column(width=IMAGES, stretch=1, moving=True))


@dataclass(frozen=True)
class Lane:
    """The words of one run."""

    design: str
    """The design, or the entrant"""
    name: str
    style: LineStyle
    accuracy: str
    details: tuple[str, ...]
    """Lines, the first ones first where there is little room."""
    shown: bool
    """Whether it is the one on screen."""
    beside: str = ""
    """What is said beside its name however little room there is."""
    grey: bool = False
    """Whether it learned from other digits than most."""
    large: bool = False
    """Whether it is written for a room, where there is height for it."""
    tip: str = ""
    """Its name, where that may be too long."""

    @cached_property
    def in_words(self) -> str:
        """What is read out of it."""
        return words.lane(self.name, self.accuracy, self.details)

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        if self.large and place.height() >= canvas.px(ROOMY):
            self._paint_large(canvas, place)
            return
        line, x, width = canvas.px(24), place.x() + canvas.px(12), place.width() - canvas.px(20)
        room = int(place.height() // line)
        small = room < 3
        y = place.y() + (max(0.0, (place.height() - 2 * line) / 2) if small else canvas.px(2))
        sample = QRectF(x, y, canvas.px(46), line)
        self.style.draw_sample(canvas, sample, canvas.theme)
        after = sample.right() + canvas.px(8)
        name = QRectF(after, y, x + width - after, line)
        if self.beside:
            canvas.text(name, self.beside, RIGHT, "muted")
            name.setWidth(name.width() - canvas.px(BESIDE))
        ink = "muted" if self.grey else "text"
        canvas.text(name, self.name, LEFT, ink, bold=True)
        value = QRectF(x, y + line, canvas.px(96), line)
        canvas.text(value, self.accuracy, LEFT, ink, size=TEXT if small else 26, bold=True)
        for number, told in enumerate(self.details[: 1 if small else max(1, room - 1)]):
            left = x if number else value.right() + canvas.px(6)
            top = y + line * max(1, 1 + number)
            canvas.text(QRectF(left, top, x + width - left, line), told, LEFT, "muted")

    def _paint_large(self, canvas: Canvas, place: QRectF) -> None:
        """The name, below it the accuracy, below that as many details as there is room for."""
        px, ink = canvas.px, "muted" if self.grey else "text"
        line = QRectF(place.x() + px(12), place.y() + px(6), place.width() - px(20), px(36))
        self.style.draw_sample(
            canvas, QRectF(line.x(), line.y(), px(46), line.height()), canvas.theme
        )
        canvas.text(line.adjusted(px(54), 0, 0, 0), self.name, LEFT, ink, size=28, bold=True)
        line = QRectF(line.x(), line.bottom(), line.width(), px(54))
        canvas.text(line, self.accuracy, LEFT, ink, size=46, bold=True)
        line = QRectF(line.x(), line.bottom(), line.width(), px(26))
        for told in self.details:
            if line.bottom() <= place.bottom():
                canvas.text(line, told, LEFT, "muted")
            line.translate(0, line.height())


@dataclass(frozen=True, eq=False)
class Weights:
    """The weight images of a run, as many as there is room for."""

    weights: Floats
    """(hidden, inputs), or none (0, inputs) of a LeNet"""
    limit: float
    """The end of the colour scale."""
    inked: Bools
    shape: Shape

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        if not len(self.weights):
            canvas.text(place, words.NO_WEIGHTS, LEFT, "muted")
            return
        places = image_places(place, canvas.theme.scale, len(self.weights))
        images = WeightImages()
        some = self.weights[: len(places)]
        images.colour(some, self.inked, self.limit, canvas.theme.weight_colours, self.shape)
        for number, each in enumerate(places):
            images.draw(canvas, number, each)


def lanes_view(lanes: Sequence[Lane], weights: Sequence[Weights]) -> TableView:
    """The table of the runs."""
    return TableView(
        COLUMNS,
        tuple(
            Row(lane.design, (lane, each), lane.tip, lane.in_words)
            for lane, each in zip(lanes, weights, strict=True)
        ),
        next((lane.design for lane in lanes if lane.shown), None),
        row_heights=(SMALLEST_LANE, LARGEST_LANE),
        gap=0,
        boxed=True,
    )


def image_places(room: QRectF, scale: float, count: int) -> list[QRectF]:
    """Where the weight images of a lane stand; as many as there is room for."""
    gap, best, columns, side = 4 * scale, 0.0, 1, 1.0
    room = room.adjusted(0, gap / 2, -gap, -gap / 2)
    for rows in range(1, 7):
        tried = max(1.0, min((room.height() + gap) / rows - gap, LARGEST_IMAGE * scale))
        across = max(1, int((room.width() + gap) / (tried + gap)))
        held = min(rows * across, count, WANTED)
        shown = held * min(tried, 56 * scale) ** 2
        if shown > best:
            best, columns, side = shown, across, tried
    down = max(1, int((room.height() + gap) / (side + gap)))
    pitch = side + gap
    return [
        QRectF(room.x() + place % columns * pitch, room.y() + place // columns * pitch, side, side)
        for place in range(min(count, columns * down))
    ]
