"""Accuracy and changed answers against the heads that a walk asks, for every variant."""

import math
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from nnviz.questions.elimination import Saving
from nnviz.ui.elimination import savings_words as words
from nnviz.ui.elimination.words import variant_in_short
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import DASHES, LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.verdicts.answers import Options
from nnviz.words import number, percent

LEAST_SPAN = 0.01
"""An axis shows at least one percentage point, so that noise does not look large."""
LEAST_ALONE = (400, 220)
"""Smallest size on the design grid of one plot alone."""
MARK, CHOSEN_MARK = 7, 9
"""Half the side of a mark on the design grid."""
NAME_HEIGHT, STEP = 24, 26
"""Of a name, and from one place for it to the next, on the design grid."""


@dataclass(frozen=True)
class SavingsView:
    """What the figure shows."""

    savings: tuple[Saving, ...]
    """The head of all classes alone, then the variants."""
    chosen: Options
    """The variant in use, whose mark has a ring."""
    words: str
    alone: bool = False
    """Whether there is only the plot of accuracy."""

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ends of the axes of accuracy and of changed answers."""
        right = [saving.accuracy for saving in self.savings]
        middle, spread = (max(right) + min(right)) / 2, max(right) - min(right)
        reach = max(LEAST_SPAN, spread * 1.5) / 2
        most = max(saving.changed for saving in self.savings)
        return (middle - reach, middle + reach), (0.0, max(LEAST_SPAN, most * 1.4))

    @property
    def most_heads(self) -> float:
        """End of the axis of heads."""
        return max(2.0, *(saving.taken.heads for saving in self.savings))


class SavingsFigure(Picture[SavingsView]):
    """Two plots over one axis. Circles: k leave per step; squares: all below p leave."""

    id = "savings-figure"

    title = words.FIGURE
    tip = words.FIGURE_TIP
    least = (394, 360)
    keys = False

    def table(self, view: SavingsView) -> Twin:
        """A row for each variant, the head of all classes first."""
        rows = (
            (
                words.HEAD_ALONE if each.options is None else variant_in_short(each.options),
                each.taken.heads,
                each.accuracy,
                each.changed,
            )
            for each in view.savings
        )
        return twin_of((heads.NAME, heads.HEADS_ASKED, heads.ACCURACY, heads.CHANGED), rows)

    def words(self, view: SavingsView) -> str:
        return view.words

    def least_size(self, view: SavingsView | None) -> tuple[float, float]:
        return LEAST_ALONE if view is not None and view.alone else self.least

    def point(self, saving: Saving, changed: bool) -> QPointF:
        """Where a variant stands in the upper plot, or in the lower one."""
        place, value = self._places()[changed], saving.changed if changed else saving.accuracy
        return QPointF(self._x(saving.taken.heads, place), self._y(value, changed))

    def _places(self) -> tuple[QRectF, QRectF]:
        px = self.px
        left, right = px(86), self.width() - px(24)
        top, bottom = px(34), self.height() - px(64)
        half = bottom - top if self.view.alone else (bottom - top - px(44)) / 2
        upper = QRectF(left, top, right - left, half)
        return upper, QRectF(left, bottom - half, right - left, half)

    def _x(self, heads: float, place: QRectF) -> float:
        part, inset = math.log(heads) / math.log(self.view.most_heads), self.px(14)
        return float(place.x() + inset + part * (place.width() - 2 * inset))

    def _y(self, value: float, changed: bool) -> float:
        place, (low, high) = self._places()[changed], self.view.ranges[changed]
        return float(place.bottom() - (value - low) / (high - low) * place.height())

    def paint(self, canvas: Canvas, view: SavingsView) -> None:
        self.still(canvas, view, partial(self._paint_all, view), paper="panel")

    def _paint_all(self, view: SavingsView, canvas: Canvas) -> None:
        titles = (words.ACCURACY, words.CHANGED_ANSWERS)
        for changed, title in enumerate(titles[:1] if view.alone else titles):
            self._paint_axes(canvas, view, bool(changed), title)
            self._paint_marks(canvas, view, bool(changed))
        px, place = canvas.px, self._places()[1]
        most = max(saving.taken.heads for saving in view.savings)
        for asked in sorted({1, 2, 3, 5, 9, round(most)}):
            if asked <= most + 1e-9:
                x = self._x(asked, place)
                below = QRectF(x - px(20), place.bottom() + px(7), px(40), px(26))
                canvas.text(below, number(asked))
        below = QRectF(place.x(), place.bottom() + px(32), place.width(), px(30))
        canvas.text(below, words.HEADS_AXIS)

    def _paint_axes(self, canvas: Canvas, view: SavingsView, changed: bool, title: str) -> None:
        px, place = canvas.px, self._places()[changed]
        low, high = view.ranges[changed]
        canvas.box(place, "background")
        heading = QRectF(place.x(), place.y() - px(32), place.width(), px(30))
        canvas.text(heading, title, LEFT, size=TEXT + 2, bold=True)
        if not changed:
            canvas.text(self.place_of_legend(), words.LEGEND, RIGHT)
        for tick in _ticks(low, high):
            line = self._across(tick, changed)
            canvas.line(line.p1(), line.p2(), "line")
            beside = QRectF(0, line.y1() - px(14), place.x() - px(8), px(28))
            canvas.text(beside, percent(tick), RIGHT)
        if not changed:
            line = self._across(view.savings[0].accuracy, changed)
            canvas.line(line.p1(), line.p2(), "muted", 2, DASHES)

    def _across(self, value: float, changed: bool) -> QLineF:
        """Across a plot at a value."""
        place, y = self._places()[changed], self._y(value, changed)
        return QLineF(place.x(), y, place.right(), y)

    def place_of_legend(self) -> QRectF:
        """Right of the title of the upper plot, never on it, up to the edge of the figure."""
        px, place = self.px, self._places()[0]
        metrics = QFontMetricsF(self.theme.font(TEXT + 2, True))
        left = place.x() + metrics.horizontalAdvance(words.ACCURACY) + px(12)
        right = max(left, self.width() - px(4))
        return QRectF(left, place.y() - px(32), right - left, px(30))

    def _paint_marks(self, canvas: Canvas, view: SavingsView, changed: bool) -> None:
        places = self.places_of_names(changed)
        for square in (False, True):
            ink = "negative" if square else "positive"
            line = self._line(changed, square)
            canvas.outline(edge=ink, width=2)
            canvas.drawPolyline([point for _, point in line])
            for options, point in line:
                chosen = options == view.chosen
                edge, width, size = ("focus", 3, CHOSEN_MARK) if chosen else ("text", 1, MARK)
                if square:
                    canvas.box(self._around(point, size), ink, edge, width)
                else:
                    canvas.circle(point, canvas.px(size), ink, edge, width)
        for options, place in places.items():
            canvas.box(place, "background")
            canvas.text(place, variant_in_short(options))

    def _line(self, changed: bool, square: bool) -> list[tuple[Options, QPointF]]:
        """The variants of one kind, and where they stand."""
        return [
            (each.options, self.point(each, changed))
            for each in self.view.savings
            if each.options is not None and (each.options.below is not None) == square
        ]

    def lines(self, changed: bool) -> tuple[list[QLineF], list[QLineF]]:
        """What strikes through words: the lines of the variants with that of the head of all
        classes, and those of the ticks."""
        found = [
            QLineF(start, end)
            for square in (False, True)
            for (_, start), (_, end) in pairwise(self._line(changed, square))
        ]
        if not changed:
            found.append(self._across(self.view.savings[0].accuracy, changed))
        ticks = _ticks(*self.view.ranges[changed])
        return found, [self._across(tick, changed) for tick in ticks]

    def _around(self, point: QPointF, size: float) -> QRectF:
        half = self.px(size)
        return QRectF(point.x() - half, point.y() - half, 2 * half, 2 * half)

    def places_of_names(self, changed: bool) -> dict[Options, QRectF]:
        """Where the name of each variant stands: beside its mark, above or below it, so that it
        covers no other name, no mark and nothing outside its plot, and hides as little of a line
        as can be; the table names those that have no such place."""
        px, inside = self.px, self._places()[changed]
        metrics = QFontMetricsF(self.theme.font())
        named = [
            (each.options, self.point(each, changed)) for each in self.view.savings if each.options
        ]
        marks = [self._around(point, CHOSEN_MARK) for _, point in named]
        lines, ticks = self.lines(changed)
        found: dict[Options, QRectF] = {}
        for options, point in named:
            name = variant_in_short(options)
            width, height = metrics.horizontalAdvance(name) + px(4), px(NAME_HEIGHT)
            away, middle = px(12), point.y() - height / 2
            centred = min(max(point.x() - width / 2, inside.x()), inside.right() - width)
            sideways = [point.x() + away, point.x() - away - width]
            tries = [QRectF(x, middle, width, height) for x in sideways]
            for from_mark in (-away - height, away):
                for by in range(4):
                    y = point.y() + from_mark + math.copysign(px(STEP * by), from_mark)
                    tries.append(QRectF(centred, y, width, height))
            if options.below is not None:  # names of squares are long: rather above
                tries = [*tries[2:], *tries[:2]]
            taken = [*marks, *found.values()]
            free = [
                place
                for place in tries
                if inside.contains(place) and not any(map(place.intersects, taken))
            ]
            if free:
                found[options] = min(
                    free,
                    key=lambda place: (
                        sum(strikes(line, place) for line in lines),
                        sum(strikes(line, place) for line in ticks),
                    ),
                )
        return found


def strikes(line: QLineF, place: QRectF) -> bool:
    """Whether a line passes through the words in a place."""
    words = place.adjusted(0, place.height() / 5, 0, -place.height() / 5)
    corners = (words.topLeft(), words.topRight(), words.bottomRight(), words.bottomLeft())
    edges = [QLineF(corners[at - 1], corner) for at, corner in enumerate(corners)]
    crossed = QLineF.IntersectionType.BoundedIntersection
    return words.contains(line.p1()) or any(line.intersects(edge)[0] == crossed for edge in edges)


def _ticks(low: float, high: float) -> list[float]:
    step = _tick(high - low)
    first, last = math.ceil(low / step), math.floor((high + 1e-9) / step)
    return [tick * step for tick in range(first, last + 1)]


def _tick(span: float) -> float:
    """A round step that cuts a span into two to five parts."""
    rough = span / 4
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
