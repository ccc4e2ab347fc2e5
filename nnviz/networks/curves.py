"""How a run went: cost and accuracy at fixed moments, and what was measured last."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import Refusal


class Diverged(Refusal):
    """The weights are no longer numbers; the message is one sentence for the user."""


@dataclass(frozen=True)
class Point:
    """One measurement of a run."""

    examples: int
    """Training digits seen so far."""
    train_cost: float
    """Mean cost per training digit, without the weight decay term."""
    test_cost: float
    train_accuracy: float
    """Fraction of the training digits answered right."""
    test_accuracy: float


@dataclass(frozen=True)
class Position:
    """Where a run stands; with the weights and the settings, all that is needed to go on."""

    epoch: int = 0
    """Complete epochs."""
    offset: int = 0
    """Training digits seen in the epoch under way."""
    examples: int = 0
    """Training digits seen in all."""
    steps: int = 0
    seconds: float = 0.0
    """Time spent learning (measuring not counted)."""


@dataclass(frozen=True, eq=False)
class Measured:
    """What all the test digits said at one moment of a run."""

    examples: int
    """Training digits seen at that moment."""
    accuracy: float
    """Fraction of the test digits answered right."""
    answers: NDArray[np.int8]
    """(test images,): the class each one was given"""
    point: Point | None = None
    """The same moment as a point of the curves of its run; None for a network measured on other
    digits than its run."""


LIVE_SAMPLE = 5000
"""Training digits measured for the live curves (the first ones of the set)."""
USUAL_SIZE = 50_000
"""Multiply-adds up to which a network is measured often and on many digits."""


def times_usual(multiply_adds: int) -> float:
    """How much larger than usual a network is: it takes as much longer to measure."""
    return max(1.0, multiply_adds / USUAL_SIZE)


def live_sample(multiply_adds: int) -> int:
    """How many training digits of a run are measured while it goes on."""
    return int(LIVE_SAMPLE / times_usual(multiply_adds))


def next_point(examples: int, epoch_length: int, least: int = 10) -> int:
    """When the next point of the curves is due: dense at first, in the end once an epoch.

    Depends on nothing but the run itself, so that the same seed gives the same curves.
    `least` is how many digits lie between two points at least.
    """
    return min(examples + max(least, examples // 4), next_epoch(examples, epoch_length))


def next_epoch(examples: int, epoch_length: int) -> int:
    """When the epoch under way is complete."""
    return (examples // epoch_length + 1) * epoch_length
