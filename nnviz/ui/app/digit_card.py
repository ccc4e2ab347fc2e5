"""The digit on screen, what it is, what the network says, and how to get another one."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.fitted_text import are_words, draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image

WAYS = {
    "previous": ("‹", "The previous test digit (PageUp)"),
    "next": ("›", "The next test digit (PageDown)"),
    "random": ("Random", "Any test digit"),
    "mistake": ("Mistake", "A test digit that the network misreads now"),
}


SIDE = 104
"""Of the picture on the design grid, ..."""
SMALLER = 88
"""... and where names of classes need two lines."""
ARROW = 27
"""Width on the design grid of the buttons beside the picture."""
HEIGHT, LEAST = 188, 140
"""Of the digit with its label and answer, on the design grid: usual, and where there is less."""


class DigitCard(QWidget):
    """Shown on every page."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.picture = DigitPicture(theme)
        self.picture.clicked.connect(lambda: session.picking.pick("next"))
        self.picture.resized.connect(self._fit_arrows)
        self.labels = QComboBox()
        self.labels.setObjectName("label-filter")
        self.labels.setAccessibleName("Only digits with the label")
        self.labels.setToolTip("Show only test digits with this label.")
        self.labels.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.labels.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.labels.activated.connect(self._choose_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.addWidget(self.picture, 0, 0, 1, 2)
        self._arrows: list[QPushButton] = []
        sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for place, (way, (text, tooltip)) in enumerate(WAYS.items()):
            made = button(text, tooltip, partial(session.picking.pick, way), f"pick-{way}")
            made.setAccessibleName(f"{way} digit")
            made.setProperty("narrow", True)
            if way in ("previous", "next"):
                self._grid.addWidget(made, 0, place, sides[place] | Qt.AlignmentFlag.AlignTop)
                self._arrows.append(made)
            else:
                self._grid.addWidget(made, 1, place - 2)
        self._grid.addWidget(self.labels, 2, 0, 1, 2)
        column.addLayout(self._grid)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        style_buttons(self, theme)
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(4))
        self.labels.setFont(theme.font())
        self.picture.use_theme(theme)
        self.show_state(self._session.state)

    def _fit_arrows(self) -> None:
        for arrow in self._arrows:
            arrow.setFixedSize(self._theme.px(ARROW), self.picture.side)

    def show_state(self, state: State) -> None:
        names = state.digits.class_names
        label = "" if are_words(names, self._theme) else "Label "
        wanted = ["All labels", *(label + name for name in names)]
        if [self.labels.itemText(i) for i in range(self.labels.count())] != wanted:
            self.labels.clear()
            self.labels.addItems(wanted)
        self.labels.setCurrentIndex(0 if state.label is None else state.label + 1)
        self.picture.show_digit(state)
        self._fit_arrows()

    def _choose_label(self, index: int) -> None:
        self._session.picking.pick_label(index - 1 if index > 0 else None)


