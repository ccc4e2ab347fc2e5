"""How sure a difference between networks is, from what each said of the same test digits.

Only networks that learned from the same digits are told apart by it: between others a difference
would be one of the digits, and no chance of it means anything. Whoever shows a difference asks
`difference` or `Compare`, which know that.
"""

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Digits
from nnviz.networks.curves import Measured
from nnviz.networks.network import Network
from nnviz.networks.taught import Taught, alike
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


def interval(right: float, images: int) -> tuple[float, float]:
    """Wilson's 95 % interval of an accuracy, within 0 and 1 (Wilson, J. Am. Stat. Assoc. 22 (1927)
    209); what is right by half counts half."""
    from statistics import NormalDist  # late: a window that starts asks for no interval

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


def holm(ps: Sequence[float]) -> list[float]:
    """Each p after Holm's correction for asking several questions at once (Scand. J. Statist. 6
    (1979) 65), right however they hang together; NaN stays and does not count."""
    known = sorted((p, place) for place, p in enumerate(ps) if not math.isnan(p))
    found, largest = list(ps), 0.0
    for rank, (p, place) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        found[place] = largest
    return found


@dataclass(frozen=True, eq=False)
class Said:
    """What a network said of all test digits, and what it had learned from by then."""

    answers: NDArray[np.int8]
    """(test digits,): the class each was given"""
    taught: Taught
    network: Network | None = None
    """Itself, where one network may be read in two ways"""


def difference(first: Said, second: Said, labels: NDArray[np.uint8]) -> Difference | None:
    """How two networks, or two readings of one, differ on labels (test digits,); None where they
    learned from different digits, or were asked about others."""
    asked = len(first.answers) == len(second.answers) == len(labels)
    same = first.network is not None and first.network is second.network
    if not asked or not (same or alike(first.taught, second.taught)):
        return None
    return mcnemar(first.answers, second.answers, labels)


@dataclass(frozen=True)
class Entrant:
    """A network that is compared with others."""

    name: str
    taught: Taught
    measured: Measured | None
    """None before it was asked"""


@dataclass(frozen=True)
class Lead:
    """Who is the most accurate of several that learned from the same digits, and by how much."""

    first: str
    second: str
    """Who comes next."""
    difference: Difference
    """Of the first to the second"""


def lead_of(entrants: Sequence[Entrant], labels: NDArray[np.uint8]) -> Lead | None:
    """Who leads on labels (test digits,); None of fewer than two that can be compared, or where
    one was not asked yet."""
    said = [(each.name, _said(each)) for each in entrants]
    known = [(name, each) for name, each in said if each is not None]
    if len(known) < max(2, len(said)):
        return None
    ordered = sorted(known, key=lambda each: -int(np.count_nonzero(each[1].answers == labels)))
    (first, ours), (second, theirs) = ordered[:2]
    found = difference(ours, theirs, labels)
    return None if found is None else Lead(first, second, found)


@dataclass(frozen=True)
class Compared:
    """How networks differ from a baseline."""

    differences: Mapping[str, Difference]
    """Name -> how it differs from the baseline, of those that learned from the same digits"""
    intervals: Mapping[str, tuple[float, float]]
    """Name -> 95 % interval of its accuracy"""

    def without(self, names: Collection[str]) -> "Compared":
        """The same with no difference of these."""
        kept = {name: each for name, each in self.differences.items() if name not in names}
        return replace(self, differences=kept)


@dataclass(frozen=True)
class Compare(Question[Compared]):
    """How sure are the differences between what networks said? Answers to other digits than those
    in use are left out, and so are differences to a baseline that learned from other digits."""

    urgent: ClassVar[bool] = True  # it takes no time
    baseline: str
    """Name of the one that all are compared with"""
    entrants: tuple[Entrant, ...]
    """The networks, that one among them"""

    @property
    def place(self) -> Hashable:
        return type(self), self.baseline

    @property
    def base(self) -> Entrant:
        """The one that all are compared with."""
        return next(each for each in self.entrants if each.name == self.baseline)

    @property
    def unlike(self) -> frozenset[str]:
        """Names of those that learned from other digits than the baseline, or nobody knows from
        which: no difference to it can be told."""
        base = self.base
        return frozenset(
            each.name
            for each in self.entrants
            if each is not base and not alike(each.taught, base.taught)
        )

    def work(self, digits: Digits, kept: Kept) -> Working[Compared]:
        differences, intervals = {}, {}
        labels, base = digits.test_labels, _said(self.base)
        for each in self.entrants:
            said = _said(each)
            if said is not None and len(said.answers) == len(labels):
                found = None if base is None else difference(said, base, labels)
                if found is not None:
                    differences[each.name] = found
                right = int(np.count_nonzero(said.answers == labels))
                intervals[each.name] = interval(right, len(labels))
            yield
        return Compared(differences, intervals)


def _said(entrant: Entrant) -> Said | None:
    measured = entrant.measured
    if measured is None or measured.answers is None:  # an estimate is not compared
        return None
    return Said(measured.answers, entrant.taught)
