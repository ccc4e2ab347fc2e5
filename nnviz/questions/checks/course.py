"""A run as checks look at it: what was measured of it, and what its settings usually are."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnviz.networks.costs import by_heads, costs_of_sums
from nnviz.networks.curves import Point
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.settings import PRESETS, Settings
from nnviz.questions.checks.checkup import CheckedUp


@dataclass(frozen=True)
class Course:
    """A run up to a moment, as far as it was measured."""

    settings: Settings
    names: tuple[str, ...]
    """Of the classes"""
    data: str
    """Name of the digits it learns from"""
    taught: int
    """Training digits in one epoch"""
    tested: int
    """Test digits; 0 where they are of another kind than the training digits"""
    points: tuple[Point, ...]
    """Of its curves"""
    found: CheckedUp | None = None
    """What was found at the last moment that was looked at"""
    diverged: bool = False
    """Whether its weights are no longer numbers"""

    @property
    def first(self) -> Point | None:
        """The start, where it was measured."""
        first = self.points[0] if self.points else None
        return first if first is not None and not first.examples else None

    @property
    def layout(self) -> Layout:
        """What the outputs mean."""
        return layout_of(self.settings, len(self.names))

    @property
    def usual_rate(self) -> float:
        """The learning rate that suits the cost, and the start where a preset has both."""
        settings = self.settings
        for preset in PRESETS.values():
            named = Settings().change(**preset.changes)
            same = ("design", "cost", "initial", "activation", "nonnegative")
            if all(getattr(named, each) == getattr(settings, each) for each in same):
                return named.rate
        return DESIGNS[settings.design].costs[settings.cost]

    @property
    def sure(self) -> CheckedUp:
        """What was found, where a check holds that says something of it."""
        assert self.found is not None
        return self.found


@lru_cache(maxsize=32)
def cost_of_nothing(layout: Layout, cost: str) -> float:
    """The cost per digit of who knows how often each output should fire, and nothing of the
    digits; infinite for heads of sets of classes, which is never less than any start."""
    if by_heads(layout, cost):
        return math.inf
    asked = layout.asked.sum(axis=1)
    share = np.clip((layout.table > 0).sum(axis=1) / np.maximum(1, asked), 1e-6, 1 - 1e-6)
    sums = np.log(share / (1 - share)) if cost != "softmax" else np.zeros(len(share))
    labels = np.arange(layout.classes, dtype=np.uint8)
    known = np.tile(sums, (layout.classes, 1)).astype(np.float32)
    return float(costs_of_sums(known, layout, cost, labels).mean())
