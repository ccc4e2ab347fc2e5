"""How many digits are answered against how many of the answers are right, with a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QResizeEvent

from nnviz.questions.reliability import Selected
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Axes, Plot, Values, line_pen
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, points_of
from nnviz.ui.mistakes import trust_words as words
from nnviz.words import listed, number

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


class CoveragePlot(Plot[CoverageView]):
    """Names the curves where the plot is always empty: few answers, badly chosen."""

    id = "coverage-plot"
    title = words.COVERAGE
    least = (300, 132)
    wanted = (480, 236)

    def __init__(self, theme: Theme, view: CoverageView | None = None) -> None:
        super().__init__(theme, view)
        self._names = CurveNames(theme)
        self._names.setParent(self)
        self._names.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def make(self) -> Sequence[tuple[Axes, int]]:
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        axes = Axes(
            "coverage",
            words.COVERAGE,
            words.COVERAGE_TIP,
            words.THESE_RIGHT_AXIS,
            words.ANSWERED_AXIS,
        )
        self._ring = pyqtgraph.ScatterPlotItem(pxMode=True)
        axes.widget.addItem(self._ring)
        self._ring.setZValue(1)
        return ((axes, 1),)

    def dress(self, theme: Theme) -> None:
        self.axes[0].dress(theme, wide=92)
        self._names.use_theme(theme)
        self._names.raise_()

    def draw(self, view: CoverageView) -> None:
        (axes,), least, lowest = self.axes, ZOOMED if view.zoomed else 0.0, 1.0
        if len(view.curves) > 1:
            self._names.show_view(view.curves)
        else:
            self._names.show_nothing()
        for curve in view.curves:
            shown = np.flatnonzero(curve.coverage >= max(LEAST_COVERAGE, least))
            few = np.unique(np.linspace(0, len(shown) - 1, MOST_POINTS).astype(np.intp))
            few = shown[few] if len(shown) else shown
            accuracy = curve.accuracy[few]
            axes.curve(
                curve.name, 100 * curve.coverage[few], 100 * accuracy, curve.style.pen(self.theme)
            )
            lowest = min(lowest, float(accuracy.min(initial=1.0)))
        axes.keep([curve.name for curve in view.curves])
        at = view.at
        if at is not None and at.answered and at.coverage >= least:
            lowest = min(lowest, at.accuracy)
            self._draw_ring(100 * at.coverage, 100 * at.accuracy)
        else:
            self._ring.setData([], [])
        floor = next(floor for floor in FLOORS if floor <= lowest)
        decimals = 1 if floor > 0.95 else 0
        for side, start in (("left", floor), ("bottom", least)):
            ticks = (100 * np.linspace(start, 1, 6)).tolist()
            axes.ticks(
                side, [(each, number(each, decimals if side == "left" else 0)) for each in ticks]
            )
        axes.bounds((100 * least, 100), (100 * floor, 100), (0.06, 0.06))

    def _draw_ring(self, x: float, y: float) -> None:
        pen = line_pen(self.theme, "focus", 4)
        self._ring.setData([x], [y], symbol="o", size=self.theme.px(24), brush=None, pen=pen)

    def table(self, view: CoverageView) -> Twin:
        curves = ((each.name, each.coverage, each.accuracy) for each in view.curves)
        return points_of(curves, (heads.DESIGN, heads.ANSWERED, heads.ACCURACY))

    def words(self, view: CoverageView) -> str:
        return words.coverage_told(view.at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._names.resize(self.size())
        self._names.raise_()


class CurveNames(Picture[tuple[CoverageCurve, ...]]):
    """Which curve is which, above a plot."""

    id = "coverage-names"
    title = words.CURVES_SHOWN
    keys = False

    def words(self, view: tuple[CoverageCurve, ...]) -> str:
        return listed(curve.name for curve in view)

    def paint(self, canvas: Canvas, view: tuple[CoverageCurve, ...]) -> None:
        px, line = canvas.px, canvas.px(28)
        top = self.height() - px(66) - line * len(view)
        for place, curve in enumerate(view):
            sample = QRectF(px(122), top + place * line, px(48), line)
            curve.style.draw_sample(canvas, sample, self.theme)
            words = QRectF(sample.right() + px(8), sample.y(), px(170), line)
            canvas.text(words, curve.name, LEFT)
