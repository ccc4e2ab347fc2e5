"""Comparing the detectors of two kinds of networks, and what the numbers say.

Welch's t test (Biometrika 34 (1947) 28) with Holm's correction for asking several questions at
once (Scand. J. Statist. 6 (1979) 65). Whether networks from different seeds find the same hidden
neurons: these are matched one to one by the absolute correlation of their activities (Li et al.,
"Convergent learning", ICLR 2016 workshop); a neuron that sees the opposite counts as the same.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Doubles, Floats, Indices
from nnviz.questions.detectors.measures import Detectors
from nnviz.questions.detectors.strokes import RANDOM_IMAGES

SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Question:
    """One number of every neuron that kinds of networks are compared by."""

    label: str
    of: Callable[[Detectors], NDArray[np.generic]]
    """-> (networks, hidden)"""
    shape: int = 0
    """1 where more means more like a shape, -1 where less does, 0 where it is not about shape"""


QUESTIONS: Mapping[str, Question] = {
    "moran": Question("Moran's I", lambda found: found.moran, 1),
    "blob_share": Question("blob share", lambda found: found.blob_share, 1),
    "pieces": Question("number of pieces", lambda found: found.pieces, -1),
    "stroke_fit": Question("stroke fit", lambda found: found.stroke_fit),
    "stroke_null": Question("stroke fit by chance", lambda found: found.stroke_null),
    "stroke_excess": Question(
        "stroke fit above chance", lambda found: found.stroke_fit - found.stroke_null, 1
    ),
    "stroke_like": Question(
        "share above all random images", lambda found: found.nulls_beaten == RANDOM_IMAGES, 1
    ),
    "selectivity": Question("selectivity", lambda found: found.selectivity),
    "classes_on": Question("classes a neuron is on for", lambda found: found.classes_on),
    "ablation": Question("accuracy lost without a neuron", lambda found: found.ablation),
}


@dataclass(frozen=True)
class Welch:
    """Two means and how likely so large a difference is by chance."""

    first: float
    second: float
    p: float
    """Two-sided; NaN where a side has one value only"""

    @property
    def difference(self) -> float:
        return self.first - self.second


@dataclass(frozen=True)
class Compared:
    """One question, answered for two kinds."""

    question: str
    """One of QUESTIONS"""
    welch: Welch
    holm: float
    """p after Holm's correction for all questions"""

    @property
    def significant(self) -> bool:
        return self.holm < SIGNIFICANT


@dataclass(frozen=True, eq=False)
class Kind:
    """Networks that differ in their seeds only."""

    name: str
    detectors: Sequence[Detectors]
    activity: Sequence[Floats]
    """For each network (images, neurons), the same images for all"""

    def values(self, question: str) -> tuple[Doubles, ...]:
        """For each network the values of its neurons, (networks x hidden,)."""
        of = QUESTIONS[question].of
        return tuple(of(found).astype(np.float64).reshape(-1) for found in self.detectors)

    def means(self, question: str) -> Doubles:
        """(networks,): the mean over the neurons of each"""
        return np.array([each.mean() for each in self.values(question)])

    @property
    def stability(self) -> float:
        """Mean agreement of matched neurons over all pairs of seeds; NaN for one network."""
        count = len(self.activity)
        pairs = [(i, j) for i in range(count) for j in range(i)]
        found = [matched(self.activity[i], self.activity[j]).stability for i, j in pairs]
        return float(np.mean(found)) if found else math.nan


def welch(first: Doubles, second: Doubles) -> Welch:
    """Whether two means differ, values (n,) and (m,); needs scipy."""
    # scipy.stats has the test ready, but takes more than a second to import
    from scipy.special import stdtr

    means = float(first.mean()), float(second.mean())
    if min(len(first), len(second)) < 2:
        return Welch(*means, math.nan)
    spreads = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    together = sum(spreads)
    if together == 0:
        return Welch(*means, 1.0 if means[0] == means[1] else 0.0)
    freedom = together**2 / (
        spreads[0] ** 2 / (len(first) - 1) + spreads[1] ** 2 / (len(second) - 1)
    )
    t = (means[0] - means[1]) / math.sqrt(together)
    return Welch(*means, float(2 * stdtr(freedom, -abs(t))))


def holm(ps: Sequence[float]) -> list[float]:
    """Each p after Holm's correction; NaN stays and does not count."""
    known = sorted((p, place) for place, p in enumerate(ps) if not math.isnan(p))
    found, largest = list(ps), 0.0
    for rank, (p, place) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        found[place] = largest
    return found


def over_networks(first: Kind, second: Kind) -> bool:
    """Whether there are seeds enough to compare networks, not only neurons."""
    return min(len(first.detectors), len(second.detectors)) >= 2


def compared(first: Kind, second: Kind) -> tuple[Compared, ...]:
    """Answers all questions, over networks where there are several of both, else over neurons."""
    whole = over_networks(first, second)
    tests = []
    for question in QUESTIONS:
        one, other = (
            kind.means(question) if whole else np.concatenate(kind.values(question))
            for kind in (first, second)
        )
        tests.append(welch(one, other))
    corrected = holm([test.p for test in tests])
    return tuple(
        Compared(question, test, p)
        for question, test, p in zip(QUESTIONS, tests, corrected, strict=True)
    )


@dataclass(frozen=True, eq=False)
class Matching:
    """The neurons of two networks, paired one to one so that they agree most."""

    partners: Indices
    """(neurons of the first,): its neuron of the second, -1 where none is left"""
    agreement: Doubles
    """(neurons of the first,): |correlation| with the partner, 0 where there is none"""

    @property
    def stability(self) -> float:
        """The mean agreement of the pairs."""
        paired = self.partners >= 0
        return float(self.agreement[paired].mean()) if paired.any() else 0.0


def matched(first: Floats, second: Floats) -> Matching:
    """Pairs neurons by activities (images, neurons) for the same digits; needs scipy."""
    # imported here, because no window needs it
    from scipy.optimize import linear_sum_assignment

    agreement = np.abs(_standard(first).T @ _standard(second))
    rows, columns = linear_sum_assignment(agreement, maximize=True)
    partners = np.full(first.shape[1], -1, np.intp)
    partners[rows] = columns
    found = np.zeros(first.shape[1])
    found[rows] = np.minimum(agreement[rows, columns], 1)
    return Matching(partners, found)


def _standard(activity: Floats) -> Doubles:
    """Columns of mean 0 and length 1; 0 for neurons that never change."""
    centred = activity.astype(np.float64)
    centred -= centred.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    found: Doubles = np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-9)
    return found
