"""What is written below the images of a mosaic, and on them."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from nnviz.ui.detectors.mosaic_view import MosaicView
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import Theme

LINE = 26
OFF = "off"
"""The mark of a neuron that is struck out."""
SIGNS = {1: "positive", 0: "muted", -1: "negative"}
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def longest_words(view: MosaicView, theme: Theme) -> float:
    """Width of the longest name with its caption, in pixels."""
    bold, plain = QFontMetricsF(theme.font(bold=True)), QFontMetricsF(theme.font())
    words = set(zip(view.names, view.captions, strict=True))
    return max(
        (
            bold.horizontalAdvance(f"{name} ") + plain.horizontalAdvance(caption)
            for name, caption in words
        ),
        default=0.0,
    )


def draw_words(
    painter: QPainter, place: QRectF, view: MosaicView, tile: int, theme: Theme, lines: int
) -> None:
    """Name and caption of a tile in the line `place`, or the caption in a second line."""
    painter.setPen(theme.colour("text"))
    draw_fitted(painter, place, LEFT, view.names[tile], theme, bold=True)
    taken = painter.fontMetrics().horizontalAdvance(view.names[tile] + " ")
    painter.setPen(theme.colour(SIGNS[view.signs[tile]]))
    beside = place.adjusted(taken, 0, 0, 0)
    words = beside if lines == 1 else place.translated(0, place.height())
    draw_fitted(painter, words, RIGHT, view.captions[tile], theme)


def draw_mark(painter: QPainter, place: QRectF, mark: str, theme: Theme) -> None:
    """What is done to a neuron, on its image."""
    if mark == OFF:
        painter.setPen(QPen(theme.colour("text"), theme.px(3)))
        painter.drawLine(QLineF(place.bottomLeft(), place.topRight()))
    painter.setFont(theme.font(bold=True))
    width = painter.fontMetrics().horizontalAdvance(mark) + theme.px(8)
    label = QRectF(place.x(), place.y(), min(width, place.width()), theme.px(LINE))
    painter.fillRect(label, theme.colour("text"))
    painter.setPen(theme.colour("background"))
    draw_fitted(painter, label, Qt.AlignmentFlag.AlignCenter, mark, theme, bold=True)


def draw_large_frame(painter: QPainter, place: QRectF, sentence: str, theme: Theme) -> None:
    """What lies round and below a large image: two parts of its sentence."""
    painter.fillRect(place.adjusted(-8, -8, 8, 8), theme.colour("panel"))
    painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
    painter.drawRect(place.adjusted(-8, -8, 8, 8))
    painter.setPen(theme.colour("text"))
    side, line = place.width(), theme.px(LINE)
    for row, words in enumerate(sentence.split("; ")[:2]):
        below = QRectF(place.x(), place.y() + side + theme.px(4) + line * row, side, line)
        draw_fitted(painter, below, Qt.AlignmentFlag.AlignCenter, words, theme)
