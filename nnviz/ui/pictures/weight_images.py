"""Weight images as pixels: one buffer for all, coloured by a table, drawn unsmoothed."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nnviz.ui.colours import LEVELS

Floats = NDArray[np.float32]
SIDE = 28


def shared_limit(weights: Floats, inked: NDArray[np.bool_]) -> float:
    """The symmetric end of the colour scale: the 99.5th percentile of all sizes.

    `weights` (images, pixels), `inked` (pixels,).
    """
    sizes = np.abs(weights[:, inked]).ravel()
    if not sizes.size:
        return 1.0
    place = min(sizes.size - 1, int(0.995 * sizes.size))
    return float(np.partition(sizes, place)[place]) or 1.0


def own_limits(weights: Floats, inked: NDArray[np.bool_]) -> Floats:
    """(images, 1): the largest size of each image by itself."""
    largest = np.abs(weights[:, inked]).max(axis=1, keepdims=True, initial=0)
    return np.where(largest > 0, largest, 1).astype(np.float32)


class WeightImages:
    """Pictures of weights, ready to draw."""

    def __init__(self) -> None:
        self._pixels = np.zeros((0, SIDE, SIDE), np.uint32)
        self._image = QImage()

    def colour(
        self,
        weights: Floats,
        inked: NDArray[np.bool_],
        limit: float | Floats,
        colours: NDArray[np.uint32],
    ) -> None:
        """Takes new weights (images, pixels); pixels that never carry ink show as zero."""
        place = weights * (np.float32(LEVELS) / limit)
        np.clip(place, -LEVELS, LEVELS, out=place)
        place[:, ~inked] = 0
        index = place.astype(np.int16)
        index += LEVELS
        if len(self._pixels) != len(weights):
            self._pixels = np.zeros((len(weights), SIDE, SIDE), np.uint32)
            self._image = QImage(
                self._pixels.data,
                SIDE,
                SIDE * len(weights),
                SIDE * 4,
                QImage.Format.Format_RGB32,
            )
        np.take(colours, index.reshape(self._pixels.shape), out=self._pixels)

    def draw(self, painter: QPainter, number: int, target: QRectF) -> None:
        """Draws one image; neighbouring weights keep sharp edges."""
        painter.drawImage(target, self._image, QRectF(0, number * SIDE, SIDE, SIDE))


def digit_image(pixels: NDArray[np.uint8], greys: NDArray[np.uint32]) -> QImage:
    """A digit (pixels,) 0..255 as an image of its own."""
    coloured = np.ascontiguousarray(greys[pixels].reshape(SIDE, SIDE))
    return QImage(coloured.data, SIDE, SIDE, SIDE * 4, QImage.Format.Format_RGB32).copy()
