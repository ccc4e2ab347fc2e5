"""The learner of the compiled engine, for a softmax of each set of classes and the hidden layer
that all of them share."""

from typing import ClassVar, NamedTuple

import numpy as np

from nnviz.data.arrays import Floats, Indices
from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout, heads_asked
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.building import kernel
from nnviz.training.compiled.first_layer import (
    Room,
    follow_first,
    hold_first,
    shrink_first,
)
from nnviz.training.compiled.frozen import work_out
from nnviz.training.compiled.heads import Room as HeadsRoom
from nnviz.training.compiled.heads import learn_and_send_back
from nnviz.training.compiled.ink import Ink
from nnviz.training.compiled.learner import ACTIVATIONS, kept_ink
from nnviz.training.compiled.networks import Networks, aligned, room_of
from nnviz.training.compiled.read_out import ReadOut
from nnviz.training.compiled.steps import slope
from nnviz.training.orders import order_of


class Shared(NamedTuple):
    """The hidden layer below all heads, and how it learns."""

    first: Floats
    """(rows * padded,): see `Weights.first`"""
    padded: int
    """Neurons, with those that fill the last block"""
    neurons: int
    activation: int
    share: float
    """It follows this part of the gradient of all heads"""
    rate: float
    shrink: float
    nonnegative: bool


class SubsetsLearner:
    """Learns one run of heads on one hidden layer that learns too (see `Learner`)."""

    engine: ClassVar[str] = "compiled"

    def __init__(
        self, network: Network, settings: Settings, layout: Layout, digits: DigitSet
    ) -> None:
        self.length = len(digits.train_labels)
        self._seed, self._epoch = settings.seed, -1
        self._labels = np.array(digits.train_labels)  # read-only ones would be compiled for anew
        self._ink = kept_ink(digits.train_images)
        self._networks = Networks(network, layout)
        self._read_out = ReadOut(network, settings.cost, layout, digits.train_labels)
        self._share = 1 / heads_asked(layout)
        self._network = network
        self._batch = 0
        self._room: Room

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
        """Learns so many steps from a place of the epoch on."""
        if epoch != self._epoch:
            self._order = order_of(self._seed, epoch, self.length)
            self._epoch = epoch
        read_out, weights = self._read_out, self._networks.weights
        if not offset:  # where steps are cut into calls must make no difference
            read_out.clear_of_dust()
        shared = Shared(
            weights.first[0],
            weights.second.shape[1],
            read_out.hidden,
            ACTIVATIONS[self._network.activation],
            self._share,
            float(rate),
            float(shrink),
            nonnegative,
        )
        room, heads_room = self._room_for(batch, shared.padded), read_out.room(batch)
        how, about = read_out.how(rate, shrink), (read_out.heads, read_out.kind, heads_room)
        for begin in range(offset, min(offset + steps * batch, self.length), batch):
            images = self._order[begin : begin + batch]
            rows = self._rows[: len(images)]
            work_out(self._ink, images, *shared[:4], room, self._activity, rows)
            given = self._activity, rows, self._labels[images]
            learn_and_send_back(read_out.weights, *given, how, *about)
            follow_below(self._ink, images, shared, room, heads_room)

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers to reckon with."""
        return self._read_out.finite()

    def copy(self) -> Network:
        """The weights as they are now."""
        return self._read_out.put_into(self._networks.copy())

    def _room_for(self, batch: int, padded: int) -> Room:
        if batch > self._batch:
            self._room = room_of(self._network.inputs, padded, batch)
            self._rows, self._activity = np.arange(batch), aligned(batch, self._read_out.units)
            self._batch = batch
        return self._room


@kernel
def follow_below(
    ink: Ink, images: Indices, shared: Shared, room: Room, heads_room: HeadsRoom
) -> None:
    """The hidden layer follows what the heads have sent back for a batch of images."""
    padded, count = shared.padded, len(images)
    activity, errors = room.activity[: count * padded], room.hidden_errors[: count * padded]
    against = np.float32(-shared.rate * shared.share / count)
    for place in range(count):
        row = heads_room.ordered[place] * padded
        for neuron in range(shared.neurons):
            errors[row + neuron] = heads_room.back[place, neuron] * against
    slope(errors, activity, shared.activation)
    if shared.shrink != 1:
        shrink_first(shared.first, padded, np.float32(shared.shrink))
    follow_first(ink, images, shared.first, padded, room)
    if shared.nonnegative:
        hold_first(shared.first, padded)
