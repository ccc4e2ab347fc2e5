"""What the pairs say of all test digits: mean votes, accuracy, who decides, who is confused, and
where the rules that count the same pairs give different answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Doubles, Floats, Indices
from nnviz.data.digits import Digits
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.question import Kept, Question, Subject, Working, block_of
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence, evidence_of
from nnviz.verdicts.pairwise import DECISIVE, pairs_of
from nnviz.verdicts.readings import READINGS

RULES = ("summed", "votes", "coupling", "duels")
"""The readings of pairs: they apply to every design, as every design has or implies pairs."""
SLICE = 100
"""Digits asked at once while the window waits: a few milliseconds."""


def answers_by_rule(evidence: Evidence) -> Indices:
    """(images, rules): the class that each of RULES makes the answer."""
    return np.stack([READINGS[rule].read(evidence, Options()).classes for rule in RULES], axis=1)


def disagree(answers: NDArray[np.integer]) -> Bools:
    """(images, rules) -> (images,): whether not all rules give the same answer."""
    return np.asarray((answers != answers[:, :1]).any(axis=1))


def searched(
    network: Network, layout: Layout, images: Bytes, order: Indices
) -> Iterator[int | None]:
    """Looks for the first image, in this order, whose answer depends on the rule.

    Yields None after every slice of images (images, inputs) without one, then its number.
    """
    together = block_of(network, SLICE)
    for start in range(0, len(order), together):
        chosen = order[start : start + together]
        answers = answers_by_rule(evidence_of(network, layout, images[chosen]))
        found = np.flatnonzero(disagree(answers))
        if len(found):
            yield int(chosen[found[0]])
            return
        yield None


MOST = 8
"""Confused digits that are kept of each class against each other one."""

Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class VoteSurvey:
    """The pairs over all test digits."""

    counts: Indices
    """(classes,): test digits of each class"""
    means: Floats
    """(classes, classes, classes): mean r of the digits of the first class; 0 where none"""
    right: Doubles
    """(classes, classes): digits of the row's class that prefer it to the column's; even: half"""
    decisive: Mapping[str, Indices]
    """Rule -> (pairs,): digits for which the pair decides (see `pairwise`)"""
    answers: NDArray[np.int8]
    """(images, rules): the answer by each of RULES"""
    confused: NDArray[np.int32]
    """(classes, classes, MOST): digits of the row's class that most prefer the column's, the
    worst first; -1 where there are fewer"""
    said: Floats
    """The same shape: what the pair says for their own class"""

    @property
    def images(self) -> int:
        """How many test digits were asked about."""
        return len(self.answers)

    def accuracy(self, first: int, second: int) -> float:
        """Fraction of the digits of two classes that their pair gets right; NaN if none."""
        digits = self.counts[first] + self.counts[second]
        right = self.right[first, second] + self.right[second, first]
        return float(right / digits) if digits else float("nan")

    def worst(self, count: int) -> list[Pair]:
        """The pairs with the lowest accuracy."""
        several = _pairs(len(self.counts))
        known = [pair for pair in several if self.counts[list(pair)].sum()]
        return sorted(known, key=lambda pair: self.accuracy(*pair))[:count]

    def most_decisive(self, rule: str, count: int) -> list[tuple[Pair, int]]:
        """The pairs that decide most often, with how often."""
        often = self.decisive[rule]
        several = _pairs(len(self.counts))
        order = np.argsort(-often, kind="stable")[:count].tolist()
        return [(several[pair], int(often[pair])) for pair in order]

    def confused_of(self, first: int, second: int, count: int) -> list[tuple[int, float]]:
        """Digits of two classes that their pair says least for, and what it says for them."""
        both = [(first, second), (second, first)]
        found = [
            (image, said)
            for row, column in both
            for image, said in zip(
                self.confused[row, column].tolist(), self.said[row, column].tolist(), strict=True
            )
            if image >= 0
        ]
        return sorted(found, key=lambda each: each[1])[:count]


BLOCK = 300
"""Digits between two yields, at most: every rule is tried with every pair swapped."""


@dataclass(frozen=True)
class SurveyVotes(Question[VoteSurvey]):
    """What do the pairs say of all test digits?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[VoteSurvey]:
        labels, classes = digits.test_labels, digits.classes
        means = np.zeros((classes, classes, classes))
        right = np.zeros((classes, classes))
        often = {rule: np.zeros(len(_pairs(classes)), np.intp) for rule in RULES}
        answers, own = [], []
        for evidence, given in self.subject.tested(digits, BLOCK):
            pairs, of = evidence.pairs, given.astype(np.intp)
            preferred = pairs[np.arange(len(pairs)), of]
            np.add.at(means, of, pairs)
            np.add.at(right, of, (preferred > 0.5) + 0.5 * (preferred == 0.5))
            for rule, decides in DECISIVE.items():
                often[rule] += np.count_nonzero(decides(pairs), axis=0)
            answers.append(answers_by_rule(evidence).astype(np.int8))
            own.append(preferred.astype(np.float32))
            yield
        counts = np.bincount(labels, minlength=classes)
        confused, said = _confused(np.concatenate(own), labels)
        return VoteSurvey(
            counts,
            (means / np.maximum(counts, 1)[:, None, None]).astype(np.float32),
            right,
            often,
            np.concatenate(answers),
            confused,
            said,
        )


def _confused(own: Floats, labels: Bytes) -> tuple[NDArray[np.int32], Floats]:
    """own (images, classes): what is said for the label against each class."""
    classes = own.shape[1]
    confused = np.full((classes, classes, MOST), -1, np.int32)
    said = np.ones((classes, classes, MOST), np.float32)
    for label in range(classes):
        images = np.flatnonzero(labels == label)
        order = np.argsort(own[images], axis=0, kind="stable")[:MOST].T
        for other in range(classes):
            if other != label:
                found = images[order[other]]
                confused[label, other, : len(found)] = found
                said[label, other, : len(found)] = own[found, other]
    return confused, said


def _pairs(classes: int) -> list[Pair]:
    first, second = pairs_of(classes)
    return list(zip(first.tolist(), second.tolist(), strict=True))
