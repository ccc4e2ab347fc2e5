"""IDX files of any name and kind of number, such as QMNIST's eight columns of labels."""

import numpy as np

from nnviz.data.forms.content import Reading, must_fit, sorted_out
from nnviz.data.forms.members import Member
from nnviz.data.forms.names import named
from nnviz.data.idx import KINDS, DigitsError, sizes_in

SHORTEST = 8
"""Bytes of the beginning that tell an IDX file."""


def begins_idx(head: bytes) -> bool:
    """Whether a file begins as an IDX file does."""
    return len(head) >= SHORTEST and head[:2] == b"\0\0" and head[2] in KINDS and 1 <= head[3] <= 4


def read_idx_file(member: Member) -> Reading:
    """Its array, in the order of bytes of this computer. Raises DigitsError."""
    yield 0, 1
    told = named(member.name, member.folders)
    with member.opened() as unpacked:
        stream = unpacked.stream
        kind, dimensions = stream.read(4)[2:]
        head = stream.read(4 * dimensions)
        if len(head) < 4 * dimensions:
            raise DigitsError("{path} is cut short.", path=str(member))
        shape, count = sizes_in(head)
        must_fit(str(member), count * KINDS[kind].itemsize)
        content = stream.read(count * KINDS[kind].itemsize + 1)
    if len(content) != count * KINDS[kind].itemsize:
        if len(content) < count * KINDS[kind].itemsize:
            raise DigitsError("{path} is cut short.", path=str(member))
        raise DigitsError("{path} has bytes after its end.", path=str(member))
    # a bytearray, because torch wants memory that could be written
    array = np.frombuffer(bytearray(content), KINDS[kind]).reshape(shape)
    native = array.astype(KINDS[kind].newbyteorder("="), copy=False)
    return [sorted_out(str(member), told.part, native)]
