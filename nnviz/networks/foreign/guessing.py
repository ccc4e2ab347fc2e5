"""Which activation, scaling and order of pixels a network was trained with, by what it reads
right.

Every way is tried on the same test digits. Where several read as many, the one that gives the
right classes the larger shares was most likely the one that it learned with; how sure a network is
of itself says little, as one that learned for a short time never is.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnviz.data.arrays import Bytes, Floats
from nnviz.networks.adopted import ORDERS, UPRIGHT, Said, Way
from nnviz.networks.foreign.layers import Layers
from nnviz.networks.foreign.scalings import order_of, scaling_of, usual_scalings
from nnviz.networks.network import as_inputs, squashed
from nnviz.networks.settings import ACTIVATIONS, ALL_ACTIVATIONS, OTHERS_ACTIVATIONS

FIRST = 200
"""Digits that every way is tried on."""
KEPT = 12
"""Ways that are tried on all digits."""
ALIKE = 0.015
"""Fraction of the digits by which two ways may differ that read equally well: chance alone makes
as much of 1,000."""
GUESSED = [name for name in OTHERS_ACTIVATIONS if name != "leaky-relu"]
"""The unusual ones that are guessed: what reads best as leaky ReLU was mostly ELU or SELU."""
CLEARLY = 0.015
"""Fraction of the digits that an unusual activation must read more than all usual ones."""
CLEAR = 0.4
"""Fraction of the digits at which just one output is on that no softmax comes to by chance."""
SURER = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
"""Factors that sums are tried with, and what each doubling or halving counts as loss."""
DOUBLING = 0.02
PROPER = 0.75
"""Outputs count as sigmoids when their sums lie so far down as this part of where one output that
fires, and silent others, would bring them."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Test digits, every so many-th."""

    images: Bytes
    """(images, inputs), 0..255"""
    labels: Bytes
    """(images,)"""

    def first(self, count: int) -> "Asked":
        """So many of them, spread over all."""
        step = max(1, len(self.labels) // count)
        return Asked(self.images[::step][:count], self.labels[::step][:count])


@dataclass(frozen=True, eq=False)
class Tried:
    """A way, with the layers that it takes the arrays for."""

    layers: Layers
    way: Way
    loss: float
    """Mean of minus the logarithm of the right class's share, were it as sure as it should be"""
    clear: bool
    """Whether its outputs are just what sigmoids of a trained network are: no wrong way has that"""


def tried(
    ways: Sequence[Layers],
    asked: Asked,
    said: Said,
    kind: str = "",
) -> list[Tried]:
    """All ways to read a network that what is said leaves open, the best first; at least one.
    `kind`: what the digits show (see `Handed.kind`)."""
    if said.activation:
        return _tried(ways, asked, said, kind, [said.activation])
    usual = _tried(ways, asked, said, kind, list(ACTIVATIONS))
    others = _tried(ways, asked, said, kind, GUESSED)
    best, other = usual[0], others[0]
    more = other.way.right > best.way.right + CLEARLY
    return [*others, *usual] if more and not best.clear else [*usual, *others]


def alike(found: Tried, asked: Asked, by: float) -> dict[str, float]:
    """Other activations with which the same layers, scaling and order read as many of the digits,
    up to a fraction: name -> the fraction that they read right, the most first."""
    others = (each for each in ALL_ACTIVATIONS if each != found.way.activation)
    ways = [(found.layers, replace(found.way, activation=each)) for each in others]
    read = {each.way.activation: each.way.right for each in _measured(ways, asked)}
    near = [each for each in read if abs(read[each] - found.way.right) <= by]
    return {each: read[each] for each in sorted(near, key=lambda each: -read[each])}


def _tried(
    ways: Sequence[Layers], asked: Asked, said: Said, kind: str, activations: Sequence[str]
) -> list[Tried]:
    """The same with one of these activations."""
    scalings = (said.scaling,) if said.scaling else usual_scalings(kind)
    square = math.isqrt(asked.images.shape[1]) ** 2 == asked.images.shape[1]
    orders = (said.order,) if said.order else tuple(ORDERS) if square else (UPRIGHT,)
    open_ways = [
        (layers, Way(each, scaled, ordered, 0.0))
        for layers in ways
        for ordered in orders
        for scaled in scalings
        for each in activations
    ]
    few = _ranked(_measured(open_ways, asked.first(FIRST)))[:KEPT]
    return _ranked(_measured([(each.layers, each.way) for each in few], asked))


def _ranked(found: Iterator[Tried]) -> list[Tried]:
    every = list(found)
    most = max(each.way.right for each in every)
    # of ties the first that was tried: sorting keeps their order
    return sorted(
        every,
        key=lambda each: (
            (0, not each.clear, each.loss)
            if each.way.right >= most - ALIKE
            else (1, False, -each.way.right)
        ),
    )


def _measured(ways: Sequence[tuple[Layers, Way]], asked: Asked) -> Iterator[Tried]:
    inputs = as_inputs(asked.images)
    known: tuple[Layers, str, Floats] | None = None
    for layers, way in ways:
        if known is None or known[0] is not layers or known[1] != way.order:
            weights = layers.hidden_weights[:, order_of(way.order, inputs.shape[1])]
            known = layers, way.order, inputs @ weights.astype(np.float32).T
        scaling = scaling_of(way.scaling)
        biases = layers.hidden_biases + scaling.offset * layers.hidden_weights.sum(axis=1)
        with np.errstate(all="ignore"):
            active = squashed(
                way.activation, known[2] * np.float32(scaling.gain) + biases.astype(np.float32)
            )
            sums = active @ layers.output_weights.astype(np.float32).T + layers.output_biases
        right = float(np.mean(sums.argmax(axis=1) == asked.labels))
        alone = float(np.mean((sums > 0).sum(axis=1) == 1))
        clear = alone > CLEAR and guessed_output(sums) == "sigmoid"
        yield Tried(layers, replace(way, right=right), _loss(sums, asked.labels), clear)


def _loss(sums: Floats, labels: Bytes) -> float:
    """(images, outputs), some of which may be no numbers then."""
    below = np.nan_to_num(sums - sums.max(axis=1, keepdims=True), nan=0.0, neginf=-1e30)
    own = np.take_along_axis(below, labels[:, None].astype(np.intp), axis=1)[:, 0]
    return min(
        float(np.mean(np.log(np.exp(factor * below).sum(axis=1)) - factor * own))
        + DOUBLING * abs(math.log2(factor))
        for factor in SURER
    )


def guessed_output(sums: Floats) -> str:
    """Whether weighted sums (images, outputs) are meant for softmax or for sigmoids: learning
    with softmax leaves their mean where it was, near 0; with sigmoids all but one are far below."""
    outputs = sums.shape[1]
    spread = float(sums.std())
    if outputs < 3 or not spread:
        return "softmax"
    proper = (outputs - 2) / (2 * np.sqrt(outputs - 1))  # of one that fires, all others silent
    return "sigmoid" if float(sums.mean()) / spread < -PROPER * proper else "softmax"
