"""How many digits 0, 1, 2, ... designs miss, as columns; one of them can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.guess_words import QUESTION_MARK
from nnviz.words import number, sentences

TITLE, NUMBER = 28, 28


@dataclass(frozen=True)
class ColumnsView:
    """How many digits each number of designs misses, from 0 on, and which is listed."""

    title: str
    counts: tuple[int, ...]
    chosen: int | None = None
    hidden: bool = False
    """Whether the counts are not to be told."""


class CountColumns(Picture[ColumnsView]):
    """Tells which number of designs was chosen.

    The column of 0 is not to scale, or it would leave nothing of the others.
    """

    id = "miss-columns"
    title = words.MISSED
    tip = words.MISSED_TIP
    arrows_choose = True

    def place(self, missed: int) -> QRectF:
        """Where a column with its numbers lies."""
        wide = self.width() / max(1, len(self.view.counts))
        top = self.px(TITLE)
        return QRectF(missed * wide, top, wide, self.height() - top).adjusted(2, 0, -2, -1)

    def regions(self, view: ColumnsView) -> Iterable[Region]:
        for missed, count in enumerate(view.counts):
            told = words.missed_listed(missed, len(view.counts) - 1, count)
            if view.hidden:
                told = number(missed)
            yield Region(missed, self.place(missed), words=told)

    def words(self, view: ColumnsView) -> str:
        return sentences(*(each.words for each in self.regions(view)))

    def selected(self, view: ColumnsView) -> int | None:
        return view.chosen

    def table(self, view: ColumnsView) -> Twin | None:
        if view.hidden:
            return super().table(view)
        return twin_of((view.title, heads.DIGITS), enumerate(view.counts))

    def paint(self, canvas: Canvas, view: ColumnsView) -> None:
        title = QRectF(2, 0, self.width() - 4, canvas.px(TITLE))
        canvas.text(title, view.title, LEFT, "muted")
        most, line = max(view.counts[1:], default=0) or 1, canvas.px(NUMBER)
        for missed, count in enumerate(view.counts):
            place, chosen = self.place(missed), missed == view.chosen
            below = QRectF(place.x(), place.bottom() - line, place.width(), line)
            canvas.text(below, number(missed), size=TEXT + 2, bold=True)
            if view.hidden:
                canvas.text(place, QUESTION_MARK, ink="muted", bold=True)
                continue
            share = 1.0 if missed == 0 else count / most
            high = max(2.0, (place.height() - 2 * line) * share) if count else 0.0
            bar = QRectF(place.x() + 3, below.y() - high, place.width() - 6, high)
            if missed:
                canvas.box(bar, "text")
            else:
                canvas.fillRect(bar, QBrush(canvas.ink("muted"), Qt.BrushStyle.BDiagPattern))
            above = QRectF(place.x() - 2, bar.y() - line, place.width() + 4, line)
            canvas.text(above, number(count), bold=chosen)
            if chosen:
                canvas.box(place.adjusted(1, 1, -1, -1), edge="text", width=3, radius=5)

    def least_size(self, view: ColumnsView | None) -> tuple[float, float]:
        columns = 1 if view is None else max(1, len(view.counts))
        return 40 * columns, TITLE + 2 * NUMBER + 50