class DigitPicture(QWidget):
    """The digit, its label, and the answer, where there is a label with a tick or a cross."""

    clicked = Signal()
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("digit-picture")
        self.setAccessibleName("The digit on screen")
        self.setToolTip("Click for the next test digit.")
        self._state: State | None = None
        self._theme = theme

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setMinimumHeight(theme.px(LEAST))
        self.setMaximumHeight(theme.px(HEIGHT))
        self.update()

    def show_digit(self, state: State) -> None:
        self._state = state
        self.setAccessibleDescription(f"{self._label()}, {self._answer()}")
        self.update()

    def _label(self) -> str:
        state = self._state
        return "" if state is None else state.label_in_words

    def _answer(self) -> str:
        state = self._state
        if state is None:
            return ""
        said = f"says {state.named(state.sure_verdict.answer)}"
        return said if state.right is None else f"{said}, {'right' if state.right else 'wrong'}"

    def paintEvent(self, event: QPaintEvent) -> None:
        state, theme = self._state, self._theme
        if state is None:
            return
        names = state.digits.class_names
        words = are_words(names, theme)
        side = self.side
        with QPainter(self) as painter:
            place = QRectF((self.width() - side) / 2, 0, side, side)
            painter.drawImage(
                place, digit_image(state.pixels, theme.grey_colours, state.digits.shape)
            )
            painter.setPen(QPen(theme.colour("line"), theme.px(2)))
            painter.drawRect(place)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("muted"))
            line = QRectF(0, side + theme.px(3), self.width(), theme.px(28))
            drawn = state.right is None
            shown = self._label() if words or drawn else f"{self._label()}, says"
            draw_fitted(painter, line, Qt.AlignmentFlag.AlignCenter, shown, theme)
            badge = QRectF(0, line.bottom() + theme.px(2), self.width(), theme.px(46))
            badge.setBottom(self.height() - theme.px(5))
            if drawn:
                self._draw_unjudged(painter, badge, state)
            else:
                self._draw_badge(painter, badge, bool(state.right), words)

    def _draw_unjudged(self, painter: QPainter, place: QRectF, state: State) -> None:
        """The answer to a drawing."""
        theme = self._theme
        painter.setPen(QPen(theme.judged(None), theme.px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(2, 1, -2, -1), theme.px(7), theme.px(7))
        words = place.adjusted(theme.px(8), 0, -theme.px(8), 0)
        said = f"says {state.named(state.sure_verdict.answer)}"
        centre = Qt.AlignmentFlag.AlignCenter
        draw_fitted(painter, words, centre, said, theme, BACK_ROW - 2, bold=True)

    def _draw_badge(self, painter: QPainter, place: QRectF, right: bool, words: bool) -> None:
        state, theme = self._state, self._theme
        assert state is not None
        colour = theme.judged(right)
        ink = theme.colour("on_accent") if right else colour
        # filled for right, outlined for wrong: not by colour alone
        painter.setPen(QPen(colour, theme.px(3)))
        painter.setBrush(colour if right else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(2, 1, -2, -1), theme.px(7), theme.px(7))
        painter.setPen(ink)
        answer = state.named(state.sure_verdict.answer)
        judged = "right" if right else "wrong"
        centre = Qt.AlignmentFlag.AlignCenter
        if words:
            first = place.adjusted(theme.px(8), theme.px(3), -theme.px(8), 0)
            first.setHeight(place.height() * 0.52)
            draw_fitted(painter, first, centre, answer, theme, TEXT + 4, bold=True)
            second = QRectF(first.x(), first.bottom(), first.width(), place.height() * 0.4)
            draw_fitted(painter, second, centre, judged, theme, bold=True)
            middle = QPointF(place.right() - theme.px(24), second.center().y())
        elif state.sure_verdict.answer < 0:  # never right, and too long to have words beside it
            whole = place.adjusted(theme.px(9), 0, -theme.px(34), 0)
            draw_fitted(painter, whole, centre, answer, theme, TEXT + 2, bold=True)
            middle = QPointF(place.right() - theme.px(19), place.center().y())
        else:
            half = QRectF(place.x(), place.y(), place.width() * 0.3, place.height())
            draw_fitted(painter, half, centre, answer, theme, BACK_ROW, bold=True)
            word = QRectF(half.right(), place.y(), place.width() * 0.48, place.height())
            draw_fitted(painter, word, centre, judged, theme, bold=True)
            middle = QPointF(place.right() - theme.px(19), place.center().y())
        mark = QRectF(middle - QPointF(10, 10), middle + QPointF(10, 10))
        draw_mark(painter, mark, ink, theme.scale, right)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    @property
    def side(self) -> int:
        """Of the picture, as large as its room."""
        theme, state = self._theme, self._state
        words = state is not None and are_words(state.digits.class_names, theme)
        most = theme.px(SMALLER if words else SIDE)
        return max(1, min(most, self.height() - theme.px(HEIGHT - SIDE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(HEIGHT))
