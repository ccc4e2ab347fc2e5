"""Reliability curves: what was said against how often it was so, and how often it was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnviz.questions.reliability import Reliability
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.plain_plot import dress_plot, plain_plot, set_ticks
from nnviz.ui.kit.theme import Theme

FIFTHS = [(share, f"{100 * share:.0f}") for share in (0, 0.2, 0.4, 0.6, 0.8, 1)]
FLOOR = -0.3
"""Decimal logarithm where columns of counts begin, so that a single digit shows."""
TOOLTIP = (
    "Answers in 15 bins by how sure they are; each point is a bin: what was said on\n"
    "average, and how many of its digits were right. On the diagonal the two agree;\n"
    "below it too much is said. Bars: 95 % intervals (Wilson) of the design on screen."
)


@dataclass(frozen=True, eq=False)
class ReliabilityCurve:
    """One design."""

    name: str
    style: LineStyle
    found: Reliability


class ReliabilityPlot(QWidget):
    """The curves, and below them how many digits fall into each bin of the first one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("reliability-plot")
        self.setAccessibleName("Reliability curves")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self.curves: tuple[ReliabilityCurve, ...] = ()
        self._plot: Any = None
        self._counts: Any = None
        self._lines: list[Any] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def load(self) -> None:
        """Imports the plot library and makes the plots. May be called twice."""
        if self._plot is not None:
            return
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        self._plot = plain_plot("reliability", "Said against right", TOOLTIP)
        self._counts = plain_plot(
            "bin-counts",
            "Digits in each bin",
            "How many digits fall into each bin of the design on screen; each line is ten times "
            "the one below.",
        )
        self._ideal = self._plot.plot([0, 1], [0, 1])
        self._errors = pyqtgraph.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=0.0)
        self._plot.addItem(self._errors)
        self._bars = self._counts.plot(stepMode="center", fillLevel=FLOOR)
        self._column.addWidget(self._plot, 5)
        self._column.addWidget(self._counts, 3)
        self.use_theme(self._theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        if self._plot is None:
            return
        dress_plot(self._plot, theme, "right %", "", 92)
        dress_plot(self._counts, theme, "digits", "how sure it says it is, %", 92)
        for plot in (self._plot, self._counts):
            set_ticks(plot, "bottom", FIFTHS)
            plot.setXRange(0, 1, padding=0.06)
        set_ticks(self._plot, "left", FIFTHS)
        self._plot.setYRange(0, 1, padding=0.07)
        pen = QPen(theme.colour("muted"), theme.px(2))
        pen.setCosmetic(True)
        pen.setDashPattern([2, 3])
        self._ideal.setPen(pen)
        self._draw()

    def show_curves(self, curves: Sequence[ReliabilityCurve]) -> None:
        """Draws these, the first one with intervals and counts."""
        self.curves = tuple(curves)
        told = [f"{curve.name} off by {100 * curve.found.error:.1f} percent" for curve in curves]
        self.setAccessibleDescription("; ".join(told) or "No curve yet")
        self._draw()

    def _draw(self) -> None:
        if self._plot is None:
            return
        theme = self._theme
        while len(self._lines) < len(self.curves):
            self._lines.append(self._plot.plot())
        for line in self._lines[len(self.curves) :]:
            line.setData([], [])
        for line, curve in zip(self._lines, self.curves, strict=False):
            line.setData(
                curve.found.said,
                curve.found.true,
                pen=curve.style.pen(theme),
                symbol=curve.style.symbol_path(),
                symbolSize=theme.px(14),
                symbolPen=None,
                symbolBrush=curve.style.colour(theme),
            )
        self._draw_first(self.curves[0] if self.curves else None)

    def _draw_first(self, curve: ReliabilityCurve | None) -> None:
        theme, nothing = self._theme, np.zeros(0)
        if curve is None:
            self._errors.setData(x=nothing, y=nothing, top=nothing, bottom=nothing)
            self._bars.setData(np.zeros(1), nothing)
            return
        found, pen = curve.found, QPen(curve.style.colour(theme), theme.px(2))
        pen.setCosmetic(True)
        low, high = found.intervals().T
        self._errors.setData(
            x=found.said, y=found.true, top=high - found.true, bottom=found.true - low, pen=pen
        )
        heights = np.log10(np.maximum(found.counts, 10**FLOOR))
        colour = QColor(curve.style.colour(theme))
        edges = np.linspace(0, 1, len(found.counts) + 1)
        self._bars.setData(edges, heights, pen=pen, brush=colour)
        most = int(np.ceil(np.log10(max(10, found.counts.max(initial=1)))))
        set_ticks(self._counts, "left", [(each, f"{10**each:,}") for each in range(0, most + 1, 2)])
        self._counts.setYRange(FLOOR, most, padding=0.1)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(320))
