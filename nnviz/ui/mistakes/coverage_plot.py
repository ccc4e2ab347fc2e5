"""How many digits are answered against how many of the answers are right, with a threshold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from nnviz.questions.reliability import Selected
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.number_axis import Ticks
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.plot import Axes, line_pen, paint_axes, tips, widened
from nnviz.ui.kit.plot_marks import Line, Values, disc
from nnviz.ui.mistakes import trust_words as words
from nnviz.words import number

MOST_POINTS = 600
ZOOMED = 0.8
"""Coverage at which the zoomed curve begins."""
LEAST_COVERAGE = 0.02
"""A few answers say nothing about accuracy."""
FLOORS = (0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0.0)
"""Where the axis of accuracy can begin."""


@dataclass(frozen=True, eq=False)
class CoverageCurve:
    """One design."""

    name: str
    style: LineStyle
    coverage: Values
    accuracy: Values


@dataclass(frozen=True)
class CoverageView:
    """The curves; the first one has the ring of the threshold."""

    curves: tuple[CoverageCurve, ...] = ()
    at: Selected | None = None
    """What the threshold leaves of the first."""
    zoomed: bool = False
    """Whether the axis begins at ZOOMED."""


class CoveragePlot(Picture[CoverageView]):
    """Names the curves where the plot is always empty: few answers, badly chosen."""

    id = "coverage-plot"
    title = words.COVERAGE
    least = (300, 210)
    keys = False

    def wanted_size(self, view: CoverageView | None) -> tuple[float, float]:
        return (480, 270)

    def regions(self, view: CoverageView) -> Iterable[Region]:
        return tips(self.axes(view), self.room)

    def axes(self, view: CoverageView) -> Sequence[Axes]:
        """What is drawn."""
        least, lowest, lines = ZOOMED if view.zoomed else 0.0, 1.0, []
        for curve in view.curves:
            shown = np.flatnonzero(curve.coverage >= max(LEAST_COVERAGE, least))
            few = np.unique(np.linspace(0, len(shown) - 1, MOST_POINTS).astype(np.intp))
            few = shown[few] if len(shown) else shown
            coverage, accuracy = curve.coverage[few], curve.accuracy[few]
            lines.append(Line(100 * coverage, 100 * accuracy, curve.style.pen(self.theme)))
            lowest = min(lowest, float(accuracy.min(initial=1.0)))
        at = view.at
        if at is not None and at.answered and at.coverage >= least:
            lowest = min(lowest, at.accuracy)
            lines.append(self._ring(100 * at.coverage, 100 * at.accuracy))
        floor = next(floor for floor in FLOORS if floor <= lowest)
        return [
            Axes(
                words.COVERAGE,
                words.COVERAGE_TIP,
                widened(100 * least, 100, 0.06),
                widened(100 * floor, 100, 0.06),
                lines,
                words.THESE_RIGHT_AXIS,
                words.ANSWERED_AXIS,
                x_numbers=_fifths(least),
                y_numbers=_fifths(floor, decimals=1 if floor > 0.95 else 0),
                wide=92,
            )
        ]

    def _ring(self, x: float, y: float) -> Line:
        size, pen = self.theme.px(24), line_pen(self.theme, "focus", 4)
        return Line(np.array([x]), np.array([y]), symbol=disc(), size=size, edge=pen)

    def paint(self, canvas: Canvas, view: CoverageView) -> None:
        paint_axes(canvas, self.axes(view), self.room)
        if len(view.curves) > 1:
            self._name(canvas, view.curves)

    def _name(self, canvas: Canvas, curves: Sequence[CoverageCurve]) -> None:
        """Which curve is which."""
        px, line = canvas.px, canvas.px(28)
        top = self.height() - px(66) - line * len(curves)
        for place, curve in enumerate(curves):
            sample = QRectF(px(122), top + place * line, px(48), line)
            curve.style.draw_sample(canvas, sample, self.theme)
            beside = QRectF(sample.right() + px(8), sample.y(), px(170), line)
            canvas.text(beside, curve.name, LEFT)

    def words(self, view: CoverageView) -> str:
        return words.coverage_told(view.at)


def _fifths(start: float, decimals: int = 0) -> Ticks:
    """Percent from a share to all, in six places."""
    return tuple(
        (each, number(each, decimals)) for each in (100 * np.linspace(start, 1, 6)).tolist()
    )
