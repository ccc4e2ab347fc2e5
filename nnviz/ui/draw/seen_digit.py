"""What the networks see of a drawing, and what was done to it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.normalising import Box
from nnviz.ui.draw.pad import FRAME_COLOUR
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.kit.weight_images import digit_image

LINE = 26
MOST_LINES = 2
WIDTH = 160
TITLE = "what networks see"
PIXELS = "The 28 × 28 pixels that every network gets."
FRAME = (
    "Dashed: the box of the ink, its longer side 20 pixels. Cross: its centre of mass, at row 14, "
    "column 14."
)


@dataclass(frozen=True, eq=False)
class SeenView:
    """An image, where its ink lies, and what was done in a few lines."""

    pixels: Bytes | None
    """(784,) 0..255; None without ink"""
    placed: Box | None
    """The box that the ink was brought to, if it was."""
    lines: tuple[str, ...]


class SeenDigit(QWidget):
    """The image with sharp pixels, its title above and what was done below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("seen-digit")
        self.setAccessibleName("What the networks see")
        self.view = SeenView(None, None, ())
        self.setToolTip(wrapped(PIXELS))
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: SeenView) -> None:
        self.view = view
        self.setToolTip(wrapped(PIXELS if view.placed is None else f"{PIXELS} {FRAME}"))
        self.setAccessibleDescription(", ".join(view.lines))
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the image lies."""
        line = self._theme.px(LINE)
        side = min(self.width(), self.height() - line * (1 + MOST_LINES))
        return QRectF((self.width() - side) // 2, line, side, side).adjusted(1, 1, -1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, view, place = self._theme, self.view, self.place
        line = QRectF(0, 0, self.width(), theme.px(LINE))
        centre = Qt.AlignmentFlag.AlignCenter
        with QPainter(self) as painter:
            painter.setPen(theme.colour("text"))
            draw_fitted(painter, line, centre, TITLE, theme, TEXT)
            painter.fillRect(place, Qt.GlobalColor.black)
            if view.pixels is not None:
                painter.drawImage(place, digit_image(view.pixels, theme.grey_colours, GREY))
            if view.placed is not None:
                self._draw_box(painter, place, view.placed)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("line"), theme.px(2)))
            painter.drawRect(place)
            painter.setPen(theme.colour("muted"))
            line.moveTop(place.bottom() + theme.px(2))
            for words in view.lines:
                draw_fitted(painter, line, centre, words, theme, TEXT)
                line.translate(0, line.height())

    def _draw_box(self, painter: QPainter, place: QRectF, box: Box) -> None:
        pixel = place.width() / GREY[1]
        frame = QRectF(box.left * pixel, box.top * pixel, box.width * pixel, box.height * pixel)
        colour = QColor(FRAME_COLOUR)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, self._theme.px(2), Qt.PenStyle.DashLine))
        painter.drawRect(frame.translated(place.topLeft()))
        x, y = place.x() + 14.5 * pixel, place.y() + 14.5 * pixel
        arm = self._theme.px(8)
        painter.setPen(QPen(colour, self._theme.px(3)))
        painter.drawLine(round(x) - arm, round(y), round(x) + arm, round(y))
        painter.drawLine(round(x), round(y) - arm, round(x), round(y) + arm)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(WIDTH), px(WIDTH) + px(LINE) * (1 + MOST_LINES))

    def sizeHint(self) -> QSize:
        # a page whose buttons wrap is made as high as the hints of its parts
        return self.minimumSizeHint()
