"""What learns a run: one interface, whatever engine is behind it."""

from collections.abc import Mapping
from typing import Protocol

from nnviz.networks.learned_by import COMPILED, TORCH
from nnviz.networks.network import Network


class Learner(Protocol):
    """Networks that learn from the training digits of one run.

    What it makes of them depends on the steps, never on how many of them come in one call.
    """

    @property
    def engine(self) -> str:
        """What learns: one of `ADDS_AT_ONCE`."""

    @property
    def length(self) -> int:
        """Digits that each network takes in one epoch; the most where they differ."""

    def learn(
        self,
        epoch: int,
        offset: int,
        steps: int,
        batch: int,
        rate: float,
        shrink: float,
        nonnegative: bool,
    ) -> None:
        """Learns so many steps of `batch` digits from this place of the epoch on.

        All of them lie within the epoch; the last one may find fewer digits left. Weights are
        first multiplied by `shrink` (weight decay; 1 for none), then follow the mean gradient of
        the batch times `rate`.
        """

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers to reckon with, as those of
        a file must be (see `Network.finite`)."""

    def copy(self) -> Network:
        """The weights as they are now."""


ADDS_AT_ONCE: Mapping[str, int] = {COMPILED: 100_000_000, TORCH: 20_000_000}
"""Engine -> multiply-adds that it is given at once: it learns about a millisecond from so many."""
ADDS_BESIDE = 100_000
"""What a step costs beside its products, in multiply-adds."""


def steps_at_once(engine: str, multiply_adds: int, batch: int) -> int:
    """How many steps are learned between two looks at the clock: counted, never timed.

    `multiply_adds`: those of one image forward.
    """
    adds = ADDS_BESIDE + 2 * batch * multiply_adds  # forward and back
    return max(1, ADDS_AT_ONCE[engine] // adds)
