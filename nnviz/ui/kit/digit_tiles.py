"""Digits as tiles: a picture with a tick or a cross, its label and answer, and one more line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QStaticText

from nnviz.data.arrays import Bytes, Indices
from nnviz.data.digits import Shape, ShownDigits
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.fitted_text import fitting_font
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import pack_rgb
from nnviz.words import tr

SIDE, WIDE, LINE, GAP = 60, 130, 23, 9
"""Of a picture, of a tile whose names are words, of a line below it, and between tiles."""
MARK = 22
MOST_TEXTS = 2000


@dataclass(frozen=True, eq=False)
class GridView:
    """What the grid shows."""

    digits: ShownDigits
    images: Indices
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
        self._pixels = np.zeros((0, 1, 1), np.uint32)
        self._image = QImage()  # of all digits, below each other
        self._pictured: Any = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._texts: dict[tuple[str, bool, float], tuple[QStaticText, QFont]] = {}

    def draw(
        self, canvas: Canvas, view: GridView, images: Indices, places: Sequence[QRectF]
    ) -> None:
        """Paints the digits with these numbers (tiles,), each in its place."""
        wanted = view.digits, images.tolist()
        if self._pictured != wanted:
            self._take(view.digits.images[images], view.digits.shape)
            self._pictured = wanted
        for number, (place, image) in enumerate(zip(places, wanted[1], strict=True)):
            self._draw_tile(canvas, view, place, number, image)

    def _take(self, images: Bytes, shape: Shape) -> None:
        """Makes pixels of digits (digits, inputs) 0..255."""
        height, width, channels = shape
        if self._pixels.shape != (len(images), height, width):
            self._pixels = np.zeros((len(images), height, width), np.uint32)
            self._image = QImage(
                self._pixels.data,
                width,
                height * len(images),
                width * 4,
                QImage.Format.Format_RGB32,
            )
        if channels == 1:
            greys = self._theme.grey_colours
            np.take(greys, images.reshape(self._pixels.shape), out=self._pixels)
        else:
            pack_rgb(images.reshape(*self._pixels.shape, channels), self._pixels)

    def _draw_tile(
        self, canvas: Canvas, view: GridView, place: QRectF, number: int, image: int
    ) -> None:
        px, (_, height, width) = canvas.px, self._pixels.shape
        side, smooth = px(SIDE), Canvas.RenderHint.Antialiasing
        left = round(place.x() + (place.width() - side) / 2)  # on whole pixels, or edges blur
        picture = QRectF(left, round(place.y()) + px(4), side, side)
        canvas.drawImage(picture, self._image, QRectF(0, number * height, width, height))
        label, answer = int(view.digits.labels[image]), int(view.answers[image])
        right = label == answer
        mark = QRectF(picture.right() - px(MARK), picture.y(), px(MARK), px(MARK))
        canvas.fillRect(mark, canvas.ink("panel"))
        canvas.setRenderHint(smooth)
        canvas.mark(mark, right, radius=6.8)
        if image in view.ticked:
            mark.moveLeft(picture.x())
            canvas.fillRect(mark, canvas.ink("focus"))
            canvas.mark(mark, True, "background", 6.8)
        canvas.setRenderHint(smooth, False)
        name = view.digits.class_names[label]
        said = name if right else tr("{label} → {answer}", label=name, answer=view.said(answer))
        below = QRectF(place.x(), picture.bottom() + px(1), place.width(), px(LINE))
        self._write(canvas, said, below, "text", True)
        self._write(canvas, view.words(image), below.translated(0, px(LINE)), "muted", False)
        if image == view.shown:
            canvas.box(picture.adjusted(-2, -2, 2, 2), edge="focus", width=4)
        else:
            canvas.box(picture, edge="line")

    def _write(self, canvas: Canvas, words: str, place: QRectF, ink: str, bold: bool) -> None:
        """One centred line, laid out once."""
        found = self._texts.get((words, bold, place.width()))
        if found is None:
            if len(self._texts) > MOST_TEXTS:
                self._texts.clear()
            font = fitting_font(words, place.width(), self._theme, bold=bold)
            elide, wide = Qt.TextElideMode.ElideRight, place.width() + 1
            text = QStaticText(QFontMetricsF(font).elidedText(words, elide, wide))
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=font)
            found = self._texts[words, bold, place.width()] = text, font
        text, font = found
        canvas.setPen(canvas.ink(ink))
        canvas.setFont(font)
        left = place.x() + (place.width() - text.size().width()) / 2
        canvas.drawStaticText(QPointF(left, place.y()), text)
