"""Brings any light ink on dark into the form of MNIST's digits, bit for bit."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats

SIDE = 28
LONGEST = 20
"""Pixels of the longer side of the ink."""
KEPT = 10_000
"""Shares of pixels of one resizing that are kept for the next one."""
CENTRE = 14
"""Row and column that the centre of mass comes to."""


@dataclass(frozen=True)
class Box:
    """Rows top..bottom - 1 and columns left..right - 1 of a picture."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left


@dataclass(frozen=True, eq=False)
class Normalised:
    """A digit as the networks know them, and what was done to it."""

    image: Bytes
    """(28, 28), 0..255"""
    ink: Box
    """The ink in the picture that it was made from."""
    placed: Box
    """The same ink in `image`."""


def normalise(picture: Bytes) -> Normalised | None:
    """Light ink on black, (height, width) 0..255, as MNIST did it; None without any ink.

    The box of the ink (all pixels above 0) is resized until its longer side is 20 pixels, and
    lies in 28 x 28 so that its centre of mass comes to row 14 and column 14. Of the 70,000
    digits of MNIST, 69,999 stay as they are, wherever they lie in the picture.

    Source: LeCun, Cortes, Burges, the MNIST database; LeCun et al., Proc. IEEE 86 (1998) 2278.
    """
    ink = ink_box(picture)
    if ink is None:
        return None
    found = picture[ink.top : ink.bottom, ink.left : ink.right]
    longer = max(ink.height, ink.width)
    # 19: an outermost row of MNIST's own ink can have faded to nothing
    if longer not in (LONGEST - 1, LONGEST):
        shape = (_part(ink.height, longer), _part(ink.width, longer))
        found = resized(found, *shape)
    if not found.any():  # specks far apart, nothing of which is left at this size
        return None
    height, width = found.shape
    top = _start(found.sum(axis=1, dtype=np.int64), height)
    left = _start(found.sum(axis=0, dtype=np.int64), width)
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[top : top + height, left : left + width] = found
    return Normalised(image, ink, Box(top, left, top + height, left + width))


def ink_box(picture: Bytes) -> Box | None:
    """The smallest box with all pixels above 0; None where there are none."""
    # a look at whole rows first: only they are cheap
    rows = np.flatnonzero(picture.max(axis=1, initial=0))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(picture[top:bottom].max(axis=0))
    return Box(top, int(columns[0]), bottom, int(columns[-1]) + 1)


def resized(picture: Bytes, height: int, width: int) -> Bytes:
    """(rows, columns) -> (height, width), bilinear; where it shrinks, over all pixels covered."""
    rows, columns = picture.shape
    values = _weights(rows, height) @ picture.astype(np.float32) @ _weights(columns, width).T
    return np.asarray(np.rint(values), np.uint8)


def averaged(picture: Bytes, height: int, width: int) -> Bytes:
    """(rows, columns) -> (height, width), not larger: each pixel the mean of what it covers.

    It keeps more of thin lines than `resized`, and needs no memory for weights.
    """
    values = _means(_means(picture.astype(np.float64), height).T, width).T
    return np.rint(values).astype(np.uint8)


def _means(values: Doubles, parts: int) -> Doubles:
    """(rows, columns) -> (parts, columns): the means of equal parts of the rows."""
    rows = len(values)
    sums = np.zeros((rows + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=sums[1:])
    edges = np.linspace(0, rows, parts + 1)
    whole = np.minimum(edges.astype(np.intp), rows - 1)
    at = sums[whole] + (edges - whole)[:, None] * (sums[whole + 1] - sums[whole])
    return np.asarray(np.diff(at, axis=0) * (parts / rows))


def _weights(old: int, new: int) -> Floats:
    """(new, old): the share of each old pixel in each new one."""
    return _kept_shares(old, new) if old * new <= KEPT else _shares(old, new)


def _shares(old: int, new: int) -> Floats:
    ratio = old / new
    middles = (np.arange(new) + 0.5) * ratio
    far = np.abs(np.arange(old) + 0.5 - middles[:, None]) / max(ratio, 1.0)
    shares = np.maximum(0.0, 1.0 - far)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


_kept_shares = lru_cache(maxsize=512)(_shares)


def _part(side: int, longer: int) -> int:
    return max(1, round(side * LONGEST / longer))


def _start(masses: NDArray[np.int64], length: int) -> int:
    """Where a side begins for its centre of mass to come to CENTRE, inside the image."""
    total = int(masses.sum())
    moment = int(masses @ np.arange(length))
    # CENTRE - moment / total, halves downwards
    start = -((2 * moment - (2 * CENTRE - 1) * total) // (2 * total))
    return min(max(start, 0), SIDE - length)
