"""How many digits are answered against how many of the answers are right, with a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnviz.questions.reliability import Selected
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.plain_plot import dress_plot, plain_plot, set_ticks
from nnviz.ui.kit.theme import Theme

Doubles = NDArray[np.float64]
MOST_POINTS = 600
ZOOMED = 0.8
"""Coverage at which the zoomed curve begins."""
LEAST_COVERAGE = 0.02
"""A few answers say nothing about accuracy."""
FLOORS = (0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0.0)
"""Where the axis of accuracy can begin."""
TOOLTIP = (
    "The surest answers at the left, all of them at the right: how many of the digits\n"
    "answered are right. The ring is where the threshold stands."
)


@dataclass(frozen=True, eq=False)
class CoverageCurve:
    """One design."""

    name: str
    style: LineStyle
    coverage: Doubles
    accuracy: Doubles


class CoveragePlot(QWidget):
    """The first curve has the ring of the threshold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("coverage-plot")
        self.setAccessibleName("Accuracy against coverage")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self.curves: tuple[CoverageCurve, ...] = ()
        self.at: Selected | None = None
        self._least = 0.0
        self._plot: Any = None
        self._lines: list[Any] = []
        self._names = _Names(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def load(self) -> None:
        """Imports the plot library and makes the plot. May be called twice."""
        if self._plot is not None:
            return
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        self._plot = plain_plot("coverage", "Accuracy against coverage", TOOLTIP)
        self._ring = pyqtgraph.ScatterPlotItem(pxMode=True)
        self._plot.addItem(self._ring)
        self._ring.setZValue(1)
        self._column.addWidget(self._plot)
        self.use_theme(self._theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self._names.use_theme(theme)
        if self._plot is not None:
            dress_plot(self._plot, theme, "right, % of these", "digits answered, %", wide=92)
            self._draw()

    def show_curves(
        self, curves: Sequence[CoverageCurve], at: Selected | None, zoomed: bool = False
    ) -> None:
        """Draws these, zoomed from ZOOMED on; `at` is what the threshold leaves of the first."""
        self.curves, self.at = tuple(curves), at
        self._least = ZOOMED if zoomed else 0.0
        self._names.show_names([(curve.name, curve.style) for curve in curves])
        told = "No curve yet"
        if at is not None and at.answered:
            told = (
                f"Answers {100 * at.coverage:.1f} percent of the digits, "
                f"{100 * at.accuracy:.2f} percent of them right"
            )
        self.setAccessibleDescription(told)
        self._draw()

    def _draw(self) -> None:
        if self._plot is None:
            return
        theme = self._theme
        while len(self._lines) < len(self.curves):
            self._lines.append(self._plot.plot())
        for line in self._lines[len(self.curves) :]:
            line.setData([], [])
        lowest = 1.0
        for line, curve in zip(self._lines, self.curves, strict=False):
            shown = np.flatnonzero(curve.coverage >= max(LEAST_COVERAGE, self._least))
            if not len(shown):
                line.setData([], [])
                continue
            few = shown[np.unique(np.linspace(0, len(shown) - 1, MOST_POINTS).astype(np.intp))]
            line.setData(
                100 * curve.coverage[few], 100 * curve.accuracy[few], pen=curve.style.pen(theme)
            )
            lowest = min(lowest, float(curve.accuracy[few].min(initial=1.0)))
        at = self.at
        if at is None or not at.answered or at.coverage < self._least:
            self._ring.setData([], [])
        else:
            lowest = min(lowest, at.accuracy)
            pen = QPen(theme.colour("focus"), theme.px(4))
            pen.setCosmetic(True)
            self._ring.setData(
                [100 * at.coverage],
                [100 * at.accuracy],
                symbol="o",
                size=theme.px(24),
                brush=None,
                pen=pen,
            )
        floor = next(floor for floor in FLOORS if floor <= lowest)
        step = (1 - floor) / 5
        places = 1 if step < 0.01 else 0
        ticks = [floor + step * number for number in range(6)]
        set_ticks(self._plot, "left", [(100 * each, f"{100 * each:.{places}f}") for each in ticks])
        self._plot.setYRange(100 * floor, 100, padding=0.06)
        ticks = np.linspace(self._least, 1, 6).tolist()
        set_ticks(self._plot, "bottom", [(100 * each, f"{100 * each:.0f}") for each in ticks])
        self._plot.setXRange(100 * self._least, 100, padding=0.06)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._names.resize(self.size())
        self._names.raise_()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(210))


class _Names(QWidget):
    """Which curve is which, where the plot is always empty: few answers, badly chosen."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self._names: Sequence[tuple[str, LineStyle]] = ()

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_names(self, names: Sequence[tuple[str, LineStyle]]) -> None:
        self._names = names if len(names) > 1 else ()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        line, align = px(28), Qt.AlignmentFlag.AlignVCenter
        top = self.height() - px(66) - line * len(self._names)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (name, style) in enumerate(self._names):
                row = QRectF(px(122), top + number * line, px(48), line)
                style.draw_sample(painter, row, theme)
                painter.setPen(theme.colour("text"))
                words = QRectF(row.right() + px(8), row.y(), px(170), line)
                draw_fitted(painter, words, align, name, theme)
