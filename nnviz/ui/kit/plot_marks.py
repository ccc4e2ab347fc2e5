"""What stands on the axes of a plot: lines, points, columns and intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF

from nnviz.ui.kit.canvas import Canvas

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Reach:
    """The numbers that lie in a place of the screen: from left to right and from below."""

    place: QRectF
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, x: Values) -> Values:
        """Pixels from the left of the screen."""
        low, high = self.x
        return self.place.left() + (x - low) / (high - low) * self.place.width()

    def down(self, y: Values) -> Values:
        """Pixels from the top of the screen."""
        low, high = self.y
        return self.place.bottom() - (y - low) / (high - low) * self.place.height()

    def points(self, x: Values, y: Values) -> list[QPointF]:
        """Those that are numbers: a cost may have grown beyond all of them."""
        there = np.isfinite(x) & np.isfinite(y)
        across, down = self.across(x[there]).tolist(), self.down(y[there]).tolist()
        return [QPointF(*each) for each in zip(across, down, strict=True)]


def disc() -> QPainterPath:
    """A round symbol."""
    path = QPainterPath()
    path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
    return path


@dataclass(frozen=True, eq=False)
class Line:
    """A curve through points (points,), or symbols on them, or both."""

    x: Values
    y: Values
    pen: QPen | None = None
    symbol: QPainterPath | None = None
    """With a size of 1 around (0, 0)"""
    size: float = 0
    """Of the symbols, in pixels"""
    fill: QColor | None = None
    edge: QPen | None = None
    """Of the symbols"""

    def paint(self, canvas: Canvas, reach: Reach) -> None:
        points = reach.points(self.x, self.y)
        if self.pen is not None:
            canvas.setPen(self.pen)
            canvas.setBrush(Qt.BrushStyle.NoBrush)
            canvas.drawPolyline(QPolygonF(points))
        if self.symbol is not None:
            canvas.setPen(self.edge if self.edge is not None else canvas.stroke(""))
            canvas.setBrush(QBrush(self.fill) if self.fill is not None else Qt.BrushStyle.NoBrush)
            for point in points:
                canvas.save()
                canvas.translate(point)
                canvas.scale(self.size, self.size)
                canvas.drawPath(self.symbol)
                canvas.restore()


@dataclass(frozen=True, eq=False)
class Columns:
    """A column from `floor` to each height (columns,) between its edges (columns + 1,)."""

    edges: Values
    heights: Values
    floor: float
    pen: QPen
    fill: QColor

    def paint(self, canvas: Canvas, reach: Reach) -> None:
        edges, tops = reach.across(self.edges).tolist(), reach.down(self.heights).tolist()
        below = float(reach.down(np.array([self.floor]))[0])
        canvas.setPen(self.pen)
        canvas.setBrush(self.fill)
        for left, right, top in zip(edges[:-1], edges[1:], tops, strict=True):
            if top < below:
                canvas.drawRect(QRectF(QPointF(left, top), QPointF(right, below)))


@dataclass(frozen=True, eq=False)
class Intervals:
    """An upright line from `low` to `high` (points,) at each place on the lower axis."""

    x: Values
    low: Values
    high: Values
    pen: QPen

    def paint(self, canvas: Canvas, reach: Reach) -> None:
        canvas.setPen(self.pen)
        ends = zip(reach.points(self.x, self.low), reach.points(self.x, self.high), strict=True)
        canvas.drawLines([QLineF(*each) for each in ends])


Mark = Line | Columns | Intervals
