"""Many digits as pixels: one buffer for all of them, drawn one at a time."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nnviz.data.digits import Shape
from nnviz.ui.kit.weight_images import pack_rgb


class DigitImages:
    """Pictures of digits, ready to draw."""

    def __init__(self) -> None:
        self._pixels = np.zeros((0, 1, 1), np.uint32)
        self._image = QImage()

    def take(self, images: NDArray[np.uint8], greys: NDArray[np.uint32], shape: Shape) -> None:
        """Takes other digits (digits, inputs) 0..255; grey ones get the colours of `greys`."""
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
            np.take(greys, images.reshape(self._pixels.shape), out=self._pixels)
        else:
            pack_rgb(images.reshape(*self._pixels.shape, channels), self._pixels)

    def draw(self, painter: QPainter, number: int, target: QRectF) -> None:
        """Draws one digit; pixels keep sharp edges."""
        _, height, width = self._pixels.shape
        painter.drawImage(target, self._image, QRectF(0, number * height, width, height))
