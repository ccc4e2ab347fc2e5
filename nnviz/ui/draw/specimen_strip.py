"""A line of images with what is said of each; one of them can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme

SIDE, CAPTION = 50, 30
"""Of an image, and the width of the words beside it, on the design grid."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class SpecimenStrip(KeyCursor):
    """As many as there is room for."""

    chosen = Signal(int)
    """Its place in the line."""
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("specimen-strip")
        self.setAccessibleName("Images of the kind")
        self.setToolTip("Click an image to put it to all designs.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.images: tuple[QImage, ...] = ()
        self.captions: tuple[str, ...] = ()
        self.shown = -1
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_images(
        self, images: Sequence[QImage], captions: Sequence[str], shown: int, words: str
    ) -> None:
        """Images with their captions, which of them is on screen, and all that in words."""
        self.images, self.captions, self.shown = tuple(images), tuple(captions), shown
        self.setAccessibleDescription(words)
        self.update()

    @property
    def capacity(self) -> int:
        """How many have room."""
        return max(1, int(self.width() // self._theme.px(SIDE + CAPTION)))

    def place(self, number: int) -> QRectF:
        """The place of an image."""
        px = self._theme.px
        return QRectF(number * px(SIDE + CAPTION), 0, px(SIDE), px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        with QPainter(self) as painter:
            for number, image in enumerate(self.images[: self.capacity]):
                place = self.place(number)
                painter.drawImage(place, image)
                shown = number == self.shown
                colour = "focus" if shown else "line"
                painter.setPen(QPen(theme.colour(colour), px(3) if shown else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(1, 1, -1, -1))
                painter.setPen(theme.colour("text"))
                words = QRectF(place.right() + px(4), 0, px(CAPTION - 6), px(SIDE))
                draw_fitted(painter, words, LEFT, self.captions[number], theme, TEXT + 6, bold=True)
            if self.shows_cursor:
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        count = min(len(self.images), self.capacity)
        if by is None or not count:
            super().keyPressEvent(event)
            return
        here = self.shown if self.shown >= 0 else -max(by, 0)
        self.chosen.emit(min(count - 1, max(0, here + by)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(min(len(self.images), self.capacity)):
            if self.place(number).contains(event.position()):
                self.chosen.emit(number)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(6 * (SIDE + CAPTION)), self._theme.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(2 * (SIDE + CAPTION)), self._theme.px(SIDE))
