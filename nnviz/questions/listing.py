"""Which test digits are listed, and in which order; which of them tell designs apart: right under
one and wrong under another, or wrong under many.

A new order is one entry in `ORDERS`, a new choice by right and wrong one in `KINDS`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Counts, Floats, Indices
from nnviz.questions.judged import Judged
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.words import percent, tr

MatrixCell = tuple[int, int]
"""A class, and what its digits are read as (NOT_A_DIGIT too): a cell of the confusion matrix."""
MatrixCells = tuple[MatrixCell, ...]
"""Several, in ascending order."""
SHOWN, ANY, EVERY = "", "any", "every"
"""Whose mistakes: of the design on screen, of at least one design, of all designs at once."""


@dataclass(frozen=True)
class Listing:
    """What is asked for."""

    kind: str = "misread"
    """One of KINDS."""
    label: int | None = None
    """Only digits of this class (None: all)."""
    answer: int | None = None
    """Only digits read as this class, or NOT_A_DIGIT (None: whatever is said)."""
    whose: str = SHOWN
    """SHOWN, ANY, EVERY, or a design."""
    order: str = "spread"
    """One of ORDERS."""
    backwards: bool = False
    """The last one first."""
    cells: MatrixCells = ()
    """Only digits in one of these cells (none: in any); then `label` and `answer` are None."""

    def with_cells(self, cells: Iterable[MatrixCell]) -> "Listing":
        """The same for the digits of some cells: misread ones, or right ones too where a cell of
        the diagonal is among them. Of no cells: all misread."""
        chosen = tuple(sorted(set(cells)))
        right = {label == answer for label, answer in chosen}
        kind = "all" if len(right) > 1 else "right" if True in right else "misread"
        return replace(self, cells=chosen, kind=kind, label=None, answer=None)


def both_ways(first: int, second: int) -> MatrixCells:
    """The cells of two classes that are taken for each other."""
    return tuple(sorted(((first, second), (second, first))))


def in_cells(cells: MatrixCells, labels: Bytes, answers: NDArray[np.integer]) -> Bools:
    """(images,): the digits in one of the cells, from labels and answers (images,)."""
    found = np.zeros(len(labels), np.bool_)
    for label, answer in cells:
        found |= (labels == label) & (answers == answer)
    return found


def only_these(cells: MatrixCells, labels: Bytes, said: Iterable[NDArray[np.integer]]) -> Bools:
    """(images,): the digits that matter where only the mistakes of some cells do: those of their
    classes that everyone reads right or as a cell has it; all digits for no cell. labels
    (images,), and what each of several says (images,)."""
    counted = np.ones(len(labels), np.bool_)
    if cells:
        counted &= np.isin(labels, [label for label, _ in cells])
        for answers in said:
            counted &= (answers == labels) | in_cells(cells, labels, answers)
    return counted


def most_mixed_up(counts: Counts, most: int) -> tuple[MatrixCells, ...]:
    """The pairs of classes that are taken for each other most often, both ways together, the
    commonest first; counts (classes, columns) of a confusion matrix."""
    classes = len(counts)
    both = counts[:, :classes] + counts[:, :classes].T
    pairs = [(first, second) for first in range(classes) for second in range(first + 1, classes)]
    pairs.sort(key=lambda pair: -int(both[pair]))
    return tuple(both_ways(*pair) for pair in pairs[:most] if both[pair])


@dataclass(frozen=True, eq=False)
class AllSaid:
    """What the designs say of all test digits, seen from one of them."""

    own: Judged
    """Of the design whose answers are shown."""
    everyone: Mapping[str, Judged]
    """Design -> the same of it, where it can be compared; `own` is among them."""
    labels: Bytes
    """(images,)"""
    rejects: bool = False
    """Whether that one may read a digit as NOT_A_DIGIT."""
    left_out: int = 0
    """How many designs are not among them, as they learned from other digits."""

    @cached_property
    def wrong(self) -> Mapping[str, Bools]:
        """Design -> (images,): which digits it misreads."""
        return {name: judged.answers != self.labels for name, judged in self.everyone.items()}

    @cached_property
    def agreeing(self) -> Indices:
        """(images,): how many designs give the commonest answer."""
        answers = np.stack([judged.answers for judged in self.everyone.values()])
        counts = [
            np.count_nonzero(answers == answer, axis=0)
            for answer in range(NOT_A_DIGIT, int(answers.max()) + 1)
        ]
        return np.asarray(np.max(counts, axis=0))

    @cached_property
    def mean_margin(self) -> Floats:
        """(images,): mean over the designs of their margins."""
        return np.asarray(np.mean([each.margin for each in self.everyone.values()], axis=0))

    def misread(self, whose: str) -> Bools:
        """(images,): whether ANY or EVERY design misreads a digit; else whether `own` does."""
        several = np.stack(list(self.wrong.values()))
        found: Bools = {
            ANY: several.any(axis=0),
            EVERY: several.all(axis=0),
        }.get(whose, self.own.answers != self.labels)
        return found

    def says(self, answer: int, whose: str) -> Bools:
        """(images,): whether `own` gives this answer; for ANY and EVERY, whether some do."""
        several = self.everyone.values() if whose in (ANY, EVERY) else (self.own,)
        return np.asarray(np.any([each.answers == answer for each in several], axis=0))

    def within(self, cells: MatrixCells, whose: str) -> Bools:
        """(images,): whether `own` reads a digit as one of the cells has it; for ANY and EVERY,
        whether some do."""
        several = self.everyone.values() if whose in (ANY, EVERY) else (self.own,)
        found = [in_cells(cells, self.labels, each.answers) for each in several]
        return np.asarray(np.any(found, axis=0))


@dataclass(frozen=True)
class Order:
    """One way to sort."""

    label: str
    help: str
    key: Callable[[AllSaid, Indices], NDArray[np.generic]]
    """(what is said, numbers of digits) -> what they are sorted by, small first"""
    words: Callable[[AllSaid, int], str]
    """What is written at one digit."""
    below: str = tr("confidence")
    """What that means, in a few words."""
    falls: bool = False
    """Whether the largest number comes first."""


def _confidence(said: AllSaid, image: int) -> str:
    return percent(float(said.own.confidence[image]), 0)


def _turns(said: AllSaid, images: Indices) -> Indices:
    """The first digit of every class before the second of any."""
    labels = said.labels[images].astype(np.intp)
    by_label = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[by_label], labels[by_label])
    turns = np.empty_like(by_label)
    turns[by_label] = np.arange(len(labels)) - starts
    return turns * (int(labels.max(initial=0)) + 1) + labels


ORDERS: Mapping[str, Order] = {
    "spread": Order(
        tr("Spread over classes"),
        tr("One of each class in turn; at each digit the confidence."),
        _turns,
        _confidence,
    ),
    "confidence": Order(
        tr("Confidence"),
        tr("The surest answer first."),
        lambda said, images: -said.own.confidence[images],
        _confidence,
        falls=True,
    ),
    "margin": Order(
        tr("Margin"),
        tr("The closest decision first: how much likelier the answer is than the next class."),
        lambda said, images: said.own.margin[images],
        lambda said, image: percent(float(said.own.margin[image]), 0).replace("-", "−"),
        tr("lead over the next class"),
    ),
    "ambiguity": Order(
        tr("Ambiguity"),
        tr(
            "The digits that divide the designs most; at each how many designs give the commonest "
            "answer."
        ),
        lambda said, images: said.agreeing[images] + 0.5 * said.mean_margin[images],
        lambda said, image: tr(
            "{agreeing} of {designs}",
            agreeing=int(said.agreeing[image]),
            designs=len(said.everyone),
        ),
        tr("designs that agree"),
    ),
    "label": Order(
        tr("True label"),
        tr("By the class they belong to; at each the confidence."),
        lambda said, images: said.labels[images],
        _confidence,
    ),
    "answer": Order(
        tr("Answer"),
        tr("By the class they are taken for; at each the confidence."),
        lambda said, images: said.own.answers[images],
        _confidence,
    ),
    "number": Order(
        tr("Number"),
        tr("As they stand in the data set, counted from 0."),
        lambda _, images: images,
        lambda _, image: f"#{image}",
        tr("number, from 0"),
    ),
}

KINDS: Mapping[str, tuple[str, Callable[[Bools], Bools]]] = {
    "misread": (tr("Misread"), lambda misread: misread),
    "right": (tr("Right"), lambda misread: ~misread),
    "all": (tr("All"), np.ones_like),
}
"""Id -> words, and (images,) misread -> (images,) listed."""


def listed(listing: Listing, said: AllSaid) -> Indices:
    """(digits,): the numbers of the test digits asked for, in their order."""
    wanted = KINDS[listing.kind][1](said.misread(listing.whose))
    if listing.label is not None:
        wanted = wanted & (said.labels == listing.label)
    if listing.answer is not None:
        wanted = wanted & said.says(listing.answer, listing.whose)
    if listing.cells:
        wanted = wanted & said.within(listing.cells, listing.whose)
    images: Indices = np.flatnonzero(wanted)
    images = images[np.argsort(ORDERS[listing.order].key(said, images), kind="stable")]
    return images[::-1] if listing.backwards else images


CELLS: Mapping[str, tuple[bool, bool]] = {
    "both": (True, True),
    "only-first": (True, False),
    "only-second": (False, True),
    "neither": (False, False),
}
"""MatrixCell of McNemar's table -> whether the first and the second design get a digit right."""


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
    return np.asarray((first == ours) & (second == theirs))


def misses(right: Sequence[Bools]) -> Counts:
    """(images,): how many of several designs miss each digit, from what each gets right."""
    return np.asarray((~np.stack(right)).sum(axis=0))
