"""Curves on axes, dressed in one place like the rest of the window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from nnviz.ui.kit.canvas import CENTRE, RIGHT, Canvas
from nnviz.ui.kit.number_axis import Ticks, numbers
from nnviz.ui.kit.picture import Region
from nnviz.ui.kit.plot_marks import Mark, Reach
from nnviz.ui.kit.theme import Theme

ABOVE, BESIDE = 10, 20
"""Room above and to the right of axes, on the design grid: half of a number may stand there."""
WORDS, BARE = 54, 8
"""Room below axes with and without words."""
GAP = 4
"""Between an axis and its numbers."""
GRID = 0.3
"""How much of the colour of lines those of the grid have."""


def widened(low: float, high: float, share: float) -> tuple[float, float]:
    """Ends of an axis with a share of its length added at either."""
    more = share * (high - low)
    return low - more, high + more


@dataclass(frozen=True)
class Axes:
    """A pair of axes and what stands on them."""

    title: str
    tip: str
    x: tuple[float, float]
    """What the lower axis reaches over"""
    y: tuple[float, float]
    marks: Sequence[Mark]
    left: str = ""
    """Words of the left axis"""
    bottom: str = ""
    """Words of the lower one; without them it has no numbers either"""
    x_numbers: Ticks | None = None
    """Where numbers stand if not where they have room"""
    y_numbers: Ticks | None = None
    wide: float = 78
    """Room for the numbers of the left axis and its words, on the design grid"""
    height: int = 1
    """Part of the height of the picture"""
    upright: bool = True
    """Whether the grid has upright lines."""

    def reach(self, place: QRectF, theme: Theme) -> Reach:
        """What lies where, if axes, numbers and words have this place."""
        px = theme.px
        below = px(WORDS if self.bottom else BARE)
        return Reach(place.adjusted(px(self.wide), px(ABOVE), -px(BESIDE), -below), self.x, self.y)

    def numbers(self, reach: Reach, theme: Theme) -> tuple[Ticks, Ticks]:
        """Those of the lower axis, and those of the left one."""
        metrics, place = QFontMetricsF(theme.font()), reach.place
        x, y = self.x_numbers, self.y_numbers
        if x is None:
            x = numbers(*self.x, place.width(), metrics, across=True)
        if y is None:
            y = numbers(*self.y, place.height(), metrics, across=False)
        return x, y


def places(axes: Sequence[Axes], room: QRectF) -> list[tuple[Axes, QRectF]]:
    """Where each pair of axes stands, one below the other."""
    part, top, found = room.height() / sum(each.height for each in axes), room.top(), []
    for each in axes:
        found.append((each, QRectF(room.left(), top, room.width(), part * each.height)))
        top += part * each.height
    return found


def tips(axes: Sequence[Axes], room: QRectF) -> list[Region]:
    """What is said of each pair of axes where the pointer rests on it."""
    return [Region(None, place, each.tip) for each, place in places(axes, room)]


def paint_axes(canvas: Canvas, axes: Sequence[Axes], room: QRectF) -> None:
    """Paints axes and what stands on them, one pair below the other."""
    canvas.fillRect(room, canvas.ink("panel"))
    for each, place in places(axes, room):
        reach = each.reach(place, canvas.theme)
        if reach.place.width() > 0 and reach.place.height() > 0:
            _draw_axes(canvas, each, place, reach)
            canvas.setClipRect(reach.place)
            for mark in each.marks:
                mark.paint(canvas, reach)
            canvas.setClipping(False)


def line_pen(theme: Theme, ink: str | QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    """A pen of this width on the design grid, however large what it draws is made."""
    made = QPen(theme.colour(ink) if isinstance(ink, str) else ink, theme.px(width))
    made.setCosmetic(True)
    if dashes:
        made.setDashPattern(list(dashes))
    return made


def _draw_axes(canvas: Canvas, axes: Axes, all_of_it: QRectF, reach: Reach) -> None:
    """Lines, numbers and words."""
    place, px = reach.place, canvas.px
    grid = canvas.ink("line")
    grid.setAlphaF(GRID)
    line = QFontMetricsF(canvas.theme.font()).height()
    across, up = axes.numbers(reach, canvas.theme)
    canvas.sharp()
    for value, words in up:
        y = _pixel(place.bottom() - _share(value, axes.y) * place.height())
        canvas.line(QPointF(place.left(), y), QPointF(place.right(), y), grid)
        where = QRectF(all_of_it.left(), y - line / 2, place.left() - px(GAP), line)
        canvas.text(where, words, RIGHT)
    for value, words in across:
        x = _pixel(place.left() + _share(value, axes.x) * place.width())
        if axes.upright:
            canvas.line(QPointF(x, place.top()), QPointF(x, place.bottom()), grid)
        if axes.bottom:
            wide = QFontMetricsF(canvas.theme.font()).horizontalAdvance(words) + 2
            where = QRectF(x - wide / 2, place.bottom() + px(GAP), wide, line)
            canvas.text(where, words)
    canvas.setPen(canvas.stroke("line"))
    corner = QPointF(_pixel(place.left()), _pixel(place.bottom()))
    canvas.drawLines(
        [
            QLineF(QPointF(corner.x(), place.top()), corner),
            QLineF(corner, QPointF(place.right(), corner.y())),
        ]
    )
    canvas.sharp(False)
    if axes.bottom:
        below = QRectF(place.left(), all_of_it.bottom() - line, place.width(), line)
        canvas.text(below, axes.bottom)
    if axes.left:
        canvas.save()
        canvas.translate(all_of_it.left(), all_of_it.bottom())
        canvas.rotate(-90)
        # beside the middle of the axis, as far as its words do not end outside of the plot
        needed = QFontMetricsF(canvas.theme.font()).horizontalAdvance(axes.left) + 2
        needed = min(max(needed, place.height()), all_of_it.height())
        middle = all_of_it.bottom() - place.center().y()
        start = min(max(0.0, middle - needed / 2), all_of_it.height() - needed)
        canvas.text(QRectF(start, 0, needed, line), axes.left, CENTRE)
        canvas.restore()


def _share(value: float, ends: tuple[float, float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _pixel(at: float) -> float:
    """The middle of a pixel: a line of one pixel has sharp edges there."""
    return int(at) + 0.5
