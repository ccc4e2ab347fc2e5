"""Values over the trials on one axis, a line each: means with intervals, and single trials."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, DASHES, LEFT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.line_styles import line_style
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.study import figure_words as words
from nnviz.ui.study.accuracy_figure import DOT, WHISKER, paint_mark
from nnviz.ui.study.figure_scale import Scale, reach
from nnviz.words import clauses, number, percent

LEAST_SPAN = 0.02
LINE, MORE = 24, 8
"""Height of a line of words on the design grid, and what a lane has more than its lines."""
SMALLEST, LARGEST = 0.3, 1.5
"""How much higher than it should be a lane can be."""
LETTERS = 20
"""Of a name, for which there is room in a line"""
TOP, BOTTOM, GAP = 34, 72, 12
"""Room for the title, and for the axis; between the parts of a lane."""
LABELS, LONG_LABELS, BESIDE = 0.36, 0.5, 0.32
"""Parts of the width that words take at most, left of the axis (in one line: more) and right."""
TICK, NARROW_TICK = 90, 60
"""From one number of the axis to the next, at least: of shares, and of points."""


@dataclass(frozen=True)
class Lane:
    """One line."""

    key: Any
    """What is told when it is chosen"""
    name: str
    under: tuple[str, ...]
    """Lines below the name"""
    mean: float
    interval: tuple[float, float] | None
    values: tuple[float, ...]
    """Of single trials, where they are known"""
    beside: tuple[str, ...]
    """Lines at its right end"""
    words: str
    """All that it shows"""
    style: int = 0
    """The number of its line style"""
    short: str = ""
    """Its name where there is room for one line alone; "" for the same name"""

    @property
    def in_brief(self) -> str:
        """What it is called where there is room for one line."""
        return self.short or self.name

    @property
    def lines(self) -> int:
        """Of words, below each other."""
        said = (self.name, *self.under)
        return max(2, sum(len(wrap(line, LETTERS)) for line in said), len(self.beside))


@dataclass(frozen=True)
class LanesView:
    """What the figure shows."""

    lanes: tuple[Lane, ...]
    axis: str
    """What is measured"""
    title: str = ""
    points: bool = False
    """Whether it is about differences, in percentage points, with a line at zero"""
    bars: bool = False
    """Whether means are the ends of bars that begin at zero"""


class LanesFigure(Picture[LanesView]):
    """Tells the key of the lane that is chosen."""

    id = "lanes-figure"
    title = words.LANES_FIGURE
    tip = words.LANES_FIGURE_TIP
    fits = False
    """Whether it makes do with the room that it gets: lanes that have none are left out."""
    _whole: LanesView | None = None

    def show_view(self, view: LanesView) -> None:
        self._whole = view
        super().show_view(self._fitting(view) if self.fits else view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fits and self._whole is not None:
            super().show_view(self._fitting(self._whole))

    def _fitting(self, view: LanesView) -> LanesView:
        """As many lanes as there is room for, and how many there are."""
        room = self.height() - self.px(TOP) - self.px(BOTTOM)
        most = max(1, int(room / self.px(LINE + MORE)))
        if len(view.lanes) <= most:
            return view
        told = words.first_of(most, len(view.lanes))
        return replace(view, lanes=view.lanes[:most], title=told)

    def table(self, view: LanesView) -> Twin:
        rows = (
            (
                lane.name,
                lane.mean,
                *(lane.interval or (None, None)),
                " ".join(map(repr, lane.values)),
            )
            for lane in (self._whole or view).lanes
        )
        return twin_of((heads.NAME, view.axis, heads.LOW, heads.HIGH, heads.TRIALS), rows)

    def words(self, view: LanesView) -> str:
        return clauses(lane.words for lane in view.lanes)

    def least_size(self, view: LanesView | None) -> tuple[float, float]:
        if view is None or self.fits:
            return 460, LINE + BOTTOM
        lanes = sum(map(_least, view.lanes)) or LINE
        return 460, lanes + BOTTOM + (TOP if view.title else 0)

    def wanted_size(self, view: LanesView | None) -> tuple[float, float]:
        return 860, self.least_size(view)[1] * 1.1

    # ---- places ----------------------------------------------------------------------

    def top(self, view: LanesView) -> float:
        """Where the first lane begins."""
        return self.px(TOP) if view.title else 0.0

    def brief(self, view: LanesView) -> bool:
        """Whether there is room for the first line of each lane alone."""
        room = self.height() - self.top(view) - self.px(BOTTOM)
        return room < sum(self.px(_least(lane)) for lane in view.lanes)

    def lane(self, place: int, view: LanesView) -> QRectF:
        """The whole of a lane."""
        room = self.height() - self.top(view) - self.px(BOTTOM)
        brief, one = self.brief(view), self.px(LINE + MORE)
        least = [one if brief else self.px(_least(lane)) for lane in view.lanes]
        larger = min(max(room / sum(least), SMALLEST), LARGEST)
        above = self.top(view) + larger * sum(least[:place])
        return QRectF(0, above, self.width(), larger * least[place])

    def sides(self, view: LanesView) -> tuple[float, float]:
        """Left and right edge of what lies over the axis."""
        theme, gap, brief = self.theme, self.px(GAP), self.brief(view)
        names = [lane.in_brief if brief else lane.name for lane in view.lanes]
        labels = [width_of(name, theme, bold=True) for name in names]
        if not brief:
            labels += [width_of(line, theme) for lane in view.lanes for line in lane.under]
        said = [line for lane in view.lanes for line in lane.beside[: 1 if brief else None]]
        beside = [width_of(line, theme, bold=True) for line in said]
        most = self.width() * (LONG_LABELS if brief else LABELS)
        left = min(max(labels, default=0.0) + self.px(40), most)
        right = min(max(beside, default=0.0) + gap, self.width() * BESIDE)
        return left + gap, self.width() - right - gap

    def scale(self, view: LanesView) -> Scale:
        """Of the axis."""
        values = [
            value
            for lane in view.lanes
            for value in (*lane.values, lane.mean, *(lane.interval or ()))
        ]
        ends = (-1.0, 1.0) if view.points else (0.0, 1.0)
        left, right = self.sides(view)
        low, high = reach(values, LEAST_SPAN, view.points or view.bars, ends)
        return Scale(0.0 if view.bars else low, high, left, right)

    def regions(self, view: LanesView) -> Iterable[Region]:
        for place, lane in enumerate(view.lanes):
            yield Region(lane.key, self.lane(place, view), lane.words, lane.words)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: LanesView) -> None:
        self.still(canvas, view, lambda once: self._paint_all(once, view), paper="panel")

    def _paint_all(self, canvas: Canvas, view: LanesView) -> None:
        if view.title:
            whole = QRectF(self.px(8), 0, self.width() - self.px(16), self.px(TOP))
            canvas.text(whole, view.title, LEFT, size=TEXT + 2, bold=True)
        if not view.lanes:
            return
        scale = self.scale(view)
        self._paint_axis(canvas, view, scale)
        for place, lane in enumerate(view.lanes):
            whole = self.lane(place, view)
            if place:
                canvas.line(whole.topLeft(), whole.topRight(), "track")
            self._paint_words(canvas, view, lane, whole)
            self._paint_values(canvas, view, lane, whole, scale)

    def _paint_axis(self, canvas: Canvas, view: LanesView, scale: Scale) -> None:
        px, bottom = canvas.px, self.lane(len(view.lanes) - 1, view).bottom()
        top = self.top(view)
        place = QRectF(scale.start, top, scale.end - scale.start, bottom - top)
        canvas.box(place, "background")
        apart = px(NARROW_TICK if view.points else TICK)
        ticks = scale.ticks(int(place.width() / apart))
        places = words.decimals_of(ticks[1] - ticks[0]) if len(ticks) > 1 else 1
        for tick in ticks:
            x = scale.at(tick)
            canvas.line(QPointF(x, top), QPointF(x, bottom + px(5)), "line")
            said = number(100 * tick, places) if view.points else percent(tick, places)
            canvas.text(QRectF(x - apart / 2, bottom + px(6), apart, px(26)), said, CENTRE)
        if view.points:
            x = scale.at(0)
            canvas.line(QPointF(x, top), QPointF(x, bottom), "text", 2, DASHES)
        below = QRectF(px(8), bottom + px(34), self.width() - px(16), px(28))
        canvas.text(below, view.axis, CENTRE, "muted")

    def _paint_words(self, canvas: Canvas, view: LanesView, lane: Lane, whole: QRectF) -> None:
        left, right = self.sides(view)
        mark = self.px(30)
        names = QRectF(mark, whole.y(), left - self.px(GAP) - mark, whole.height())
        brief = self.brief(view)
        told = (lane.in_brief,) if brief else (lane.name, *lane.under)
        self._paint_lines(canvas, names, told, "muted")
        beside = QRectF(right + self.px(GAP), whole.y(), 0, whole.height())
        beside.setRight(self.width() - self.px(4))
        self._paint_lines(canvas, beside, lane.beside[:1] if brief else lane.beside, "text")
        paint_mark(canvas, line_style(lane.style), QPointF(mark / 2, names.center().y()))

    def _paint_lines(self, canvas: Canvas, place: QRectF, lines: tuple[str, ...], ink: str) -> None:
        """In the middle of a place, the first one bold; too long ones take a second line, where
        there is room for it."""
        spare = max(0, int(place.height() / self.px(LINE)) - len(lines))
        told: list[tuple[str, bool]] = []
        for at, line in enumerate(lines):
            parts = broken(line, place.width(), self.theme, not at)
            if len(parts) > 1 + spare:
                parts = (*parts[:spare], " ".join(parts[spare:]))
            spare -= len(parts) - 1
            told += [(part, not at) for part in parts]
        high = min(float(self.px(LINE)), place.height() / max(1, len(told)))
        top = place.center().y() - high * len(told) / 2
        for at, (line, bold) in enumerate(told):
            where = QRectF(place.x(), top + at * high, place.width(), high)
            canvas.text(where, line, LEFT, "text" if bold else ink, bold=bold)

    def _paint_values(
        self, canvas: Canvas, view: LanesView, lane: Lane, whole: QRectF, scale: Scale
    ) -> None:
        style = line_style(lane.style)
        colour, y = style.colour(self.theme), whole.center().y()
        above = whole.height() / 8 if lane.values else 0
        at = QPointF(scale.at(lane.mean), y - above)
        if view.bars:
            high = whole.height() * 0.4
            bar = QRectF(scale.start, at.y() - high / 2, at.x() - scale.start, high)
            canvas.box(bar, "track", colour, 2)
        for value in lane.values:
            dot = QPointF(scale.at(value), y + whole.height() / 5)
            canvas.circle(dot, self.px(DOT), edge=colour)
        if lane.interval is not None:
            low, high = (scale.at(scale.nearest(value)) for value in lane.interval)
            canvas.line(QPointF(low, at.y()), QPointF(high, at.y()), colour, 3)
            half = self.px(WHISKER)
            for x in map(scale.at, scale.on_it(lane.interval)):
                ends = QPointF(x, at.y() - half), QPointF(x, at.y() + half)
                canvas.line(*ends, colour, 3)
        paint_mark(canvas, style, at)


def broken(line: str, width: float, theme: Theme, bold: bool) -> tuple[str, ...]:
    """The same in lines that fit, each as full as can be; words are not broken."""
    if width_of(line, theme, bold=bold) <= width:
        return (line,)
    words = line.split(" ")
    starts = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    start = next((each for each in starts if width_of(each, theme, bold=bold) <= width), words[0])
    rest = line[len(start) + 1 :]
    return (start, *broken(rest, width, theme, bold)) if rest else (start,)


def _least(lane: Lane) -> float:
    """Its height on the design grid, at least."""
    return LINE * lane.lines + MORE
