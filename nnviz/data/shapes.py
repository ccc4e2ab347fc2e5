"""The shapes that images can have in the program, and how they are written."""

import math
from collections.abc import Sequence

Shape = tuple[int, int, int]
"""(height, width, channels) of one image; 1 channel is grey, 3 are red, green and blue."""

GREY: Shape = (28, 28, 1)
COLOUR: Shape = (32, 32, 3)
MOST_CLASSES = 10
"""That a network of the program tells apart"""
SMALLEST_SIDE, LARGEST_SIDE = 6, 512
"""Pixels of the sides of images that can be brought to one of these shapes"""
MOST_UNEQUAL = 2
"""How many times as long as the other side one can be there"""


def size_of(shape: Sequence[int]) -> str:
    """28 x 28: the sides of an image in words."""
    return " x ".join(map(str, shape))


def shape_of(inputs: int) -> Shape:
    """The shape of images of so many inputs."""
    return COLOUR if inputs == math.prod(COLOUR) else GREY


def can_be_scaled(height: int, width: int) -> bool:
    """Whether images of such sides can be brought to one of these shapes."""
    shorter, longer = sorted((height, width))
    fits = shorter >= SMALLEST_SIDE and longer <= LARGEST_SIDE
    return fits and longer <= MOST_UNEQUAL * shorter
