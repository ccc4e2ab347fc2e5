"""How often a network is right, which images it misreads, and how long judging a digit takes.

The time is the fastest of a few tries, so that nothing else counts.
"""

import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Floats, joined
from nnviz.data.digits import Digits
from nnviz.networks.costs import costs_of
from nnviz.networks.curves import Measured, Point
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import Answers, Options
from nnviz.verdicts.evidence import evidence_blocks, evidence_of
from nnviz.verdicts.readings import READINGS

TRIES = 7
MOST_TIMED = 1000
"""Digits judged together in one try."""
LEAST = 10
SLICE = 200_000_000
"""Multiply-adds of one try: some hundredths of a second."""
CLOCK = time.perf_counter if sys.platform == "win32" else time.thread_time
"""Counts only the work of this thread, whatever else the computer does; too coarse on Windows."""


def judging_seconds(
    network: Network,
    layout: Layout,
    reading: str,
    images: Bytes,
    clock: Callable[[], float] = CLOCK,
) -> Generator[None, None, float]:
    """Yields after every try; returns seconds per digit. images (images, inputs) 0..255."""
    read = READINGS[reading].read

    def one_try(count: int) -> float:
        began = clock()
        read(evidence_of(network, layout, images[:count]), Options())
        return (clock() - began) / count

    if not len(images):
        return 0.0
    count = min(len(images), MOST_TIMED, max(LEAST, SLICE // network.multiply_adds))
    fastest = one_try(count)
    for _ in range(TRIES - 1):
        yield
        fastest = min(fastest, one_try(count))
    return fastest


MOST = 10_000
"""Images judged at once: more of them share each head that a walk asks."""


def judge(
    network: Network, layout: Layout, images: Bytes, reading: str, options: Options = Options()
) -> Answers:
    """The answers to one or more images, pixels (images, inputs) 0..255, a block at a time."""
    read = READINGS[reading].read
    return joined([read(some, options) for some in evidence_blocks(network, layout, images, MOST)])


def measured(subject: Subject, images: Bytes, labels: Bytes, classes: int) -> Measured:
    """What a network says of all images, pixels (images, inputs) 0..255, labels (images,)."""
    layout = subject.laid_out(classes)
    given = judge(subject.network, layout, images, subject.used_reading, subject.options)
    answered = given.classes.astype(np.int8)
    return Measured(subject.examples, float(np.mean(answered == labels)), answered)


@dataclass(frozen=True)
class OnCurve:
    """How a run measures itself for its curves."""

    cost: str
    """One of COSTS."""
    images: int
    """How many of the first training digits count."""


@dataclass(frozen=True)
class Timed:
    """How good a network is, and how fast."""

    measured: Measured
    seconds: float
    """Time per digit that judging takes (see `judging_seconds`)."""


@dataclass(frozen=True)
class Measure(Question[Timed]):
    """How often is a network right, and how long does judging take?"""

    beside: ClassVar[str] = "run"
    subject: Subject
    curve: OnCurve | None = None
    """Measures it as its run does, too (None: only how often it is right)."""

    def work(self, digits: Digits, kept: Kept) -> Working[Timed]:
        subject, images, labels = self.subject, digits.test_images, digits.test_labels
        layout, reading = subject.laid_out(digits.classes), subject.used_reading
        answered, cost = yield from self._measure(layout, images, labels)
        accuracy = float(np.mean(answered == labels))
        point = None
        if self.curve is not None:
            taught = slice(0, self.curve.images)
            labels = digits.train_labels[taught]
            own, own_cost = yield from self._measure(layout, digits.train_images[taught], labels)
            own_accuracy = float(np.mean(own == labels))
            point = Point(subject.examples, own_cost, cost, own_accuracy, accuracy)
        seconds = yield from judging_seconds(subject.network, layout, reading, images)
        return Timed(Measured(subject.examples, accuracy, answered, point), seconds)

    def _measure(
        self, layout: Layout, images: Bytes, labels: Bytes
    ) -> Generator[None, None, tuple[NDArray[np.int8], float]]:
        """-> answers (images,), mean cost (0 where no curve wants it)"""
        subject, done = self.subject, 0
        given: list[NDArray[np.int8]] = []
        costs: list[Floats] = []
        for evidence in evidence_blocks(subject.network, layout, images):
            if self.curve is not None:
                network, activity = subject.network, evidence.activity
                of_these = labels[done : done + len(evidence)]
                costs.append(costs_of(network, layout, self.curve.cost, activity, of_these))
            read = READINGS[subject.used_reading].read(evidence, subject.options)
            given.append(read.classes.astype(np.int8))
            done += len(evidence)
            yield
        cost = float(np.mean(np.concatenate(costs), dtype=np.float64)) if costs else 0.0
        return np.concatenate(given), cost
