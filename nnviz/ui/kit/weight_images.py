"""Weight images as pixels: one buffer for all, coloured by a table, drawn unsmoothed."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nnviz.data.arrays import Indices
from nnviz.data.digits import Shape
from nnviz.networks.network import HIGHEST
from nnviz.ui.kit.weight_colours import EMPHASIS, LEVELS

Floats = NDArray[np.float32]


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


def own_limit(weights: Floats, inked: NDArray[np.bool_]) -> float:
    """The same of one image (pixels,)."""
    return float(own_limits(weights[None], inked)[0, 0])


def on_scale(activity: Floats, activation: str) -> Floats:
    """Activity on a scale of -1..1; a ReLU or another without an end against the strongest one."""
    if activation not in HIGHEST:
        return activity / max(float(np.abs(activity).max(initial=0)), math.ulp(1.0))
    return activity


def colour_weights(
    weights: Floats,
    inked: NDArray[np.bool_],
    limit: float | Floats,
    colours: NDArray[np.uint32],
    shape: Shape,
    out: NDArray[np.uint32],
) -> None:
    """Weights (images, inputs) as 0xffrrggbb in `out` (images, height, width).

    See `WeightImages.colour`.
    """
    place = weights * (np.float32(LEVELS) / limit)
    np.clip(place, -LEVELS, LEVELS, out=place)
    place[:, ~inked] = 0
    index = place.astype(np.int16)
    index += LEVELS
    if shape[2] == 1:
        np.take(colours, index.reshape(out.shape), out=out)
    else:
        pack_rgb(_CHANNEL[index].reshape(*out.shape, shape[2]), out)


def keep_places(shown: Indices, wanted: Indices) -> Indices:
    """Which image shows which neuron while the choice of neurons changes: the neurons `wanted`,
    those that are already `shown` in their old places.

    Newcomers take the places of those that leave, the first one the first of them. Both lists
    are of the same length, and name no neuron twice.
    """
    places = shown.copy()
    newcomers = wanted[~np.isin(wanted, shown)]
    places[~np.isin(shown, wanted)] = newcomers
    return places


class WeightImages:
    """Pictures of weights, ready to draw."""

    def __init__(self) -> None:
        self._pixels = np.zeros((0, 1, 1), np.uint32)
        self._image = QImage()

    @property
    def pixels(self) -> NDArray[np.uint32]:
        """(images, height, width): 0xffrrggbb"""
        return self._pixels

    @property
    def rows(self) -> int:
        """Pixels from the top of an image to its bottom."""
        return self._pixels.shape[1]

    def colour(
        self,
        weights: Floats,
        inked: NDArray[np.bool_],
        limit: float | Floats,
        colours: NDArray[np.uint32],
        shape: Shape,
    ) -> None:
        """Takes new weights (images, inputs); inputs that never carry ink show as zero.

        Grey images get the colours of `colours`; in colour images each weight moves its own
        channel up or down from a mid grey, so that a strong image looks like what the neuron
        looks for.
        """
        height, width, _ = shape
        if self._pixels.shape != (len(weights), height, width):
            self._pixels = np.zeros((len(weights), height, width), np.uint32)
            self._image = QImage(
                self._pixels.data,
                width,
                height * len(weights),
                width * 4,
                QImage.Format.Format_RGB32,
            )
        colour_weights(weights, inked, limit, colours, shape, self._pixels)

    def draw(self, painter: QPainter, number: int, target: QRectF) -> None:
        """Draws one image; neighbouring weights keep sharp edges."""
        painter.drawImage(target, self._image, self._place(number))

    def _place(self, number: int) -> QRectF:
        _, height, width = self._pixels.shape
        return QRectF(0, number * height, width, height)


def digit_image(pixels: NDArray[np.uint8], greys: NDArray[np.uint32], shape: Shape) -> QImage:
    """A digit (inputs,) 0..255 as an image of its own."""
    height, width, channels = shape
    if channels == 1:
        coloured = np.ascontiguousarray(greys[pixels].reshape(height, width))
    else:
        coloured = np.zeros((height, width), np.uint32)
        pack_rgb(pixels.reshape(shape), coloured)
    return _image(coloured)


def weight_image(
    weights: Floats,
    inked: NDArray[np.bool_],
    limit: float,
    colours: NDArray[np.uint32],
    shape: Shape,
) -> QImage:
    """Weights (inputs,) as an image of its own, see `WeightImages.colour`."""
    pixels = np.zeros((1, *shape[:2]), np.uint32)
    colour_weights(weights[None], inked, limit, colours, shape, pixels)
    return _image(pixels[0])


def _image(pixels: NDArray[np.uint32]) -> QImage:
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def pack_rgb(rgb: NDArray[np.uint8], pixels: NDArray[np.uint32]) -> None:
    """Red, green and blue (..., 3) as 0xffrrggbb (...)."""
    red, green, blue = (rgb[..., channel].astype(np.uint32) for channel in range(3))
    pixels[...] = 0xFF000000 | red << 16 | green << 8 | blue


def _channel_scale() -> NDArray[np.uint8]:
    """(2 x LEVELS + 1,): brightness of a channel, from black over mid grey to full."""
    amount = np.arange(-LEVELS, LEVELS + 1) / LEVELS
    scale: NDArray[np.uint8] = np.rint(
        127.5 + 127.5 * np.sign(amount) * np.abs(amount) ** EMPHASIS
    ).astype(np.uint8)
    return scale


_CHANNEL = _channel_scale()
