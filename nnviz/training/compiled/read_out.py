"""The read-out of one hidden layer as the compiled heads keep it, and back."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.layouts import Layout
from nnviz.networks.network import LARGEST_WEIGHT, Network
from nnviz.training.compiled.first_layer import SMALLEST
from nnviz.training.compiled.head_lists import KINDS_OF_ERROR, Heads, heads_of
from nnviz.training.compiled.heads import LANES, HowToFollow, Room, room_for
from nnviz.training.compiled.networks import aligned


class ReadOut:
    """The weights of all heads, and what their steps need.

    `labels`: those of all training digits.
    """

    def __init__(
        self, network: Network, cost: str, layout: Layout, labels: NDArray[np.integer]
    ) -> None:
        self.heads: Heads = heads_of(layout, cost, labels)
        self.kind = KINDS_OF_ERROR.index(cost)
        self.hidden = network.hidden
        self.units = -(-(network.hidden + 1) // LANES) * LANES
        """The hidden neurons, the constant 1 and zeros up to whole lanes"""
        self.weights = aligned(len(self.heads.order), self.units)
        """(outputs, units): head by head"""
        self.weights[:, : self.hidden] = network.output_weights[self.heads.order]
        self.weights[:, self.hidden] = network.output_biases[self.heads.order]
        self._batch = 0
        self._room: Room

    def room(self, batch: int) -> Room:
        """Where batches of so many digits are worked out."""
        if batch > self._batch:
            self._room = room_for(self.heads, batch, self.units)
            self._batch = batch
        return self._room

    def how(self, rate: float, shrink: float) -> HowToFollow:
        """Weights shrink, biases do not."""
        kept = np.full(self.units, shrink, np.float32)
        kept[self.hidden :] = 1
        return HowToFollow(float(rate), kept, self.hidden + 1)

    def clear_of_dust(self) -> None:
        """Makes weights that have all but decayed zero."""
        self.weights[np.abs(self.weights) < SMALLEST] = 0

    def finite(self) -> bool:
        """Whether the weights are still numbers to reckon with, as those of a file must be."""
        return bool(np.abs(self.weights).max() <= LARGEST_WEIGHT)  # false of what is no number

    def put_into(self, network: Network) -> Network:
        """The network with these weights."""
        output_weights = np.empty_like(network.output_weights)
        output_biases = np.empty_like(network.output_biases)
        output_weights[self.heads.order] = self.weights[:, : self.hidden]
        output_biases[self.heads.order] = self.weights[:, self.hidden]
        return replace(network, output_weights=output_weights, output_biases=output_biases)
