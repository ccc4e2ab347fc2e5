"""The training digits nearest to the digit on screen, with their labels, always in one row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from nnviz.data.digits import Shape
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image

TITLE, LABEL, LARGEST, LEAST = 28, 28, 58, 34
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, eq=False)
class NeighbourView:
    """The nearest first."""

    title: str
    images: NDArray[np.uint8]
    """(digits, inputs) 0..255"""
    labels: tuple[str, ...]
    frames: tuple[str, ...]
    """For each digit: solid (it speaks for the answer), dashed (for the true class), or none"""
    facts: tuple[str, ...]
    """For each digit: number and distance, said when it is pointed at"""


class NeighbourRow(KeyCursor):
    """All of them, as large as there is room for."""

    def __init__(self, theme: Theme, name: str, tooltip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view: NeighbourView | None = None
        self._pictures: list[QImage] = []
        self._cursor = 0
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def say(self, title: str) -> None:
        """Shows no digits but a sentence."""
        nothing = np.zeros((0, 1), np.uint8)
        self.show_view(NeighbourView(title, nothing, (), (), ()), (1, 1, 1))

    def show_view(self, view: NeighbourView, shape: Shape) -> None:
        """Draws this from now on."""
        self.view = view
        self._cursor = min(self._cursor, max(0, len(view.labels) - 1))
        greys = self._theme.grey_colours
        self._pictures = [digit_image(pixels, greys, shape) for pixels in view.images]
        self._describe()
        self.update()

    def _describe(self) -> None:
        view = self.view
        assert view is not None
        labels = f"; labels {', '.join(view.labels)}" if view.labels else ""
        here = f"; {view.facts[self._cursor]}" if view.facts else ""
        self.setAccessibleDescription(f"{view.title}{labels}{here}")

    @property
    def side(self) -> int:
        """Of one picture in pixels."""
        count = max(1, len(self._pictures))
        gap = self._theme.px(6)
        return min(self._theme.px(LARGEST), (self.width() - gap) // count - gap)

    def place(self, number: int) -> QRectF:
        gap = self._theme.px(6)
        return QRectF(number * (self.side + gap) + 2, self._theme.px(TITLE), self.side, self.side)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self.view, self._theme
        if view is None:
            return
        with QPainter(self) as painter:
            painter.setPen(theme.colour("text"))
            title = QRectF(2, 0, self.width() - 4, theme.px(TITLE))
            draw_fitted(painter, title, LEFT, view.title, theme)
            for number, picture in enumerate(self._pictures):
                self._draw(painter, self.place(number), number, picture)
            if self.shows_cursor and self._pictures:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
                at = self.place(self._cursor)
                painter.drawRect(at.adjusted(-2, -2, 2, theme.px(LABEL)))

    def _draw(self, painter: QPainter, place: QRectF, number: int, picture: QImage) -> None:
        view, theme = self.view, self._theme
        assert view is not None
        painter.drawImage(place, picture)
        frame = view.frames[number]
        below = QRectF(place.x() - 3, place.bottom() + 2, place.width() + 6, theme.px(LABEL) - 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if frame == "solid":
            painter.setPen(QPen(theme.colour("positive"), theme.px(4)))
            painter.drawRect(place)
        elif frame == "dashed":
            painter.setPen(QPen(theme.colour("negative"), theme.px(4), Qt.PenStyle.DashLine))
            painter.drawRect(place)
        painter.setPen(theme.colour("text" if frame else "muted"))
        centre = Qt.AlignmentFlag.AlignCenter
        draw_fitted(painter, below, centre, view.labels[number], theme, TEXT + 2, bool(frame))

    # ---- pointer and keys ------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(event.pos())
            if number is not None and self.view is not None:
                QToolTip.showText(event.globalPos(), self.view.facts[number], self)
                return True
        return super().event(event)

    def _at(self, point: QPoint) -> int | None:
        for number in range(len(self._pictures)):
            if self.place(number).adjusted(0, 0, 0, self._theme.px(LABEL)).contains(point):
                return number
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number is not None:
            self._move_to(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        if by is None or not self._pictures:
            super().keyPressEvent(event)
            return
        self._move_to(min(len(self._pictures) - 1, max(0, self._cursor + by)))

    def _move_to(self, number: int) -> None:
        self._cursor = number
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(10 * (LARGEST + 6)), px(TITLE + LARGEST + LABEL + 4))

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(10 * (LEAST + 6)), px(TITLE + LARGEST + LABEL + 4))
