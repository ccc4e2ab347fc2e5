"""Which digits two sets of answers to all of them tell apart: rescued and lost ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Indices
from nnviz.questions.comparison import Difference, Said, difference


@dataclass(frozen=True, eq=False)
class Heaps:
    """What becomes of the first answers."""

    first: NDArray[np.int8]
    """(images,)"""
    last: NDArray[np.int8]
    rescued: Indices
    """Numbers of the digits that only the last answer gets right."""
    lost: Indices
    """Numbers of those that only the first gets right."""
    between: Indices
    """Numbers of those that are answered otherwise, and wrong both times."""
    difference: Difference
    """Of the last to the first."""

    @property
    def changed(self) -> int:
        """Digits that are answered otherwise."""
        return len(self.rescued) + len(self.lost) + len(self.between)


def heaps_of(first: Said, last: Said, labels: NDArray[np.uint8]) -> Heaps | None:
    """The heaps of labels (images,); None where the two cannot be compared (see `difference`)."""
    apart = difference(last, first, labels)
    if apart is None:
        return None
    before, after = first.answers == labels, last.answers == labels
    changed = first.answers != last.answers
    return Heaps(
        first=first.answers,
        last=last.answers,
        rescued=np.flatnonzero(after & ~before),
        lost=np.flatnonzero(before & ~after),
        between=np.flatnonzero(changed & ~before & ~after),
        difference=apart,
    )
