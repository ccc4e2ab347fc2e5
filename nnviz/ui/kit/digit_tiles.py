"""Digits as tiles: a picture with a tick or a cross, its label and answer, and one more line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QStaticText

from nnviz.data.digits import ShownDigits
from nnviz.ui.kit.digit_images import DigitImages
from nnviz.ui.kit.fitted_text import fitting_font
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import Theme

Numbers = NDArray[np.intp]

SIDE, WIDE, LINE, GAP = 60, 130, 23, 9
"""Of a picture, of a tile whose names are words, of a line below it, and between tiles."""
MARK = 22
MOST_TEXTS = 2000


@dataclass(frozen=True, eq=False)
class GridView:
    """What the grid shows."""

    digits: ShownDigits
    images: Numbers
    """(tiles,): numbers of the digits, in their order"""
    answers: NDArray[np.int8]
    """(all test digits,): what each is read as"""
    said: Callable[[int], str]
    """An answer in words"""
    words: Callable[[int], str]
    """Number of a digit -> what stands below its label and answer"""
    shown: int
    """The digit on screen"""
    ticked: frozenset[int]
    facts: Callable[[int], str] | None = None
    """Number of a digit -> what is said of it when it is pointed at"""
    what: object = None
    """What is listed: another list begins at its top"""


class DigitTiles:
    """Paints tiles; what was painted last is kept for the next frame."""

    def __init__(self, theme: Theme) -> None:
        self._pictures = DigitImages()
        self._pictured: tuple[ShownDigits, list[int]] | None = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._texts: dict[tuple[str, bool, float], tuple[QStaticText, QFont]] = {}

    def draw(
        self, painter: QPainter, view: GridView, images: Numbers, places: Sequence[QRectF]
    ) -> None:
        """Paints the digits with these numbers (tiles,), each in its place."""
        wanted = view.digits, images.tolist()
        if self._pictured is None or self._pictured != wanted:
            greys = self._theme.grey_colours
            self._pictures.take(view.digits.images[images], greys, view.digits.shape)
            self._pictured = wanted
        for number, (place, image) in enumerate(zip(places, wanted[1], strict=True)):
            self._draw_tile(painter, view, place, number, image)

    def _draw_tile(
        self, painter: QPainter, view: GridView, place: QRectF, number: int, image: int
    ) -> None:
        theme, px = self._theme, self._theme.px
        side = px(SIDE)
        left = round(place.x() + (place.width() - side) / 2)  # on whole pixels, or edges blur
        picture = QRectF(left, round(place.y()) + px(4), side, side)
        self._pictures.draw(painter, number, picture)
        label, answer = int(view.digits.labels[image]), int(view.answers[image])
        right = label == answer
        mark = QRectF(picture.right() - px(MARK), picture.y(), px(MARK), px(MARK))
        painter.fillRect(mark, theme.colour("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(
            painter, mark, theme.colour("right" if right else "wrong"), theme.scale * 0.85, right
        )
        if image in view.ticked:
            badge = QRectF(picture.x(), picture.y(), px(MARK), px(MARK))
            painter.fillRect(badge, theme.colour("focus"))
            draw_mark(painter, badge, theme.colour("background"), theme.scale * 0.85, True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        names = view.digits.class_names
        said = names[label] if right else f"{names[label]} → {view.said(answer)}"
        below = QRectF(place.x(), picture.bottom() + px(1), place.width(), px(LINE))
        painter.setPen(theme.colour("text"))
        self._write(painter, said, below, True)
        painter.setPen(theme.colour("muted"))
        self._write(painter, view.words(image), below.translated(0, px(LINE)), False)
        chosen = image == view.shown
        painter.setPen(QPen(theme.colour("focus" if chosen else "line"), px(4) if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(picture.adjusted(-2, -2, 2, 2) if chosen else picture)

    def _write(self, painter: QPainter, words: str, place: QRectF, bold: bool) -> None:
        """One centred line, laid out once."""
        found = self._texts.get((words, bold, place.width()))
        if found is None:
            if len(self._texts) > MOST_TEXTS:
                self._texts.clear()
            font = fitting_font(words, place.width(), self._theme, bold=bold)
            shown = QFontMetricsF(font).elidedText(
                words, Qt.TextElideMode.ElideRight, place.width() + 1
            )
            text = QStaticText(shown)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=font)
            found = self._texts[words, bold, place.width()] = text, font
        text, font = found
        painter.setFont(font)
        size = text.size()
        left = place.x() + (place.width() - size.width()) / 2
        painter.drawStaticText(QPointF(left, place.y()), text)
