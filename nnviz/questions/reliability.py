"""Whether what a network says can be trusted: of answers given with 80 %, are 80 % right?"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Counts, Doubles
from nnviz.questions.comparison import interval

BINS = 15


@dataclass(frozen=True, eq=False)
class Reliability:
    """What was said, in bins of equal width from 0 to 1, and how often it was so.

    Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML
    2017. A bin holds its upper end, not its lower one; the first one holds 0.
    """

    counts: Counts
    """(bins,)"""
    totals: Doubles
    """(bins,): what was said, added up"""
    hits: Counts
    """(bins,): how often it was so"""

    @property
    def filled(self) -> Counts:
        """The bins that hold something."""
        return np.flatnonzero(self.counts)

    @property
    def said(self) -> Doubles:
        """(filled bins,): what was said on average"""
        return self.totals[self.filled] / self.counts[self.filled]

    @property
    def true(self) -> Doubles:
        """(filled bins,): the fraction of cases in which it was so"""
        return self.hits[self.filled] / self.counts[self.filled]

    @property
    def error(self) -> float:
        """Expected calibration error: the mean distance of the two over all cases, 0..1."""
        total = int(self.counts.sum())
        return float(np.abs(self.totals - self.hits).sum() / total) if total else 0.0

    @property
    def excess(self) -> float:
        """How much more is said than is so, on average; below 0 if too little is said."""
        total = int(self.counts.sum())
        return float((self.totals.sum() - self.hits.sum()) / total) if total else 0.0

    @property
    def unsure(self) -> tuple[float, float, int]:
        """What was said between the first and the last bin on average, the fraction of it that
        was so, and in how many cases; NaN where there are none."""
        count = int(self.counts[1:-1].sum())
        said, true = float(self.totals[1:-1].sum()), int(self.hits[1:-1].sum())
        return (said / count, true / count, count) if count else (math.nan, math.nan, 0)

    def coarser(self, together: int) -> "Reliability":
        """The same with so many neighbouring bins made one; their number must divide BINS."""
        counts, totals, hits = (
            each.reshape(-1, together).sum(axis=1) for each in (self.counts, self.totals, self.hits)
        )
        return Reliability(counts, totals, hits)

    def intervals(self) -> Doubles:
        """(filled bins, 2): Wilson's 95 % intervals of `true`"""
        pairs = zip(self.hits[self.filled].tolist(), self.counts[self.filled].tolist(), strict=True)
        return np.array([interval(hits, count) for hits, count in pairs]).reshape(-1, 2)


def reliability(said: NDArray[np.floating], true: Bools, bins: int = BINS) -> Reliability:
    """Of what was said, 0..1, and whether it was so, both (cases,)."""
    inner = np.linspace(0, 1, bins + 1)[1:-1]
    places = np.searchsorted(inner, said)
    return Reliability(
        np.bincount(places, minlength=bins),
        np.bincount(places, said, minlength=bins).astype(np.float64),
        np.bincount(places[true], minlength=bins),
    )


def added(parts: list[Reliability]) -> Reliability:
    """That of all cases of the parts, which have equally many bins."""
    return Reliability(
        sum((part.counts for part in parts[1:]), parts[0].counts),
        sum((part.totals for part in parts[1:]), parts[0].totals),
        sum((part.hits for part in parts[1:]), parts[0].hits),
    )
