"""The digit on screen with its label and what is said of it, small, beside a sentence."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape, ShownDigits
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS

SIDE, WORDS = 64, 118
"""Of the image, and of the words beside it, on the design grid."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Shown(NamedTuple):
    pixels: Bytes
    shape: Shape
    label: str
    says: str
    right: bool | None


class DigitWithLabel(QWidget):
    """For where the column with the digit is hidden."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("digit-with-label")
        self.setAccessibleName("The digit on screen")
        self.setToolTip("The digit on screen, its label, and what the network says.")
        self._shown: _Shown | None = None
        self.use_theme(theme)
        self.hide()

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(QSize(theme.px(SIDE + WORDS), theme.px(SIDE)))
        self.update()

    def show_digit(
        self, pixels: Bytes, digits: ShownDigits, label: int | None, answer: int
    ) -> None:
        """Shows pixels (inputs,) with their label (None: a drawing) and what is said of them."""
        names = digits.class_names
        is_a = "your drawing" if label is None else f"label {names[label]}"
        says = f"says {names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS}"
        right = None if label is None else answer == label
        self._shown = _Shown(pixels, digits.shape, is_a, says, right)
        words = f"{is_a}, {says}."
        self.setAccessibleDescription(f"{words[0].upper()}{words[1:]}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown, theme, px = self._shown, self._theme, self._theme.px
        if shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            image = QRectF(1, 1, px(SIDE) - 2, px(SIDE) - 2)
            picture = digit_image(shown.pixels, theme.grey_colours, shown.shape)
            painter.drawImage(image, picture)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(image)
            painter.setPen(theme.colour("text"))
            upper = QRectF(image.right() + px(8), 0, px(WORDS - 8), px(SIDE / 2))
            draw_fitted(painter, upper, LEFT, shown.label, theme, TEXT + 2)
            lower = upper.translated(0, upper.height())
            lower.setWidth(lower.width() - px(28))
            draw_fitted(painter, lower, LEFT, shown.says, theme, TEXT + 2, bold=True)
            if shown.right is not None:
                mark = QRectF(lower.right(), lower.y(), px(26), lower.height())
                draw_mark(painter, mark, theme.judged(shown.right), theme.scale, shown.right)
