"""How many outputs say yes to a digit: none, exactly one, or several."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Floats, Indices

YES = 0.5
"""An output above this says yes."""
NONE, ONE, SEVERAL = SAYING = ("none", "one", "several")


@dataclass(frozen=True)
class SaidYes:
    """Digits to which so many outputs say yes."""

    digits: int
    right: int
    """Of these, how many the loudest output names rightly."""


def saying(outputs: Floats) -> Indices:
    """(images,): the place in SAYING of what outputs (images, classes) say."""
    return np.asarray(np.minimum(2, np.count_nonzero(outputs > YES, axis=1)))


def said_yes(outputs: Floats, answers: NDArray[np.int8], labels: Bytes) -> Mapping[str, SaidYes]:
    """One of SAYING -> how many digits that is, and how many of them are right."""
    groups, right = saying(outputs), answers == labels
    return {name: _of(groups == place, right) for place, name in enumerate(SAYING)}


def _of(chosen: Bools, right: Bools) -> SaidYes:
    return SaidYes(int(np.count_nonzero(chosen)), int(np.count_nonzero(chosen & right)))
