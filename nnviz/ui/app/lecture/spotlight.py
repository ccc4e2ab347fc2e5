"""A spotlight: all is dark but for a circle under the mouse, which goes on working."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.app.lecture.blank import Cover

DARK = QColor(0, 0, 0, 190)
USUAL, LEAST, MOST = 0.16, 0.06, 0.45
"""Radius in heights of the window."""
STEP = 1.12
"""How much a turn of the wheel changes it."""
EDGE = 2


class Spotlight(Cover):
    """Paints only what has changed between two places of the circle."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = QPoint()
        self._radius = USUAL

    def toggle(self, at: QPoint) -> None:
        """Darkens all but what is round a point of the window, or nothing any more."""
        if self.lies:
            self.hide()
        else:
            self._at = at
            self.lay()

    @property
    def circle(self) -> QRect:
        """What is bright."""
        radius = round(self._radius * self.height())
        return QRect(self._at.x() - radius, self._at.y() - radius, 2 * radius, 2 * radius)

    def follow(self, at: QPoint) -> None:
        """The mouse is somewhere else."""
        self._change(at, self._radius)

    def grow(self, turns: float) -> None:
        """A larger circle, or with less than 0 turns of the wheel a smaller one."""
        self._change(self._at, min(max(self._radius * STEP**turns, LEAST), MOST))

    def _change(self, at: QPoint, radius: float) -> None:
        before = self.circle
        self._at, self._radius = at, radius
        for place in (before, self.circle):
            self.update(place.adjusted(-EDGE, -EDGE, EDGE, EDGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        dark = QPainterPath()
        dark.addRect(QRectF(event.rect()))
        dark.addEllipse(QRectF(self.circle))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(dark, DARK)
