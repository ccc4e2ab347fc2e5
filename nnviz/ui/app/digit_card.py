"""The digit on screen, what it is, what the network says, and how to get another one."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.controls import button, combo_box, offer
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.layout import dress
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.output_words import STILL_TO_COME, still_to_come
from nnviz.words import tr, tr_later

WAYS = {
    "previous": ("‹", tr("previous digit"), tr("The previous test digit (PageUp)")),
    "next": ("›", tr("next digit"), tr("The next test digit (PageDown)")),
    "random": (tr("Random"), tr("random digit"), tr("Any test digit")),
    "mistake": (
        tr("Mistake"),
        tr("mistake digit"),
        tr("A test digit that the network misreads now"),
    ),
}
"""How to get another digit: words, accessible name and tooltip of its button."""
SAID = {
    None: tr_later("{label}, says {answer}"),
    True: tr_later("{label}, says {answer}, right"),
    False: tr_later("{label}, says {answer}, wrong"),
}
SIDE = 104
"""Of the picture on the design grid, ..."""
SMALLER = 88
"""... and where names of classes need two lines."""
ARROW = 27
"""Width on the design grid of the buttons beside the picture."""
HEIGHT, LEAST = 188, 140
"""Of the digit with its label and answer, on the design grid: usual, and where there is less."""
Side = Qt.AlignmentFlag


@dataclass(frozen=True)
class CardView:
    """A digit and what is said of it."""

    pixels: Bytes
    """(inputs,)"""
    shape: Shape
    label: str
    """What it is, in words"""
    answer: str
    """Nothing while it is still to come"""
    right: bool | None
    """None where nobody knows, or is to know yet"""
    worded: bool
    """Whether names of classes are words"""
    no_digit: bool
    """Whether the answer is that it is none, which is never right"""


class DigitPicture(Picture[CardView]):
    """The digit, its label, and the answer, where there is a label with a tick or a cross."""

    resized = Signal()

    id = "digit-picture"
    title = tr("The digit on screen")
    tip = tr("Click for the next test digit.")
    policy = (Policy.Preferred, Policy.Preferred)
    least = (60, LEAST)
    keys = False

    def wanted_size(self, view: CardView | None) -> tuple[float, float]:
        return 150, HEIGHT

    def words(self, view: CardView) -> str:
        if not view.answer:
            return still_to_come(view.label)
        return SAID[view.right].format(label=view.label, answer=view.answer)

    def regions(self, view: CardView) -> tuple[Region, ...]:
        return (Region("next", self.room),)

    @property
    def side(self) -> int:
        """Of the picture, as large as its room."""
        most = self.px(SMALLER if self.view is not None and self.view.worded else SIDE)
        return max(1, min(most, self.height() - self.px(HEIGHT - SIDE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paint(self, canvas: Canvas, view: CardView) -> None:
        px, side = self.px, self.side
        place = QRectF((self.width() - side) / 2, 0, side, side)
        image = digit_image(view.pixels, self.theme.grey_colours, view.shape)
        canvas.image(place, image, width=2)
        line = QRectF(0, side + px(3), self.width(), px(28))
        alone = view.worded or view.right is None
        label = view.label if alone else tr("{label}, says", label=view.label)
        canvas.text(line, label, ink="muted")
        badge = QRectF(0, line.bottom() + px(2), self.width(), px(46))
        badge.setBottom(self.height() - px(5))
        # filled for right, outlined for wrong: not by colour alone
        colour = self.theme.judged(view.right)
        fill = colour if view.right else ""
        canvas.box(badge.adjusted(2, 1, -2, -1), fill, colour, 3, radius=7)
        if view.right is None:
            said = tr("says {answer}", answer=view.answer or STILL_TO_COME)
            canvas.text(badge.adjusted(px(8), 0, -px(8), 0), said, size=BACK_ROW - 2, bold=True)
        else:
            self._paint_judged(canvas, badge, view)

    def _paint_judged(self, canvas: Canvas, place: QRectF, view: CardView) -> None:
        """The answer with a tick or a cross."""
        px, right = self.px, bool(view.right)
        ink = self.theme.colour("on_accent") if right else self.theme.judged(right)
        judged = tr("right") if right else tr("wrong")
        middle = QPointF(place.right() - px(19), place.center().y())
        if view.worded:
            first = place.adjusted(px(8), px(3), -px(8), 0)
            first.setHeight(place.height() * 0.52)
            canvas.text(first, view.answer, ink=ink, size=TEXT + 4, bold=True)
            second = QRectF(first.x(), first.bottom(), first.width(), place.height() * 0.4)
            canvas.text(second, judged, ink=ink, bold=True)
            middle = QPointF(place.right() - px(24), second.center().y())
        elif view.no_digit:  # too long to have words beside it
            whole = place.adjusted(px(9), 0, -px(34), 0)
            canvas.text(whole, view.answer, ink=ink, size=TEXT + 2, bold=True)
        else:
            half = QRectF(place.x(), place.y(), place.width() * 0.3, place.height())
            canvas.text(half, view.answer, ink=ink, size=BACK_ROW, bold=True)
            word = QRectF(half.right(), place.y(), place.width() * 0.48, place.height())
            canvas.text(word, judged, ink=ink, bold=True)
        canvas.mark(QRectF(middle - QPointF(10, 10), middle + QPointF(10, 10)), right, ink)


def digit_in_words(state: State) -> str:
    """What the digit on screen is, but for a label that would tell a room what it is asked."""
    if state.answer_hidden and state.shown_label is not None:
        return tr("a test digit")
    return state.label_in_words


class DigitCard(QWidget):
    """Shown on every page."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._held_back = False
        self._shown: object = None
        self.picture = DigitPicture(theme)
        self.picture.chosen.connect(lambda _: session.picking.pick("next"))
        self.picture.resized.connect(self._fit_arrows)
        self.labels = combo_box(
            "label-filter",
            tr("Only digits with the label"),
            tr("Show only test digits with this label."),
            session.picking.pick_label,
        )
        self.labels.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        made = {}
        for way, (text, name, tip) in WAYS.items():
            made[way] = button(text, tip, partial(session.picking.pick, way), f"pick-{way}")
            made[way].setAccessibleName(name)
            made[way].setProperty("narrow", True)
        self._arrows = made["previous"], made["next"]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self.picture, 0, 0, 1, 2)
        self._grid.addWidget(made["previous"], 0, 0, Side.AlignLeft | Side.AlignTop)
        self._grid.addWidget(made["next"], 0, 1, Side.AlignRight | Side.AlignTop)
        self._grid.addWidget(made["random"], 1, 0)
        self._grid.addWidget(made["mistake"], 1, 1)
        self._grid.addWidget(self.labels, 2, 0, 1, 2)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(4))
        dress(self, theme)
        self.picture.setMaximumHeight(theme.px(HEIGHT))
        self.show_state(self._session.state.here, self._held_back)

    def _fit_arrows(self) -> None:
        for arrow in self._arrows:
            arrow.setFixedSize(self._theme.px(ARROW), self.picture.side)

    def show_state(self, state: State, held_back: bool = False) -> None:
        """`held_back`: the page on screen does not tell the answer yet; nothing does while a room
        is asked first."""
        self._held_back = held_back
        hidden = state.answer_hidden
        answer = None if held_back or hidden else state.sure_verdict.answer
        digit = state.digits, state.image, state.shown_drawing, state.label
        shown = *digit, hidden, answer, self._theme
        if not alike(self._shown, shown):
            self._shown = shown
            self._show(state, answer)

    def _show(self, state: State, answer: int | None) -> None:
        names = state.digits.class_names
        worded = are_words(names, self._theme)
        labels = names if worded else [tr("Label {label}", label=name) for name in names]
        numbered = ((name, number) for number, name in enumerate(labels))
        offer(self.labels, [(tr("All labels"), None), *numbered], state.label)
        self.picture.show_view(
            CardView(
                state.pixels,
                state.digits.shape,
                digit_in_words(state),
                "" if answer is None else state.named(answer),
                None if answer is None else state.right,
                worded,
                answer is not None and answer < 0,
            )
        )
        self._fit_arrows()
