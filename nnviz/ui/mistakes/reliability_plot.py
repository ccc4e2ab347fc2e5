"""Reliability curves: what was said against how often it was so, and how often it was said."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Signal

from nnviz.questions.reliability import BINS, Bin, Reliability
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.plot import Axes, Plot, line_pen
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.mistakes import trust_words as words
from nnviz.words import listed, number

FIFTHS = [(share, number(100 * share)) for share in (0, 0.2, 0.4, 0.6, 0.8, 1)]
FLOOR = -0.3
"""Decimal logarithm where columns of counts begin, so that a single digit shows."""
NEAR = 24
"""How far from a point a click still means it."""
ENDS = np.array([0.0, 1.0])


@dataclass(frozen=True, eq=False)
class ReliabilityCurve:
    """One design."""

    name: str
    style: LineStyle
    found: Reliability
    design: str = ""

    def bins(self) -> Sequence[Bin]:
        """Those of its points."""
        together = BINS // len(self.found.counts)
        firsts = (self.found.filled * together).tolist()
        return [Bin(first, first + together - 1, design=self.design) for first in firsts]


@dataclass(frozen=True)
class ReliabilityView:
    """The curves; the first one has intervals and counts."""

    curves: tuple[ReliabilityCurve, ...]
    bin: Bin | None = None
    """Whose digits are listed."""


class ReliabilityPlot(Plot[ReliabilityView]):
    """The curves, and below them how many digits fall into each bin of the first one; tells which
    Bin was clicked, as a point or as a bar."""

    chosen = Signal(object)

    id = "reliability-plot"
    title = words.RELIABILITY
    least = (300, 215)
    wanted = (480, 280)

    def make(self) -> Sequence[tuple[Axes, int]]:
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        curves = Axes(
            "reliability",
            words.SAID_AGAINST_RIGHT,
            words.RELIABILITY_TIP,
            words.RIGHT_AXIS,
        )
        counts = Axes(
            "bin-counts",
            words.BIN_COUNTS,
            words.BIN_COUNTS_TIP,
            words.COUNT_AXIS,
            words.SURE_AXIS,
        )
        curves.curve("ideal", ENDS, ENDS, None)
        self._errors = pyqtgraph.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=0.0)
        curves.widget.addItem(self._errors)
        self._bars = counts.item.plot(stepMode="center", fillLevel=FLOOR)
        self._ring = pyqtgraph.ScatterPlotItem(pxMode=True)
        curves.widget.addItem(self._ring)
        curves.widget.scene().sigMouseClicked.connect(
            lambda event: self.press_point(curves.item.vb, event.scenePos())
        )
        counts.widget.scene().sigMouseClicked.connect(
            lambda event: self.press_bar(counts.item.vb.mapSceneToView(event.scenePos()).x())
        )
        return (curves, 5), (counts, 3)

    def dress(self, theme: Theme) -> None:
        curves = self.axes[0]
        for axes in self.axes:
            axes.dress(theme, wide=92)
            axes.ticks("bottom", FIFTHS)
            axes.widget.setXRange(0, 1, padding=0.06)
        curves.ticks("left", FIFTHS)
        curves.widget.setYRange(0, 1, padding=0.07)
        curves.curve("ideal", ENDS, ENDS, line_pen(theme, "muted", 2, (2, 3)))

    def draw(self, view: ReliabilityView) -> None:
        theme, curves = self.theme, self.axes[0]
        for each in view.curves:
            curves.curve(
                each.name,
                each.found.said,
                each.found.true,
                each.style.pen(theme),
                each.style.symbol_path(),
                theme.px(14),
            )
        curves.keep(["ideal", *(each.name for each in view.curves)])
        self._draw_ring(view)
        self._draw_first(view.curves[0] if view.curves else None)

    def press_point(self, box: Any, at: QPointF) -> None:
        """A click on the curves, at a place of their scene: the nearest point near enough."""
        found = [
            (math.hypot(place.x() - at.x(), place.y() - at.y()), bin)
            for curve in self.view.curves
            for bin, said, true in zip(
                curve.bins(), curve.found.said.tolist(), curve.found.true.tolist(), strict=True
            )
            for place in (box.mapViewToScene(QPointF(said, true)),)
        ]
        distance, nearest = min(found, key=lambda each: each[0], default=(math.inf, None))
        if distance <= self.theme.px(NEAR):
            self.chosen.emit(nearest)

    def press_bar(self, said: float) -> None:
        """A click on the bars: that of what was said, 0..1."""
        if self.view.curves and 0 <= said <= 1:
            curve = self.view.curves[0]
            place = min(int(said * len(curve.found.counts)), len(curve.found.counts) - 1)
            if curve.found.counts[place]:
                bins = dict(zip(curve.found.filled.tolist(), curve.bins(), strict=True))
                self.chosen.emit(bins[place])

    def _draw_ring(self, view: ReliabilityView) -> None:
        """Round the point of the bin whose digits are listed."""
        places = [
            (float(said), float(true))
            for curve in view.curves
            for bin, said, true in zip(
                curve.bins(), curve.found.said, curve.found.true, strict=True
            )
            if bin == view.bin
        ]
        x, y = zip(*places, strict=True) if places else ((), ())
        pen = line_pen(self.theme, "focus", 4)
        self._ring.setData(x, y, symbol="o", size=self.theme.px(26), brush=None, pen=pen)

    def _draw_first(self, curve: ReliabilityCurve | None) -> None:
        if curve is None:
            nothing = np.zeros(0)
            self._errors.setData(x=nothing, y=nothing, top=nothing, bottom=nothing)
            self._bars.setData(np.zeros(1), nothing)
            return
        found, colour = curve.found, curve.style.colour(self.theme)
        pen = line_pen(self.theme, colour, 2)
        low, high = found.intervals().T
        self._errors.setData(
            x=found.said, y=found.true, top=high - found.true, bottom=found.true - low, pen=pen
        )
        heights = np.log10(np.maximum(found.counts, 10**FLOOR))
        edges = np.linspace(0, 1, len(found.counts) + 1)
        self._bars.setData(edges, heights, pen=pen, brush=colour)
        most = int(np.ceil(np.log10(max(10, found.counts.max(initial=1)))))
        counts = self.axes[1]
        counts.ticks("left", [(each, number(10**each)) for each in range(0, most + 1, 2)])
        counts.widget.setYRange(FLOOR, most, padding=0.1)

    def table(self, view: ReliabilityView) -> Twin:
        return reliability_twin((each.name, each.found) for each in view.curves)

    def words(self, view: ReliabilityView) -> str:
        if not view.curves:
            return words.NO_CURVE
        return listed(words.curve_told(each.name, each.found) for each in view.curves)


def reliability_twin(curves: Iterable[tuple[str, Reliability]]) -> Twin:
    """A row for each bin of each curve that has digits."""
    rows = (
        (name, said, true, low, high, count)
        for name, found in curves
        for said, true, (low, high), count in zip(
            found.said, found.true, found.intervals(), found.counts[found.filled], strict=True
        )
    )
    return twin_of(
        (heads.DESIGN, heads.SAID, heads.RIGHT, heads.LOW, heads.HIGH, heads.DIGITS), rows
    )
