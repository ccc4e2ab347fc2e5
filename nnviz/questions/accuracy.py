"""How often a network is right, and which images it misreads."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bytes, joined
from nnviz.data.digits import Digits
from nnviz.networks.curves import Measured
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.judging_time import judging_seconds
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import Answers, Options
from nnviz.verdicts.evidence import evidence_blocks
from nnviz.verdicts.readings import READINGS

MOST = 10_000
"""Images judged at once: more of them share each head that a walk asks."""


def judge(
    network: Network,
    layout: Layout,
    images: Bytes,
    reading: str,
    options: Options = Options(),
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
class Timed:
    """How good a network is, and how fast."""

    measured: Measured
    seconds: float
    """Time per digit that judging takes (see `judging_time`)."""


@dataclass(frozen=True)
class Measure(Question[Timed]):
    """How often is a network right, and how long does judging take?"""

    beside: ClassVar[str] = "run"
    subject: Subject

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
