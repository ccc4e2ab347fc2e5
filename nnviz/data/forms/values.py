"""Numbers of any kind as bytes, 0 black to 255 white."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.forms.content import Numbers
from nnviz.data.idx import DigitsError
from nnviz.words import plain, tr

CHUNK = 4_096
"""Images that are worked on together: no copy of all is made but that of bytes."""
ENDS = (1.0, 16.0, 255.0, 65535.0)
"""What white is, in the ways that are in use; 16 in the 8 x 8 digits of UCI"""


@dataclass(frozen=True)
class Scale:
    """What is black and what is white."""

    black: float
    white: float
    wraps: bool = False
    """Whether bytes were stored as signed ones, so that 200 became -56"""
    note: str = ""
    """What must be said of it; nothing for a usual scale"""

    def as_bytes(self, numbers: Numbers) -> Bytes:
        """Numbers of any shape as bytes."""
        if numbers.dtype == np.uint8 and (self.black, self.white) == (0.0, 255.0):
            return numbers
        found = np.empty(numbers.shape, np.uint8)
        for part in _parts(len(numbers)):
            some = numbers[part]
            if self.wraps:
                found[part] = some.astype(np.int16) % 256
            else:
                values = (some.astype(np.float32) - self.black) * (255 / (self.white - self.black))
                found[part] = np.clip(np.rint(values), 0, 255)
        return found


def scale_of(arrays: Sequence[Numbers], where: str) -> Scale:
    """The scale of all images of a data set together. Raises DigitsError."""
    kinds = {array.dtype.kind for array in arrays}
    if not kinds <= set("biuf"):
        raise DigitsError("{path} holds images that are no numbers.", path=where)
    if kinds == {"b"}:
        return Scale(0, 1)
    low, high = _ends(arrays, where)
    if low >= 0:
        # a little more than 1 is what rounding makes of 1
        white = next((each for each in ENDS if high <= each * 1.001), None)
        return Scale(0, white) if white else _stretched(low, high)
    if kinds == {"i"} and low >= -128 and high <= 127:
        return _of_signed_bytes(arrays)
    if low >= -1.001 and high <= 1.001:
        return Scale(-1, 1)
    return _stretched(low, high)


def _of_signed_bytes(arrays: Sequence[Numbers]) -> Scale:
    """Bytes less 128, or bytes taken for signed ones: as black, which most pixels are, tells."""
    some = arrays[0][:CHUNK]
    lowest = np.count_nonzero(some == -128)
    return Scale(-128, 127) if lowest > np.count_nonzero(some == 0) else Scale(0, 255, wraps=True)


def _stretched(low: float, high: float) -> Scale:
    note = tr(
        "The pixels go from {low} to {high}; that became 0 to 255.",
        low=plain(low, 3),
        high=plain(high, 3),
    )
    return Scale(low, high if high > low else low + 1, note=note)


def _ends(arrays: Sequence[Numbers], where: str) -> tuple[float, float]:
    pieces = [some for each in arrays for some in _pieces(each) if some.size]
    if not pieces:
        return 0.0, 0.0
    low = float(np.min([np.min(some) for some in pieces]))
    high = float(np.max([np.max(some) for some in pieces]))
    if not np.isfinite([low, high]).all():
        raise DigitsError("{path} holds pixels that are no finite numbers.", path=where)
    return low, high


def _pieces(array: Numbers) -> Iterator[Numbers]:
    for part in _parts(len(array)):
        yield array[part]


def _parts(images: int) -> Iterator[slice]:
    for begin in range(0, images, CHUNK):
        yield slice(begin, begin + CHUNK)
