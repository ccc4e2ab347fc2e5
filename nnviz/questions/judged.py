"""What one network says of all test digits: the answer, and how likely each class is."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Floats
from nnviz.data.digits import Digits
from nnviz.networks.layouts import Layout
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.evidence import evidence_blocks
from nnviz.verdicts.readings import READINGS

Bools = NDArray[np.bool_]

BLOCK = 1000
"""Digits between two yields."""


@dataclass(frozen=True, eq=False)
class Judged:
    """The answers of one network."""

    answers: NDArray[np.int8]
    """(images,): the class, or NOT_A_DIGIT"""
    confidence: Floats
    """(images,) in 0..1: how much of what was said speaks for the answer (see
    `Verdict.confidence`)"""
    probabilities: Floats
    """(images, classes): how likely each class is (see `Reading.probabilities`). What is missing
    to 1 is NOT_A_DIGIT, under the one reading that has it."""
    outputs: Floats | None
    """(images, classes) in 0..1: the output for each class, of an ensemble the mean of its
    members; None where outputs speak for more or less than one class"""

    @cached_property
    def chances(self) -> Floats:
        """(images,): how likely the answer is."""
        own = np.take_along_axis(self.probabilities, np.maximum(self.answers, 0)[:, None], 1)[:, 0]
        return np.where(self.answers == NOT_A_DIGIT, self._missing, own).astype(np.float32)

    @cached_property
    def margin(self) -> Floats:
        """(images,): how much likelier the answer is than the next class; below 0 where the
        reading did not choose the likeliest."""
        others = self.probabilities.copy()
        rows = np.flatnonzero(self.answers != NOT_A_DIGIT)
        others[rows, self.answers[rows]] = -1
        found: Floats = self.chances - others.max(axis=1)
        return found

    @property
    def _missing(self) -> Floats:
        found: Floats = np.maximum(0, 1 - self.probabilities.sum(axis=1))
        return found


@dataclass(frozen=True)
class Judge(Question[Judged]):
    """What does a network say of all test digits?"""

    subject: Subject

    @property
    def place(self) -> Hashable:
        return type(self), self.subject.run

    def work(self, digits: Digits, kept: Kept) -> Working[Judged]:
        subject, layout = self.subject, self.subject.laid_out(digits.classes)
        reading = READINGS[subject.used_reading]
        answers, confidence, probabilities, outputs = [], [], [], []
        for evidence in evidence_blocks(subject.altered, layout, digits.test_images, BLOCK):
            read = reading.read(evidence, subject.options)
            answers.append(read.classes.astype(np.int8))
            sure = reading.confidences(evidence, read, subject.options)
            confidence.append(sure.astype(np.float32))
            probabilities.append(reading.probabilities(evidence).astype(np.float32))
            if _one_output_each(layout):
                outputs.append(evidence.scores.astype(np.float32))
            yield
        return Judged(
            np.concatenate(answers),
            np.concatenate(confidence),
            np.concatenate(probabilities),
            np.concatenate(outputs) if outputs else None,
        )


def _one_output_each(layout: Layout) -> bool:
    return layout.one_hot and not layout.heads
