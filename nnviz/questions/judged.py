"""What one network says of all test digits: the answer, and how likely each class is."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Floats
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.piecemeal import at_once
from nnviz.verdicts.answers import NOT_A_DIGIT, Options
from nnviz.verdicts.evidence import evidence_blocks
from nnviz.verdicts.readings import READINGS

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]

BLOCK = 1000
"""Digits between two yields."""


@dataclass(frozen=True, eq=False)
class Judge:
    """Judge all test digits."""

    order: int
    """Comes back with the answer."""
    run: int
    """Whose network it is."""
    network: Network
    settings: Settings
    examples: int
    """Training digits that it has seen."""
    reading: str
    """One of READINGS that its design allows."""
    options: Options = Options()


@dataclass(frozen=True, eq=False)
class Judged:
    """The answer to Judge."""

    order: int
    run: int
    examples: int
    reading: str
    options: Options
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


def judging(asked: Judge, classes: int, images: Bytes) -> Generator[None, None, Judged]:
    """Judges images (images, inputs) 0..255, yielding after every block."""
    layout, reading = layout_of(asked.settings, classes), READINGS[asked.reading]
    answers, confidence, probabilities, outputs = [], [], [], []
    for evidence in evidence_blocks(asked.network, layout, images, BLOCK):
        read = reading.read(evidence, asked.options)
        answers.append(read.classes.astype(np.int8))
        confidence.append(reading.confidences(evidence, read, asked.options).astype(np.float32))
        probabilities.append(reading.probabilities(evidence).astype(np.float32))
        if _one_output_each(layout):
            outputs.append(evidence.scores.astype(np.float32))
        yield
    return Judged(
        asked.order,
        asked.run,
        asked.examples,
        asked.reading,
        asked.options,
        np.concatenate(answers),
        np.concatenate(confidence),
        np.concatenate(probabilities),
        np.concatenate(outputs) if outputs else None,
    )


def judged_now(asked: Judge, classes: int, images: Bytes) -> Judged:
    """The same at once."""
    return at_once(judging(asked, classes, images))


def _one_output_each(layout: Layout) -> bool:
    return layout.one_hot and not layout.heads
