"""Images as lists of their pixels that are not black: four fifths of a digit are."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.training.compiled.building import kernel

MOST = 0.38
"""The share of pixels with ink beyond which all of them are taken."""
SPARE = 64
"""Pixels that can be read after the last one: vectors of them may begin at any."""


class Ink(NamedTuple):
    """What is not black in all images, 3 bytes a pixel."""

    starts: NDArray[np.int64]
    """(images + 1,): where the pixels of an image begin in the lists"""
    pixels: NDArray[np.uint16]
    """(all + SPARE,): the places of pixels in their image, in order; of one image where all
    are `full`"""
    shades: Bytes
    """(all + SPARE,): 1..255"""
    full: bool
    """Whether all pixels of all images are there"""


def ink_of(images: Bytes, most: float = MOST) -> Ink:
    """Images (images, inputs) 0..255 as lists; all pixels where more than `most` have ink.

    Raises ValueError for more inputs than a list can number.
    """
    if images.shape[1] > np.iinfo(np.uint16).max:
        raise ValueError(f"Images of {images.shape[1]} inputs cannot become lists of pixels")
    starts = np.zeros(len(images) + 1, np.int64)
    images = np.ascontiguousarray(images).view()
    images.flags.writeable = False  # else those that are not would be compiled for anew
    _count(images, starts)
    if starts[-1] > most * images.size:
        shades = np.zeros(images.size + SPARE, np.uint8)
        shades[: images.size] = images.reshape(-1)
        return Ink(
            np.arange(len(images) + 1) * images.shape[1],
            np.arange(images.shape[1], dtype=np.uint16),
            shades,
            True,
        )
    ink = Ink(
        starts,
        np.zeros(starts[-1] + SPARE, np.uint16),
        np.zeros(starts[-1] + SPARE, np.uint8),
        False,
    )
    _collect(images, ink.pixels, ink.shades)
    return ink


@kernel
def _count(images: Bytes, starts: NDArray[np.int64]) -> None:
    for image in range(images.shape[0]):
        found = 0
        for pixel in range(images.shape[1]):
            found += images[image, pixel] != 0
        starts[image + 1] = starts[image] + found


@kernel
def _collect(images: Bytes, pixels: NDArray[np.uint16], shades: Bytes) -> None:
    found = 0
    for image in range(images.shape[0]):
        for pixel in range(images.shape[1]):
            # written also where it is black, which the next one then overwrites: no branch
            pixels[found] = pixel
            shades[found] = images[image, pixel]
            found += images[image, pixel] != 0
    shades[found] = 0
