"""Reliability curves: what was said against how often it was so, and how often it was said."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.questions.reliability import Reliability
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.plot import Axes, line_pen, paint_axes, tips, widened
from nnviz.ui.kit.plot_marks import Columns, Intervals, Line, Mark
from nnviz.ui.mistakes import trust_words as words
from nnviz.words import listed, number

FIFTHS = tuple((share, number(100 * share)) for share in (0, 0.2, 0.4, 0.6, 0.8, 1))
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


class ReliabilityPlot(Picture[ReliabilityView]):
    """The curves, and below them how many digits fall into each bin of the first one."""

    id = "reliability-plot"
    title = words.RELIABILITY
    least = (300, 320)
    keys = False

    def wanted_size(self, view: ReliabilityView | None) -> tuple[float, float]:
        return (480, 320)

    def regions(self, view: ReliabilityView) -> Iterable[Region]:
        return tips(self.axes(view), self.room)

    def paint(self, canvas: Canvas, view: ReliabilityView) -> None:
        paint_axes(canvas, self.axes(view), self.room)

    def axes(self, view: ReliabilityView) -> Sequence[Axes]:
        """What is drawn."""
        theme = self.theme
        across = widened(0, 1, 0.06)
        marks: list[Mark] = [Line(ENDS, ENDS, line_pen(theme, "muted", 2, (2, 3)))]
        first = view.curves[0] if view.curves else None
        if first is not None:
            low, high = first.found.intervals().T
            pen = line_pen(theme, first.style.colour(theme), 2)
            marks.append(Intervals(first.found.said, low, high, pen))
        marks += [
            Line(
                each.found.said,
                each.found.true,
                each.style.pen(theme),
                each.style.symbol_path(),
                theme.px(14),
                each.style.colour(theme),
            )
            for each in view.curves
        ]
        curves = Axes(
            words.SAID_AGAINST_RIGHT,
            words.RELIABILITY_TIP,
            across,
            widened(0, 1, 0.07),
            marks,
            words.RIGHT_AXIS,
            x_numbers=FIFTHS,
            y_numbers=FIFTHS,
            wide=92,
            height=5,
        )
        most = 1
        if first is not None:
            most = math.ceil(math.log10(max(10, first.found.counts.max(initial=1))))
        counts = Axes(
            words.BIN_COUNTS,
            words.BIN_COUNTS_TIP,
            across,
            widened(FLOOR, most, 0.1),
            () if first is None else (self._columns(first),),
            words.COUNT_AXIS,
            words.SURE_AXIS,
            x_numbers=FIFTHS,
            y_numbers=tuple((each, number(10**each)) for each in range(0, most + 1, 2)),
            wide=92,
            height=3,
        )
        return curves, counts

    def _columns(self, curve: ReliabilityCurve) -> Columns:
        """How many digits fall into each bin."""
        counts, colour = curve.found.counts, curve.style.colour(self.theme)
        edges = np.linspace(0, 1, len(counts) + 1)
        heights = np.log10(np.maximum(counts, 10**FLOOR))
        return Columns(edges, heights, FLOOR, line_pen(self.theme, colour, 2), colour)

    def words(self, view: ReliabilityView) -> str:
        if not view.curves:
            return words.NO_CURVE
        return listed(words.curve_told(each.name, each.found) for each in view.curves)
