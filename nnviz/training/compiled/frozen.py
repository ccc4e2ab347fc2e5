"""The learner of the compiled engine, for read-outs of a frozen hidden layer."""

from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats, Indices
from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.building import kernel
from nnviz.training.compiled.first_layer import Room, hidden_sums
from nnviz.training.compiled.heads import learn_batches
from nnviz.training.compiled.ink import Ink, ink_of
from nnviz.training.compiled.learner import ACTIVATIONS
from nnviz.training.compiled.networks import Networks, aligned, room_of
from nnviz.training.compiled.read_out import ReadOut
from nnviz.training.compiled.steps import activate
from nnviz.training.orders import order_of

KEPT_AT_MOST = 64_000_000
"""Bytes of activity that are kept through a run, which then are worked out once."""
AT_ONCE = 1000
"""Digits whose activity is worked out at once."""


class FrozenLearner:
    """Learns one run on a frozen hidden layer (see `Learner`)."""

    engine: ClassVar[str] = "compiled"

    def __init__(
        self, network: Network, settings: Settings, layout: Layout, digits: DigitSet
    ) -> None:
        self.length = len(digits.train_labels)
        self._network, self._seed, self._epoch = network, settings.seed, -1
        self._labels = digits.train_labels
        self._read_out = ReadOut(network, settings.cost, layout, digits.train_labels)
        self._trunk = Trunk(network, layout, digits.train_images, self._read_out.units)

    def learn(
        self,
        epoch: int,
        offset: int,
        steps: int,
        batch: int,
        rate: float,
        shrink: float,
        nonnegative: bool,  # noqa: ARG002 - it is the hidden layer's
    ) -> None:
        """Learns so many steps from a place of the epoch on."""
        if epoch != self._epoch:
            self._order = order_of(self._seed, epoch, self.length)
            self._epoch = epoch
        read_out, several = self._read_out, max(1, AT_ONCE // batch) * batch
        if not offset:  # where steps are cut into calls must make no difference
            read_out.clear_of_dust()
        end = min(offset + steps * batch, self.length)
        for begin in range(offset, end, several):
            digits = self._order[begin : min(begin + several, end)]
            activity, places = self._trunk.activity(digits)
            learn_batches(
                read_out.weights,
                activity,
                places,
                self._labels[digits],
                batch,
                read_out.how(rate, shrink),
                read_out.heads,
                read_out.kind,
                read_out.room(batch),
            )

    def finite(self) -> bool:
        """Whether the weights are still numbers to reckon with."""
        return self._read_out.finite()

    def copy(self) -> Network:
        """The weights as they are now."""
        return self._read_out.put_into(self._network)


class Trunk:
    """The activity of a hidden layer that stays as it is, for images (images, inputs).

    Kept as long as there is room for that of all images; else worked out when it is asked for.
    """

    def __init__(
        self,
        network: Network,
        layout: Layout,
        images: Bytes,
        units: int,
        kept_at_most: int = KEPT_AT_MOST,
    ) -> None:
        self._images, self._units, self._neurons = images, units, network.hidden
        self._activation = ACTIVATIONS[network.activation]
        weights = Networks(network, layout).weights
        self._first, self._padded = weights.first[0], weights.second.shape[1]
        self._room = room_of(network.inputs, self._padded, AT_ONCE)
        self._kept: Floats | None = None
        self._known: Bools = np.zeros(len(images), bool)
        if len(images) * units * 4 <= kept_at_most:
            self._kept = aligned(len(images), units)

    def activity(self, digits: Indices) -> tuple[Floats, Indices]:
        """-> activity (any, units) with a constant 1 after the neurons, and the rows of it that
        belong to the digits."""
        if self._kept is None:
            activity, rows = aligned(len(digits), self._units), np.arange(len(digits))
            self._work_out(digits, activity, rows)
            return activity, rows
        new = digits[~self._known[digits]]
        if len(new):
            self._work_out(new, self._kept, new)
            self._known[new] = True
        return self._kept, digits

    def _work_out(self, digits: Indices, activity: Floats, rows: Indices) -> None:
        for begin in range(0, len(digits), AT_ONCE):
            now = slice(begin, begin + AT_ONCE)
            # sums of all pixels differ in their last bits: never by which digits are together
            ink = ink_of(self._images[digits[now]], most=1)
            how = self._first, self._padded, self._neurons, self._activation, self._room
            work_out(ink, np.arange(len(ink.starts) - 1), *how, activity, rows[now])


@kernel
def work_out(
    ink: Ink,
    images: Indices,
    first: Floats,
    padded: int,
    neurons: int,
    activation: int,
    room: Room,
    activity: Floats,
    rows: Indices,
) -> None:
    """Writes the activity of images, and a 1 after it, into rows of `activity`."""
    hidden_sums(ink, images, first, padded, room)
    activate(room.activity[: len(rows) * padded], activation)
    for image in range(len(rows)):
        row = rows[image]
        for neuron in range(neurons):
            activity[row, neuron] = room.activity[image * padded + neuron]
        activity[row, neurons] = 1
