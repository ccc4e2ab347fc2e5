"""Images as lists of their pixels that are not black: four fifths of a digit are."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.training.compiled.building import kernel

SPARE = 64
"""Pixels that can be read after the last one: vectors of them may begin at any."""


class Ink(NamedTuple):
    """What is not black in all images, 3 bytes a pixel."""

    starts: NDArray[np.int64]
    """(images + 1,): where the pixels of an image begin in the lists"""
    pixels: NDArray[np.uint16]
    """(all + SPARE,): the places of pixels in their image, in order"""
    shades: Bytes
    """(all + SPARE,): 1..255"""


def ink_of(images: Bytes) -> Ink:
    """Images (images, inputs) 0..255 as lists.

    Raises ValueError for more inputs than a list can number.
    """
    if images.shape[1] > np.iinfo(np.uint16).max:
        raise ValueError(f"Images of {images.shape[1]} inputs cannot become lists of pixels")
    starts = np.zeros(len(images) + 1, np.int64)
    images = np.ascontiguousarray(images).view()
    images.flags.writeable = False  # else those that are not would be compiled for anew
    _count(images, starts)
    ink = Ink(
        starts, np.zeros(starts[-1] + SPARE, np.uint16), np.zeros(starts[-1] + SPARE, np.uint8)
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
