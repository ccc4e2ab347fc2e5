"""How many outputs say yes: none, exactly one, or several; and how many of these digits are
right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.questions.saying_yes import SaidYes
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.mistakes import trust_words as words
from nnviz.ui.mistakes.guess_words import QUESTION_MARK
from nnviz.words import number, sentences

TALLEST, COUNT, BAR = 150, 108, 24
"""Height of a row, width of its count, and height of its bar, on the design grid."""


@dataclass(frozen=True)
class YesView:
    """One of SAYING -> what is counted of it; which of them is listed."""

    said: Mapping[str, SaidYes]
    chosen: str
    hidden: bool = False
    """Whether the counts are not to be told."""


class YesBars(Picture[YesView]):
    """Three rows; tells which of SAYING was chosen."""

    id = "yes-bars"
    title = words.SAYING_YES
    tip = words.SAYING_YES_TIP
    arrows_choose = True
    least = (330, 3 * 84)

    def place(self, row: int) -> QRectF:
        """Where a row lies."""
        high = min(self.height() / 3, float(self.px(TALLEST)))
        return QRectF(0, row * high, self.width(), high).adjusted(2, 3, -2, -3)

    def regions(self, view: YesView) -> Iterable[Region]:
        for row, (name, said) in enumerate(view.said.items()):
            told = words.YES_NAMES[name] if view.hidden else words.yes_told(name, said)
            yield Region(name, self.place(row), words=told)

    def words(self, view: YesView) -> str:
        return sentences(*(each.words for each in self.regions(view)))

    def table(self, view: YesView) -> Twin | None:
        """How many digits each row counts, and how many of them are read right."""
        if view.hidden:
            return super().table(view)
        rows = (
            (words.YES_NAMES[name], said.digits, said.right / said.digits if said.digits else None)
            for name, said in view.said.items()
        )
        return twin_of((heads.NAME, heads.DIGITS, heads.RIGHT), rows)

    def selected(self, view: YesView) -> str:
        return view.chosen

    def paint(self, canvas: Canvas, view: YesView) -> None:
        for row, (name, said) in enumerate(view.said.items()):
            place = self.place(row)
            chosen = name == view.chosen and not view.hidden
            canvas.box(place, "raised", "text" if chosen else "", width=4, radius=7)
            self._paint_row(canvas, place, name, None if view.hidden else said)

    def _paint_row(self, canvas: Canvas, place: QRectF, name: str, said: SaidYes | None) -> None:
        px = canvas.px
        count = QRectF(place.x() + px(4), place.y(), px(COUNT), place.height())
        shown = QUESTION_MARK if said is None else number(said.digits)
        canvas.text(count, shown, size=BACK_ROW + 8, bold=True)
        left, width = count.right() + px(8), place.right() - count.right() - px(20)
        third = place.height() / 3
        title = QRectF(left, place.y(), width, third)
        canvas.text(title, words.YES_NAMES[name], LEFT, size=TEXT + 4, bold=True)
        if said is None or not said.digits:
            return
        high = min(float(px(BAR)), third * 0.7)
        track = QRectF(left, place.center().y() - high / 2, width, high)
        canvas.box(track, "wrong")
        canvas.box(QRectF(left, track.y(), width * said.right / said.digits, high), "right")
        below = QRectF(left, place.bottom() - third, width, third)
        canvas.text(below, words.yes_right(said), LEFT)
        canvas.text(below, words.yes_wrong(said), RIGHT)
