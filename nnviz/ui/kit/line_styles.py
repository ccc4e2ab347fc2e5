"""How several curves are told apart: colour, dashes and a symbol each."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.theme import Theme


@dataclass(frozen=True)
class LineStyle:
    """One curve. At least 3:1 on the background of either theme."""

    dark: str
    light: str
    dashes: tuple[float, ...]
    """In line widths; empty for a solid line."""
    symbol: tuple[tuple[float, float], ...]
    """Corners between -0.5 and 0.5; empty for a circle."""

    def colour(self, theme: Theme) -> QColor:
        return QColor(self.dark if theme.name == "dark" else self.light)

    def pen(self, theme: Theme) -> QPen:
        pen = QPen(self.colour(theme), theme.px(3))
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self.dashes:
            pen.setDashPattern(list(self.dashes))
        return pen

    def symbol_path(self) -> QPainterPath:
        """The symbol with a size of 1 around (0, 0)."""
        path = QPainterPath()
        if self.symbol:
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in self.symbol]))
            path.closeSubpath()
        else:
            path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
        return path

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        """A sample as the cell of a table."""
        self.draw_sample(canvas, place, canvas.theme)

    def draw_sample(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        """A piece of the line with its symbol, for a legend."""
        pen = self.pen(theme)
        pen.setCosmetic(False)  # no axes below it that are stretched
        painter.setPen(pen)
        middle = place.center()
        painter.drawLine(QPointF(place.left(), middle.y()), QPointF(place.right(), middle.y()))
        painter.save()
        painter.translate(middle)
        painter.scale(theme.px(13), theme.px(13))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(theme))
        painter.drawPath(self.symbol_path())
        painter.restore()


_SQUARE = ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45))
_UP = ((0.0, -0.5), (0.5, 0.45), (-0.5, 0.45))
_DOWN = ((0.0, 0.5), (0.5, -0.45), (-0.5, -0.45))
_DIAMOND = ((0.0, -0.6), (0.5, 0.0), (0.0, 0.6), (-0.5, 0.0))
_BAR = ((-0.18, -0.6), (0.18, -0.6), (0.18, 0.6), (-0.18, 0.6))
_LEFT = ((-0.5, 0.0), (0.45, -0.5), (0.45, 0.5))
_RIGHT = ((0.5, 0.0), (-0.45, -0.5), (-0.45, 0.5))

LINE_STYLES = (
    LineStyle("#E8EAED", "#1A1C1F", (), ()),
    LineStyle("#FFA90E", "#A05F00", (5, 2.5), _SQUARE),
    LineStyle("#5AA9F0", "#1F6FB8", (1.8, 1.8), _UP),
    LineStyle("#92DADD", "#00707A", (8, 2, 1.8, 2), _DIAMOND),
    LineStyle("#F0785A", "#B53A12", (3, 1.5), _DOWN),
    LineStyle("#C9C07A", "#6B5F1D", (10, 3), _BAR),
    LineStyle("#D79BF0", "#832DB6", (5, 2, 1.5, 2, 1.5, 2), _LEFT),
    LineStyle("#8FD694", "#2E7031", (2.5, 4), _RIGHT),
)


def line_style(number: int) -> LineStyle:
    """A style for each number: after the last the colours repeat, with other dashes and symbols."""
    turn, place = divmod(number, len(LINE_STYLES))
    other = LINE_STYLES[(place + 3 * turn) % len(LINE_STYLES)]
    return replace(LINE_STYLES[place], dashes=other.dashes, symbol=other.symbol)
