"""Some digits as small pictures; one of them can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image

SIDE = 62
"""Of a picture on the design grid."""


class DigitSheet(QWidget):
    """As many as fit; right ones have a tick, wrong ones a cross."""

    chosen = Signal(int)
    """Number of the digit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("digit-sheet")
        self.setAccessibleName("Digits of the cell")
        self.setToolTip("Click a digit to look at it on every page.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._digits: ShownDigits | None = None
        self.images: Sequence[int] = ()
        self._right: Sequence[bool] = ()
        self._shown = -1
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_digits(
        self, digits: ShownDigits, images: Sequence[int], right: Sequence[bool], shown: int
    ) -> None:
        """Numbers of digits, whether each is answered right, and which is on screen."""
        self._digits, self.images, self._right, self._shown = digits, images, right, shown
        plural = "" if len(images) == 1 else "s"
        self.setAccessibleDescription(f"{len(images)} digit{plural}, {sum(right)} right")
        self.update()

    @property
    def columns(self) -> int:
        return max(1, self.width() // self._theme.px(SIDE))

    @property
    def capacity(self) -> int:
        """How many have room."""
        return self.columns * max(1, self.height() // self._theme.px(SIDE))

    def place(self, number: int) -> QRectF:
        side = self._theme.px(SIDE)
        row, column = divmod(number, self.columns)
        return QRectF(column * side, row * side, side - self._theme.px(5), side - self._theme.px(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        digits, theme = self._digits, self._theme
        if digits is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, image in enumerate(self.images[: self.capacity]):
                place = self.place(number)
                pixels = digits.images[image]
                painter.drawImage(place, digit_image(pixels, theme.grey_colours, digits.shape))
                right = self._right[number]
                colour = theme.colour("right" if right else "wrong")
                mark = QRectF(place.right() - theme.px(20), place.y(), theme.px(20), theme.px(20))
                painter.fillRect(mark, theme.colour("background"))
                draw_mark(painter, mark, colour, theme.scale * 0.8, right)
                shown = image == self._shown
                painter.setPen(QPen(theme.colour("focus" if shown else "line"), 3 if shown else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place)
            if self.hasFocus():
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_Up: -self.columns,
            keys.Key_Down: self.columns,
        }.get(keys(event.key()))
        if by is None or not self.images:
            super().keyPressEvent(event)
            return
        images = list(self.images[: self.capacity])
        here = images.index(self._shown) if self._shown in images else -max(by, 0)
        self.chosen.emit(images[min(len(images) - 1, max(0, here + by))])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, image in enumerate(self.images[: self.capacity]):
            if self.place(number).contains(event.position()):
                self.chosen.emit(image)
                return

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(4 * SIDE), self._theme.px(2 * SIDE))
