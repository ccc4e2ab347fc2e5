"""IDX files: the format that MNIST came in, unsigned bytes with their sizes in front."""

import gzip
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.errors import Refusal, reason_in_words
from nnviz.words import tr


class DigitsError(Refusal):
    """A data set cannot be used; the message is one sentence for the user."""

    left_out: tuple[str, ...] = ()
    """Why each of its pictures cannot be used, a sentence each"""
    counted = 0
    """How many of them have numbers that may only count (see `own.names`)"""


def idx_bytes(array: Bytes) -> bytes:
    """The content of an IDX file that holds the array."""
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.tobytes()


KINDS: dict[int, np.dtype[Any]] = {
    8: np.dtype(np.uint8),
    9: np.dtype(np.int8),
    11: np.dtype(">i2"),
    12: np.dtype(">i4"),
    13: np.dtype(">f4"),
    14: np.dtype(">f8"),
}
"""Third byte of an IDX file -> kind of its numbers"""


def sizes_in(head: bytes) -> tuple[tuple[int, ...], int]:
    """The sizes that stand in front of an array, and how many numbers they make.

    Sizes that no array can have are as many numbers as they make without the zeros among them.
    """
    shape = tuple(int(size) for size in np.frombuffer(head, ">u4"))
    without_zeros = math.prod(filter(None, shape))
    return shape, math.prod(shape) if without_zeros <= _LARGEST else without_zeros


def read_idx(path: Path, dimensions: int) -> Bytes:
    """One IDX file of unsigned bytes, plain or gzipped. Raises DigitsError.

    Format: http://yann.lecun.com/exdb/mnist - two zero bytes, type 8, the number of
    dimensions, each size as a big-endian 32-bit number, then the bytes.
    """
    try:
        with path.open("rb") as probe:
            zipped = probe.read(2) == b"\x1f\x8b"
        with gzip.open(path) if zipped else path.open("rb") as file:
            head = file.read(4 + 4 * dimensions)
            if head[:4] != bytes([0, 0, 8, dimensions]):
                raise DigitsError(_of_another_kind(path, dimensions, head[:4]))
            if len(head) < 4 + 4 * dimensions:
                raise DigitsError("{path} is cut short.", path=path)
            shape, size = sizes_in(head[4:])
            if size > _LARGEST:
                raise DigitsError(
                    "{path} says it holds {size} bytes, more than nnviz reads.",
                    path=path,
                    size=size,
                )
            content = file.read(size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DigitsError(
            "{path} cannot be read: {reason}.", path=path, reason=reason_of_damage(error)
        ) from error
    if len(content) != size:
        if len(content) < size:
            raise DigitsError("{path} is cut short.", path=path)
        raise DigitsError("{path} has bytes after its end.", path=path)
    # a bytearray, because torch wants memory that could be written
    return np.frombuffer(bytearray(content), np.uint8).reshape(shape)


def idx_shape(path: Path) -> tuple[int, ...]:
    """The sizes that an IDX file, plain or gzipped, says it has; () where it cannot be told."""
    try:
        with path.open("rb") as probe:
            zipped = probe.read(2) == b"\x1f\x8b"
        with gzip.open(path) if zipped else path.open("rb") as file:
            head = file.read(4)
            dimensions = head[3] if len(head) == 4 and head[:2] == b"\0\0" else 0
            sizes = file.read(4 * dimensions)
    except (OSError, EOFError, zlib.error):
        return ()
    return sizes_in(sizes)[0] if len(sizes) == 4 * dimensions else ()


_LARGEST = 400_000_000
"""Bytes of images: half a million of 28 x 28 pixels."""


def _of_another_kind(path: Path, dimensions: int, head: bytes) -> str:
    fields = {"path": str(path), "bytes": head.hex(" ") or tr("nothing")}
    if dimensions == 1:
        return tr("{path} is not an IDX file of labels (it begins with {bytes}).", **fields)
    if dimensions == 3:
        return tr("{path} is not an IDX file of images (it begins with {bytes}).", **fields)
    return tr("{path} is not an IDX file of colour images (it begins with {bytes}).", **fields)


def reason_of_damage(error: Exception) -> str:
    """Why a file cannot be read, in words."""
    if isinstance(error, EOFError):
        return tr("it is cut short")
    if isinstance(error, OSError) and error.errno:
        return reason_in_words(error)
    return tr("it is damaged")
