"""What the reader of a form hands on: images, labels, and which data set and part they are of."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.idx import DigitsError

Numbers = NDArray[Any]
"""Of whatever kind a file holds"""
MOST = 400_000_000
"""Bytes of one table of numbers, unpacked: 60,000 images of 28 x 28 take 376 million even as the
longest kind of number."""
FEWEST_PIXELS = 36
"""Numbers in a row that can be an image; fewer are labels."""
Step = tuple[int, int]
"""How many images are read, of about how many"""


@dataclass(frozen=True, eq=False)
class Content:
    """Images, labels, or both."""

    where: str
    """The file, and the array in it"""
    part: str
    """As in `Named`"""
    images: Numbers | None = None
    """(images, height, width), perhaps with colours, or (images, inputs)"""
    labels: Numbers | None = None
    """(images,) of numbers or texts, or (images, columns)"""
    names: tuple[str, ...] = ()
    """What the labels 0, 1, ... mean, where the file says so"""


Reading = Generator[Step, None, list[Content]]


def sorted_out(where: str, part: str, array: Numbers) -> Content:
    """An array alone: images or labels, as its shape says."""
    if array.ndim == 1 or (array.ndim == 2 and array.shape[1] < FEWEST_PIXELS):
        return Content(where, part, labels=array)
    return Content(where, part, images=array)


def must_fit(where: str, size: int) -> None:
    """Refuses more bytes than are read. Raises DigitsError."""
    if size > MOST:
        raise DigitsError(
            "{path} says it holds {size} bytes, more than nnviz reads ({most}).",
            path=where,
            size=size,
            most=MOST,
        )


def square_side(inputs: int) -> int | None:
    """The side of a square of so many pixels; None where there is none."""
    side = round(float(np.sqrt(inputs)))
    return side if side * side == inputs and inputs >= FEWEST_PIXELS else None
