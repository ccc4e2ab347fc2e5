"""What orange and blue mean in a weight image, in one line."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.signs import draw_sign
from nnviz.ui.kit.theme import Theme

WORDS = (("positive", "ink here fires it"), ("negative", "ink here stops it"))
FIRES_OR_STOPS = (("positive", "fires it"), ("negative", "stops it"))
"""The same where there is little room."""


class SignLine(QWidget):
    """Two signs with their words."""

    def __init__(self, theme: Theme, words: tuple[tuple[str, str], ...] = WORDS) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName("Legend")
        self.setAccessibleDescription(f"Orange with +: {words[0][1]}; blue with -: {words[1][1]}.")
        self.setToolTip(self.accessibleDescription())
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, x, y = self._theme, 0.0, self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font())
            for colour, words in self._words:
                centre, radius = QPointF(x + theme.px(12), y), theme.px(10)
                ink, paper = theme.colour(colour), theme.colour("background")
                draw_sign(painter, centre, radius, ink, paper, colour == "positive")
                painter.setPen(theme.colour("text"))
                x += theme.px(28)
                place = QRectF(x, 0, self.width(), self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
                x += painter.fontMetrics().horizontalAdvance(words) + theme.px(16)

    def sizeHint(self) -> QSize:
        metrics, px = QFontMetrics(self._theme.font()), self._theme.px
        width = sum(metrics.horizontalAdvance(words) + px(44) for _, words in self._words)
        return QSize(width, px(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
