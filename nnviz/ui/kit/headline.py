"""One sentence in large type that always fits, in one line or in two."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.theme import TEXT, Theme


class Headline(QWidget):
    """Shrinks the sentence before it cuts it off."""

    def __init__(self, theme: Theme, size: float = TEXT + 6, bold: bool = True) -> None:
        super().__init__()
        self.text = ""
        self._size, self._bold, self._lines = size, bold, 1
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.set_lines(self._lines)
        self.update()

    def set_lines(self, lines: int) -> None:
        """Room for so many lines; a sentence that fits in one takes one."""
        self._lines = lines
        self.setFixedHeight(self._theme.px(self._size * (0.15 + 1.2 * lines)))

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
            if self._lines > 1 and (font := self._wrapping_font(place)) is not None:
                painter.setFont(font)
                painter.drawText(place, align | Qt.TextFlag.TextWordWrap, self.text)
                return
            draw_fitted(painter, place, align, self.text, self._theme, self._size, self._bold)

    def _wrapping_font(self, place: QRectF) -> QFont | None:
        """The largest one in which it fits if it may wrap; None if it needs a single line, or
        does not fit at all."""
        if fits(self.text, place.width(), self._theme, self._size, self._bold):
            return None
        for size in range(round(self._size), TEXT - 1, -1):
            font = self._theme.font(size, self._bold)
            needed = QFontMetricsF(font).boundingRect(place, Qt.TextFlag.TextWordWrap, self.text)
            if needed.height() <= place.height() and needed.width() <= place.width():
                return font
        return None

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self.height())
