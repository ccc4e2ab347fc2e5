"""What each of several designs says of one digit: the answer large, and how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.ui.mistakes.digit_words import ANSWERS, ANSWERS_TIP, NO_NETWORK, answer_told
from nnviz.words import percent, sentences

TITLE, TALLEST, LEAST = 28, 46, 30
MARK, NAME, PERCENT, ANSWER = 28, 138, 62, 40


@dataclass(frozen=True)
class AnswerRow:
    """One design."""

    key: str
    name: str
    answer: str
    """Empty where it has no network."""
    right: bool | None
    """None where nobody knows."""
    confidence: float
    colour: int | None = None
    """The class whose colour the bar has."""

    @property
    def sure(self) -> str:
        return percent(self.confidence, 0)


@dataclass(frozen=True)
class AnswersView:
    """A title and the designs, in the order shown."""

    title: str
    rows: tuple[AnswerRow, ...]
    shown: str
    """The design on screen."""


class AnswerRows(Picture[AnswersView]):
    """Tells which design was chosen."""

    id = "answer-rows"
    title = ANSWERS
    tip = ANSWERS_TIP
    policy = (Policy.Preferred, Policy.Preferred)
    arrows_choose = True

    def place(self, number: int) -> QRectF:
        """Where a row lies."""
        top = self.px(TITLE)
        height = min((self.height() - top) / max(1, len(self.view.rows)), self.px(TALLEST))
        return QRectF(0, top + number * height, self.width(), height).adjusted(1, 1.5, -1, -1.5)

    def regions(self, view: AnswersView) -> Iterable[Region]:
        for number, row in enumerate(view.rows):
            if row.answer:
                told = answer_told(row.name, row.answer, row.right, row.sure)
                yield Region(row.key, self.place(number), words=told)

    def selected(self, view: AnswersView) -> str:
        return view.shown

    def words(self, view: AnswersView) -> str:
        return sentences(f"{view.title}:", *(f"{each.words}." for each in self.regions(view)))

    def paint(self, canvas: Canvas, view: AnswersView) -> None:
        title = QRectF(2, 0, self.width() - 4, canvas.px(TITLE))
        canvas.text(title, view.title, LEFT, "muted")
        for number, row in enumerate(view.rows):
            self._paint_row(canvas, self.place(number), row, row.key == view.shown)

    def _paint_row(self, canvas: Canvas, place: QRectF, row: AnswerRow, shown: bool) -> None:
        px = canvas.px
        canvas.box(
            place, "raised" if shown else "panel", "text" if shown else "", width=2.5, radius=5
        )
        size = min(float(BACK_ROW), place.height() / self.theme.scale * 0.78)
        usual = min(TEXT, size)
        name = QRectF(place.x() + px(8), place.y(), px(NAME), place.height())
        canvas.text(name, row.name, LEFT, size=usual, bold=shown)
        share = QRectF(place.right() - px(PERCENT + 6), place.y(), px(PERCENT), place.height())
        if not row.answer:
            wide = QRectF(name.right(), place.y(), share.right() - name.right(), place.height())
            canvas.text(wide, NO_NETWORK, RIGHT, "muted")
            return
        answer = QRectF(name.right() + px(2), place.y(), self._answer_width, place.height())
        canvas.text(answer, row.answer, size=size, bold=True)
        mark = QRectF(answer.right(), place.y(), px(MARK), place.height())
        if row.right is not None:
            canvas.mark(mark, row.right)
        canvas.text(share, row.sure, RIGHT, size=usual)
        high = min(place.height() * 0.5, float(px(20)))
        left = mark.right() + px(2)
        track = QRectF(left, place.center().y() - high / 2, share.x() - px(2) - left, high)
        if track.width() >= px(12):
            ink = "muted" if row.colour is None else self.theme.digit(row.colour)
            canvas.bar(track, max(1e-9, row.confidence), ink)

    @property
    def _answer_width(self) -> int:
        """Names of classes that are words take the room of the bar."""
        free = self.width() - self.px(NAME + MARK + PERCENT + 24)
        wordy = any(len(row.answer) > 2 for row in self.view.rows)
        return max(self.px(ANSWER), free) if wordy else self.px(ANSWER)

    def least_size(self, view: AnswersView | None) -> tuple[float, float]:
        rows = 0 if view is None else len(view.rows)
        return NAME + ANSWER + MARK + PERCENT + 20, TITLE + rows * LEAST
