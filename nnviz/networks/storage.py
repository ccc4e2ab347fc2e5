"""What a design must store, as separate networks and as heads on one trunk, and how that grows."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nnviz.networks.designs import DESIGNS, Given
from nnviz.networks.layouts import Layout

BYTES_EACH = 4
"""A parameter is a number of 32 bits."""
COUNTED = range(4, 9)
"""Numbers of classes that growth is read off."""


@dataclass(frozen=True)
class Storage:
    """One way to keep a design."""

    parts: int
    """Separate networks, or heads on one trunk."""
    parameters: int

    @property
    def bytes(self) -> int:
        """What the parameters take."""
        return BYTES_EACH * self.parameters


def separate(layout: Layout, inputs: int, hidden: int, before: int = 0) -> Storage:
    """A network of its own, with a hidden layer of its own, for all outputs that share one
    question: a class, a pair, a set of classes; `before` it so many other parameters."""
    parts, trunk = _parts(layout), before + hidden * (inputs + 1)
    return Storage(parts, parts * trunk + len(layout.table) * (hidden + 1))


def on_one_trunk(layout: Layout, inputs: int, hidden: int, before: int = 0) -> Storage:
    """The same outputs as heads on one hidden layer."""
    trunk = before + hidden * (inputs + 1)
    return Storage(_parts(layout), trunk + len(layout.table) * (hidden + 1))


@cache
def growth(design: str) -> int | None:
    """The power of k with which the separate networks for k classes grow in number; None where
    they are about as many as there are sets of classes, 2^k."""
    counts = [int(DESIGNS[design].softmax_groups(Given(each)).max()) + 1 for each in COUNTED]
    powers = range(len(COUNTED) - 1)
    return next((power for power in powers if not np.diff(counts, power + 1).any()), None)


def _parts(layout: Layout) -> int:
    return int(layout.groups.max()) + 1
