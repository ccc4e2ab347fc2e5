"""Readers: whoever is asked what an image is, and how much each says for its answer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats
from nnviz.networks.layouts import Layout
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.evidence import BLOCK, Evidence, evidence_blocks
from nnviz.verdicts.readings import READINGS

EVEN = 0.5
"""Below it an output says no rather than yes."""
SURE = 0.9
"""Above it a reader counts as sure."""


@dataclass(frozen=True, kw_only=True)
class Reader(Subject):
    """A network with what its answers are called."""

    name: str
    """A design, or one of NAIVE."""
    label: str
    class_names: tuple[str, ...]
    only: int | None = None
    """The one class whose output is listened to (None: all)."""

    @property
    def layout(self) -> Layout:
        """What its outputs mean."""
        return self.laid_out(len(self.class_names))

    def named(self, answer: int) -> str:
        """An answer in words; empty for NOT_A_DIGIT."""
        return self.class_names[answer] if answer >= 0 else ""


@dataclass(frozen=True, eq=False)
class Said:
    """What a reader says of some images."""

    answers: NDArray[np.int8]
    """(images,): the class, or NOT_A_DIGIT"""
    support: Floats
    """(images, classes), see `support_of`; of other classes than the only one it is 0"""

    @property
    def strongest(self) -> Floats:
        """(images,): the largest support of any class"""
        found: Floats = self.support.max(axis=1)
        return found

    @property
    def for_answer(self) -> Floats:
        """(images,): the support of the answer; 0 for NOT_A_DIGIT"""
        rows = np.arange(len(self.answers))
        return np.where(self.answers >= 0, self.support[rows, self.answers], 0).astype(np.float32)


def support_of(evidence: Evidence) -> Doubles:
    """(images, classes) in 0..1: how much the outputs say for each class, never shared out.

    The output itself, or the mean of those that fire for a class; the head of all classes where
    sets of classes have heads; the mean probability of beating another class where pairs have
    outputs; the probability of its code word where the answer is one. Of sigmoid outputs and
    code words none may say yes.
    """
    return evidence.word_probabilities if evidence.layout.has_bits else evidence.scores


def saying(reader: Reader, images: Bytes, block: int = BLOCK) -> Iterator[Said]:
    """What it says of images, pixels (images, inputs) 0..255, a block at a time."""
    read = READINGS[reader.used_reading].read
    for evidence in evidence_blocks(reader.network, reader.layout, images, block):
        support = support_of(evidence).astype(np.float32)
        if reader.only is None:
            answers = read(evidence, reader.options).classes.astype(np.int8)
        else:
            own = support[:, reader.only].copy()
            support[:] = 0
            support[:, reader.only] = own
            answers = np.where(own > EVEN, reader.only, NOT_A_DIGIT).astype(np.int8)
        yield Said(answers, support)


def said_by(reader: Reader, images: Bytes) -> Said:
    """What it says of one or more images, at once."""
    parts = list(saying(reader, images))
    return Said(
        np.concatenate([part.answers for part in parts]),
        np.concatenate([part.support for part in parts]),
    )


def auroc(higher: NDArray[np.floating], lower: NDArray[np.floating]) -> float:
    """How often one of `higher` is larger than one of `lower`, ties counting half.

    The area under the ROC curve, by way of ranks (Hanley and McNeil, Radiology 143 (1982) 29).
    """
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left")
    not_above = np.searchsorted(ordered, higher, "right")
    return float((below + not_above).sum() / (2 * len(higher) * len(lower)))
