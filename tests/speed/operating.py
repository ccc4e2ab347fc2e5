"""How fast a network is judged anew with one hidden neuron held at its mean."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.operations import Operations, operated
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import judge
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import Options
from tests.speed.rounds import time_steps
from tests.speed.row import Row

LIMIT = 0.2
"""Seconds."""


class Kept:
    """The program's way: the read-out alone."""

    def __init__(self, design: str, images: NDArray[np.uint8]) -> None:
        trained = load(TRAINED / f"{design}.safetensors")
        self.reading = DESIGNS[design].readings[0]
        subject = Subject(trained.network, trained.settings)
        self.kept = KeptActivity(subject, images, np.zeros(len(images), np.uint8), 10)
        self.operations = Operations().change(0, 3, held=True)
        self.answers = np.empty(0, np.int8)
        at_once(self.kept.filling())

    def learn(self, times: int) -> None:
        """Judges all images so many times."""
        for _ in range(times):
            self.answers = self.kept.judge(self.operations)


def operating_rows(images: NDArray[np.uint8], rounds: int) -> Sequence[Row]:
    """One row for each design; images (images, inputs)."""
    judges = {design: Kept(design, images) for design in DESIGNS}
    taken = time_steps(judges, dict.fromkeys(judges, 1), rounds)
    return [
        Row(
            f"operate-{design}",
            f"judge {len(images):,} digits anew without a neuron, {design}",
            "limit",
            "ms",
            [micro / 1e3 for micro in taken[design]],
            1e3 * LIMIT,
            note=f"{_same(judges[design], images):.2%} the answers of a whole forward pass",
        )
        for design in DESIGNS
    ]


def _same(fast: Kept, images: NDArray[np.uint8]) -> float:
    kept = fast.kept
    network = operated(kept.network, fast.operations, kept.means)
    slow = judge(network, kept.layout, images, fast.reading, Options()).classes
    return float(np.mean(fast.answers == slow))
