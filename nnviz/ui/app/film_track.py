"""The moments of a film on a line, evenly spaced, with the present at its end."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.kit.theme import TEXT, Theme

NUMBERED = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Epochs that are written below the line where there is room."""


@dataclass(frozen=True)
class Reel:
    """What the track shows."""

    epochs: Sequence[float]
    """Where each moment stands; the last one is the present."""
    place: int
    """Which one is on screen."""
    words: str
    """That one as a sentence."""


class FilmTrack(QWidget):
    """Asks for a place by mouse, wheel and arrow keys."""

    place_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("film-track")
        self.setAccessibleName("Moment of the film")
        self.setToolTip("Drag, or use the arrow keys, to look back at the run.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._reel = Reel((), 0, "")
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    @property
    def reel(self) -> Reel:
        return self._reel

    def show_reel(self, reel: Reel) -> None:
        if reel != self._reel:
            self._reel = reel
            self.setAccessibleDescription(reel.words)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(360), self._theme.px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(54))

    def x_of(self, place: int) -> float:
        """Where a moment stands in the widget."""
        left, right = self._ends()
        return left + (right - left) * place / max(1, len(self._reel.epochs) - 1)

    # ---- what the user does ----------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose_at(event.position().x())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self._choose(self._reel.place + (1 if turned > 0 else -1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, place = Qt.Key, self._reel.place
        wanted = {
            keys.Key_Left: place - 1,
            keys.Key_Down: place - 1,
            keys.Key_Right: place + 1,
            keys.Key_Up: place + 1,
            keys.Key_Home: 0,
            keys.Key_End: len(self._reel.epochs) - 1,
        }.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self._choose(wanted)

    def _choose_at(self, x: float) -> None:
        left, right = self._ends()
        part = (x - left) / max(1.0, right - left)
        self._choose(round(part * (len(self._reel.epochs) - 1)))

    def _choose(self, place: int) -> None:
        place = max(0, min(place, len(self._reel.epochs) - 1))
        if place != self._reel.place:
            self.place_chosen.emit(place)

    def _ends(self) -> tuple[float, float]:
        margin = self._theme.px(14)
        return margin, self.width() - margin

    # ---- drawing ---------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, reel = self._theme, self._reel
        line = theme.px(17)
        left, right = self._ends()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("line"), theme.px(2)))
            painter.drawLine(QPointF(left, line), QPointF(right, line))
            if not reel.epochs:
                return
            here = self.x_of(reel.place)
            tick = theme.px(6)
            painter.drawLines(
                [
                    QLineF(x, line - tick, x, line + tick)
                    for x in map(self.x_of, self._drawn_places())
                ]
            )
            painter.setPen(QPen(theme.colour("text"), theme.px(5)))
            painter.drawLine(QPointF(left, line), QPointF(here, line))
            self._draw_epochs(painter)
            radius = theme.px(11)
            edge = theme.colour("focus" if self.hasFocus() else "background")
            painter.setPen(QPen(edge, theme.px(3)))
            painter.setBrush(theme.colour("text"))
            painter.drawEllipse(QPointF(here, line), radius, radius)

    def _drawn_places(self) -> range:
        """No more ticks than can be told apart."""
        left, right = self._ends()
        count = len(self._reel.epochs)
        room = max(1, int((right - left) / self._theme.px(5)))
        return range(0, count, -(-count // room))

    def _draw_epochs(self, painter: QPainter) -> None:
        theme, epochs = self._theme, self._reel.epochs
        painter.setFont(theme.font(TEXT))
        painter.setPen(theme.colour("muted"))
        width, free = theme.px(46), float("-inf")
        marks = [(0, "start")] if epochs[0] == 0 else []
        for epoch in NUMBERED:
            place = bisect_right(epochs, epoch - 1e-6)
            if place < len(epochs) and abs(epochs[place] - epoch) < 0.01:
                marks.append((place, f"{epoch}" if len(marks) > 1 else f"epoch {epoch}"))
        for place, words in marks:
            x = self.x_of(place)
            wide = painter.fontMetrics().horizontalAdvance(words)
            x = min(max(x, wide / 2 + 2), self.width() - wide / 2 - 2)
            if x - wide / 2 < free:
                continue
            box = QRectF(x - width, theme.px(28), 2 * width, theme.px(26))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            free = x + wide / 2 + theme.px(10)
