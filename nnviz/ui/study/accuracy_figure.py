"""Accuracy against how much was learned from: a line for each scheme, with intervals."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import fits, width_of
from nnviz.ui.kit.line_styles import LineStyle, line_style
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.study import figure_words as words
from nnviz.ui.study.figure_scale import Scale, on_log_axis, reach
from nnviz.words import clauses, percent

LEAST_SPAN = 0.02
"""Of the axis of accuracy."""
MARK, DOT = 14, 3.5
"""Width of a mark and radius of a single trial on the design grid."""
APART = 18
"""Between the marks of two schemes under one condition."""
WHISKER = 5
"""Half the width of the end of an interval."""
LINE, SAMPLE = 30, 54
"""Height of a line of the legend, and width of its sample."""
TITLE, ABOVE, BOTTOM, LEFT_SIDE = 36, 44, 92, 78
"""Room for what stands round the axes."""
BESIDE = 640
"""Width on the design grid from which names stand right of the axes, else below them."""


@dataclass(frozen=True)
class Amount:
    """A condition: a place on the axis below."""

    amount: float
    """Above zero"""
    name: str
    """On the axis"""
    images: str
    """How many that is"""
    words: str
    """The condition where nothing else says what it is of"""


@dataclass(frozen=True)
class Reached:
    """What a scheme reached under a condition."""

    condition: int
    """Its number among those of the view"""
    mean: float
    interval: tuple[float, float] | None
    values: tuple[float, ...]
    """Of single trials"""


@dataclass(frozen=True)
class SchemeCurve:
    """A scheme under all conditions of which a trial has ended."""

    name: str
    style: int
    """The number of its line style"""
    points: tuple[Reached, ...]


@dataclass(frozen=True)
class AccuracyView:
    """What the figure shows."""

    conditions: tuple[Amount, ...]
    curves: tuple[SchemeCurve, ...]
    axis: str
    """What is measured"""
    below: str
    """What the conditions are parts of"""
    title: str = ""


class AccuracyFigure(Picture[AccuracyView]):
    """Tells (name of the scheme, number of the condition) of a mark that is chosen."""

    id = "accuracy-figure"
    title = words.ACCURACY_FIGURE
    tip = words.ACCURACY_FIGURE_TIP
    fits = False
    """Whether it makes do with the room that it gets."""

    def table(self, view: AccuracyView) -> Twin:
        rows = (
            (
                curve.name,
                view.conditions[point.condition].name,
                point.mean,
                *(point.interval or (None, None)),
                " ".join(map(repr, point.values)),
            )
            for curve in view.curves
            for point in curve.points
        )
        return twin_of(
            (heads.NAME, view.below, view.axis, heads.LOW, heads.HIGH, heads.TRIALS), rows
        )

    def words(self, view: AccuracyView) -> str:
        return clauses(_told(view, curve, point) for curve in view.curves for point in curve.points)

    def least_size(self, view: AccuracyView | None) -> tuple[float, float]:
        if view is None or self.fits:
            return 460, 300
        return 460, 300 + LINE * len(view.curves)

    def wanted_size(self, view: AccuracyView | None) -> tuple[float, float]:
        return 860, max(480, self.least_size(view)[1])

    # ---- places ----------------------------------------------------------------------

    @property
    def names_beside(self) -> bool:
        """Whether the names of the schemes have room right of the axes."""
        return self.width() >= self.px(BESIDE)

    def name_places(self, view: AccuracyView) -> list[QRectF]:
        """Where each scheme has its sample and its name: a column, or as many as fit below."""
        px, count = self.px, max(1, len(view.curves))
        widest = max((width_of(each.name, self.theme) for each in view.curves), default=0.0)
        needed = widest + px(SAMPLE + 28)
        if self.names_beside:
            width = min(needed, self.width() * 0.42)
            top = self._top(view)
            line = min(float(px(LINE)), (self.height() - top) / count)
            left = self.width() - width + px(12)
            return [QRectF(left, top + at * line, width - px(16), line) for at in range(count)]
        columns = max(1, min(count, int((self.width() - px(12)) / needed)))
        rows, width = math.ceil(count / columns), (self.width() - px(12)) / columns
        top, line = float(self.height() - rows * px(LINE)), float(px(LINE))
        return [
            QRectF(px(8) + at % columns * width, top + at // columns * line, width - px(8), line)
            for at in range(count)
        ]

    def _top(self, view: AccuracyView) -> float:
        return self.px(ABOVE) + (self.px(TITLE) if view.title else 0)

    def plot(self, view: AccuracyView) -> QRectF:
        """The place between the axes."""
        px, top, names = self.px, self._top(view), self.name_places(view)
        right, below = float(self.width() - px(16)), float(self.height())
        if self.names_beside:
            right = names[0].left() - px(12)
        else:
            below = names[0].top() - px(4)
        return QRectF(px(LEFT_SIDE), top, right - px(LEFT_SIDE), below - px(BOTTOM) - top)

    def scale(self, view: AccuracyView) -> Scale:
        """Of the axis of accuracy."""
        place = self.plot(view)
        values = [
            value
            for curve in view.curves
            for point in curve.points
            for value in (*point.values, point.mean, *(point.interval or ()))
        ]
        return Scale(*reach(values, LEAST_SPAN), place.bottom(), place.top())

    def columns(self, view: AccuracyView) -> list[float]:
        """Where each condition lies."""
        place, inset = self.plot(view), self.px(APART) * (len(view.curves) / 2 + 1)
        amounts = [each.amount for each in view.conditions]
        return on_log_axis(amounts, place.left() + inset, place.right() - inset)

    def points(self, view: AccuracyView) -> Iterable[tuple[SchemeCurve, Reached, QPointF]]:
        """All marks with their places: side by side under each condition."""
        columns, scale = self.columns(view), self.scale(view)
        for number, curve in enumerate(view.curves):
            beside = self.px(APART) * (number - (len(view.curves) - 1) / 2)
            for point in curve.points:
                x = columns[point.condition] + beside
                yield curve, point, QPointF(x, scale.at(point.mean))

    def regions(self, view: AccuracyView) -> Iterable[Region]:
        half = self.px(MARK) * 0.8
        for curve, point, at in self.points(view):
            told = _told(view, curve, point)
            place = QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)
            yield Region((curve.name, point.condition), place, told, told)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: AccuracyView) -> None:
        self.still(canvas, view, lambda once: self._paint_all(once, view), paper="panel")

    def _paint_all(self, canvas: Canvas, view: AccuracyView) -> None:
        self._paint_axes(canvas, view)
        marks = list(self.points(view))
        for curve, place in zip(view.curves, self.name_places(view), strict=False):
            self._paint_name(canvas, curve, place)
            own = [at for other, _, at in marks if other is curve]
            pen = line_style(curve.style).pen(self.theme)
            pen.setCosmetic(False)  # as fine as all else where the figure is made smaller
            canvas.setPen(pen)
            if len(own) > 1:
                canvas.drawPolyline(own)
        for curve, point, at in marks:  # above all lines
            self._paint_point(canvas, view, line_style(curve.style), point, at)

    def _paint_axes(self, canvas: Canvas, view: AccuracyView) -> None:
        px, place, scale = canvas.px, self.plot(view), self.scale(view)
        if view.title:
            whole = QRectF(px(8), 0, self.width() - px(16), px(TITLE))
            canvas.text(whole, view.title, LEFT, size=TEXT + 2, bold=True)
        canvas.box(place, "background")
        above = QRectF(px(8), place.top() - px(ABOVE), place.right() - px(8), px(26))
        canvas.text(above, view.axis, LEFT, "muted")
        ticks = scale.ticks(int(place.height() / px(48)))
        places = words.decimals_of(ticks[1] - ticks[0]) if len(ticks) > 1 else 1
        for tick in ticks:
            y = scale.at(tick)
            canvas.line(QPointF(place.left(), y), QPointF(place.right(), y), "line")
            beside = QRectF(0, y - px(14), place.left() - px(8), px(28))
            canvas.text(beside, percent(tick, places), RIGHT)
        self._paint_below(canvas, view, place)

    def _paint_below(self, canvas: Canvas, view: AccuracyView, place: QRectF) -> None:
        px, columns = canvas.px, self.columns(view)
        top = place.bottom() + px(6)
        room = min([place.width(), *(other - one for one, other in pairwise(columns))])
        for each, x in zip(view.conditions, columns, strict=True):
            canvas.line(QPointF(x, place.bottom()), QPointF(x, top), "line", 2)
            half = min(room / 2, self.width() - x) - px(2)
            below = QRectF(x - half, top, 2 * half, px(26))
            canvas.text(below, each.name, CENTRE)
            if fits(each.images, below.width(), self.theme):
                canvas.text(below.translated(0, px(26)), each.images, CENTRE, "muted")
        below = QRectF(place.left(), top + px(54), place.width(), px(28))
        canvas.text(below, view.below, CENTRE, "muted")

    def _paint_point(
        self, canvas: Canvas, view: AccuracyView, style: LineStyle, point: Reached, at: QPointF
    ) -> None:
        scale, colour = self.scale(view), style.colour(self.theme)
        for value in point.values:
            canvas.circle(QPointF(at.x(), scale.at(value)), self.px(DOT), edge=colour)
        if point.interval is not None:
            low, high = (scale.at(scale.nearest(value)) for value in point.interval)
            canvas.line(QPointF(at.x(), low), QPointF(at.x(), high), colour, 3)
            half = self.px(WHISKER)
            for y in map(scale.at, scale.on_it(point.interval)):
                canvas.line(QPointF(at.x() - half, y), QPointF(at.x() + half, y), colour, 3)
        paint_mark(canvas, style, at)

    def _paint_name(self, canvas: Canvas, curve: SchemeCurve, place: QRectF) -> None:
        sample = QRectF(place.x(), place.y(), canvas.px(SAMPLE), place.height())
        line_style(curve.style).draw_sample(canvas, sample, self.theme)
        name = place.adjusted(canvas.px(SAMPLE + 8), 0, 0, 0)
        canvas.text(name, curve.name, LEFT)

    # ---- keys ------------------------------------------------------------------------

    def step(self, across: int, down: int) -> bool:
        """Left and right: to another condition; up and down: to another scheme."""
        here = self.here
        if here is None:
            return False
        name, condition = here.key
        view: AccuracyView = self.view
        same = [
            (curve.name, point.condition)
            for curve in view.curves
            for point in curve.points
            if (curve.name == name if across else point.condition == condition)
        ]
        to = same.index(here.key) + across + down
        self.move_to(same[min(max(to, 0), len(same) - 1)])
        return True


def paint_mark(canvas: Canvas, style: LineStyle, at: QPointF, size: float = MARK) -> None:
    """The symbol of a style."""
    canvas.save()
    canvas.translate(at)
    canvas.scale(canvas.px(size), canvas.px(size))
    canvas.outline(style.colour(canvas.theme))
    canvas.drawPath(style.symbol_path())
    canvas.restore()


def _told(view: AccuracyView, curve: SchemeCurve, point: Reached) -> str:
    interval = None
    if point.interval is not None:
        interval = percent(point.interval[0]), percent(point.interval[1])
    where = view.conditions[point.condition].words
    return words.reached(curve.name, where, percent(point.mean), interval, len(point.values))
