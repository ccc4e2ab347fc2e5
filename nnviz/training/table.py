"""The table of engines: what serves which run, by what it learns and by sizes.

Measured with `python -m tests.speed`; what a row does not name makes no difference.
"""

from dataclasses import dataclass

from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import COMPILED, TORCH, LearnedBy, of_this_machine
from nnviz.networks.settings import Settings


@dataclass(frozen=True)
class Row:
    """What learns the runs that are within all its limits."""

    engine: str
    subsets: bool | None = None
    """Only with a softmax for each set of classes, or only without"""
    frozen: bool | None = None
    """Only with a hidden layer that is frozen, or only with one that learns"""
    ink: float = 1.0
    """The share of pixels that are not black, at most"""
    hidden: int = 500
    """Neurons of a hidden layer, at most"""
    batch: int = 1000
    """Digits per step, at most"""

    def fits(self, settings: Settings, subsets: bool, ink: float) -> bool:
        """Whether a run is within the limits."""
        return (
            self.subsets in (None, subsets)
            and self.frozen in (None, settings.trunk == "frozen")
            and ink <= self.ink
            and settings.hidden <= self.hidden
            and settings.batch <= self.batch
        )


TABLE: tuple[Row, ...] = (Row(TORCH),)
"""The first row that fits says what learns a run."""


def best_engine(settings: Settings, classes: int, ink: float) -> str:
    """The engine that the table names, whether it is installed or not.

    `ink`: the share of pixels that are not black.
    """
    subsets = bool(layout_of(settings, classes).heads)
    return next(row.engine for row in TABLE if row.fits(settings, subsets, ink))


def would_learn(settings: Settings, classes: int, ink: float, kernels: bool) -> LearnedBy:
    """What learns a run that begins now; `kernels`: whether the compiled engine can."""
    best = best_engine(settings, classes, ink)
    if settings.device != "cpu" or (best == COMPILED and not kernels):
        best = TORCH
    return of_this_machine(best, settings.device)
