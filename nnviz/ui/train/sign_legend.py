"""What orange and blue, solid and dashed, and the bars beside the images mean."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.signs import draw_sign
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import wrapped


class SignLegend(QWidget):
    """Three rows: pushes up, pushes down, how strongly a neuron fires."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Legend")
        self.setAccessibleDescription(
            "Orange with + and a solid line pushes up, blue with - and a dashed line pushes down; "
            "the bar beside an image is how strongly the neuron fires."
        )
        self.setToolTip(wrapped(self.accessibleDescription()))
        self._theme = theme

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        row = theme.px(36)
        top = max(0, (self.height() - 3 * row) // 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rows = (("positive", "pushes up"), ("negative", "pushes down"), ("text", "fires now"))
            for number, (colour, words) in enumerate(rows):
                y = top + (number + 0.5) * row
                ink = theme.colour(colour)
                if colour == "text":
                    bar = QRectF(theme.px(14), y - row * 0.35, theme.px(9), row * 0.7)
                    painter.fillRect(bar, theme.colour("raised"))
                    painter.fillRect(bar.adjusted(0, bar.height() * 0.4, 0, 0), ink)
                else:
                    centre = QPointF(theme.px(18), y)
                    positive = colour == "positive"
                    draw_sign(
                        painter, centre, theme.px(11), ink, theme.colour("background"), positive
                    )
                    pen = QPen(ink, theme.px(4))
                    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                    if not positive:
                        pen.setDashPattern([2.2, 1.2])
                    painter.setPen(pen)
                    painter.drawLine(QPointF(theme.px(36), y), QPointF(theme.px(70), y))
                painter.setPen(theme.colour("text"))
                painter.setFont(theme.font())
                left = theme.px(80 if colour != "text" else 38)
                place = QRectF(left, y - row / 2, self.width() - left, row)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(214), self._theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
