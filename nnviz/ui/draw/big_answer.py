"""One answer for the back row: whose it is, how sure it is, and what comes next."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.ui.draw import words
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.theme import BACK_ROW, TEXT

LINE, BAR = 28, 14
LEAST = 50
"""Height of the answer on the design grid; with less, lines below it give way."""


@dataclass(frozen=True)
class AnswerView:
    """What is written; an empty answer stands for none."""

    title: str
    """Whose answer it is."""
    answer: str = ""
    confidence: float = 0.0
    """0..1"""
    colour: int = 0
    """The class whose colour the bar has."""
    then: str = ""
    """The runner-up, in words."""
    output: str = ""
    """What the strongest output says, in words."""
    words: str = ""
    """All this as a sentence."""


class BigAnswer(Picture[AnswerView]):
    """The answer as large as there is room for."""

    id = "big-answer"
    title = words.ANSWER
    tip = words.ANSWER_TIP
    keys = False
    policy = (Policy.Preferred, Policy.Preferred)
    least = (150, 172)

    def words(self, view: AnswerView) -> str:
        return view.words

    def paint(self, canvas: Canvas, view: AnswerView) -> None:
        px = self.px
        canvas.box(self.room, "background", radius=8)
        inside = self.room.adjusted(px(8), px(4), -px(8), -px(6))
        line = QRectF(inside.x(), inside.y(), inside.width(), px(LINE))
        canvas.text(line, view.title, ink="muted")
        if not view.answer:
            for down, part in enumerate(words.NO_ANSWER):
                canvas.text(inside.translated(0, px(30) * down), part, size=TEXT + 4)
            return
        middle = QRectF(line.x(), line.bottom(), line.width(), 0)
        below = [view.output, view.then]
        middle.setBottom(inside.bottom() - px(LINE + 10 + BAR + len(below) * LINE + 8))
        while below and middle.height() < px(LEAST):  # the answer is what matters
            below.pop(0)
            middle.setBottom(middle.bottom() + px(LINE))
        self._paint_answer(canvas, middle, view.answer)
        if not view.then:  # it is hidden
            return
        line.moveTop(middle.bottom())
        line.setHeight(px(LINE + 8))
        canvas.text(line, words.sure(view.confidence), size=BACK_ROW, bold=True)
        track = QRectF(line.x(), line.bottom() + px(2), line.width(), px(BAR))
        canvas.bar(track, view.confidence, self.theme.digit(view.colour))
        last = QRectF(line.x(), inside.bottom() - px(LINE), line.width(), px(LINE))
        for up, each in enumerate(reversed(below)):
            canvas.text(last.translated(0, -up * px(LINE)), each, ink="muted")

    def _paint_answer(self, canvas: Canvas, place: QRectF, answer: str) -> None:
        """A digit fills the height; words go over two lines if they must."""
        size = place.height() / self.theme.scale * 0.95
        if len(answer) > 2:
            size = min(size, float(BACK_ROW))
            first, _, second = answer.rpartition(" ")
            if first and not fits(answer, place.width() * TEXT / BACK_ROW, self.theme):
                half = QRectF(place.x(), place.y(), place.width(), place.height() / 2)
                canvas.text(half, first, size=size, bold=True)
                place, answer = half.translated(0, half.height()), second
        canvas.text(place, answer, size=size, bold=True)
