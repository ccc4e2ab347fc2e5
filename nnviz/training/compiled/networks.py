"""Networks as the compiled steps keep them, and back."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.networks.layouts import Layout
from nnviz.networks.network import LARGEST_WEIGHT, Network
from nnviz.training.compiled.first_layer import MIDDLE, NARROWEST, TOGETHER, WIDEST, Room
from nnviz.training.compiled.ink import SPARE
from nnviz.training.compiled.steps import Weights

CACHE_LINE = 64
"""Bytes. A vector that lies on two of them is loaded half as fast."""
ALWAYS_OFF = {"sigmoid": -200.0, "tanh": 0.0, "relu": 0.0}
"""A weighted sum whose activity and derivative are exactly 0."""


class Networks:
    """All networks of a run."""

    def __init__(self, network: Network, layout: Layout) -> None:
        self._network = network
        count, hidden, inputs = network.hidden_weights.shape
        outputs_of_each = np.bincount(layout.networks, minlength=count)
        starts = np.concatenate([[0], np.cumsum(outputs_of_each)]).astype(np.int64)
        self.order = np.argsort(layout.networks, kind="stable")
        """(outputs,): the outputs of the layout in the order of their networks"""
        width = padded_hidden(hidden)
        self.weights = Weights(
            aligned(count, (inputs + 1) * width),
            aligned(len(self.order), width),
            network.output_biases[self.order],
            starts,
        )
        for rows, neurons in self._blocks():
            used = len(range(*neurons.indices(hidden)))
            rows[:, inputs] = ALWAYS_OFF[network.activation]
            rows[:, :inputs, :used] = network.hidden_weights[:, neurons].transpose(0, 2, 1)
            rows[:, inputs, :used] = network.hidden_biases[:, neurons]
        self.weights.second[:, :hidden] = network.output_weights[self.order]

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers to reckon with."""
        # false of what is no number
        return bool(np.abs(self.weights.second).max() <= LARGEST_WEIGHT)

    def copy(self) -> Network:
        """The weights as they are now."""
        network = self._network
        hidden, inputs = network.hidden, network.inputs
        hidden_weights = np.empty_like(network.hidden_weights)
        hidden_biases = np.empty_like(network.hidden_biases)
        for rows, neurons in self._blocks():
            used = len(range(*neurons.indices(hidden)))
            hidden_weights[:, neurons] = rows[:, :inputs, :used].transpose(0, 2, 1)
            hidden_biases[:, neurons] = rows[:, inputs, :used]
        output_weights = np.empty_like(network.output_weights)
        output_weights[self.order] = self.weights.second[:, :hidden]
        output_biases = np.empty_like(network.output_biases)
        output_biases[self.order] = self.weights.biases
        return replace(
            network,
            hidden_weights=hidden_weights,
            hidden_biases=hidden_biases,
            output_weights=output_weights,
            output_biases=output_biases,
        )

    def _blocks(self) -> Iterator[tuple[Floats, slice]]:
        """Of each block of hidden neurons: its rows (networks, inputs + 1, width), and which
        neurons they are."""
        first, rows = self.weights.first, self._network.inputs + 1
        begin = 0
        for width in widths_of(self._network.hidden):
            block = first[:, begin * rows : (begin + width) * rows]
            yield block.reshape(len(first), rows, width), slice(begin, begin + width)
            begin += width


def widths_of(hidden: int) -> list[int]:
    """The widths of the blocks of so many neurons: the last one may be narrower."""
    whole, rest = divmod(hidden, WIDEST)
    last = [] if not rest else [next(w for w in (NARROWEST, MIDDLE, WIDEST) if rest <= w)]
    return [WIDEST] * whole + last


def padded_hidden(hidden: int) -> int:
    """How many neurons there are with those that fill the last block."""
    return sum(widths_of(hidden))


def aligned(*shape: int) -> Floats:
    """Zeros that begin on a cache line."""
    size = math.prod(shape)
    spare = CACHE_LINE // 4
    room = np.zeros(size + spare, np.float32)
    begin = -(room.ctypes.data // 4) % spare
    return room[begin : begin + size].reshape(shape)


def room_of(inputs: int, hidden: int, batch: int, outputs: int = 0) -> Room:
    """Where a step of so many images works, of networks of so many padded hidden neurons."""
    shades = aligned(TOGETHER, -(-inputs // SPARE) * SPARE + SPARE)
    return Room(shades, aligned(batch * hidden), aligned(batch * hidden), aligned(batch * outputs))
