"""One-vs-rest networks whose few positives count as much as their many negatives."""

from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Indices
from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.learned_by import TORCH
from nnviz.networks.network import Network, as_inputs, fired_by, sigmoid
from nnviz.networks.settings import Settings
from nnviz.networks.templates import slopes_at
from nnviz.training.orders import order_of


class WeightedLearner:
    """Learns networks of one output each with the cross-entropy weighted by class (see `Learner`).

    An image counts n / 2p for a network that should fire for it and n / 2(n - p) for one that
    should not, where p of the n images are positive: both kinds weigh equally, and the weights
    of all images have the mean 1 (scikit-learn calls it "balanced"). In numpy: it is meant for
    few images.
    """

    engine: ClassVar[str] = TORCH
    """Which it is as fast as, at the most: so much it is given at once"""

    def __init__(
        self, network: Network, settings: Settings, layout: Layout, digits: DigitSet
    ) -> None:
        if len(layout.table) != network.networks or settings.cost != "cross-entropy":
            raise ValueError("Each network needs one output and the cross-entropy")
        self.length = len(digits.train_labels)
        self._network, self._seed = network, settings.seed
        self._inputs = as_inputs(digits.train_images)
        self._targets = (layout.table.T[digits.train_labels] > 0).astype(np.float32)
        positive = self._targets.sum(axis=0)
        shares = np.where(self._targets > 0, positive, self.length - positive)
        self._counts = (self.length / 2 / shares).astype(np.float32)
        self._hidden = [np.array(network.hidden_weights), np.array(network.hidden_biases)]
        self._outputs = [np.array(network.output_weights), np.array(network.output_biases)]

    def learn(
        self,
        epoch: int,
        offset: int,
        steps: int,
        batch: int,
        rate: float,
        shrink: float,
        nonnegative: bool,  # noqa: ARG002 - no study asks for it
    ) -> None:
        """Learns so many steps from a place of the epoch on."""
        order = order_of(self._seed, epoch, self.length)
        end = min(offset + steps * batch, self.length)
        for begin in range(offset, end, batch):
            self._step(order[begin : min(begin + batch, end)], rate, shrink)

    def finite(self) -> bool:
        """Whether the weights are still numbers to reckon with."""
        return self.copy().finite()

    def copy(self) -> Network:
        """The weights as they are now."""
        names = self._network.weights()
        now = (array.copy() for array in (*self._hidden, *self._outputs))
        return self._network.with_weights(dict(zip(names, now, strict=True)))

    def _step(self, digits: Indices, rate: float, shrink: float) -> None:
        inputs, count = self._inputs[digits], len(digits)
        (weights, biases), (reads, levels) = self._hidden, self._outputs
        networks, hidden, pixels = weights.shape
        sums = inputs @ weights.reshape(-1, pixels).T + biases.reshape(-1)
        fired = fired_by(self._network, sums).reshape(count, networks, hidden)
        said = sigmoid((fired * reads).sum(axis=2) + levels)
        errors = (said - self._targets[digits]) * self._counts[digits] / np.float32(count)
        back = errors[:, :, None] * reads * slopes_at(self._network, fired)
        gradient = back.reshape(count, -1).T @ inputs
        for array in (weights, reads):
            array *= np.float32(shrink)
        step = np.float32(rate)
        weights -= step * gradient.reshape(weights.shape)
        biases -= step * back.sum(axis=0)
        reads -= step * (errors[:, :, None] * fired).sum(axis=0)
        levels -= step * errors.sum(axis=0)
