"""The strip above every page in lecture mode: the digit, the design, what it says, how good it is;
and what a lecture says to the room."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.networks.designs import DESIGNS
from nnviz.session.slices import LectureShown
from nnviz.session.state import State
from nnviz.ui.app import words as frame_words
from nnviz.ui.app.digit_card import digit_in_words
from nnviz.ui.app.lecture import words
from nnviz.ui.app.lecture.scene_picture import SMALL, ScenePicture
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.layout import row
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import percent

SIDE, HEIGHT, STACKED, MOST = 52, 60, 119, 136
"""On the design grid: the digit; the strip alone; beside what a lecture says; and at most."""
GAP, MARGIN, MARK = 12, 4, 26
UPPER, LOWER = 19, 37
"""Heights of the small line and of the large one."""
WIDEST = 16_777_215
"""Qt's own."""
LEAST_WORDS = 0.58
"""The part of the width that a lecture's words get at least."""


@dataclass(frozen=True)
class SaidView:
    """A digit and what is said of it."""

    pixels: Bytes
    """(inputs,)"""
    shape: Shape
    digit: str
    """What it is, as far as that may be told"""
    answer: str
    """Nothing while it is still to come"""
    right: bool | None
    design: str
    progress: str
    which: str
    """On which digits it was measured, ..."""
    accuracy: str
    """... and how many of them it answers right"""
    stacked: bool = False
    """Whether it stands beside what a lecture says"""
    scene: str = ""
    """Which scene of how many"""
    longest: str = ""
    """Of all answers: beside what a lecture says nothing moves as one comes"""
    of_digit: bool = True
    """Whether the page is about the digit: else nothing is said of it"""


def said_of(state: State, held_back: bool, of_digit: bool = True) -> SaidView:
    """What the strip shows of a state; `held_back`: the page does not tell the answer yet. Who
    reads better is an answer, too."""
    state = state.here
    answer = None if held_back or state.answer_hidden else state.sure_verdict.answer
    which, accuracy = frame_words.measured(state)
    return SaidView(
        state.pixels,
        state.digits.shape,
        digit_in_words(state),
        "" if answer is None else state.named(answer),
        None if answer is None else state.right,
        DESIGNS[state.design].label,
        frame_words.progress(state)[0],
        which,
        words.STILL_HIDDEN if state.answer_hidden else accuracy,
        state.lecture is not None,
        _scene_of(state.lecture),
        max(state.digits.class_names, key=len),
        of_digit,
    )


def _scene_of(lecture: LectureShown | None) -> str:
    return words.scene_number(lecture) if lecture is not None and lecture.numbered else ""


