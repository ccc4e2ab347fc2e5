"""Reliability curves: what was said against how often it was so, and how often it was said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.questions.reliability import Reliability
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
ENDS = np.array([0.0, 1.0])


@dataclass(frozen=True, eq=False)
class ReliabilityCurve:
    """One design."""

    name: str
    style: LineStyle
    found: Reliability


@dataclass(frozen=True)
class ReliabilityView:
    """The curves; the first one has intervals and counts."""

    curves: tuple[ReliabilityCurve, ...]


class ReliabilityPlot(Plot[ReliabilityView]):
    """The curves, and below them how many digits fall into each bin of the first one."""

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
        self._draw_first(view.curves[0] if view.curves else None)

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
