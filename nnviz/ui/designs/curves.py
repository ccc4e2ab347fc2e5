"""The test accuracy of several runs on one pair of axes, drawn by pyqtgraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnviz.networks.curves import Point
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.plain_plot import NO_PREFIX
from nnviz.ui.kit.theme import Theme

LOWEST = ((85.0, 80.0), (60.0, 50.0))
"""Where the axis begins if all curves have come so far; else at 0."""
SYMBOLS = 9
"""Symbols on a curve: enough to tell it apart, few enough to see the line."""


@dataclass(frozen=True)
class RaceCurve:
    """One run."""

    name: str
    style: LineStyle
    points: tuple[Point, ...]
    epoch_length: int


class RaceCurves(QWidget):
    """One plot. Empty until `load`, because the plot library takes its time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("race-curves")
        self.setAccessibleName("Curves of test accuracy")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self._curves: tuple[RaceCurve, ...] = ()
        self._pyqtgraph: Any = None
        self._plot: Any = None
        self._lines: list[tuple[Any, Any]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def load(self) -> None:
        """Imports the plot library and makes the plot. May be called twice."""
        if self._plot is not None:
            return
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        pyqtgraph.setConfigOptions(antialias=True)
        self._pyqtgraph = pyqtgraph
        plot = self._plot = pyqtgraph.PlotWidget(enableMenu=False)
        plot.setObjectName("race-plot")
        plot.setAccessibleName("Plot of test accuracy over epochs")
        plot.setToolTip("Share of the test digits answered right, over the epochs.")
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        menu = plot.getPlotItem().ctrlMenu  # made all the same, and owned by nobody
        menu.setParent(plot, menu.windowFlags())
        plot.getPlotItem().showGrid(y=True, alpha=0.35)
        column = self.layout()
        assert column is not None
        column.addWidget(plot)
        self.use_theme(self._theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        if self._plot is None:
            return
        make_pen = self._pyqtgraph.mkPen
        self._plot.setBackground(theme.colour("panel"))
        item = self._plot.getPlotItem()
        for side, label in (("left", "test accuracy %"), ("bottom", "epochs")):
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
        item.getAxis("left").setWidth(theme.px(82))
        item.getAxis("bottom").setHeight(theme.px(54))
        item.layout.setContentsMargins(0, theme.px(12), theme.px(16), 0)
        self._draw()

    def show_curves(self, curves: Sequence[RaceCurve]) -> None:
        """Draws the curves of runs so far."""
        same = len(curves) == len(self._curves) and all(
            new.points is old.points and new.style is old.style
            for new, old in zip(curves, self._curves, strict=True)
        )
        self._curves = tuple(curves)
        told = [
            f"{curve.name} {100 * curve.points[-1].test_accuracy:.1f} %"
            for curve in curves
            if curve.points
        ]
        self.setAccessibleDescription("; ".join(told) or "No curve yet")
        if not same:
            self._draw()

    def _draw(self) -> None:
        if self._plot is None:
            return
        while len(self._lines) < len(self._curves):
            item = self._plot.getPlotItem()
            symbols = self._pyqtgraph.ScatterPlotItem(pxMode=True)
            line = item.plot()
            item.addItem(symbols)
            self._lines.append((line, symbols))
        for line, symbols in self._lines[len(self._curves) :]:
            line.setData([], [])
            symbols.setData([], [])
        end, last = 0.0, 100.0
        for (line, symbols), curve in zip(self._lines, self._curves, strict=False):
            epochs = np.array([point.examples for point in curve.points]) / curve.epoch_length
            accuracy = np.array([100 * point.test_accuracy for point in curve.points])
            line.setData(epochs, accuracy)
            line.setPen(curve.style.pen(self._theme))
            chosen = _spread(epochs)
            symbols.setData(
                x=epochs[chosen],
                y=accuracy[chosen],
                symbol=curve.style.symbol_path(),
                size=self._theme.px(13),
                pen=None,
                brush=self._pyqtgraph.mkBrush(curve.style.colour(self._theme)),
            )
            if len(epochs):
                end, last = max(end, float(epochs[-1])), min(last, float(accuracy[-1]))
        low = next((low for reached, low in LOWEST if last > reached and end), 0.0)
        self._plot.setXRange(0, max(end, 0.1), padding=0.02)
        self._plot.setYRange(low, 100, padding=0.03)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(460), self._theme.px(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(220))


def _spread(epochs: np.ndarray) -> np.ndarray:
    """Some points, evenly spread over the axis, the last among them."""
    if not len(epochs):
        return np.zeros(0, np.intp)
    wanted = np.linspace(0, epochs[-1], SYMBOLS)[1:]
    return np.unique(np.searchsorted(epochs, wanted).clip(0, len(epochs) - 1))
