"""The legend of a race: one lane for each design, with its weight images."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.data.digits import Shape
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, WeightImages, shared_limit

WORDS = 236
"""Width of the words beside the images, on the design grid."""
SMALLEST_LANE = 50
WANTED = 30
"""Images that are enough, if they are larger for it."""
LARGEST_IMAGE = 84


@dataclass(frozen=True)
class Lane:
    """The words of one run."""

    design: str
    name: str
    style: LineStyle
    accuracy: str
    details: tuple[str, ...]
    """Lines, the first ones first where there is little room."""
    shown: bool
    """Whether it is the one on screen."""


class RaceLanes(KeyCursor):
    """Draws lanes; says which design was clicked."""

    clicked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("race-lanes")
        self.setAccessibleName("Runs of the race")
        self.setToolTip("Click a run to show its design on every page; the race goes on.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self.lanes: tuple[Lane, ...] = ()
        self._images: list[WeightImages] = []
        self._weights: list[Floats] = []
        self._limits: list[float] = []
        self._inked: NDArray[np.bool_] = np.zeros(0, bool)
        self._shape: Shape = (1, 1, 1)
        self._cursor = 0

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        weights, self._weights = self._weights, []
        self.show_weights(weights, self._inked, self._shape)
        self.updateGeometry()

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Takes new words, and new ends of the colour scales."""
        if tuple(lanes) != self.lanes:
            self.lanes = tuple(lanes)
            self._cursor = min(self._cursor, max(0, len(lanes) - 1))
            self._describe()
            self.updateGeometry()
        self._limits = []
        self.update()

    def show_weights(
        self, weights: Sequence[Floats], inked: NDArray[np.bool_], shape: Shape
    ) -> None:
        """Takes the weights of each lane, (hidden, inputs)."""
        old, self._weights = self._weights, list(weights)
        self._inked, self._shape = inked, shape
        fresh = len(self._limits) != len(weights)
        if fresh:
            self._limits = [shared_limit(each, inked) for each in weights]
        while len(self._images) < len(weights):
            self._images.append(WeightImages())
        for number, each in enumerate(weights):
            if fresh or number >= len(old) or old[number] is not each:
                self._images[number].colour(
                    each, inked, self._limits[number], self._theme.weight_colours, shape
                )
        self.update()

    def lane_place(self, number: int) -> QRectF:
        height = self.height() / max(1, len(self.lanes))
        return QRectF(0, number * height, self.width(), height)

    def image_places(self, number: int) -> list[QRectF]:
        """Where the weight images of a lane stand; as many as there is room for."""
        theme, lane = self._theme, self.lane_place(number)
        room = lane.adjusted(theme.px(WORDS), theme.px(4), -theme.px(6), -theme.px(4))
        count = len(self._weights[number])
        gap = theme.px(4)
        best, columns = 0.0, 1
        for rows in range(1, 7):
            side = min((room.height() + gap) / rows - gap, theme.px(LARGEST_IMAGE))
            across = max(1, int((room.width() + gap) / (side + gap)))
            held = min(rows * across, count, WANTED)
            shown = held * min(side, theme.px(56)) ** 2
            if shown > best:
                best, columns, chosen = shown, across, side
        down = int((room.height() + gap) / (chosen + gap))
        return [
            QRectF(
                room.x() + (place % columns) * (chosen + gap),
                room.y() + (place // columns) * (chosen + gap),
                chosen,
                chosen,
            )
            for place in range(min(count, columns * max(1, down)))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            for number, lane in enumerate(self.lanes):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_words(painter, number, lane)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                if number < len(self._weights):
                    for tile, place in enumerate(self.image_places(number)):
                        self._images[number].draw(painter, tile, place)
            if self.shows_cursor and self.lanes:
                painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.lane_place(self._cursor).adjusted(2, 2, -2, -2))

    def _draw_words(self, painter: QPainter, number: int, lane: Lane) -> None:
        theme, place = self._theme, self.lane_place(number)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if lane.shown else "background"))
        painter.drawRoundedRect(place.adjusted(0, 1, 0, -1), theme.px(5), theme.px(5))
        if lane.shown:
            edge = QRectF(place.x(), place.y() + 1, theme.px(6), place.height() - 2)
            painter.fillRect(edge, theme.colour("focus"))
        line, align = theme.px(24), Qt.AlignmentFlag.AlignVCenter
        x, width = place.x() + theme.px(12), theme.px(WORDS - 20)
        room = int((place.height() - theme.px(4)) // line)
        small = room < 3
        rows = 2 if small else min(room, 2 + len(lane.details))
        y = place.y() + max(0.0, (place.height() - rows * line) / 2 if small else theme.px(4))
        sample = QRectF(x, y, theme.px(46), line)
        lane.style.draw_sample(painter, sample, theme)
        painter.setPen(theme.colour("text"))
        name = QRectF(x + theme.px(54), y, width - theme.px(54), line)
        draw_fitted(painter, name, align, lane.name, theme, bold=True)
        value = QRectF(x, y + line, theme.px(96), line)
        draw_fitted(painter, value, align, lane.accuracy, theme, 20 if small else 26, bold=True)
        painter.setPen(theme.colour("muted"))
        for row, words in enumerate(lane.details[: 1 if small else max(1, rows - 1)]):
            beside = row == 0
            left = x + theme.px(102) if beside else x
            top = y + line * (1 if beside else 1 + row)
            line_place = QRectF(left, top, width - (left - x), line)
            draw_fitted(painter, line_place, align, words, theme)

    def _describe(self) -> None:
        if self.lanes:
            lane = self.lanes[self._cursor]
            self.setAccessibleDescription(
                f"{lane.name}: {lane.accuracy}, {', '.join(lane.details)}"
            )

    # ---- input -----------------------------------------------------------------------

    def lane_at(self, point: QPoint) -> int | None:
        places = range(len(self.lanes))
        return next((each for each in places if self.lane_place(each).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.lane_at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.lanes[found].design)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.lanes:
            self.clicked.emit(self.lanes[self._cursor].design)
        elif event.key() in moves and self.lanes:
            wanted = self._cursor + moves[Qt.Key(event.key())]
            self._cursor = min(max(wanted, 0), len(self.lanes) - 1)
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(WORDS + 150), px(SMALLEST_LANE) * max(2, len(self.lanes)))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
