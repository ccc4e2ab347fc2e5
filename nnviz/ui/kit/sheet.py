"""The pixels of a picture in which weights move: what stays is painted on them once, and weight
images are written over it.

To write images costs a part of what a painter takes to scale each of them, and the whole is drawn
by one call.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSizeF
from PySide6.QtGui import QImage

from nnviz.data.arrays import Indices
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.theme import Theme

Pixels = NDArray[np.uint32]
"""0xffrrggbb"""


class Sheet:
    """As large as its picture, in the pixels of the screen."""

    def __init__(self) -> None:
        self._parts: Any = None
        self._image = QImage()
        self._pixels: Pixels = np.zeros((0, 0), np.uint32)
        self._ratio = 1.0

    def lay(
        self,
        parts: Any,
        size: QSizeF,
        ratio: float,
        theme: Theme,
        paper: str,
        paint: Callable[[Canvas], None],
    ) -> bool:
        """Paints what stays on `paper`, the colour of a page, if `parts`, the size or the theme
        are others than the last time; -> whether it did, so that all images must be written."""
        key = (size, ratio, theme)
        if self._parts is not None and self._parts[0] == key and alike(self._parts[1], parts):
            return False
        self._parts, self._ratio = (key, parts), ratio
        device = (size * ratio).toSize()
        if self._image.size() != device:
            self._image = QImage(device, QImage.Format.Format_RGB32)
            width, height = self._image.bytesPerLine() // 4, device.height()
            self._pixels = np.ndarray((height, width), np.uint32, self._image.bits())
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(theme.colour(paper))
        with Canvas(self._image, theme) as once:
            paint(once)
        return True

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


def spread(pixels: int, over: int) -> Indices:
    """(over,): which of so many pixels is shown where they are drawn over as many others."""
    return (np.arange(over) * 2 + 1) * pixels // (2 * over)
