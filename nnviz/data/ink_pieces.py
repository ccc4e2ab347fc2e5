"""The pieces that ink hangs together in, and which of them look like parts of a digit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.normalising import Box

KINDS = ("digit", "line", "frame", "edge", "speck")
"""What a piece can be taken for."""
SMALLEST = 0.02
"""Share of the ink of the largest piece below which another is a speck."""
MOST = 400
"""Pieces; what is smaller than so many others is left away."""
TINY = 40
"""Pixels of a side: all ink of a picture no larger is the digit's."""
LONG = 0.6
"""Share of a side of the picture from which on something thin is a line."""
THIN = 0.08
"""Its thickness, as a share of its length at most."""
HOLLOW = 0.12
"""Share of its box that the ink of a frame covers at most."""

Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Piece:
    """Ink that hangs together, corners included."""

    box: Box
    kind: str
    """One of KINDS"""
    taken: bool
    """Whether it is read as a part of the digit."""
    amount: float
    """Its ink, in pixels of full ink"""


def labelled(ink: Bytes) -> tuple[Labels, tuple[Piece, ...]]:
    """(height, width) 0..255 -> the number of each pixel's piece, from 1, and the pieces, the
    largest first; nothing is judged yet."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label

    numbers, count = label(ink, np.ones((3, 3)), np.int32)
    amounts = np.bincount(numbers.ravel(), ink.ravel(), count + 1)[1:] / 255
    order = np.argsort(-amounts, kind="stable")[:MOST]
    places = np.zeros(count + 1, np.int32)
    places[order + 1] = np.arange(1, len(order) + 1)
    boxes = find_objects(numbers)
    pieces = tuple(
        Piece(Box(down.start, across.start, down.stop, across.stop), "digit", True, amount)
        for down, across, amount in (
            (*boxes[each], float(amounts[each])) for each in order.tolist()
        )
    )
    return places[numbers], pieces


def judged(
    pieces: Sequence[Piece], shape: tuple[int, ...], wanted: str = "digit"
) -> tuple[Piece, ...]:
    """What each piece of a picture of this shape is, and whether it is taken."""
    if max(shape) <= TINY:
        return tuple(pieces)
    kinds = [_kind(piece, shape) for piece in pieces]
    inside = [piece.amount for piece, kind in zip(pieces, kinds, strict=True) if kind == "digit"]
    if not inside:
        return tuple(pieces)
    # a row has points, bars and minus signs
    least = (SMALLEST / 4 if wanted == "row" else SMALLEST) * max(inside)
    found = []
    for piece, kind in zip(pieces, kinds, strict=True):
        small = kind == "digit" and piece.amount < least
        now = "speck" if small else kind
        found.append(replace(piece, kind=now, taken=now == "digit"))
    return tuple(found)


def _kind(piece: Piece, shape: tuple[int, ...]) -> str:
    box, (height, width) = piece.box, shape[:2]
    longer, shorter = max(box.height, box.width), min(box.height, box.width)
    reaches = box.height >= LONG * height or box.width >= LONG * width
    if reaches and shorter <= THIN * longer:
        return "line"
    both = box.height >= LONG * height and box.width >= LONG * width
    if both and piece.amount <= HOLLOW * box.height * box.width:
        return "frame"
    at_edge = box.top == 0 or box.left == 0 or box.bottom == height or box.right == width
    return "edge" if at_edge and reaches and not both else "digit"


def lines_of(boxes: Sequence[Box]) -> list[int]:
    """Boxes of parts of digits -> how many digits stand apart in each line, from above."""
    return [len(_groups(line, across=True)) for line in _groups(boxes, across=False)]


def _groups(boxes: Sequence[Box], across: bool) -> list[list[Box]]:
    """Boxes whose sides overlap, across the picture or down it."""
    groups: list[list[Box]] = []
    end = -1
    for box in sorted(boxes, key=lambda each: each.left if across else each.top):
        start, stop = (box.left, box.right) if across else (box.top, box.bottom)
        if start >= end:
            groups.append([])
        groups[-1].append(box)
        end = max(end, stop)
    return groups
