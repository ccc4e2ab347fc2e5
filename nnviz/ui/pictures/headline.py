"""One sentence in large type that always fits."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import TEXT, Theme


class Headline(QWidget):
    """Shrinks the sentence before it cuts it off."""

    def __init__(self, theme: Theme, size: float = TEXT + 6, bold: bool = True) -> None:
        super().__init__()
        self.text = ""
        self._size, self._bold = size, bold
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedHeight(theme.px(self._size * 1.35))
        self.update()

    def say(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self._theme.colour("text"))
            place = QRectF(self.rect())
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            draw_fitted(painter, place, align, self.text, self._theme, self._size, self._bold)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self.height())
