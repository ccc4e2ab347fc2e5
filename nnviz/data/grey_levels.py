"""The grey levels of a picture that Pillow has opened, in bands of rows and so in little memory.

A picture is reduced in a way that loses no line: first each pixel is the mean of a whole number of
pixels, and then, by less than 2, with a filter that gives every pixel the same weight in sum.
Pillow's BOX does not: of 3,040 columns reduced to 1,600 it leaves out 94.

Pillow is imported with the first picture.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes

if TYPE_CHECKING:  # Pillow is imported with the first picture that is read
    from PIL.Image import Image

    ToGrey = Callable[[Image], Image]  # a band of rows, of any mode -> the same in mode L

LONGEST = 1600
"""Pixels that a longer side is reduced to, ..."""
SHORTEST = 160
"""... but not so that the shorter one has fewer than these: a long row must stay readable."""
MOST_KEPT = 3_000_000
"""Pixels that are kept of long rows."""
BAND = 1_000_000
"""Pixels that are worked at together, about."""
LEAST_WHITE = (255, 1023, 4095, 16383, 65535)
"""What white can be in whole numbers: of 8, 10, 12, 14 and 16 bits."""
OPAQUE = 127
"""Above this a pixel counts as seen."""


def levels_of(image: "Image") -> Bytes:
    """(rows, columns) 0..255 of an opened picture, reduced to what `reduced_size` says; what is
    transparent becomes paper. Raises what Pillow raises on damaged files."""
    size = reduced_size(*image.size)
    across, down = (max(1, old // new) for old, new in zip(image.size, size, strict=True))
    to_grey = _to_grey(image)
    parts = []
    for band in _bands(image, down):
        grey = to_grey(band)
        parts.append(np.asarray(grey.reduce((across, down)) if across * down > 1 else grey))
    return _resized(np.concatenate(parts), size, (image.width / across, image.height / down))


def reduced_size(width: int, height: int) -> tuple[int, int]:
    """The width and the height that a picture is reduced to: the same where it is small."""
    shorter, longer = sorted((width, height))
    scale = max(LONGEST / longer, min(1.0, SHORTEST / shorter))
    scale = min(scale, (MOST_KEPT / (shorter * longer)) ** 0.5)
    if scale >= 1:
        return width, height
    return max(1, round(width * scale)), max(1, round(height * scale))


def as_large(levels: Bytes, width: int, height: int) -> Bytes:
    """(rows, columns) -> (height, width): the whole of a picture, whatever its sides were."""
    return _resized(levels, (width, height), (float(levels.shape[1]), float(levels.shape[0])))


def _bands(image: "Image", down: int) -> Iterator["Image"]:
    """All rows in their order, in pieces of whole groups of so many."""
    rows = max(1, BAND // (image.width * down)) * down
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))


def _resized(levels: Bytes, size: tuple[int, int], used: tuple[float, float]) -> Bytes:
    """Brought to a width and a height; `used`: how much of the last column and row counts."""
    from PIL.Image import Resampling, fromarray

    if levels.shape[::-1] == size:
        return levels
    return np.asarray(fromarray(levels).resize(size, Resampling.BILINEAR, box=(0, 0, *used)))


# ---- to grey -------------------------------------------------------------------------


def _to_grey(image: "Image") -> "ToGrey":
    if image.mode.startswith(("I", "F")):
        return _from_numbers(image)
    if image.has_transparency_data:
        return _on_paper(image)
    if image.mode == "LAB":
        return lambda band: band.getchannel("L")
    return lambda band: band.convert("L")


def _from_numbers(image: "Image") -> "ToGrey":
    """Of grey levels of 16 bits or more, or of fractions."""
    from PIL.Image import fromarray

    lowest, largest, whole = 0.0, 0.0, True
    for band in _bands(image, 1):
        values = np.asarray(band)
        whole = values.dtype.kind != "f"
        numbers = _finite(values)
        lowest, largest = min(lowest, float(numbers.min())), max(largest, float(numbers.max()))
    if whole:
        white = next((each for each in LEAST_WHITE if each >= largest), largest)
    else:
        white = 1.0 if largest <= 1 else max(largest, 255.0)
    scale = np.float32(255 / (white - lowest))

    def grey(band: "Image") -> "Image":
        numbers = (_finite(np.asarray(band)) - np.float32(lowest)) * scale
        return fromarray(np.clip(np.rint(numbers), 0, 255).astype(np.uint8))

    return grey


def _finite(values: NDArray[np.generic]) -> NDArray[np.float32]:
    return np.nan_to_num(values.astype(np.float32), posinf=0, neginf=0)


def _on_paper(image: "Image") -> "ToGrey":
    """Of pictures that are transparent in part: what is seen lies on its own middle grey, and
    where little is seen on what it stands out from."""
    from PIL.Image import new

    counts = np.zeros(256, np.int64)
    for band in _bands(image, 1):
        both = band.convert("LA")
        level, opaque = (np.asarray(both.getchannel(each)) for each in "LA")
        counts += np.bincount(level[opaque > OPAQUE], minlength=256)
    seen = int(counts.sum())
    if not seen:
        return lambda band: new("L", band.size, 255)
    middle = _median(counts)
    if seen <= image.width * image.height / 2:
        middle = 0 if middle > OPAQUE else 255

    def grey(band: "Image") -> "Image":
        both = band.convert("LA")
        paper = new("L", band.size, middle)
        paper.paste(both.getchannel("L"), mask=both.getchannel("A"))
        return paper

    return grey


def _median(counts: NDArray[np.int64]) -> int:
    """Of levels, given how often each of them occurs; rounded down."""
    up_to, seen = np.cumsum(counts), int(counts.sum())
    lower, upper = (int(np.searchsorted(up_to, at)) for at in ((seen + 1) // 2, seen // 2 + 1))
    return (lower + upper) // 2
