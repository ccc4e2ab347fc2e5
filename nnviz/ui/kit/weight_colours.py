"""The maps from weights and from pixels to colours."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.ui.kit.colours import Colours

LEVELS = 1024
"""Steps on either side of zero in the map from weights to colours."""
EMPHASIS = 0.7
"""Power that makes weak weights visible."""


@cache
def weight_colours(colours: Colours) -> NDArray[np.uint32]:
    """(2 x LEVELS + 1,): 0xffrrggbb for the strongest negative .. zero .. strongest positive."""
    negative, zero, positive = (
        _lab(_rgb(colour))
        for colour in (colours.weight_ends[0], colours.zero, colours.weight_ends[1])
    )
    amount = (np.arange(1, LEVELS + 1) / LEVELS)[:, None] ** EMPHASIS
    below = (zero + (negative - zero) * amount)[::-1]
    above = zero + (positive - zero) * amount
    return _packed(_from_lab(np.concatenate([below, zero[None], above])))


@cache
def grey_colours() -> NDArray[np.uint32]:
    """(256,): a digit's pixels, white ink on black."""
    grey = np.arange(256) / 255
    return _packed(np.stack([grey, grey, grey], axis=1))


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def _packed(rgb: NDArray[np.float64]) -> NDArray[np.uint32]:
    red, green, blue = np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint32).T
    packed: NDArray[np.uint32] = 0xFF000000 | red << 16 | green << 8 | blue
    return packed


# CIE L*a*b* for the white of sRGB (IEC 61966-2-1)
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _TO_XYZ.sum(axis=1)
_TO_LAB = np.array([[0, 116, 0], [500, -500, 0], [0, 200, -200]])


def _lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _TO_XYZ.T / _WHITE
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (841 / 108) * ratio + 4 / 29)
    lab: NDArray[np.float64] = root @ _TO_LAB.T - np.array([16, 0, 0])
    return lab


def _from_lab(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    root = (lab + np.array([16, 0, 0])) @ np.linalg.inv(_TO_LAB).T
    ratio = np.where(root > 6 / 29, root**3, (root - 4 / 29) * (108 / 841))
    linear = np.clip((ratio * _WHITE) @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    curved = 1.055 * linear ** (1 / 2.4) - 0.055
    rgb: NDArray[np.float64] = np.where(linear <= 0.0031308, linear * 12.92, curved)
    return rgb