class SaidPicture(Picture[SaidView]):
    """Side by side, or below each other beside what a lecture says."""

    id = "said"
    title = words.SAID_TITLE
    tip = words.SAID_TIP
    keys = False
    policy = (Policy.Expanding, Policy.Preferred)

    def words(self, view: SaidView) -> str:
        said = view.design
        if view.of_digit:
            said = words.said(view.digit, view.design, view.answer, view.right)
        return f"{said}. {words.accuracy(view.which, view.accuracy)}."

    def needed_width(self) -> float:
        """Of the column beside what a lecture says."""
        if self.view is None:
            return 0
        view, wide = self.view, self._width
        answer = max(view.answer, view.longest, key=len)
        said = self.px(SIDE + GAP) + self._said_width(answer)
        accuracy = max(view.accuracy, percent(0.99), key=len)  # nothing moves as it comes
        below = wide(view.design, TEXT) + self.px(GAP) + wide(accuracy, BACK_ROW)
        return max(said, below) + 2 * self.px(GAP)

    def _width(self, text: str, size: float) -> float:
        return width_of(text, self.theme, size, bold=True)

    def _said_width(self, said: str) -> float:
        """Of the answer with its mark and the word for it."""
        word = max(self._width(each, TEXT) for each in (words.RIGHT, words.WRONG))
        answer = self._width(words.says(said), BACK_ROW)
        return answer + self.px(MARK + 12) + word + self.px(8)

    def paint(self, canvas: Canvas, view: SaidView) -> None:
        px = self.px
        side, top = px(SIDE), px(MARGIN)
        image = QRectF(px(GAP), top, side, side)
        if view.of_digit:
            picture = digit_image(view.pixels, self.theme.grey_colours, view.shape)
            canvas.image(image, picture, width=1)
        left = image.right() + px(GAP)
        if view.stacked:
            right = self.width() - px(GAP)
            if view.of_digit:
                self._paint_said(canvas, QRectF(left, top, right - left, px(UPPER + LOWER)), view)
            corner = QRectF(left, top, right - left, px(UPPER))
            canvas.text(corner, view.scene, RIGHT, "muted", SMALL)
            self._paint_below(canvas, QRectF(px(GAP), 0, right - px(GAP), self.height()), view)
        else:
            self._paint_in_line(canvas, left, view)
        canvas.fillRect(QRectF(0, self.height() - px(1), self.width(), px(1)), canvas.ink("line"))

    def _paint_said(self, canvas: Canvas, place: QRectF, view: SaidView) -> None:
        """What it is, and in large type what is said of it."""
        px = self.px
        upper = QRectF(place.x(), place.y(), place.width(), px(UPPER))
        canvas.text(upper, view.digit, LEFT, "muted", SMALL)
        lower = QRectF(place.x(), upper.bottom(), place.width(), px(LOWER))
        told = view.right is not None
        word = words.RIGHT if view.right else words.WRONG
        beside = px(MARK + 12) + self._width(word, TEXT) if told else 0
        said = words.says(view.answer)
        lower.setWidth(min(self._width(said, BACK_ROW) + 2, place.width() - beside))
        canvas.text(lower, said, LEFT, size=BACK_ROW, bold=True)
        if view.right is not None:
            mark = QRectF(lower.right() + px(8), lower.y(), px(MARK), lower.height())
            canvas.mark(mark, view.right, radius=11)
            rest = QRectF(mark.right() + px(4), lower.y(), beside - px(MARK + 12), lower.height())
            canvas.text(rest.adjusted(0, 0, 2, 0), word, LEFT, bold=True)

    def _paint_below(self, canvas: Canvas, place: QRectF, view: SaidView) -> None:
        """The design and its accuracy, in a column."""
        px = self.px
        line = QRectF(place.x(), px(MARGIN + SIDE + 4), place.width(), px(LOWER))
        wide = self._width(view.accuracy, BACK_ROW)
        canvas.text(line, view.accuracy, RIGHT, size=BACK_ROW, bold=True)
        design = line.adjusted(0, 0, -wide - px(GAP), 0)
        canvas.text(design, view.design, LEFT, bold=True)
        small = QRectF(place.x(), line.bottom(), place.width(), px(UPPER))
        half = small.adjusted(0, 0, -width_of(view.which, self.theme, SMALL) - px(GAP), 0)
        canvas.text(small, view.which, RIGHT, "muted", SMALL)
        if width_of(view.progress, self.theme, SMALL) <= half.width():
            canvas.text(half, view.progress, LEFT, "muted", SMALL)

    def _paint_in_line(self, canvas: Canvas, left: float, view: SaidView) -> None:
        """Where there is little room, what is said of the measuring goes first."""
        px, right = self.px, self.width() - self.px(GAP)
        which = width_of(view.which, self.theme, SMALL)
        accuracy = self._width(view.accuracy, BACK_ROW)
        design = self._width(view.design, TEXT)
        progress = width_of(view.progress, self.theme, SMALL)
        answer = self._said_width(view.answer)
        room = right - left - 2 * px(2 * GAP)
        while_small = (
            (max(which, accuracy), max(design, progress)),
            (max(which, accuracy), design),
            (accuracy, design),
            (accuracy, design * 0.6),
        )
        last, middle = next(
            (each for each in while_small if answer + sum(each) <= room), while_small[-1]
        )
        end = QRectF(right - last, px(MARGIN), last, px(UPPER + LOWER))
        self._two_lines(canvas, end, view.which if which <= last else "", view.accuracy)
        between = QRectF(end.x() - px(2 * GAP) - middle, px(MARGIN), middle, px(UPPER + LOWER))
        said = QRectF(left, px(MARGIN), between.x() - px(2 * GAP) - left, px(UPPER + LOWER))
        if view.of_digit:
            self._paint_said(canvas, said, view)
        upper = QRectF(between.x(), between.y(), middle, px(30))
        if progress <= middle + 1 and design <= middle + 1:
            canvas.text(upper, view.design, RIGHT, bold=True)
            lower = QRectF(between.x(), upper.bottom(), middle, px(UPPER + 4))
            canvas.text(lower, view.progress, RIGHT, "muted", SMALL)
        elif design <= middle + 1:
            canvas.text(between, view.design, RIGHT, bold=True)
        else:
            canvas.paragraph(between, view.design, bold=True)

    def _two_lines(self, canvas: Canvas, place: QRectF, small: str, large: str) -> None:
        upper = QRectF(place.x(), place.y(), place.width() + 1, self.px(UPPER))
        canvas.text(upper, small, RIGHT, "muted", SMALL)
        lower = QRectF(place.x(), upper.bottom(), place.width() + 1, self.px(LOWER))
        canvas.text(lower, large, RIGHT, size=BACK_ROW, bold=True)


class LectureStrip(QFrame):
    """Hidden outside of lecture mode."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("lecture-strip")
        self.setAutoFillBackground(True)
        self.scene, self.said = ScenePicture(theme), SaidPicture(theme)
        self._row: QHBoxLayout = row((self.scene, 1), self.said, spacing=0)
        self._row.setSpacing(0)
        self.setLayout(self._row)
        self.scene.hide()
        self.hide()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.scene, self.said):
            part.use_theme(theme)
        self._fit()

    def show_state(self, state: State, held_back: bool, of_digit: bool) -> None:
        """`held_back`: the page on screen does not tell the answer yet; `of_digit`: it is about
        the digit in use."""
        if state.lecture is not None:
            self.scene.show_view(state.lecture)
        self.scene.setVisible(state.lecture is not None)
        self.said.show_view(said_of(state, held_back, of_digit))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as what is said needs, and not as much higher that the page gets too little."""
        px = self._theme.px
        if self.scene.isHidden():
            self.said.setMinimumWidth(0)
            self.said.setMaximumWidth(WIDEST)
            self.setFixedHeight(px(HEIGHT))
            return
        most = self.width() * (1 - LEAST_WORDS)
        beside = round(min(self.said.needed_width(), most))
        self.said.setFixedWidth(beside)
        needed = self.scene.needed_height(self.width() - beside)
        self.setFixedHeight(min(max(needed, px(STACKED)), px(MOST)))
