"""Plus and minus in a filled circle."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def draw_sign(
    painter: QPainter, centre: QPointF, radius: float, colour: QColor, ink: QColor, positive: bool
) -> None:
    """A filled circle with + or -, drawn, so that no font decides how it looks."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(QPen(ink, max(1.5, radius * 0.24)))
    arm = radius * 0.55
    painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0))
    if positive:
        painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm))
