"""How often a network is right, which images it misreads, and how long judging a digit takes.

The time is the fastest of a few tries, so that nothing else counts.
"""

import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bytes, joined
from nnviz.data.digits import Digits
from nnviz.networks.curves import Measured, Point
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.measuring import examined
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import Answers, Options
from nnviz.verdicts.evidence import evidence_blocks, evidence_of
from nnviz.verdicts.readings import READINGS

TRIES = 7
MOST_TIMED = 1000
"""Digits judged together in one try."""
LEAST = 10
SLICE = 150_000_000
"""Multiply-adds of one try: some milliseconds."""
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
    # asked of all networks that are open, and one page or another asks for what is looked at
    patient: ClassVar[bool] = True
    subject: Subject
    curve: OnCurve | None = None
    """Measures it as its run does, too (None: only how often it is right)."""

    def work(self, digits: Digits, kept: Kept) -> Working[Timed]:
        subject, classes = self.subject, digits.classes
        layout, reading = subject.laid_out(classes), subject.used_reading
        cost = self.curve.cost if self.curve is not None else ""
        how = subject.network, layout, reading, cost, subject.options
        rows = np.arange(len(digits.test_labels))
        images, labels = digits.test_images, digits.test_labels
        test = yield from examined(images, labels, classes, "test", rows, kept).work(*how)
        point = None
        if self.curve is not None:
            rows = np.arange(len(digits.train_labels))[: self.curve.images]
            images, labels = digits.train_images, digits.train_labels
            own = yield from examined(images, labels, classes, "train", rows, kept).work(*how)
            point = Point(subject.examples, own.cost, test.cost, own.right, test.right)
        seconds = yield from judging_seconds(subject.network, layout, reading, digits.test_images)
        return Timed(Measured(subject.examples, test.right, test.answers, point), seconds)
