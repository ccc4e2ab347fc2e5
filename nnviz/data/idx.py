"""IDX files: the format that MNIST came in, unsigned bytes with their sizes in front."""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.errors import Refusal


class DigitsError(Refusal):
    """A data set cannot be used; the message is one sentence for the user."""


def idx_bytes(array: Bytes) -> bytes:
    """The content of an IDX file that holds the array."""
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.tobytes()


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
                raise DigitsError(
                    f"{path} is not an IDX file of {_CONTENTS[dimensions]} "
                    f"(it begins with {head[:4].hex(' ') or 'nothing'})."
                )
            if len(head) < 4 + 4 * dimensions:
                raise DigitsError(f"{path} is cut short.")
            shape = tuple(int(size) for size in np.frombuffer(head[4:], ">u4"))
            size = math.prod(shape)
            if size > _LARGEST:
                raise DigitsError(f"{path} says it holds {size:,} bytes, more than nnviz reads.")
            content = file.read(size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DigitsError(f"{path} cannot be read: {_reason(error)}.") from error
    if len(content) != size:
        problem = "is cut short" if len(content) < size else "has bytes after its end"
        raise DigitsError(f"{path} {problem}.")
    # a bytearray, because torch wants memory that could be written
    return np.frombuffer(bytearray(content), np.uint8).reshape(shape)


_CONTENTS = {1: "labels", 3: "images", 4: "colour images"}
_LARGEST = 1_000_000_000


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "it is cut short"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"it is damaged ({str(error).rstrip('.')})"
