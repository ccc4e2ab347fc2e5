"""Whether what a network says can be trusted: of answers given with 80 %, are 80 % right?

The same of each output by itself: what it says, and how often it is so. And answering only where
a network is sure enough: how much is left, and how much of it is right.

Source of the latter: El-Yaniv and Wiener, "On the foundations of noise-free selective
classification", JMLR 11 (2010) 1605-1641.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Counts, Doubles, Floats, Indices
from nnviz.data.digits import Digits
from nnviz.networks.layouts import Layout
from nnviz.questions.comparison import interval
from nnviz.questions.question import Kept, Question, Subject, Working

BINS = 15
ALL_ANSWERS = -1
"""Stands for the number of an output where the answers of a network are meant."""


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
    places = bins_of(said, bins)
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


@dataclass(frozen=True)
class Bin:
    """A bin of a reliability curve, or several next to each other."""

    first: int
    """Of BINS, counted from 0."""
    last: int
    output: int = ALL_ANSWERS
    """The number of an output among those surveyed, or ALL_ANSWERS."""
    design: str = ""
    """Whose curve it is ("": of the design on screen)."""

    @property
    def ends(self) -> tuple[float, float]:
        """What is said in it: more than the first (or 0), up to the second."""
        return self.first / BINS, (self.last + 1) / BINS

    def holds(self, said: NDArray[np.floating]) -> Bools:
        """(cases,): which cases fall into it, by what was said (cases,) in 0..1."""
        places = bins_of(said)
        return np.asarray((places >= self.first) & (places <= self.last))


def bins_of(said: NDArray[np.floating], bins: int = BINS) -> Indices:
    """(cases,): the number of the bin of each."""
    return np.asarray(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], said))


@dataclass(frozen=True, eq=False)
class OutputSurvey:
    """The outputs over all test digits that they are asked about."""

    outputs: Indices
    """The outputs that stand here: all of them, of heads for sets of classes that for all."""
    found: tuple[Reliability, ...]
    """One for each of them; what is true is that the output should fire."""
    said: Floats
    """(images, these outputs): what each said of every test digit; NaN where it is not asked"""


@dataclass(frozen=True)
class SurveyOutputs(Question[OutputSurvey]):
    """How far can each output be trusted?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[OutputSurvey]:
        layout = self.subject.laid_out(digits.classes)
        outputs = outputs_surveyed(layout)
        parts: list[list[Reliability]] = [[] for _ in outputs]
        everything = []
        for evidence, labels in self.subject.tested(digits):
            said = evidence.scores if layout.heads else evidence.outputs[:, outputs]
            for part, found in zip(parts, of_each(layout, outputs, said, labels), strict=True):
                part.append(found)
            asked = layout.table[outputs][:, labels].T != 0
            everything.append(np.where(asked, said, np.nan).astype(np.float32))
            yield
        told = tuple(added(part) for part in parts)
        return OutputSurvey(outputs, told, np.concatenate(everything))


def outputs_surveyed(layout: Layout) -> Indices:
    """The outputs of the head of all classes where sets of classes have heads, else all."""
    if layout.heads:
        return layout.heads[tuple(range(layout.classes))]
    return np.arange(len(layout.table))


def of_each(
    layout: Layout, outputs: Indices, said: Floats | Doubles, labels: Bytes
) -> list[Reliability]:
    """What outputs say (images, outputs) of digits with these labels (images,)."""
    found = []
    for output, column in zip(outputs.tolist(), said.T, strict=True):
        wanted = layout.table[output][labels]
        asked = wanted != 0
        found.append(reliability(column[asked], wanted[asked] > 0))
    return found


@dataclass(frozen=True)
class Trust:
    """How confidence is looked at."""

    shares: bool = True
    """Shares that add up to 1 over the classes, instead of what the outputs say."""
    each_output: bool = False
    """Every output by itself, instead of the answers."""
    others: tuple[str, ...] = ()
    """Designs whose curves are shown besides that of the design on screen."""
    by_shares: bool = False
    """Whether it refuses by such shares, instead of by what the outputs say."""
    threshold: float = 0.5
    """Below this confidence the answer is "I don't know"."""
    listed: str = "kept"
    """Which digits are listed: kept (mistakes that stay) or refused."""
    zoomed: bool = False
    """The curve from 80 % of the digits on, where most of it happens."""
    bin: Bin | None = None
    """The bin of a reliability curve whose digits are listed."""
    by_yes: str = ""
    """Digits are sorted by how many outputs say yes instead of by a threshold, and those of one of
    `saying_yes.SAYING` are listed ("": by the threshold)."""


@dataclass(frozen=True)
class Selected:
    """What a threshold leaves of some digits."""

    images: int
    answered: int
    """Digits answered: those whose confidence reaches the threshold."""
    wrong: int
    """Mistakes among them."""
    wrong_of_all: int
    """Mistakes if all had been answered."""

    @property
    def coverage(self) -> float:
        """The fraction of digits that is answered."""
        return self.answered / self.images if self.images else 0.0

    @property
    def accuracy(self) -> float:
        """The fraction of answers that is right; NaN if there is none."""
        return 1 - self.wrong / self.answered if self.answered else float("nan")

    @property
    def refused_right(self) -> int:
        """Digits that would have been answered right but are refused."""
        return self.images - self.answered - (self.wrong_of_all - self.wrong)


def selected(
    confidence: NDArray[np.floating], right: Bools, threshold: float, answers: Bools | None = None
) -> Selected:
    """What is left where only digits with this confidence or more are answered.

    All (images,); `answers` says which digits get a class at all (None: all of them): the others
    are refused at every threshold.
    """
    given = np.ones(len(right), np.bool_) if answers is None else answers
    kept = given & (confidence >= threshold)
    wrong = given & ~right
    return Selected(
        len(right),
        int(np.count_nonzero(kept)),
        int(np.count_nonzero(kept & wrong)),
        int(np.count_nonzero(wrong)),
    )


def coverage_curve(
    confidence: NDArray[np.floating], right: Bools, answers: Bools | None = None
) -> tuple[Doubles, Doubles]:
    """Coverage and accuracy at every threshold that tells digits apart, the strictest first.

    Takes the same as `selected`.
    """
    given = np.ones(len(right), np.bool_) if answers is None else answers
    order = np.argsort(-confidence[given], kind="stable")
    sure, good = confidence[given][order], right[given][order]
    if not len(sure):
        return np.zeros(0), np.zeros(0)
    last_of_equals = np.flatnonzero(np.append(sure[1:] != sure[:-1], True))
    answered = last_of_equals + 1.0
    return answered / len(right), np.cumsum(good)[last_of_equals] / answered
