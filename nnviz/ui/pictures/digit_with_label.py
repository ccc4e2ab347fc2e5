"""The digit on screen with its label and what is said of it, small, beside a sentence."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.session.state import State
from nnviz.ui.pictures.output_rows import draw_mark
from nnviz.ui.pictures.weight_images import digit_image
from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import TEXT, Theme

SIDE, WORDS = 64, 118
"""Of the image, and of the words beside it, on the design grid."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class DigitWithLabel(QWidget):
    """For where the column with the digit is hidden."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("digit-with-label")
        self.setAccessibleName("The digit on screen")
        self.setToolTip("The digit on screen, its label, and what the network says.")
        self._state: State | None = None
        self.use_theme(theme)
        self.hide()

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(QSize(theme.px(SIDE + WORDS), theme.px(SIDE)))
        self.update()

    def show_state(self, state: State) -> None:
        """Shows the digit of a state."""
        self._state = state
        words = f"{state.label_in_words}, says {state.named(state.sure_verdict.answer)}."
        self.setAccessibleDescription(f"{words[0].upper()}{words[1:]}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        state, theme, px = self._state, self._theme, self._theme.px
        if state is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            image = QRectF(1, 1, px(SIDE) - 2, px(SIDE) - 2)
            shape = state.digits.shape
            painter.drawImage(image, digit_image(state.pixels, theme.grey_colours, shape))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(image)
            painter.setPen(theme.colour("text"))
            upper = QRectF(image.right() + px(8), 0, px(WORDS - 8), px(SIDE / 2))
            draw_fitted(painter, upper, LEFT, state.label_in_words, theme, TEXT + 2)
            lower = upper.translated(0, upper.height())
            lower.setWidth(lower.width() - px(28))
            says = f"says {state.named(state.sure_verdict.answer)}"
            draw_fitted(painter, lower, LEFT, says, theme, TEXT + 2, bold=True)
            if state.right is not None:
                mark = QRectF(lower.right(), lower.y(), px(26), lower.height())
                draw_mark(painter, mark, theme.judged(state.right), theme.scale, state.right)
