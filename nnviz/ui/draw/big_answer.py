"""One answer for the back row: whose it is, how sure it is, and what comes next."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

LINE, BAR = 28, 14
LEAST = 172
NOTHING = ("no ink,", "no answer")


@dataclass(frozen=True)
class AnswerView:
    """What is written; an empty answer stands for none."""

    who: str
    answer: str = ""
    confidence: float = 0.0
    """0..1"""
    colour: int = 0
    """The class whose colour the bar has."""
    then: str = ""
    """The runner-up."""

    @property
    def in_words(self) -> str:
        """As a sentence."""
        if not self.answer:
            return f"{self.who}: no ink, no answer."
        return f"{self.who} says {self.answer}, {100 * self.confidence:.0f} % sure; {self.then}."


class BigAnswer(QWidget):
    """Draws an AnswerView, the answer as large as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("big-answer")
        self.setAccessibleName("Answer of the design on screen")
        self.setToolTip(
            wrapped(
                "What the design on screen says, and how sure it is of it: its confidence, which "
                "of ten outputs is the answer's share of their sum. It can be sure with a weak "
                "output where all others are weaker."
            )
        )
        self.view = AnswerView("")
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: AnswerView) -> None:
        if view != self.view:
            self.view = view
            self.setAccessibleDescription(view.in_words)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, view = self._theme, self.view
        px, centre = theme.px, Qt.AlignmentFlag.AlignCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("background"))
            painter.drawRoundedRect(QRectF(self.rect()), px(8), px(8))
            inside = QRectF(self.rect()).adjusted(px(8), px(4), -px(8), -px(6))
            line = QRectF(inside.x(), inside.y(), inside.width(), px(LINE))
            painter.setPen(theme.colour("muted"))
            words = f"{view.who} says" if view.answer else view.who
            draw_fitted(painter, line, centre, words, theme, TEXT)
            if not view.answer:
                painter.setPen(theme.colour("text"))
                for down, part in enumerate(NOTHING):
                    place = inside.translated(0, px(30) * down)
                    draw_fitted(painter, place, centre, part, theme, TEXT + 4)
                return
            rest = px(LINE + 10 + BAR + LINE + 8)
            middle = QRectF(line.x(), line.bottom(), line.width(), 0)
            middle.setBottom(inside.bottom() - rest)
            painter.setPen(theme.colour("text"))
            self._draw_answer(painter, middle)
            line.moveTop(middle.bottom())
            line.setHeight(px(LINE + 8))
            sure = f"{100 * view.confidence:.0f} % sure"
            draw_fitted(painter, line, centre, sure, theme, BACK_ROW, bold=True)
            self._draw_bar(painter, QRectF(line.x(), line.bottom() + px(2), line.width(), px(BAR)))
            last = QRectF(line.x(), inside.bottom() - px(LINE), line.width(), px(LINE))
            painter.setPen(theme.colour("muted"))
            draw_fitted(painter, last, centre, view.then, theme, TEXT)

    def _draw_bar(self, painter: QPainter, track: QRectF) -> None:
        """How sure it is."""
        theme, filled = self._theme, QRectF(track)
        painter.fillRect(track, theme.colour("track"))
        filled.setWidth(max(2.0, track.width() * min(1.0, self.view.confidence)))
        painter.fillRect(filled, theme.digit(self.view.colour))
        painter.setPen(theme.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(filled)

    def _draw_answer(self, painter: QPainter, place: QRectF) -> None:
        """A digit fills the height; words go over two lines if they must."""
        theme, answer = self._theme, self.view.answer
        centre = Qt.AlignmentFlag.AlignCenter
        size = place.height() / theme.scale * 0.95
        if len(answer) > 2:
            size = min(size, float(BACK_ROW))
            first, _, second = answer.rpartition(" ")
            if first and not fits(answer, place.width() * TEXT / BACK_ROW, theme):
                half = QRectF(place.x(), place.y(), place.width(), place.height() / 2)
                draw_fitted(painter, half, centre, first, theme, size, bold=True)
                place, answer = half.translated(0, half.height()), second
        draw_fitted(painter, place, centre, answer, theme, size, bold=True)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(LEAST))

    def sizeHint(self) -> QSize:
        # a page whose buttons wrap is made as high as the hints of its parts
        return self.minimumSizeHint()
