"""Accuracy against size: a mark for each network, those of equal size joined."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from nnviz.ui.designs import size_words as words
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, DASHES, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.line_styles import line_style
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.words import number, percent, sentences

BELOW, LEFT_SIDE = 62, 74
"""Room for what stands round the axes, on the design grid."""
MARK, WHISKER, APART, FRAME = 13, 5, 20, 17
"""A mark, half the end of a whisker, how far apart marks of nearly one place are drawn, and how far
the frame of several goes beyond them."""
LINE, SAMPLE = 30, 46
"""Height of a line of the legend, and width of its sample."""
TICKS = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
ENDS = 0.85, 1.45
"""How far the axis goes on beyond the smallest and the largest network."""
STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
"""From one line of the axis of accuracy to the next."""
ROOM = 0.16
"""Of the span of accuracy, below the least and above the greatest."""


@dataclass(frozen=True)
class Dot:
    """A network."""

    key: str
    design: str
    style: int
    """The number of its line style"""
    name: str
    """Beside its mark"""
    parameters: int
    mean: float | None
    """None where it is not told"""
    deviation: float
    words: str
    live: bool = False
    """Whether it is open now, and was not measured before"""


@dataclass(frozen=True)
class SizeView:
    """What the figure shows."""

    families: tuple[tuple[str, int], ...]
    """Names of the designs, each with the number of its line style"""
    dots: tuple[Dot, ...]
    groups: tuple[tuple[str, ...], ...] = ()
    """Keys of those that are of equal size"""


class SizeFigure(Picture[SizeView]):
    """Marks that can be walked along; nothing follows from choosing one."""

    id = "size-figure"
    title = words.SIZE_FIGURE
    tip = words.SIZE_FIGURE_TIP
    least = (520, 300)

    # ---- places ----------------------------------------------------------------------

    @property
    def plot(self) -> QRectF:
        """The place between the axes."""
        px, legend = self.px, [] if self.view is None else self.legend(self.view)
        top = px(8) + (legend[-1][0].bottom() if legend else 0)
        size = QSizeF(self.width() - px(LEFT_SIDE) - px(8), self.height() - top - px(BELOW))
        return QRectF(QPointF(px(LEFT_SIDE), top), size)

    def reach(self, view: SizeView) -> tuple[float, float]:
        """Of the axis of accuracy."""
        known = [each.mean for each in view.dots if each.mean is not None]
        low, high = min(known, default=0.0), max(known, default=1.0)
        room = max(0.005, ROOM * (high - low))
        return max(0.0, low - room), min(1.0, high + room)

    def across(self, view: SizeView, parameters: float) -> float:
        """Where a size lies."""
        sizes = [each.parameters for each in view.dots] or [TICKS[0], TICKS[-1]]
        low, high = math.log(min(TICKS[0], ENDS[0] * min(sizes))), math.log(ENDS[1] * max(sizes))
        plot = self.plot  # for which all names are measured
        return plot.x() + (math.log(parameters) - low) / (high - low) * plot.width()

    def down(self, view: SizeView, accuracy: float) -> float:
        """Where an accuracy lies."""
        low, high = self.reach(view)
        plot = self.plot
        return plot.bottom() - (accuracy - low) / (high - low) * plot.height()

    def places(self, view: SizeView) -> dict[str, QPointF]:
        """Key -> where its mark is, as far beside others as both need; where nothing is told, all
        lie in the middle."""
        found: dict[str, QPointF] = {}
        apart, middle = self.px(APART), self.plot.center().y()
        for each in sorted(view.dots, key=lambda dot: (dot.live, dot.parameters, dot.key)):
            y = middle if each.mean is None else self.down(view, each.mean)
            at = QPointF(self.across(view, each.parameters), y)
            while any(_touch(at, other, apart) for other in found.values()):
                at += QPointF(apart / 4, 0)
            found[each.key] = at
        return found

    def regions(self, view: SizeView) -> Iterable[Region]:
        half, places = self.px(MARK), self.places(view)
        for each in view.dots:
            at = places[each.key]
            place = QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)
            yield Region(each.key, place, each.words, each.words)

    def table(self, view: SizeView) -> Twin:
        rows = []
        for each in view.dots:
            deviation = None if each.mean is None else each.deviation
            rows.append((each.name, each.parameters, each.mean, deviation))
        return twin_of((heads.NAME, heads.PARAMETERS, heads.ACCURACY, heads.DEVIATION), rows)

    def words(self, view: SizeView) -> str:
        return sentences(*(each.words for each in view.dots))

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: SizeView) -> None:
        self.still(canvas, view, lambda once: self._paint_all(once, view), paper="panel")

    def _paint_all(self, canvas: Canvas, view: SizeView) -> None:
        self._paint_axes(canvas, view)
        places = self.places(view)
        groups = self.groups(view)
        for frame, _ in groups:
            canvas.box(frame, edge="text", width=2, radius=FRAME, dashes=DASHES)
        self._paint_lines(canvas, view, places)
        for each in view.dots:
            self._paint_dot(canvas, view, each, places)
        for _, said in groups:
            if said is not None:
                canvas.box(said, "background")
                canvas.text(said, words.EQUAL_SIZE, CENTRE)
        self._paint_names(canvas, view)
        self._paint_legend(canvas, view)

    def _paint_axes(self, canvas: Canvas, view: SizeView) -> None:
        px, plot = canvas.px, self.plot
        canvas.box(plot, "background")
        if any(each.mean is not None for each in view.dots):
            self._paint_accuracies(canvas, view)
        else:
            beside = QRectF(0, plot.center().y() - px(30), plot.left(), px(60))
            canvas.text(beside, words.UNKNOWN, size=BACK_ROW, bold=True)
        for tick in self.ticks(view):
            x = self.across(view, tick)
            canvas.line(QPointF(x, plot.top()), QPointF(x, plot.bottom() + px(5)), "line")
            place = QRectF(x - px(70), plot.bottom() + px(4), px(140), px(28))
            canvas.text(place, number(tick), CENTRE)
        canvas.box(self.heading, "background")
        canvas.text(self.heading, words.ACCURACY_AXIS, LEFT, "muted")
        below = QRectF(plot.x(), plot.bottom() + px(32), plot.width(), px(28))
        canvas.text(below, words.SIZE_AXIS, CENTRE, "muted")

    def ticks(self, view: SizeView) -> list[int]:
        """The sizes that stand below the axis: as many as do not touch."""
        found: list[int] = []
        end = float("-inf")
        for tick in TICKS:
            x, half = self.across(view, tick), width_of(number(tick), self.theme) / 2
            inside = self.plot.left() <= x <= self.plot.right() and x + half <= self.width()
            if inside and x - half > end:
                found.append(tick)
                end = x + half + self.px(12)
        return found

    def _paint_accuracies(self, canvas: Canvas, view: SizeView) -> None:
        px, plot, (low, high) = canvas.px, self.plot, self.reach(view)
        room = plot.height() / px(LINE + 8)
        step = next((each for each in STEPS if (high - low) / each <= room), STEPS[-1])
        places = 0 if step >= 0.01 else 1
        for at in range(math.ceil(low / step), math.floor(high / step) + 1):
            y = self.down(view, at * step)
            canvas.line(QPointF(plot.left(), y), QPointF(plot.right(), y), "line")
            beside = QRectF(0, y - px(14), plot.left() - px(6), px(28))
            canvas.text(beside, percent(at * step, places), RIGHT)

    def groups(self, view: SizeView) -> list[tuple[QRectF, QRectF | None]]:
        """The frames round those of equal size, each with the place of its words at an end, where
        there is any."""
        places, px, plot = self.places(view), self.px, self.plot
        wide, high = width_of(words.EQUAL_SIZE, self.theme) + px(8), px(28)
        frames = [_around([places[key] for key in group], px(FRAME)) for group in view.groups]
        taken = [*frames, self.heading, *(_around([at], px(MARK)) for at in places.values())]
        found: list[tuple[QRectF, QRectF | None]] = []
        for frame in frames:
            left = min(max(frame.center().x() - wide / 2, plot.left()), plot.right() - wide)
            ends = frame.bottom() + 1, frame.top() - high - 1
            said = _free((QRectF(left, top, wide, high) for top in ends), plot, taken)
            if said is not None:
                taken.append(said)
            found.append((frame, said))
        return found

    @property
    def heading(self) -> QRectF:
        """Where it stands what the axis of accuracy is."""
        px, plot = self.px, self.plot
        wide = min(width_of(words.ACCURACY_AXIS, self.theme) + 4, plot.width() - px(16))
        return QRectF(plot.x() + px(8), plot.y() + px(2), wide, px(28))

    def _paint_lines(self, canvas: Canvas, view: SizeView, places: dict[str, QPointF]) -> None:
        for _, style in view.families:
            own = [each for each in view.dots if each.style == style and not each.live]
            known = [places[each.key] for each in own if each.mean is not None]
            if len(known) > 1:
                pen = line_style(style).pen(self.theme)
                pen.setCosmetic(False)
                canvas.setPen(pen)
                canvas.drawPolyline(known)

    def _paint_dot(
        self, canvas: Canvas, view: SizeView, dot: Dot, places: dict[str, QPointF]
    ) -> None:
        px, style, at = canvas.px, line_style(dot.style), places[dot.key]
        colour = style.colour(self.theme)
        if dot.mean is not None and dot.deviation:
            low, high = (self.down(view, dot.mean + sign * dot.deviation) for sign in (-1, 1))
            canvas.line(QPointF(at.x(), low), QPointF(at.x(), high), colour, 3)
            for y in (low, high):
                end = QPointF(px(WHISKER), 0)
                canvas.line(QPointF(at.x(), y) - end, QPointF(at.x(), y) + end, colour, 3)
        if dot.live:
            canvas.circle(at, px(MARK) * 0.6, "", colour, 3)
            return
        canvas.save()
        canvas.translate(at)
        canvas.scale(px(MARK), px(MARK))
        canvas.outline(colour)
        canvas.drawPath(style.symbol_path())
        canvas.restore()

    def names(self, view: SizeView) -> dict[str, QRectF]:
        """Key -> where what stands beside a mark has room: at its right, else at its left, else
        above or below it, else at a corner; those without any are told as one comes to them."""
        places, px, plot = self.places(view), self.px, self.plot
        half, found = px(MARK) * 0.7, {}
        taken = [self.heading, *(_around([at], half) for at in places.values())]
        taken += [said for _, said in self.groups(view) if said is not None]
        for each in (dot for dot in view.dots if not dot.live):
            at, beside = places[each.key], px(FRAME + 5)
            wide, high = width_of(each.name, self.theme, bold=True) + 2, px(22)
            corners = (
                QPointF(at.x() + beside, at.y() - high / 2),
                QPointF(at.x() - beside - wide, at.y() - high / 2),
                QPointF(at.x() - wide / 2, at.y() - beside - high),
                QPointF(at.x() - wide / 2, at.y() + beside),
                QPointF(at.x() + beside / 2, at.y() - beside - high),
                QPointF(at.x() + beside / 2, at.y() + beside),
                QPointF(at.x() - beside / 2 - wide, at.y() - beside - high),
                QPointF(at.x() - beside / 2 - wide, at.y() + beside),
                QPointF(at.x() - wide / 2, at.y() + beside + high),
            )
            boxes = (QRectF(corner, QSizeF(wide, high)) for corner in corners)
            free = _free(boxes, plot, taken)
            if free is not None:
                found[each.key] = free
                taken.append(free)
        return found

    def _paint_names(self, canvas: Canvas, view: SizeView) -> None:
        names = self.names(view)
        for each in view.dots:
            if each.key in names:
                canvas.box(names[each.key], "background")
                canvas.text(names[each.key], each.name, LEFT, bold=True)

    def legend(self, view: SizeView) -> list[tuple[QRectF, str]]:
        """The designs above the axes, in as many lines as they need."""
        px, x, row = self.px, 0.0, 0
        told = [name for name, _ in view.families]
        if any(each.live for each in view.dots):
            told.append(words.OPEN)
        found = []
        for name in told:
            wide = px(SAMPLE + 8) + width_of(name, self.theme) + 2
            if x and x + wide > self.width():
                x, row = 0.0, row + 1
            found.append((QRectF(x, row * px(LINE), wide, px(LINE)), name))
            x += wide + px(14)
        return found

    def _paint_legend(self, canvas: Canvas, view: SizeView) -> None:
        px = canvas.px
        for row, (place, name) in enumerate(self.legend(view)):
            sample = QRectF(place.x(), place.y(), px(SAMPLE), place.height())
            if row < len(view.families):
                line_style(view.families[row][1]).draw_sample(canvas, sample, self.theme)
            else:
                canvas.circle(sample.center(), px(MARK) * 0.6, "", "muted", 3)
            canvas.text(place.adjusted(px(SAMPLE + 8), 0, 0, 0), name, LEFT)


def _around(places: Sequence[QPointF], half: float) -> QRectF:
    """A box that goes so far beyond all of them."""
    across, down = [at.x() for at in places], [at.y() for at in places]
    corner = QPointF(min(across) - half, min(down) - half)
    return QRectF(corner, QPointF(max(across) + half, max(down) + half))


def _free(boxes: Iterable[QRectF], inside: QRectF, taken: Sequence[QRectF]) -> QRectF | None:
    """The first of some boxes that lies over nothing else."""
    free = (each for each in boxes if inside.contains(each))
    return next((each for each in free if not any(map(each.intersects, taken))), None)


def _touch(one: QPointF, other: QPointF, apart: float) -> bool:
    """Whether two marks would lie over each other."""
    return math.hypot(one.x() - other.x(), one.y() - other.y()) < apart
