"""The moments of a film on a line, evenly spaced, with the present at its end."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from nnviz.ui.app import words
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.words import number

NUMBERED = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Epochs that are written below the line where there is room."""
LINE, MARGIN, KNOB = 17, 14, 11
"""Where the line lies, and the radius of the moment on it, on the design grid."""


@dataclass(frozen=True)
class Reel:
    """What the track shows."""

    epochs: Sequence[float]
    """Where each moment stands; the last one is the present."""
    place: int
    """Which one is on screen."""
    words: str
    """That one as a sentence."""


class FilmTrack(Picture[Reel]):
    """Asks for a place by mouse, wheel and arrow keys."""

    id = "film-track"
    title = words.MOMENT
    tip = words.MOMENT_TIP
    least = (160, 54)
    policy = (Policy.Expanding, Policy.Fixed)

    def wanted_size(self, view: Reel | None) -> tuple[float, float]:
        return 360, self.least[1]

    def words(self, view: Reel) -> str:
        return view.words

    def x_of(self, place: int) -> float:
        """Where a moment stands in the widget."""
        left, right = self._ends()
        return left + (right - left) * place / max(1, len(self.view.epochs) - 1)

    def _ends(self) -> tuple[float, float]:
        margin = self.px(MARGIN)
        return margin, self.width() - margin

    # ---- what the user does ----------------------------------------------------------

    def press(self, point: QPointF) -> None:
        left, right = self._ends()
        part = (point.x() - left) / max(1.0, right - left)
        self._choose(round(part * (len(self.view.epochs) - 1)))

    def drag(self, point: QPointF) -> None:
        self.press(point)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned and self.view is not None:
            self._choose(self.view.place + (1 if turned > 0 else -1))
        event.accept()

    def step(self, across: int, down: int) -> bool:
        self._choose(self.view.place + across - down)
        return True

    def key(self, event: QKeyEvent) -> bool:
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.view.epochs) - 1}
        if event.key() not in ends:
            return False
        self._choose(ends[Qt.Key(event.key())])
        return True

    def _choose(self, place: int) -> None:
        place = max(0, min(place, len(self.view.epochs) - 1))
        if place != self.view.place:
            self.choose(place)

    # ---- drawing ---------------------------------------------------------------------

    def ring(self, view: Reel) -> QRectF | None:
        return None  # the moment itself shows where the keys are

    def paint(self, canvas: Canvas, view: Reel) -> None:
        line, tick, (left, right) = self.px(LINE), self.px(6), self._ends()
        canvas.line(QPointF(left, line), QPointF(right, line), "line", 2)
        if not view.epochs:
            return
        xs = map(self.x_of, self._drawn_places(view))
        canvas.drawLines([QLineF(x, line - tick, x, line + tick) for x in xs])
        here = QPointF(self.x_of(view.place), line)
        canvas.line(QPointF(left, line), here, "text", 5)
        self._paint_epochs(canvas, view)
        edge = "focus" if self.shows_cursor else "background"
        canvas.circle(here, self.px(KNOB), "text", edge, 3)

    def _drawn_places(self, view: Reel) -> range:
        """No more ticks than can be told apart."""
        left, right = self._ends()
        count = len(view.epochs)
        room = max(1, int((right - left) / self.px(5)))
        return range(0, count, -(-count // room))

    def _paint_epochs(self, canvas: Canvas, view: Reel) -> None:
        epochs, free = view.epochs, float("-inf")
        marks = [(0, words.START)] if epochs[0] == 0 else []
        for epoch in NUMBERED:
            place = bisect_right(epochs, epoch - 1e-6)
            if place < len(epochs) and abs(epochs[place] - epoch) < 0.01:
                told = number(epoch) if len(marks) > 1 else words.first_epoch(epoch)
                marks.append((place, told))
        canvas.setFont(self.theme.font())
        for place, told in marks:
            x, wide = self.x_of(place), canvas.fontMetrics().horizontalAdvance(told)
            x = min(max(x, wide / 2 + 2), self.width() - wide / 2 - 2)
            if x - wide / 2 >= free:
                box = QRectF(x - self.px(46), self.px(28), 2 * self.px(46), self.px(26))
                canvas.text(box, told, ink="muted")
                free = x + wide / 2 + self.px(10)
