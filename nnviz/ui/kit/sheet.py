"""The pixels of a picture in which weights move: what stays is painted on them once, and weight
images are written over it.

To write images costs a part of what a painter takes to scale each of them, and the whole is drawn
by one call.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage

from nnviz.data.arrays import Indices
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.theme import Theme

Pixels = NDArray[np.uint32]
"""0xffrrggbb"""


@dataclass(frozen=True)
class Layer:
    """What is painted in one place of a sheet, over the layers before it."""

    place: QRectF
    parts: Any
    """What it is made of: it is painted again only when they look different."""
    paint: Callable[[Canvas], None]
    wiped: bool = True
    """Whether the place is wiped before; if not, it covers what it painted the last time."""


class Sheet:
    """As large as its picture, in the pixels of the screen."""

    def __init__(self) -> None:
        self._key: Any = None
        self._parts: list[Any] = []
        self._image = QImage()
        self._pixels: Pixels = np.zeros((0, 0), np.uint32)
        self._ratio = 1.0

    def lay(
        self, layers: Sequence[Layer], size: QSizeF, ratio: float, theme: Theme, paper: str
    ) -> bool:
        """Paints the layers on `paper`, the colour of a page: those that look otherwise than the
        last time, and what lies above them; all if their places, the size or the theme are others.
        -> whether it painted any, so that all images must be written."""
        places = [layer.place.toAlignedRect() for layer in layers]
        key = (places, size, ratio, theme)
        if self._key != key:
            self._key, self._parts = key, [None] * len(layers)
            self._take_room(size, ratio)
        anew: list[QRect] = []
        known, self._parts = self._parts, [(layer.parts,) for layer in layers]
        for layer, place, before in zip(layers, places, known, strict=True):
            same = before is not None and alike(before[0], layer.parts)
            if same and not any(place.intersects(each) for each in anew):
                continue
            with Canvas(self._image, theme) as once:
                if layer.wiped:
                    once.setClipRect(place)
                    once.fillRect(place, theme.colour(paper))
                    anew.append(place)
                layer.paint(once)
        return bool(anew)

    def _take_room(self, size: QSizeF, ratio: float) -> None:
        device = (size * ratio).toSize()
        if self._image.size() != device:
            self._image = QImage(device, QImage.Format.Format_RGB32)
            width, height = self._image.bytesPerLine() // 4, device.height()
            self._pixels = np.ndarray((height, width), np.uint32, self._image.bits())
        self._ratio = ratio
        self._image.setDevicePixelRatio(ratio)

    def write(self, images: Pixels, corners: Iterable[tuple[float, float]], side: float) -> None:
        """Writes square images (images, height, width), each `side` wide and with its upper left
        corner at one of `corners`, in pixels of the window. Each pixel of the screen shows that of
        the image which its centre lies in, so that all images are divided alike."""
        ratio = self._ratio
        across = round(side * ratio)
        rows, columns = (spread(each, across) for each in images.shape[1:])
        large = images.take(columns, axis=2).take(rows, axis=1)
        for image, (left, top) in zip(large, corners, strict=True):
            x, y = round(left * ratio), round(top * ratio)
            place = self._pixels[y : y + across, x : x + across]
            place[...] = image[: place.shape[0], : place.shape[1]]  # in windows too small for it

    def draw(self, canvas: Canvas) -> None:
        """Draws all of it."""
        canvas.drawImage(QPoint(0, 0), self._image)


def paint_layers(canvas: Canvas, layers: Sequence[Layer], paper: str) -> None:
    """Paints the layers themselves, where nothing is painted a second time."""
    for layer in layers:
        canvas.save()
        if layer.wiped:
            canvas.setClipRect(layer.place, Qt.ClipOperation.IntersectClip)
            canvas.fillRect(layer.place, canvas.ink(paper))
        layer.paint(canvas)
        canvas.restore()


def spread(pixels: int, over: int) -> Indices:
    """(over,): which of so many pixels is shown where they are drawn over as many others."""
    return (np.arange(over) * 2 + 1) * pixels // (2 * over)
