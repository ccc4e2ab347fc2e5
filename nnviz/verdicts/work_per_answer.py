"""How many multiplications one answer takes, where only what the reading asks is worked out."""

from dataclasses import dataclass
from math import comb

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.verdicts.answers import Options

BY_PAIRS = frozenset({"summed", "votes", "coupling"})
"""Readings that ask every pair."""
BY_BITS = frozenset({"nearest-code", "literal-bits"})
"""Readings that ask the fixed layer, where there is one."""


@dataclass(frozen=True)
class Taken:
    """What the answers of a walk take, as means per digit."""

    multiply_adds: float
    """The hidden layer with them, which is worked out once; that of each, if they share none."""
    heads: float
    outputs: float
    """Of these heads."""

    def saved(self, whole: "Taken") -> "Taken":
        """What is spared of a whole walk, in which one class leaves at each step, as shares."""
        return Taken(
            _spared(self.multiply_adds, whole.multiply_adds),
            _spared(self.heads, whole.heads),
            _spared(self.outputs, whole.outputs),
        )


def _spared(own: float, whole: float) -> float:
    return max(0.0, 1 - own / whole)


def multiply_adds(
    network: Network, layout: Layout, reading: str, options: Options = Options()
) -> int:
    """Weights that are multiplied for one answer; a hidden layer counts once however often
    its activities are used.

    Where classes leave below a threshold it is the longest walk, the others being shorter.
    """
    classes = layout.classes
    if layout.heads:
        outputs = _head_outputs(classes, reading, options)
        heads = _heads_asked(layout, reading, options)
        return int(walked_multiply_adds(network, layout, outputs, heads))
    if reading == "duels" and layout.has_pairs:
        own_networks = network.networks > 1
        hidden = network.hidden_multiply_adds(classes - 1 if own_networks else 1)
        return int(hidden) + network.hidden * (classes - 1)
    fixed = layout.fixed.weights.size if layout.fixed and reading in BY_BITS else 0
    return network.multiply_adds + int(fixed)


def walked_multiply_adds(network: Network, layout: Layout, outputs: float, heads: float) -> float:
    """Of a walk of so many heads, which had so many outputs together. Where there are no heads of
    sets every output is worked out before the first class leaves, whoever leaves then."""
    if not layout.heads:
        return float(network.multiply_adds)
    hidden = network.hidden_multiply_adds(heads if network.networks > 1 else 1)
    return float(hidden + network.hidden * outputs)


@dataclass(frozen=True)
class Passes:
    """How often a digit is sent through for one answer."""

    forward: int
    """Forward passes: hidden layers that are worked out."""
    heads: int
    """Networks, or heads on one trunk, whose outputs are asked."""


def passes(network: Network, layout: Layout, reading: str, options: Options = Options()) -> Passes:
    """What one answer asks; of walks below a threshold the longest."""
    heads = _heads_asked(layout, reading, options)
    return Passes(heads if network.networks > 1 else 1, heads)


def usual_passes(network: Network, settings: Settings, layout: Layout) -> Passes:
    """The same under the reading that the design usually has."""
    return passes(network, layout, DESIGNS[settings.design].readings[0])


def _heads_asked(layout: Layout, reading: str, options: Options) -> int:
    classes = layout.classes
    if reading == "duels" and layout.has_pairs:
        return classes - 1
    if not layout.heads:
        return int(layout.groups.max()) + 1
    if reading in BY_PAIRS:
        return comb(classes, 2)
    return len(_sizes_asked(classes, options)) if reading == "walk" else 1


def usual_multiply_adds(network: Network, settings: Settings, layout: Layout) -> int:
    """The same under the reading that the design usually has."""
    return multiply_adds(network, layout, DESIGNS[settings.design].readings[0])


def _head_outputs(classes: int, reading: str, options: Options) -> int:
    """Outputs of all the heads that one answer asks."""
    if reading in BY_PAIRS:
        return classes * (classes - 1)
    if reading == "duels":
        return 2 * (classes - 1)
    return sum(_sizes_asked(classes, options)) if reading == "walk" else classes


def _sizes_asked(classes: int, options: Options) -> range:
    """Of the heads of a walk."""
    return range(classes, 1, -(options.drop if options.below is None else 1))
