"""A tick or a cross on any painter; `Canvas.mark` is the same on a canvas."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


def draw_mark(painter: QPainter, place: QRectF, colour: QColor, scale: float, right: bool) -> None:
    """A tick for right, a cross for wrong, drawn, so that no font decides how it looks."""
    size = 8 * scale
    centre = place.center()
    painter.setPen(QPen(colour, 3.5 * scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if right:
        points = [(-1.0, 0.1), (-0.3, 0.8), (1.0, -0.8)]
        painter.drawPolyline(QPolygonF([centre + QPointF(x * size, y * size) for x, y in points]))
    else:
        for slope in (1, -1):
            arm = QPointF(size * 0.8, slope * size * 0.8)
            painter.drawLine(centre - arm, centre + arm)
