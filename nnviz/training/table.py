"""The table of engines: what serves which run, by what learns and by sizes.

The limits are where the steps of both engines cost the same processor time, as measured with
digits (19 % ink), clothes (50 %) and colour photographs (all of it), 1 to 500 hidden neurons and
batches of 1 to 1,000.
"""

from dataclasses import dataclass
from enum import Enum, auto

from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import COMPILED, TORCH, LearnedBy, of_this_machine
from nnviz.networks.settings import Settings
from nnviz.training.orders import have_own_digits


class Kind(Enum):
    """What learns, as far as it matters to how fast."""

    ALONE = auto()
    """One network, or several that learn from digits of their own each"""
    TOGETHER = auto()
    """Several networks that learn from the same digits: to torch they are one wide network"""
    READ_OUT = auto()
    """The outputs alone, on a frozen hidden layer"""
    SUBSETS = auto()
    """A softmax for each set of classes, and the hidden layer below them"""


class Kernels(Enum):
    """Functions of the compiled engine that are compiled together, in the order of need."""

    NETWORKS = auto()
    """Of networks that learn all they have"""
    READ_OUT = auto()
    """Of outputs on a frozen hidden layer"""
    SUBSETS = auto()
    """Of sets of classes on a hidden layer that learns"""
    LENET = auto()
    """Of LeNets, which no run has"""


KERNELS_OF = {
    Kind.ALONE: Kernels.NETWORKS,
    Kind.TOGETHER: Kernels.NETWORKS,
    Kind.READ_OUT: Kernels.READ_OUT,
    Kind.SUBSETS: Kernels.SUBSETS,
}
KERNELS_OF_RUNS = tuple(dict.fromkeys(KERNELS_OF.values()))
"""What runs need, in the order of need"""


@dataclass(frozen=True)
class Row:
    """What learns the runs of a kind that are within all limits."""

    engine: str
    kinds: frozenset[Kind]
    ink: float = 1.0
    """The share of pixels that are not black, at most"""
    hidden: int = 1
    """Neurons of each hidden layer, at least"""

    def fits(self, settings: Settings, kind: Kind, ink: float) -> bool:
        """Whether a run is within the limits."""
        return kind in self.kinds and ink <= self.ink and settings.hidden >= self.hidden


TOGETHER = frozenset({Kind.TOGETHER})
TABLE: tuple[Row, ...] = (
    Row(COMPILED, frozenset(Kind) - TOGETHER),
    Row(COMPILED, TOGETHER, ink=0.35),
    Row(COMPILED, TOGETHER, hidden=16),
    # 0.75 to 1.2 times as fast with all batches
    Row(TORCH, TOGETHER),
)
"""The first row that fits says what learns a run."""


def best_engine(settings: Settings, classes: int, ink: float) -> str:
    """The engine that the table names, whether it is installed or not.

    `ink`: the share of pixels that are not black.
    """
    kind = kind_of(settings, classes)
    return next(row.engine for row in TABLE if row.fits(settings, kind, ink))


def kind_of(settings: Settings, classes: int) -> Kind:
    """What learns in a run of so many classes."""
    layout = layout_of(settings, classes)
    if settings.trunk == "frozen":
        return Kind.READ_OUT
    if layout.heads:
        return Kind.SUBSETS
    several = layout.network_count > 1 and not have_own_digits(settings, layout)
    return Kind.TOGETHER if several else Kind.ALONE


def kernels_of(settings: Settings, classes: int) -> Kernels:
    """What the compiled engine needs for a run of so many classes."""
    return KERNELS_OF[kind_of(settings, classes)]


def would_learn(settings: Settings, classes: int, ink: float, kernels: bool) -> LearnedBy:
    """What learns a run that begins now; `kernels`: whether the compiled engine can."""
    best = best_engine(settings, classes, ink)
    if settings.device != "cpu" or (best == COMPILED and not kernels):
        best = TORCH
    by = of_this_machine(best, settings.device)
    if kernels and not by.version and settings.device == "cpu":
        return of_this_machine(COMPILED)  # which serves all where the other is not installed
    return by
