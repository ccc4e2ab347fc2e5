"""Which digits tell designs apart: right under one and wrong under another, or wrong under many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Counts = NDArray[np.intp]

CELLS: Mapping[str, tuple[bool, bool]] = {
    "both": (True, True),
    "only-first": (True, False),
    "only-second": (False, True),
    "neither": (False, False),
}
"""Cell of McNemar's table -> whether the first and the second design get a digit right."""


@dataclass(frozen=True)
class Disagreement:
    """Which designs are compared, and which of the digits are listed."""

    first: str = ""
    """A design ("": that on screen)."""
    second: str = ""
    """The other one ("": the baseline, or where that is the first, another one)."""
    cell: str = "only-first"
    """One of CELLS."""
    missed: int | None = None
    """Lists the digits that so many designs miss (None: those of the cell)."""


def cell_of(first: Bools, second: Bools, cell: str) -> Bools:
    """(images,): the digits of a cell, from what is right under both designs (images,)."""
    ours, theirs = CELLS[cell]
    found: Bools = (first == ours) & (second == theirs)
    return found


def misses(right: Sequence[Bools]) -> Counts:
    """(images,): how many of several designs miss each digit, from what each gets right."""
    found: Counts = (~np.stack(right)).sum(axis=0)
    return found
