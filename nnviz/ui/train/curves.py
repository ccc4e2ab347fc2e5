"""Accuracy and cost of a run as two curves each, drawn by pyqtgraph."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.networks.curves import Point
from nnviz.ui.kit.plain_plot import NO_PREFIX
from nnviz.ui.kit.theme import Theme

LOWEST_ACCURACY = 50.0
"""Where the accuracy axis begins once the run has passed ZOOMED_FROM; before, at 0."""
ZOOMED_FROM = 85.0
FEW = 5
"""Points below which each one is marked."""


class Curves(QWidget):
    """Two plots over epochs. Empty until `load`, because the plot library takes its time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("curves")
        self.setAccessibleName("Curves of accuracy and cost")
        self._theme = theme
        self._points: Sequence[Point] = ()
        self._epoch_length = 1
        self._plots: list[_Plot] = []
        self._legend = CurveLegend(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._legend)

    def load(self) -> None:
        """Imports the plot library and makes the plots. May be called twice."""
        if self._plots:
            return
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        pyqtgraph.setConfigOptions(antialias=True)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        self._plots = [_Plot(pyqtgraph, "accuracy %"), _Plot(pyqtgraph, "cost")]
        for place, plot in zip((0, 2), self._plots, strict=True):
            row.insertWidget(place, plot.widget, 1)
        self.use_theme(self._theme)
        self._draw()

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._legend.use_theme(theme)
        for plot in self._plots:
            plot.use_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for plot in self._plots:
            plot.show_ticks(self._theme)

    def show_points(
        self, points: Sequence[Point], epoch_length: int, test_name: str = "test"
    ) -> None:
        """Draws the curves of a run so far; `test_name` says which test digits they are of."""
        if points is self._points and epoch_length == self._epoch_length:
            return
        self._points, self._epoch_length = points, epoch_length
        self._legend.show_last(points[-1] if points else None, test_name)
        self.setAccessibleDescription(self._legend.words)
        self._draw()

    def _draw(self) -> None:
        if not self._plots:
            return
        points = self._points
        epochs = np.array([point.examples for point in points]) / self._epoch_length
        accuracy, cost = self._plots
        accuracy.show(
            epochs,
            np.array([100 * point.train_accuracy for point in points]),
            np.array([100 * point.test_accuracy for point in points]),
        )
        cost.show(
            epochs,
            np.array([point.train_cost for point in points]),
            np.array([point.test_cost for point in points]),
        )
        best = max((100 * point.test_accuracy for point in points), default=100)
        last = 100 * points[-1].test_accuracy if points else best
        zoomed = best > ZOOMED_FROM and last > LOWEST_ACCURACY
        accuracy.bound(LOWEST_ACCURACY if zoomed else 0, 100)
        after = points[1:] if len(points) >= FEW else points  # the first one is far above
        settled = [max(point.train_cost, point.test_cost) for point in after]
        cost.bound(0, max(settled, default=1) * 1.05)


