"""Two rows of bars: how many mistakes of two designs are 1, 2, ... bits apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import DASHES, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.mistakes import bits_words as words
from nnviz.ui.mistakes.guess_words import QUESTION_MARK
from nnviz.words import number, sentences

TITLE, NUMBER, NAME, LEGEND = 32, 36, 30, 30
"""Heights of the line above a row of bars, of a number on a bar, of the names below, and of what
the dashed line means."""
NARROW = 110
"""Width of a bar on the design grid below which only numbers stand below it."""
INKS = "positive", "negative"


@dataclass(frozen=True)
class ApartRow:
    """The mistakes of one design."""

    design: str
    counts: tuple[int, ...]
    """1, 2, ... bits apart"""
    evenly: tuple[float, ...]
    """The same if its mistakes were spread evenly over all pairs"""

    @property
    def mistakes(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True)
class ApartView:
    """The rows, from above, and which bar is listed: (row, bits)."""

    rows: tuple[ApartRow, ...]
    chosen: tuple[int, int] | None = None
    hidden: bool = False
    """Whether the counts are not to be told."""


class ApartBars(Picture[ApartView]):
    """All bars on one scale; tells which (row, bits apart) was chosen."""

    id = "apart-bars"
    title = words.BARS
    tip = words.BARS_TIP
    arrows_choose = True
    least = (300, 2 * (TITLE + NUMBER + 40) + NAME + LEGEND)

    def row_place(self, row: int) -> QRectF:
        """Where a row of bars lies, with its title."""
        below = self.px(NAME) + self.px(LEGEND)
        high = (self.height() - below) / max(1, len(self.view.rows))
        return QRectF(0, row * high, self.width(), high)

    def place(self, row: int, bits: int) -> QRectF:
        """Where a bar can go, with its number."""
        room = self.row_place(row).adjusted(0, self.px(TITLE), 0, 0)
        wide = room.width() / max(1, len(self.view.rows[row].counts))
        return QRectF((bits - 1) * wide, room.y(), wide, room.height()).adjusted(6, 0, -6, 0)

    def regions(self, view: ApartView) -> Iterable[Region]:
        for row, each in enumerate(view.rows):
            for bits, count in enumerate(each.counts, 1):
                said = words.apart_in_words(bits)
                if not view.hidden:
                    said = words.bar_told(each.design, bits, count)
                yield Region((row, bits), self.place(row, bits), words=said)

    def words(self, view: ApartView) -> str:
        if view.hidden:
            return words.HIDDEN_COUNTS
        return sentences(*(each.words for each in self.regions(view)))

    def selected(self, view: ApartView) -> tuple[int, int] | None:
        return view.chosen

    # ---- painting --------------------------------------------------------------------

    def table(self, view: ApartView) -> Twin | None:
        if view.hidden:
            return super().table(view)
        rows = (
            (row.design, bits, count, evenly)
            for row in view.rows
            for bits, (count, evenly) in enumerate(zip(row.counts, row.evenly, strict=True), 1)
        )
        return twin_of((heads.DESIGN, heads.BITS_APART, heads.DIGITS, heads.EVENLY), rows)

    def paint(self, canvas: Canvas, view: ApartView) -> None:
        px = canvas.px
        most = max((max(*row.counts, *row.evenly, 1) for row in view.rows), default=1)
        for row, each in enumerate(view.rows):
            place = self.row_place(row)
            title = QRectF(2, place.y(), place.width() - 4, px(TITLE))
            said = each.design if view.hidden else words.row_title(each.design, each.mistakes)
            canvas.text(title, said, LEFT, size=TEXT + 2, bold=True)
            for bits in range(1, len(each.counts) + 1):
                self._paint_bar(canvas, view, (row, bits), most)
        self._paint_below(canvas, view)

    def _paint_bar(
        self, canvas: Canvas, view: ApartView, key: tuple[int, int], most: float
    ) -> None:
        row, bits = key
        each, place, px = view.rows[row], self.place(row, bits), canvas.px
        room = place.height() - px(NUMBER)
        base = QPointF(place.x(), place.bottom())
        canvas.line(base, QPointF(place.right(), base.y()), "muted", 2)
        if view.hidden:
            canvas.text(place, QUESTION_MARK, ink="muted", size=BACK_ROW, bold=True)
            return
        count, expected = each.counts[bits - 1], each.evenly[bits - 1]
        high = room * count / most
        bar = QRectF(place.x(), base.y() - high, place.width(), high)
        if count:
            canvas.box(bar, INKS[row % 2])
        y = base.y() - room * expected / most
        dash = QPointF(place.x() - 4, y), QPointF(place.right() + 4, y)
        canvas.line(*dash, "text", 2, DASHES)
        top = min(bar.y(), y) - px(NUMBER)  # the line would go through it
        above = QRectF(place.x(), top, place.width(), px(NUMBER))
        canvas.text(above, number(count), size=BACK_ROW, bold=True)
        if key == view.chosen:
            canvas.box(place.adjusted(-4, 0, 4, 0), edge="text", width=3, radius=5)

    def _paint_below(self, canvas: Canvas, view: ApartView) -> None:
        """Names of the columns, and what the dashed line means."""
        px, last = canvas.px, len(view.rows) - 1
        for bits in range(1, len(view.rows[last].counts) + 1 if view.rows else 1):
            place = self.place(last, bits)
            below = QRectF(place.x() - 4, place.bottom(), place.width() + 8, px(NAME))
            short = place.width() < px(NARROW)
            canvas.text(below, number(bits) if short else words.apart_in_words(bits))
        if not view.hidden:
            line = QRectF(2, self.height() - px(LEGEND), self.width() - 4, px(LEGEND))
            y = line.center().y()
            canvas.line(QPointF(line.x(), y), QPointF(line.x() + px(44), y), "text", 2, DASHES)
            canvas.text(line.adjusted(px(54), 0, 0, 0), words.LEGEND, LEFT, "muted")
