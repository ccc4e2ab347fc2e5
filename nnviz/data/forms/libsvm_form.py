"""The sparse text of LIBSVM, `label index:value index:value ...`, in which USPS is handed on."""

import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.data.forms.content import Content, Reading, must_fit
from nnviz.data.forms.members import Member, as_text
from nnviz.data.forms.names import named
from nnviz.data.idx import DigitsError

CHUNK = 1_000
SIZES = (64, 256, 784, 1024, 3072)
"""Numbers of an image; the last ones of a line are left out where they are 0."""
_BEGINS = re.compile(rb"\s*[-+]?\d+(\.\d*)?\s+1?\d{0,3}:[-+0-9.]")


def looks_sparse(head: bytes) -> bool:
    """Whether a file begins with such a line."""
    return _BEGINS.match(head) is not None


def read_sparse(member: Member) -> Reading:
    """The images and labels of all lines. Raises DigitsError."""
    told = named(member.name, member.folders)
    labels: list[str] = []
    blocks: list[Floats] = []
    with member.opened() as unpacked:
        text = as_text(unpacked)
        while chunk := [line for line in islice(text, CHUNK) if line.strip()]:
            labels += [line.split(None, 1)[0] for line in chunk]
            blocks.append(_block(chunk, member, len(labels) - len(chunk)))
            # also where each line holds next to nothing
            must_fit(str(member), 4 * max(sum(b.size for b in blocks), SIZES[0] * len(labels)))
            yield len(labels), max(len(labels), round(len(labels) / max(unpacked.share(), 1e-3)))
    most = max(block.shape[1] for block in blocks)
    size = next((each for each in SIZES if each >= most), most)
    must_fit(str(member), 4 * size * len(labels))
    images = np.zeros((len(labels), size), np.float32)
    begin = 0
    for block in blocks:
        images[begin : begin + len(block), : block.shape[1]] = block
        begin += len(block)
    return [Content(str(member), told.part, images, np.array(labels))]


def _block(lines: Sequence[str], member: Member, before: int) -> Floats:
    """(lines, the highest index of them)"""
    pairs = [line.split()[1:] for line in lines]
    flat = [pair for line in pairs for pair in line]
    try:
        numbers = np.array(":".join(flat).split(":"), np.float64) if flat else np.zeros(0)
        places, values = numbers[::2].astype(np.intp), numbers[1::2]
        if len(places) != len(flat) or len(values) != len(flat):
            raise ValueError
    except (ValueError, OverflowError) as error:
        raise DigitsError(
            "{path} is not written as LIBSVM writes: a label, then index:value, somewhere in its "
            "rows {first} to {last}.",
            path=str(member),
            first=before + 1,
            last=before + len(lines),
        ) from error
    highest = int(places.max(initial=1))
    if places.min(initial=1) < 1 or highest > SIZES[-1]:
        raise DigitsError(
            "{path} numbers the pixels of its images otherwise than from 1 to {most}.",
            path=str(member),
            most=SIZES[-1],
        )
    block = np.zeros((len(lines), highest), np.float32)
    rows = np.repeat(np.arange(len(lines)), [len(line) for line in pairs])
    block[rows, places - 1] = values
    return block
