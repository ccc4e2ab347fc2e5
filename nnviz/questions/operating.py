"""Judging a network anew while its hidden neurons are operated on.

The training process keeps the activity of the network last asked about, so that every further
operation costs a part of the read-out only.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network
from nnviz.networks.operations import NO_OPERATIONS, Operations
from nnviz.networks.settings import Settings
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.piecemeal import at_once
from nnviz.verdicts.answers import Options

Bytes = NDArray[np.uint8]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Operate:
    """Judge all test digits with these operations in force; without any, get ready for some."""

    run: int
    """Whose network it is."""
    network: Network
    """Without the operations."""
    settings: Settings
    examples: int
    """Training digits that it has seen."""
    operations: Operations = NO_OPERATIONS
    reading: str = ""
    """One of READINGS ("": the usual one of the design)"""
    options: Options = Options()


@dataclass(frozen=True, eq=False)
class Operated:
    """The answer to Operate."""

    run: int
    examples: int
    operations: Operations
    reading: str
    options: Options
    accuracy: float
    before: float
    """Accuracy without the operations"""
    answers: NDArray[np.int8]
    """(test images,): with the operations"""
    means: Doubles
    """(networks, hidden): mean activities without the operations (see `operations.operated`)"""


class Operating:
    """Answers Operate, and keeps what the next answer needs."""

    def __init__(self) -> None:
        self._kept: KeptActivity | None = None

    def working(
        self, asked: Operate, classes: int, images: Bytes, labels: Bytes
    ) -> Generator[None, None, Operated]:
        """Judges images (images, inputs), labels (images,), yielding after every block."""
        reading = asked.reading or DESIGNS[asked.settings.design].readings[0]
        layout, options = layout_of(asked.settings, classes), asked.options
        kept = self._kept
        if kept is None or not kept.is_of(asked.network, layout, reading, labels, options):
            self._kept = None  # the old one and the new one need not be in memory at once
            kept = KeptActivity(asked.network, layout, reading, images, labels, options)
            yield from kept.filling()
            self._kept = kept
        answers = yield from kept.judging(asked.operations)
        return Operated(
            asked.run,
            asked.examples,
            asked.operations,
            asked.reading,
            options,
            kept.accuracy_of(answers),
            kept.accuracy,
            answers,
            kept.means,
        )

    def now(self, asked: Operate, classes: int, images: Bytes, labels: Bytes) -> Operated:
        """The same at once."""
        return at_once(self.working(asked, classes, images, labels))
