"""How a run went: cost and accuracy at fixed moments, and what was measured last."""

from collections.abc import Sequence
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
    taught: int = 0
    """How many training digits count, of a live estimate; 0 for all that count at rest."""
    tested: int = 0
    """How many test digits count, of a live estimate; 0 for all."""

    @property
    def live(self) -> bool:
        """Whether it is an estimate, made from a part of the digits while the run went on."""
        return bool(self.taught or self.tested)


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


def up_to(points: Sequence[Point], now: Point | None) -> tuple[Point, ...]:
    """The points of a run up to where it stands: what was measured there on all digits takes the
    place of a live estimate."""
    if now is not None and points and points[-1].examples == now.examples:
        points = points[:-1]
    return (*points, now) if now is not None else tuple(points)


@dataclass(frozen=True, eq=False)
class Measured:
    """What the test digits said at one moment of a run."""

    examples: int
    """Training digits seen at that moment."""
    accuracy: float
    """Fraction of the test digits answered right."""
    answers: NDArray[np.int8] | None
    """(test images,): the class each one was given; None of a live estimate from some of them"""
    point: Point | None = None
    """The same moment as a point of the curves of its run; None for a network measured on other
    digits than its run."""

    @property
    def whole(self) -> bool:
        """Whether it is of all test digits."""
        return self.answers is not None


SAMPLE = 5000
"""Training digits measured for the curves of a run in the window (the first ones of the set)."""
LIVE_TAUGHT, LIVE_TESTED = 500, 1000
"""Training and test digits measured while it goes on, from the whole of both sets."""
USUAL_SIZE = 50_000
"""Multiply-adds up to which a network is measured on many digits."""
SHARE = 7
"""In a first epoch, so many digits are learned for one that is measured. Either takes about as
long: measuring works no gradients out, but looks at more of the pixels."""
FEWEST = 6
"""Points of a first epoch at least."""
SMALL, OF_SMALL = 10_000, 12
"""Digits of an epoch up to which it has more points: it is over in no time."""
FIRST = 100
"""Digits seen at the first of them, at most."""


def run_sample(multiply_adds: int) -> int:
    """How many training digits of a run in the window are measured: fewer for large networks."""
    return int(SAMPLE / max(1.0, multiply_adds / USUAL_SIZE))


def spread(count: int, of: int) -> NDArray[np.intp]:
    """(count or fewer,): numbers of so many digits, evenly from the whole of a set."""
    count = min(count, of)
    return np.arange(count) * of // max(1, count)


@dataclass(frozen=True)
class LivePoints:
    """When the curves of a run in the window want their next point, with the digits of an epoch
    (`epoch_length`) and those of them that each network learns from (`taken`).

    Dense at first, each `growth` times as far as the last one; in the end once an epoch. Depends
    on nothing but these numbers, so that the same seed gives the same curves on every machine.
    """

    epoch_length: int
    taken: int

    @property
    def points(self) -> int:
        """How many the first epoch has."""
        if self.epoch_length <= SMALL:
            return OF_SMALL
        affordable = self.taken // (SHARE * (LIVE_TAUGHT + LIVE_TESTED))
        return max(FEWEST, affordable)

    @property
    def first(self) -> int:
        """Digits seen at the first one after the start."""
        return max(1, min(FIRST, self.epoch_length // 400))

    @property
    def growth(self) -> float:
        """Rounded, so that no computer differs in the last place of a power."""
        return round(float((self.epoch_length / self.first) ** (1 / (self.points - 1))), 2)

    def after(self, examples: int) -> int:
        """Digits seen at the next one."""
        apart = max(self.first, int(examples * (self.growth - 1)))
        return min(examples + apart, next_epoch(examples, self.epoch_length))


def next_point(examples: int, epoch_length: int) -> int:
    """When the next point of the curves is due where time does not matter: dense at first, in the
    end once an epoch."""
    return min(examples + max(10, examples // 4), next_epoch(examples, epoch_length))


def next_epoch(examples: int, epoch_length: int) -> int:
    """When the epoch under way is complete."""
    return (examples // epoch_length + 1) * epoch_length
