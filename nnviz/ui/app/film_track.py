"""The moments of a film on a line, evenly spaced, with the present at its end."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QWheelEvent

from nnviz.ui.app import words
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.picture import Key, Picture, Policy

NUMBERED = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Epochs that are written below the line where there is room."""
MARGIN, LINE, HEIGHT = 14, 17, 54
"""Of the ends of the line, its place and all of it, on the design grid."""


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
    """Tells a wanted place, by mouse, wheel and arrow keys."""

    id, title, tip = "film-track", words.TRACK, words.TRACK_TIP
    policy = (Policy.Expanding, Policy.Fixed)

    def least_size(self, view: Reel | None) -> tuple[float, float]:
        return 160, HEIGHT

    def wanted_size(self, view: Reel | None) -> tuple[float, float]:
        return 360, HEIGHT

    def words(self, view: Reel) -> str:
        return view.words

    def x_of(self, place: int) -> float:
        """Where a moment stands in the widget."""
        left, right = self._ends()
        return left + (right - left) * place / max(1, len(self.view.epochs) - 1)

    def _ends(self) -> tuple[float, float]:
        return self.px(MARGIN), self.width() - self.px(MARGIN)

    # ---- what the user does ----------------------------------------------------------

    def press(self, point: QPointF) -> None:
        left, right = self._ends()
        part = (point.x() - left) / max(1.0, right - left)
        self._ask(round(part * (len(self.view.epochs) - 1)))

    drag = press

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned and self.view is not None:
            self._ask(self.view.place + (1 if turned > 0 else -1))
        event.accept()

    def step(self, across: int, down: int) -> bool:
        self._ask(self.view.place + across - down)
        return True

    def key(self, event: QKeyEvent) -> bool:
        ends = {Key.Key_Home: 0, Key.Key_End: len(self.view.epochs) - 1}
        wanted = ends.get(Key(event.key()))
        if wanted is not None:
            self._ask(wanted)
        return wanted is not None

    def _ask(self, place: int) -> None:
        place = max(0, min(place, len(self.view.epochs) - 1))
        if place != self.view.place:
            self.choose(place)

    def ring(self, view: Reel) -> QRectF | None:
        if not view.epochs:
            return None
        side = self.px(34)
        place = QRectF(0, 0, side, side)
        place.moveCenter(QPointF(self.x_of(view.place), self.px(LINE)))
        return place

    # ---- drawing ---------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: Reel) -> None:
        line, (left, right) = self.px(LINE), self._ends()
        canvas.line(QPointF(left, line), QPointF(right, line), "line", 2)
        if not view.epochs:
            return
        here, tick = QPointF(self.x_of(view.place), line), self.px(6)
        canvas.drawLines(
            [QLineF(x, line - tick, x, line + tick) for x in map(self.x_of, self._drawn_places())]
        )
        canvas.line(QPointF(left, line), here, "text", 5)
        for place, text in self._epochs(view.epochs):
            canvas.text(place, text, ink="muted")
        canvas.circle(here, self.px(11), "text", "background", 3)

    def _drawn_places(self) -> range:
        """No more ticks than can be told apart."""
        left, right = self._ends()
        count = len(self.view.epochs)
        room = max(1, int((right - left) / self.px(5)))
        return range(0, count, -(-count // room))

    def _epochs(self, epochs: Sequence[float]) -> Iterable[tuple[QRectF, str]]:
        """The numbers below the line, and where each stands."""
        metrics, free = QFontMetricsF(self.theme.font()), float("-inf")
        marks = [(0, words.START_OF_FILM)] if epochs[0] == 0 else []
        for epoch in NUMBERED:
            place = bisect_right(epochs, epoch - 1e-6)
            if place < len(epochs) and abs(epochs[place] - epoch) < 0.01:
                marks.append((place, words.epoch_mark(epoch, first=len(marks) < 2)))
        for place, text in marks:
            wide = metrics.horizontalAdvance(text)
            x = min(max(self.x_of(place), wide / 2 + 2), self.width() - wide / 2 - 2)
            if x - wide / 2 >= free:
                half = self.px(46)
                yield QRectF(x - half, self.px(28), 2 * half, self.px(26)), text
                free = x + wide / 2 + self.px(10)
