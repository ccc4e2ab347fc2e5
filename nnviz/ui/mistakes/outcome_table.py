"""McNemar's table: how often two designs are both right, one of them, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.questions.listing import CELLS
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.contrast import clear_fill
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.guess_words import QUESTION_MARK
from nnviz.words import number, sentences

HEADING, SIDE = 58, 128
"""Height of the column heads and width of the row heads on the design grid."""
COUNT = 44
"""Size of the counts."""
INKS = {"only-first": "positive", "only-second": "negative"}


@dataclass(frozen=True)
class OutcomeView:
    """The names of both designs, how many digits each cell of CELLS holds, and which is listed."""

    first: str
    second: str
    counts: tuple[int, ...]
    chosen: str = ""
    hidden: bool = False
    """Whether the counts are not to be told."""

    def in_words(self, cell: str) -> str:
        """What a cell counts."""
        return words.outcome_in_words(cell, self.first, self.second)


class OutcomeTable(Picture[OutcomeView]):
    """Rows for the first design, columns for the second; tells which of CELLS was chosen."""

    id = "outcome-table"
    title = words.OUTCOMES
    tip = words.OUTCOMES_TIP
    least = (SIDE + 300, HEADING + 200)
    arrows_choose = True

    def place(self, cell: str) -> QRectF:
        """Where a cell lies."""
        first, second = CELLS[cell]
        wide = (self.width() - self.px(SIDE)) / 2
        high = (self.height() - self.px(HEADING)) / 2
        left = self.px(SIDE) + (0 if second else wide)
        top = self.px(HEADING) + (0 if first else high)
        return QRectF(left, top, wide, high).adjusted(3, 3, -3, -3)

    def regions(self, view: OutcomeView) -> Iterable[Region]:
        for cell, count in zip(CELLS, view.counts, strict=True):
            told = words.outcome_listed(count, view.in_words(cell))
            said = view.in_words(cell) if view.hidden else told
            yield Region(cell, self.place(cell), words=said)

    def words(self, view: OutcomeView) -> str:
        return sentences(*(each.words for each in self.regions(view)))

    def selected(self, view: OutcomeView) -> str:
        return view.chosen or "both"

    def table(self, view: OutcomeView) -> Twin | None:
        if view.hidden:
            return super().table(view)
        told = (
            (view.in_words(cell), count) for cell, count in zip(CELLS, view.counts, strict=True)
        )
        return twin_of((heads.NAME, heads.DIGITS), told)

    def paint(self, canvas: Canvas, view: OutcomeView) -> None:
        px = canvas.px
        for right in (True, False):
            column = self.place("both" if right else "only-first")
            head = QRectF(column.x(), 0, column.width(), px(HEADING))
            self._paint_head(canvas, head, view.second, right)
            row = self.place("both" if right else "only-second")
            side = QRectF(0, row.center().y() - px(29), px(SIDE) - px(6), px(58))
            self._paint_head(canvas, side, view.first, right)
        for cell, count in zip(CELLS, view.counts, strict=True):
            self._paint_cell(canvas, self.place(cell), cell, count, view)

    def _paint_head(self, canvas: Canvas, place: QRectF, name: str, right: bool) -> None:
        """A design, and below it that it is right or wrong."""
        px = canvas.px
        upper = QRectF(place.x(), place.y(), place.width(), place.height() / 2)
        canvas.text(upper, name, bold=True)
        lower = upper.translated(0, upper.height())
        mark = QRectF(lower.center().x() - px(44), lower.y(), px(24), lower.height())
        canvas.mark(mark, right, radius=7.2)
        beside = QRectF(mark.right(), lower.y(), px(66), lower.height())
        canvas.text(beside, words.RIGHT if right else words.WRONG, LEFT)

    def _paint_cell(
        self, canvas: Canvas, place: QRectF, cell: str, count: int, view: OutcomeView
    ) -> None:
        px, fill = canvas.px, canvas.ink("raised")
        if cell in INKS:
            fill = clear_fill(fill, canvas.ink(INKS[cell]), 0.3, [canvas.ink("text")])
        canvas.box(place, fill, "text" if cell == view.chosen else "", width=4, radius=7)
        size = min(float(COUNT), place.height() / self.theme.scale * 0.45)
        upper = QRectF(place.x(), place.y(), place.width(), place.height() * 0.52)
        shown = QUESTION_MARK if view.hidden else number(count)
        canvas.text(upper, shown, size=size, bold=True)
        lower = QRectF(place.x() + 4, upper.bottom() - px(4), place.width() - 8, 0)
        lower.setBottom(place.bottom() - px(4))
        lines = [view.in_words(cell)]
        if not fits(lines[0], lower.width(), self.theme) and lower.height() >= px(42):
            lines = _halves(lines[0])
        canvas.lines(lower, lines, CENTRE)


def _halves(told: str) -> list[str]:
    """Two lines as equally long as can be."""
    ways = [(told[:at], told[at + 1 :]) for at, each in enumerate(told) if each == " "]
    return list(min(ways, key=lambda way: max(map(len, way)), default=(told,)))
