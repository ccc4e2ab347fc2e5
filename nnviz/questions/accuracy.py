"""How often a network is right, and which images it misreads."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Digits
from nnviz.networks.curves import Measured
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.judging_time import judging_seconds
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import Answers, Options, joined
from nnviz.verdicts.evidence import evidence_blocks
from nnviz.verdicts.readings import READINGS

MOST = 10_000
"""Images judged at once: more of them share each head that a walk asks."""


def judge(
    network: Network,
    layout: Layout,
    images: NDArray[np.uint8],
    reading: str,
    options: Options = Options(),
) -> Answers:
    """The answers to one or more images, pixels (images, inputs) 0..255, a block at a time."""
    read = READINGS[reading].read
    return joined([read(some, options) for some in evidence_blocks(network, layout, images, MOST)])


def measured(
    network: Network,
    layout: Layout,
    reading: str,
    examples: int,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    options: Options = Options(),
) -> Measured:
    """What the network says of all images, pixels (images, inputs) 0..255, labels (images,).

    `examples` is how many training digits it has seen.
    """
    given = judge(network, layout, images, reading, options).classes.astype(np.int8)
    return Measured(examples, float(np.mean(given == labels)), given)


@dataclass(frozen=True)
class Timed:
    """How good a network is, and how fast."""

    measured: Measured
    seconds: float
    """Time per digit that judging takes (see `judging_time`)."""


@dataclass(frozen=True)
class Measure(Question[Timed]):
    """How often is a network right, and how long does judging take?"""

    subject: Subject

    @property
    def place(self) -> Hashable:
        return type(self), self.subject.run

    def work(self, digits: Digits, kept: Kept) -> Working[Timed]:
        subject, images = self.subject, digits.test_images
        layout, reading = subject.laid_out(digits.classes), subject.used_reading
        given = []
        for evidence in evidence_blocks(subject.network, layout, images):
            given.append(READINGS[reading].read(evidence, subject.options).classes)
            yield
        answered = np.concatenate(given).astype(np.int8)
        accuracy = float(np.mean(answered == digits.test_labels))
        seconds = yield from judging_seconds(subject.network, layout, reading, images)
        return Timed(Measured(subject.examples, accuracy, answered), seconds)
