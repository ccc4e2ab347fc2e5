"""The best step that could be written by hand in numpy, in several variants.

All keep float32, the bias as the last row of each weight matrix (the images carry a constant
1, one hidden unit is held at 1), every result in a buffer of its own, and every view of a
batch made once. The hidden weights are stored with the opposite sign, which saves a pass over
the sums in 1 / (1 + exp(-sum)).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import sgemm

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from tests.speed.learners.order import rows_of_epochs

Floats = NDArray[np.float32]

BLOCK = 500
"""Digits converted to float at once: the block and the weights stay in the cache."""
ONE = np.float32(1)


class InNumpy:
    """One variant: layers padded to a multiple of `lanes`, updates by numpy or in one product."""

    def __init__(
        self,
        digits: DigitSet,
        settings: Settings,
        network: Network,
        lanes: int = 1,
        fused: bool = False,
    ) -> None:
        self._inputs, self._hidden = network.inputs, network.hidden
        outputs, batch = len(network.output_biases), settings.batch
        rows, units = _padded(self._inputs + 1, lanes), _padded(self._hidden + 1, lanes)
        self._first = np.zeros((rows, units), np.float32)
        self._first[: self._inputs, : self._hidden] = -network.hidden_weights[0].T
        self._first[self._inputs, : self._hidden] = -network.hidden_biases[0]
        self._first[self._inputs, self._hidden] = -80  # always on; the padding is always off
        self._first[self._inputs, self._hidden + 1 :] = 80
        self._second = np.zeros((units, outputs), np.float32)
        self._second[: self._hidden] = network.output_weights.T
        self._second[self._hidden] = network.output_biases
        self._activity = np.empty((batch, units), np.float32)
        self._errors = np.empty((batch, outputs), np.float32)
        self._hidden_errors = np.empty((batch, units), np.float32)
        self._scratch = np.empty((batch, units), np.float32)
        self._column = np.empty((batch, 1), np.float32)
        self._first_change = np.empty_like(self._first)
        self._second_change = np.empty_like(self._second)
        self._follow = settings.rate / batch
        self._update = self._update_fused if fused else self._update_twice
        self._batches = self._loaded(digits, settings, rows)

    def learn(self, steps: int) -> None:
        first, second, turned = self._first, self._second, self._second.T
        activity, errors, hidden_errors = self._activity, self._errors, self._hidden_errors
        scratch, column, batches, update = self._scratch, self._column, self._batches, self._update
        for _ in range(steps):
            images, targets = next(batches)
            np.dot(images, first, out=activity)
            np.exp(activity, out=activity)
            np.add(activity, ONE, out=activity)
            np.reciprocal(activity, out=activity)
            np.dot(activity, second, out=errors)
            np.maximum.reduce(errors, axis=1, out=column, keepdims=True)
            np.subtract(errors, column, out=errors)
            np.exp(errors, out=errors)
            np.add.reduce(errors, axis=1, out=column, keepdims=True)
            np.divide(errors, column, out=errors)
            np.subtract(errors, targets, out=errors)
            np.dot(errors, turned, out=hidden_errors)
            np.multiply(hidden_errors, activity, out=hidden_errors)
            np.multiply(hidden_errors, activity, out=scratch)
            np.subtract(hidden_errors, scratch, out=hidden_errors)
            update(images)

    def network(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Weights and biases of both layers."""
        inputs, hidden = self._inputs, self._hidden
        return (
            -self._first[:inputs, :hidden].T,
            -self._first[inputs, :hidden],
            self._second[:hidden].T,
            self._second[hidden],
        )

    def _update_twice(self, images: Floats) -> None:
        """Gradient and addition one after the other, all that numpy itself offers."""
        follow = np.float32(self._follow)
        np.multiply(self._errors, follow, out=self._errors)
        np.multiply(self._hidden_errors, follow, out=self._hidden_errors)
        np.dot(self._activity.T, self._errors, out=self._second_change)
        np.subtract(self._second, self._second_change, out=self._second)
        np.dot(images.T, self._hidden_errors, out=self._first_change)
        np.add(self._first, self._first_change, out=self._first)

    def _update_fused(self, images: Floats) -> None:
        """Both at once, by the product with an addition that scipy passes on."""
        follow, turned = self._follow, {"beta": 1.0, "trans_b": True, "overwrite_c": True}
        sgemm(-follow, self._errors.T, self._activity.T, c=self._second.T, **turned)
        sgemm(follow, self._hidden_errors.T, images.T, c=self._first.T, **turned)

    def _loaded(
        self, digits: DigitSet, settings: Settings, rows: int
    ) -> Iterator[tuple[Floats, Floats]]:
        """The batches of all epochs: images (batch, rows), targets (batch, outputs)."""
        batch = settings.batch
        block = batch * max(1, BLOCK // batch)
        images = np.zeros((block, rows), np.float32)
        images[:, self._inputs] = 1
        pixels = images[:, : self._inputs]
        bytes_ = np.empty((block, self._inputs), np.uint8)
        all_targets = np.eye(digits.classes, dtype=np.float32)[digits.train_labels]
        targets = np.empty((block, digits.classes), np.float32)
        starts = range(0, block, batch)
        views = [(images[a : a + batch], targets[a : a + batch]) for a in starts]
        count = len(digits.train_labels)
        for order in rows_of_epochs(settings, count):
            for start in range(0, count - batch + 1, block):
                chosen = order[start : start + block]
                size = len(chosen)
                np.take(digits.train_images, chosen, axis=0, out=bytes_[:size], mode="clip")
                np.multiply(bytes_[:size], np.float32(1 / 255), out=pixels[:size])
                np.take(all_targets, chosen, axis=0, out=targets[:size], mode="clip")
                yield from views[: size // batch]


def _padded(size: int, lanes: int) -> int:
    return -(-size // lanes) * lanes