class _Plot:
    """One plot: training dashed, test solid."""

    def __init__(self, pyqtgraph: Any, quantity: str) -> None:
        self._pyqtgraph = pyqtgraph
        self._quantity = quantity
        self.widget = pyqtgraph.PlotWidget(enableMenu=False)
        self.widget.setObjectName(f"plot-{quantity.split()[0]}")
        self.widget.setAccessibleName(f"Curve of {quantity}")
        self.widget.setToolTip(
            f"The {quantity} over the epochs: test digits solid, training digits dashed."
        )
        self.widget.setMouseEnabled(x=False, y=False)
        self.widget.hideButtons()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.widget.getPlotItem()
        menu = item.ctrlMenu  # made all the same, and owned by nobody
        menu.setParent(self.widget, menu.windowFlags())
        item.showGrid(y=True, alpha=0.35)
        self._train, self._test = item.plot(), item.plot()

    def use_theme(self, theme: Theme) -> None:
        make_pen = self._pyqtgraph.mkPen
        self.widget.setBackground(theme.colour("panel"))
        item = self.widget.getPlotItem()
        for side, label in (("left", self._quantity), ("bottom", "epochs")):
            axis = item.getAxis(side)
            axis.setPen(make_pen(theme.colour("line")))
            axis.setTextPen(make_pen(theme.colour("text")))
            axis.setTickFont(theme.font())
            axis.setLabel(
                label,
                siPrefixEnableRanges=NO_PREFIX,
                **{"font-size": f"{theme.px(20)}px", "color": theme.colours.text},
            )
            axis.setStyle(tickTextOffset=theme.px(4), maxTickLevel=0)
        item.getAxis("left").setWidth(theme.px(78))
        item.getAxis("bottom").setHeight(theme.px(50))
        item.layout.setContentsMargins(0, theme.px(10), theme.px(16), 0)
        for curve, pen in ((self._train, _train_pen(theme)), (self._test, _test_pen(theme))):
            curve.setPen(pen)
            curve.setSymbolSize(theme.px(10))
            curve.setSymbolPen(make_pen(pen.color()))
            curve.setSymbolBrush(pen.color())

    def show(self, epochs: np.ndarray, train: np.ndarray, test: np.ndarray) -> None:
        # a line between so few points hardly shows
        symbol = "o" if len(epochs) < FEW else None
        self._train.setData(epochs, train, symbol=symbol)
        self._test.setData(epochs, test, symbol=symbol)
        end = float(epochs[-1]) if len(epochs) else 1.0
        self.widget.setXRange(0, max(end, 0.1), padding=0.02)

    def show_ticks(self, theme: Theme) -> None:
        """As many numbers on the axis as there is room for."""
        item = self.widget.getPlotItem()
        room = self.widget.width() / theme.px(60)
        item.getAxis("bottom").setTickDensity(min(1.0, max(0.2, room / 6)))

    def bound(self, low: float, high: float) -> None:
        self.widget.setYRange(low, high, padding=0.03)


class CurveLegend(QWidget):
    """Which line is which, and where each one stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._last: Point | None = None
        self._test_name = "test"

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_last(self, point: Point | None, test_name: str) -> None:
        self._last, self._test_name = point, test_name
        self.update()

    @property
    def words(self) -> str:
        """The legend as a sentence."""
        return ", ".join(f"{name} {value}" for name, _, value, _ in self._rows()) or "No curve yet"

    def _rows(self) -> list[tuple[str, QPen, str, QColor]]:
        theme, point = self._theme, self._last
        if point is None:
            return []
        return [
            (
                self._test_name,
                _test_pen(theme),
                _values(point.test_accuracy, point.test_cost),
                theme.colour("text"),
            ),
            (
                "training",
                _train_pen(theme),
                _values(point.train_accuracy, point.train_cost),
                theme.colour("muted"),
            ),
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = theme.px(28)
            rows = self._rows()
            y = max(0, (self.height() - 2 * line * len(rows)) / 2 - theme.px(10))
            for name, pen, value, colour in rows:
                painter.setPen(pen)
                middle = int(y + line / 2)
                painter.drawLine(theme.px(2), middle, theme.px(46), middle)
                painter.setPen(colour)
                for offset, text, bold in ((0, name, False), (line, value, True)):
                    painter.setFont(theme.font(bold=bold))
                    left = theme.px(56) if not offset else theme.px(2)
                    place = QRectF(left, y + offset, self.width() - left, line)
                    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
                y += 2 * line + theme.px(4)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(158), self._theme.px(130))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _values(accuracy: float, cost: float) -> str:
    return f"{accuracy:.1%}".replace("%", " %") + f"  {cost:.2f}"


def _train_pen(theme: Theme) -> QPen:
    pen = QPen(theme.colour("muted"), theme.px(2))
    pen.setDashPattern([4, 3])
    pen.setCosmetic(True)
    return pen


def _test_pen(theme: Theme) -> QPen:
    pen = QPen(theme.colour("text"), theme.px(3))
    pen.setCosmetic(True)
    return pen
