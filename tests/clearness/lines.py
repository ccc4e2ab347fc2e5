"""Which starts and weight decays are tried, of which designs, with how many seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.data.results import BUNDLED, MNIST

EPOCHS = 30
MANY, FEW = range(1, 11), range(1, 4)
SCALED, TINY, FAINT = "scaled", "tiny", "faint"


@dataclass(frozen=True)
class Line:
    """One start and decay of one design, learned with several seeds."""

    design: str
    digits: str
    """MNIST or BUNDLED: what it learns and is asked."""
    initial: str
    decay: float
    seeds: Sequence[int] = MANY
    activation: str = "sigmoid"

    @property
    def name(self) -> str:
        """What its result is called."""
        place = f"clearness/{self.design}/{self.digits.lower()}"
        if self.activation != "sigmoid":
            place += f"/{self.activation}"
        return f"{place}/{self.initial}-{self.decay:g}"


TRIED = {
    BUNDLED: (
        (SCALED, 0),
        *((start, decay) for start in (TINY, FAINT) for decay in (0, 0.67, 1, 2)),
    ),
    MNIST: (
        *((SCALED, decay) for decay in (0, 5, 10)),
        (TINY, 10),
        *((FAINT, decay) for decay in (0, 5, 10, 15)),
    ),
}
"""Digits -> starts and decays."""
OTHERS = {
    BUNDLED: ((SCALED, 0), (TINY, 0), (FAINT, 0)),
    MNIST: ((SCALED, 0), (SCALED, 5), (FAINT, 10)),
}
"""The same for designs that are learned with few seeds."""
LINES = (
    *(
        Line(design, digits, *start)
        for digits, starts in TRIED.items()
        for design in ("ten-outputs", "four-bits")
        for start in starts
    ),
    *(
        Line(design, digits, *start, seeds=FEW)
        for digits, starts in OTHERS.items()
        for design in ("bit-layer", "any-code", "one-vs-rest", "plain-ensemble")
        for start in starts
    ),
    *(
        Line("ten-outputs", BUNDLED, start, 0, activation=activation)
        for activation in ("tanh", "relu")
        for start in (SCALED, FAINT)
    ),
)
