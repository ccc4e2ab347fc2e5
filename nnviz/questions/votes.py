"""What the pairs say of all test digits: mean votes, accuracy, who decides, who is confused."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.data.digits import Digits
from nnviz.questions.disagreement import RULES, answers_by_rule
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.decisive import DECISIVE, pairs_of
from nnviz.verdicts.evidence import evidence_blocks

MOST = 8
"""Confused digits that are kept of each class against each other one."""
BLOCK = 1000
"""Digits between two yields: some 40 ms for 45 networks."""

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
    """Rule -> (pairs,): digits for which the pair decides (see `decisive`)"""
    answers: NDArray[np.int8]
    """(images, rules): the answer by each of RULES"""
    confused: NDArray[np.int32]
    """(classes, classes, MOST): digits of the row's class that most prefer the column's, the
    worst first; -1 where there are fewer"""
    said: Floats
    """The same shape: what the pair says for their own class"""

    @property
    def images(self) -> int:
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


@dataclass(frozen=True)
class SurveyVotes(Question[VoteSurvey]):
    """What do the pairs say of all test digits?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[VoteSurvey]:
        images, labels = digits.test_images, digits.test_labels
        subject, layout = self.subject, self.subject.laid_out(digits.classes)
        classes = layout.classes
        means = np.zeros((classes, classes, classes))
        right = np.zeros((classes, classes))
        often = {rule: np.zeros(len(_pairs(classes)), np.intp) for rule in RULES}
        answers, own, start = [], [], 0
        for evidence in evidence_blocks(subject.network, layout, images, BLOCK):
            pairs = evidence.pairs
            of = labels[start : start + len(pairs)].astype(np.intp)
            start += len(pairs)
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
