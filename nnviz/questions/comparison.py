"""How sure a difference between networks is, from what each said of the same test digits."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Digits
from nnviz.networks.curves import Measured
from nnviz.questions.question import Kept, Question, Working

CONFIDENCE = 0.95
SIGNIFICANT = 0.05
"""Below this p a difference is called one."""


@dataclass(frozen=True)
class Difference:
    """What one network gets right and another wrong, and the reverse."""

    fixed: int
    """Digits that only the first one gets right."""
    broken: int
    """Digits that only the second one gets right."""
    images: int
    p: float
    """Exact two-sided p of McNemar's test: how likely so uneven a split is by chance."""

    @property
    def accuracy(self) -> float:
        """How much more accurate the first one is, as a fraction."""
        return (self.fixed - self.broken) / self.images


def interval(right: int, images: int) -> tuple[float, float]:
    """Wilson's 95 % interval of an accuracy, within 0 and 1 (Wilson, J. Am. Stat. Assoc. 22 (1927)
    209)."""
    z, share = NormalDist().inv_cdf((1 + CONFIDENCE) / 2), right / images
    spread = z * math.sqrt(share * (1 - share) / images + (z / images / 2) ** 2)
    middle, stretch = share + z * z / images / 2, 1 + z * z / images
    low, high = (middle - spread) / stretch, (middle + spread) / stretch
    # rounding would miss the ends
    return low if right else 0.0, high if right < images else 1.0


def mcnemar(
    first: NDArray[np.int8], second: NDArray[np.int8], labels: NDArray[np.uint8]
) -> Difference:
    """Compares two networks on the same digits: answers (images,), labels (images,).

    McNemar's exact test, which Dietterich (Neural Computation 10 (1998) 1895) recommends
    where each learner is run once.
    """
    ours, theirs = first == labels, second == labels
    fixed = int(np.count_nonzero(ours & ~theirs))
    broken = int(np.count_nonzero(theirs & ~ours))
    return Difference(fixed, broken, len(labels), sign_test(fixed, broken))


@lru_cache(maxsize=256)
def sign_test(ups: int, downs: int) -> float:
    """Exact two-sided p: how likely so uneven a split is where both ways are equally likely.

    In whole numbers, so that it is exact for any counts and needs no scipy, which the window
    does not load; 0 below 5e-324.
    """
    total = ups + downs
    ways, tail = 1, 0
    for count in range(min(ups, downs) + 1):
        tail += ways
        ways = ways * (total - count) // (count + 1)
    return min(1.0, tail / 2 ** (total - 1)) if total else 1.0


@dataclass(frozen=True)
class Compared:
    """How networks differ from a baseline."""

    differences: Mapping[str, Difference]
    """Name -> how it differs from the baseline"""
    intervals: Mapping[str, tuple[float, float]]
    """Name -> 95 % interval of its accuracy"""


@dataclass(frozen=True)
class Compare(Question[Compared]):
    """How sure are the differences between what networks said? Answers to other digits than those
    in use are left out."""

    urgent: ClassVar[bool] = True  # it takes no time
    baseline: str
    """Name of the one that all are compared with"""
    measured: tuple[tuple[str, Measured], ...]
    """Names, and what was measured of them"""

    @property
    def place(self) -> Hashable:
        return type(self), self.baseline

    def work(self, digits: Digits, kept: Kept) -> Working[Compared]:
        differences, intervals = {}, {}
        labels, base = digits.test_labels, dict(self.measured)[self.baseline].answers
        for name, measured in self.measured:
            answers = measured.answers
            if len(answers) == len(labels) == len(base):
                differences[name] = mcnemar(answers, base, labels)
                intervals[name] = interval(int(np.count_nonzero(answers == labels)), len(labels))
            yield
        return Compared(differences, intervals)
