"""What a network does with many digits, kept: operations on few neurons are judged anew at once.

Only the read-out is worked out again, and of that only what the operated neurons add.
"""

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats
from nnviz.data.digits import Digits
from nnviz.networks.network import Network, Place, as_inputs, neuron_activity, sums_of
from nnviz.networks.operations import HELD, Operation, Operations, operated
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Kept, Question, Subject, Working, block_of
from nnviz.verdicts.evidence import Evidence, evidence_of
from nnviz.verdicts.readings import READINGS

Classes = NDArray[np.int8]
"""(images,): the class, or NOT_A_DIGIT"""

BLOCK = 2500
"""Digits whose activity is kept together, at most."""
MOST_KEPT = 50_000_000
"""Activities that are kept (200 MB); of more, those of the operated neurons are worked out."""


@dataclass(frozen=True, eq=False)
class _Block:
    """Some of the digits."""

    images: Bytes
    activity: Floats | None
    """(images, networks, hidden), where it is kept"""
    sums: Floats | None
    """(images, outputs), where not every set of classes has a head: those ask in turn"""


class KeptActivity:
    """The hidden activity and weighted sums of a network for some digits.

    images (images, inputs) 0..255, labels (images,) of so many classes. Of the subject all but
    its operations counts. Work through `filling` before anything else.
    """

    def __init__(self, subject: Subject, images: Bytes, labels: Bytes, classes: int) -> None:
        self.subject = subject
        network = self.network = subject.network
        layout = self.layout = subject.laid_out(classes)
        self.reading = subject.used_reading
        self.options = subject.options
        self.labels = labels
        self._images = images
        self._block = block_of(network, BLOCK)
        self._blocks: list[_Block] = []
        shape = network.hidden_biases.shape
        self.means: Doubles = np.zeros(shape)
        """(networks, hidden): mean activities"""
        self.class_means: Doubles = np.zeros((*shape, layout.classes))
        """(networks, hidden, classes); 0 for classes without a digit"""
        self.accuracy = 0.0
        """Of the network as it is."""

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def blocks(self) -> int:
        """In how many pieces the digits are judged."""
        return -(-len(self) // self._block)

    def is_of(self, subject: Subject, labels: Bytes) -> bool:
        """Whether this is kept of the same weights, read in the same way, and the same digits."""
        read_alike = (self.reading, self.options) == (subject.used_reading, subject.options)
        laid_out_alike = self.layout is subject.laid_out(self.layout.classes)
        same = laid_out_alike and read_alike and self.labels is labels
        own, other = self.network.arrays(), subject.network.arrays()
        return same and all(np.array_equal(own[name], other[name], equal_nan=True) for name in own)

    def filling(self) -> Generator[None]:
        """The forward pass, yielding after every block."""
        network, layout = self.network, self.layout
        keeps = layout.heads or len(self) * network.hidden_biases.size <= MOST_KEPT
        totals = np.zeros((layout.classes, network.hidden_biases.size))
        right = 0
        for start in range(0, len(self), self._block):
            rows = slice(start, start + self._block)
            evidence, labels = evidence_of(network, layout, self._images[rows]), self.labels[rows]
            activity = evidence.activity
            sums = None
            if not layout.heads:
                with np.errstate(all="ignore"):
                    sums = sums_of(network, activity)
                evidence = replace(evidence, sums=sums)
            of = np.eye(layout.classes, dtype=np.float32)[labels]
            totals += of.T @ activity.reshape(len(labels), -1)
            right += self._right(evidence, labels)
            block = _Block(self._images[rows], activity if keeps else None, sums)
            self._blocks.append(block)
            yield
        counts = np.bincount(self.labels, minlength=layout.classes)
        means = totals / np.maximum(counts, 1)[:, None]
        self.class_means = means.T.reshape(self.class_means.shape)
        self.means = (totals.sum(axis=0) / max(1, len(self))).reshape(self.means.shape)
        self.accuracy = right / max(1, len(self))

    def activity_of(self, place: Place) -> Floats:
        """(images,): how strongly a neuron fires."""
        return np.concatenate([self._activity(block, place, 0.0) for block in self._blocks])

    def judging(self, operations: Operations) -> Generator[None, None, Classes]:
        """(images,): the answers with operations in force, yielding after every block."""
        network = operated(self.network, operations, self.means)
        shape = network.hidden_biases.shape
        known = Operations(
            tuple(
                (place, each)
                for place, each in operations
                if place[0] < shape[0] and place[1] < shape[1]
            )
        )
        read = READINGS[self.reading].read
        answers = []
        for block in self._blocks:
            evidence = self._evidence(block, network, known)
            answers.append(read(evidence, self.options).classes.astype(np.int8))
            yield
        return np.concatenate(answers)

    def judge(self, operations: Operations) -> Classes:
        """The same at once."""
        return at_once(self.judging(operations))

    def accuracy_of(self, answers: Classes) -> float:
        """The fraction of digits that answers (images,) get right."""
        return float(np.mean(answers == self.labels))

    def lost_without(self, place: Place) -> Generator[None, None, float]:
        """The accuracy lost when one neuron is held at its mean; below 0 if that helps."""
        answers = yield from self.judging(Operations(((place, HELD),)))
        return self.accuracy - self.accuracy_of(answers)

    def _right(self, evidence: Evidence, labels: Bytes) -> int:
        answers = READINGS[self.reading].read(evidence, self.options)
        return int(np.count_nonzero(answers.classes == labels))

    def _evidence(self, block: _Block, network: Network, operations: Operations) -> Evidence:
        moved = [(place, each) for place, each in operations if each.moves_activity]
        if block.sums is None:
            activity = block.activity
            assert activity is not None
            if moved:
                activity = activity.copy()
            for place, operation in moved:
                activity[(slice(None), *place)] = self._activity(block, place, operation.shift)
            return Evidence(network, self.layout, activity)
        sums = block.sums.copy()
        with np.errstate(all="ignore"):
            for place, operation in operations:
                readers, change = self._change(block, place, operation)
                sums[:, readers] += change
        unread = np.broadcast_to(np.float32(0), (len(sums), *network.hidden_biases.shape))
        return Evidence(network, self.layout, unread, sums)

    def _change(
        self, block: _Block, place: Place, operation: Operation
    ) -> tuple[NDArray[np.intp], Floats]:
        """-> the outputs that read the neuron, and what is added to them (images, outputs)"""
        number, neuron = place
        before = self._activity(block, place, 0.0)
        moved = operation.moves_activity
        after = self._activity(block, place, operation.shift) if moved else before
        difference = operation.heard(after, float(self.means[place])) - before
        readers = np.flatnonzero(self.network.output_networks == number)
        weights = self.network.output_weights[readers, neuron]
        return readers, difference[:, None] * weights

    def _activity(self, block: _Block, place: Place, shift: float) -> Floats:
        """(images,): of one neuron, with its bias shifted"""
        if block.activity is not None and not shift:
            return block.activity[(slice(None), *place)]
        return neuron_activity(self.network, place, as_inputs(block.images), shift)


@dataclass(frozen=True, eq=False)
class Operated:
    """What a network says with operations in force."""

    accuracy: float
    before: float
    """Accuracy without the operations"""
    answers: Classes
    """(test images,): with the operations"""
    means: Doubles
    """(networks, hidden): mean activities without the operations (see `operations.operated`)"""


@dataclass(frozen=True)
class Operate(Question[Operated]):
    """What do all test digits say with these operations in force? Without any: get ready for some.

    The activity of the network last asked about is kept, so that every further operation costs
    a part of the read-out only.
    """

    urgent: ClassVar[bool] = True
    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[Operated]:
        subject, labels = self.subject, digits.test_labels
        activity: KeptActivity | None = kept.get(KeptActivity)
        if activity is None or not activity.is_of(subject, labels):
            kept.pop(KeptActivity, None)  # two of them need not be in memory at once
            activity = KeptActivity(subject, digits.test_images, labels, digits.classes)
            yield from activity.filling()
            kept[KeptActivity] = activity
        answers = yield from activity.judging(subject.operations)
        accuracy = activity.accuracy_of(answers)
        return Operated(accuracy, activity.accuracy, answers, activity.means)


@dataclass(frozen=True)
class Suppose(Question[Operated]):
    """What would they say with these operations, which are not in force? In a place of its own:
    who only looks takes the place of nothing that is done."""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[Operated]:
        return (yield from Operate(self.subject).work(digits, kept))
