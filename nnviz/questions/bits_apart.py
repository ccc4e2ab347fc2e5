"""Mistakes by how many bits lie between what a digit is and what it is read as.

A digit written in four bits is one slip away from others that look nothing like it: 3 is 0011, and
without its bit 2 it is read as 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Counts, Doubles, Indices
from nnviz.verdicts.answers import NOT_A_DIGIT

NOT_COUNTED = -1
"""Stands for the bits between a digit and no digit's word."""


@dataclass(frozen=True)
class ApartChoice:
    """Which designs stand above each other, and which of their mistakes are listed."""

    upper: str = ""
    """A design ("": four bits)."""
    lower: str = ""
    """Another one ("": ten outputs)."""
    row: int = 0
    """0: the mistakes of the upper one are listed, 1: those of the lower one."""
    apart: int = 1
    """Those so many bits apart."""


def binary_words(classes: int) -> Bools:
    """(bits, classes): which bits the number of each class has, the largest bit first."""
    bits = max(1, (classes - 1).bit_length())
    places = np.arange(bits)[::-1, None]
    return np.asarray(np.arange(classes) >> places & 1, np.bool_)


def between(words: Bools) -> Indices:
    """(classes, classes): how many bits two classes differ in, by their words (bits, classes)."""
    return np.asarray(np.count_nonzero(words[:, :, None] != words[:, None, :], axis=0))


def bits_apart(answers: NDArray[np.int8], labels: Bytes, words: Bools) -> Indices:
    """(images,): the bits between label and answer, 0 where it is right, NOT_COUNTED where the
    answer is no class."""
    found = between(words)[labels, np.maximum(answers, 0)]
    return np.asarray(np.where(answers == NOT_A_DIGIT, NOT_COUNTED, found))


def counted_apart(answers: NDArray[np.int8], labels: Bytes, words: Bools) -> Counts:
    """(bits,): how many mistakes are 1, 2, ... bits apart."""
    apart = bits_apart(answers, labels, words)
    return np.bincount(apart[apart > 0], minlength=len(words) + 1)[1:]


def by_chance(words: Bools) -> Doubles:
    """(bits,): which share of all pairs of classes is 1, 2, ... bits apart."""
    classes = words.shape[1]
    found = between(words)[np.triu_indices(classes, 1)]
    counts = np.bincount(found, minlength=len(words) + 1)[1:]
    return np.asarray(counts / max(1, len(found)))
