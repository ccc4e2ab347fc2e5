"""Readers: whoever is asked what an image is, and how much each says for its answer.

Among them are networks that were taught too little: what somebody says who never met anything
else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats, joined
from nnviz.networks.files import load
from nnviz.networks.layouts import Layout
from nnviz.paths import TRAINED
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.evidence import BLOCK, Evidence, evidence_blocks
from nnviz.verdicts.readings import READINGS
from nnviz.words import tr

EVEN = 0.5
"""Below it an output says no rather than yes."""
SURE = 0.9
"""Above it a reader counts as sure."""


@dataclass(frozen=True, kw_only=True)
class Reader(Subject):
    """A network with what its answers are called; what it is called itself changes no answer."""

    name: str = field(compare=False)
    """One of the networks that are compared, such as a design, or one of NAIVE."""
    label: str = field(compare=False)
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
        return np.asarray(self.support.max(axis=1))

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
    return joined(list(saying(reader, images)))


def auroc(higher: NDArray[np.floating], lower: NDArray[np.floating]) -> float:
    """How often one of `higher` is larger than one of `lower`, ties counting half.

    The area under the ROC curve, by way of ranks (Hanley and McNeil, Radiology 143 (1982) 29).
    """
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left")
    not_above = np.searchsorted(ordered, higher, "right")
    return float((below + not_above).sum() / (2 * len(higher) * len(lower)))


@dataclass(frozen=True)
class Naive:
    """One of them; trained/recipe.sh makes the files."""

    label: str
    file: str
    """Name of its file in trained/naive, without the ending."""
    only: str = ""
    """The class whose network alone is asked; empty where all are."""


NAIVE: Mapping[str, Naive] = {
    "only-six": Naive(tr("Knows only 6"), "positives-only", "6"),
    "six-or-nine": Naive(tr("Knows 6 and 9"), "six-or-nine"),
}


@cache
def naive_reader(name: str) -> Reader:
    """One of NAIVE as a reader, with the class names of its own file. Raises NetworkFileError."""
    naive = NAIVE[name]
    trained = load(TRAINED / "naive" / f"{naive.file}.safetensors")
    return Reader(
        trained.network,
        trained.settings,
        examples=trained.position.examples,
        name=name,
        label=naive.label,
        class_names=trained.class_names,
        only=trained.class_names.index(naive.only) if naive.only else None,
    )
