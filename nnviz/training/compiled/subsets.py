"""The learner of the compiled engine, for a softmax of each set of classes and the hidden layer
that all of them share."""

from typing import ClassVar, NamedTuple

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout, heads_asked
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.building import kernel
from nnviz.training.compiled.head_lists import Heads
from nnviz.training.compiled.heads import HowToFollow, learn_heads
from nnviz.training.compiled.heads import Room as HeadsRoom
from nnviz.training.compiled.ink import SPARE, Ink
from nnviz.training.compiled.learner import ACTIVATIONS, kept_ink
from nnviz.training.compiled.networks import Networks, aligned
from nnviz.training.compiled.read_out import ReadOut
from nnviz.training.compiled.steps import (
    Room,
    activate,
    follow_first,
    hidden_sums,
    hold_first,
    shrink_first,
    slope,
)
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
        self._labels = digits.train_labels
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
            float(shrink),
            nonnegative,
        )
        learn_subsets(
            self._ink,
            self._labels,
            self._order[offset : offset + steps * batch],
            batch,
            shared,
            self._room_for(batch, shared.padded),
            read_out.weights,
            read_out.how(rate, shrink),
            read_out.heads,
            read_out.kind,
            read_out.room(batch),
        )

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers to reckon with."""
        return self._read_out.finite()

    def copy(self) -> Network:
        """The weights as they are now."""
        return self._read_out.put_into(self._networks.copy())

    def _room_for(self, batch: int, padded: int) -> Room:
        if batch > self._batch:
            shades = aligned(self._network.inputs + SPARE)
            self._room = Room(shades, aligned(batch * padded), aligned(batch * padded), aligned(0))
            self._batch = batch
        return self._room


@kernel
def learn_subsets(
    ink: Ink,
    labels: Bytes,
    queue: Indices,
    batch: int,
    shared: Shared,
    room: Room,
    weights: Floats,
    how: HowToFollow,
    heads: Heads,
    kind: int,
    heads_room: HeadsRoom,
) -> None:
    """Learns the images of a queue, batch by batch: the heads, and the layer below them."""
    seen = np.zeros(heads_room.back.shape, np.float32)
    places = np.arange(batch)
    padded, neurons = shared.padded, shared.neurons
    for begin in range(0, len(queue), batch):
        images = queue[begin : begin + batch]
        count = len(images)
        hidden_sums(ink, images, shared.first, padded, room)
        activity = room.activity[: count * padded]
        activate(activity, shared.activation)
        for image in range(count):
            for neuron in range(neurons):
                seen[image, neuron] = activity[image * padded + neuron]
            seen[image, neurons] = 1
        now = places[:count]
        learn_heads(weights, seen, now, labels[images], how, heads, kind, True, heads_room)
        part = np.float32(-how.rate * shared.share / count)
        errors = room.hidden_errors[: count * padded]
        for place in range(count):
            image = heads_room.ordered[place]
            for neuron in range(neurons):
                errors[image * padded + neuron] = heads_room.back[place, neuron] * part
        slope(errors, activity, shared.activation)
        if shared.shrink != 1:
            shrink_first(shared.first, padded, np.float32(shared.shrink))
        follow_first(ink, images, shared.first, padded, room)
        if shared.nonnegative:
            hold_first(shared.first, padded)
