"""Some digits in a line, each with a word below it; one can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image

SIDE, LINE, TITLE = 58, 26, 84


class DigitStrip(QWidget):
    """As many as fit."""

    chosen = Signal(int)
    """Number of the digit."""

    def __init__(self, theme: Theme, name: str, tooltip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._digits: ShownDigits | None = None
        self.images: Sequence[int] = ()
        self._words: Sequence[str] = ()
        self._lines: Sequence[str] = ()
        self._shown = -1
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_digits(
        self,
        title: str,
        digits: ShownDigits,
        images: Sequence[int],
        words: Sequence[str],
        shown: int,
    ) -> None:
        """Numbers of digits, what stands below each, and which one is on screen; without any
        digit the title is all there is. It breaks at line ends, else after its first word."""
        self._digits, self.images = digits, images
        self._words, self._shown = words, shown
        self._lines = title.split("\n") if "\n" in title or not images else title.split(" ", 1)
        labels = ", ".join(digits.class_names[digits.labels[image]] for image in images)
        self.setAccessibleDescription(f"{' '.join(self._lines)}: {labels}")
        self.update()

    @property
    def capacity(self) -> int:
        """How many have room."""
        px = self._theme.px
        return max(1, (self.width() - px(TITLE)) // px(SIDE + 6))

    def place(self, number: int) -> QRectF:
        px = self._theme.px
        return QRectF(px(TITLE) + number * px(SIDE + 6), 2, px(SIDE), px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        digits, theme = self._digits, self._theme
        if digits is None:
            return
        align = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setPen(theme.colour("text"))
            width = theme.px(TITLE - 8) if self.images else self.width() - 6
            for row, words in enumerate(self._lines):
                title = QRectF(3, theme.px(LINE * row), width, theme.px(LINE))
                draw_fitted(painter, title, align, words, theme)
            for number, image in enumerate(self.images[: self.capacity]):
                place = self.place(number)
                pixels = digits.images[image]
                painter.drawImage(place, digit_image(pixels, theme.grey_colours, digits.shape))
                shown = image == self._shown
                painter.setPen(QPen(theme.colour("focus" if shown else "line"), 3 if shown else 1))
                painter.drawRect(place)
                painter.setPen(theme.colour("text"))
                below = QRectF(place.x(), place.bottom(), place.width(), theme.px(LINE))
                draw_fitted(
                    painter, below, Qt.AlignmentFlag.AlignCenter, self._words[number], theme
                )
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
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        images = list(self.images[: self.capacity])
        if by is None or not images:
            super().keyPressEvent(event)
            return
        here = images.index(self._shown) if self._shown in images else -max(by, 0)
        self.chosen.emit(images[min(len(images) - 1, max(0, here + by))])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, image in enumerate(self.images[: self.capacity]):
            if self.place(number).contains(event.position()):
                self.chosen.emit(image)
                return

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(TITLE + 4 * (SIDE + 6)), self._theme.px(SIDE + LINE + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(TITLE + 2 * (SIDE + 6)), self._theme.px(SIDE + LINE + 2))
