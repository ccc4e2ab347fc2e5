"""Two convolutions in front of a hidden layer: what a LeNet does with an image first.

A convolution without a border is a product with every window of the image. Of each 2 x 2 the
largest sum is kept before the ReLU, which gives the same numbers with a quarter of the work; a
last row or column without a partner is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.data.digits import Shape
from nnviz.networks.lenet import POOL, SIDE

AT_ONCE = 2
"""Images whose windows lie in memory together: of more they leave the cache"""
TOGETHER = 64
"""Images whose features a hidden layer reads together, so that its weights are read once"""


@dataclass(frozen=True, eq=False)
class Front:
    """The filters of one or several networks side by side: of each its own, or one for all."""

    first_weights: Floats
    """(fronts, filters, channels, 3, 3)"""
    first_biases: Floats
    """(fronts, filters)"""
    second_weights: Floats
    """(fronts, filters, first filters, 3, 3)"""
    second_biases: Floats
    """(fronts, filters)"""
    shape: Shape
    """Of an image"""

    @property
    def count(self) -> int:
        """Fronts: one for all networks, or one for each."""
        return len(self.first_weights)

    @property
    def inputs(self) -> int:
        """Numbers of one image."""
        height, width, channels = self.shape
        return height * width * channels

    @property
    def features(self) -> int:
        """Numbers that a hidden layer reads."""
        return feature_count(self.shape, self.second_biases.shape[1])

    @property
    def multiply_adds(self) -> int:
        """Multiplications for one image and one front."""
        height, width, _ = self.shape
        first = (height - SIDE + 1) * (width - SIDE + 1) * self.first_weights[0].size
        second = (height - 2 * SIDE + 2) * (width - 2 * SIDE + 2) * self.second_weights[0].size
        return int(first + second)

    @property
    def parameters(self) -> int:
        """How many numbers all fronts have."""
        return sum(array.size for array in self.weights().values())

    def weights(self) -> dict[str, Floats]:
        """Name -> array, in the order of a network file."""
        return {
            "first_weights": self.first_weights,
            "first_biases": self.first_biases,
            "second_weights": self.second_weights,
            "second_biases": self.second_biases,
        }

    def first_maps(self, network: int, inputs: Floats) -> Floats:
        """(images, inputs) in 0..1 -> (images, height - 2, width - 2, filters): what the first
        filters of a network say of every place."""
        images = inputs.reshape(-1, *self.shape)
        return np.maximum(_convolved(images, *self._first[self._of(network)]), 0)

    def second_maps(self, network: int, first: Floats) -> Floats:
        """What the second filters say of every place of the first maps, of the same shape."""
        return np.maximum(_convolved(first, *self._second[self._of(network)]), 0)

    def pooled(self, network: int, inputs: Floats) -> Iterator[Floats]:
        """(images, inputs) in 0..1 -> the features (some images, features) that the hidden layer
        of a network reads, of some images after the other."""
        for start in range(0, max(1, len(inputs)), TOGETHER):
            block = inputs[start : start + TOGETHER]
            found = np.empty((len(block), self.features), np.float32)
            for place in range(0, len(block), AT_ONCE):
                first = self.first_maps(network, block[place : place + AT_ONCE])
                second = largest(_convolved(first, *self._second[self._of(network)]))
                np.maximum(second, 0, out=second)
                found[place : place + AT_ONCE] = second.reshape(len(second), -1)
            yield found

    def _of(self, network: int) -> int:
        return network if self.count > 1 else 0

    @cached_property
    def _first(self) -> list[tuple[Floats, Floats]]:
        return _as_columns(self.first_weights, self.first_biases)

    @cached_property
    def _second(self) -> list[tuple[Floats, Floats]]:
        return _as_columns(self.second_weights, self.second_biases)


def feature_count(shape: Shape, filters: int) -> int:
    """Numbers that come out of two convolutions and the pooling of an image."""
    height, width, _ = shape
    lost = 2 * (SIDE - 1)
    return (height - lost) // POOL * ((width - lost) // POOL) * filters


def largest(maps: Floats) -> Floats:
    """(images, rows, columns, filters) -> the largest of every 2 x 2 places."""
    count, rows, columns, filters = maps.shape
    rows, columns = rows // POOL, columns // POOL
    whole = maps[:, : rows * POOL, : columns * POOL]
    pairs = whole.reshape(count, rows, POOL, columns * POOL, filters)
    upright = np.maximum(pairs[:, :, 0], pairs[:, :, 1])
    return np.asarray(np.maximum(upright[:, :, 0::POOL], upright[:, :, 1::POOL]))


def _as_columns(weights: Floats, biases: Floats) -> list[tuple[Floats, Floats]]:
    """Filters as the columns of a matrix (rows of a window first, channels fastest), by front."""
    return [
        (np.ascontiguousarray(own.transpose(2, 3, 1, 0).reshape(-1, len(own))), bias)
        for own, bias in zip(weights, biases, strict=True)
    ]


def _convolved(images: Floats, columns: Floats, biases: Floats) -> Floats:
    """(images, height, width, channels) -> (images, height - 2, width - 2, filters)"""
    windows = np.lib.stride_tricks.sliding_window_view(images, (SIDE, SIDE), axis=(1, 2))
    count, rows, wide = windows.shape[:3]
    # rows of a window lie together in memory with their channels: copied as they are
    flat = windows.transpose(0, 1, 2, 4, 5, 3).reshape(count * rows * wide, -1)
    with np.errstate(all="ignore"):
        sums = flat @ columns
        sums += biases
    return np.asarray(sums.reshape(count, rows, wide, -1))
