"""A LeNet's hidden layers in one step of learning, by hand: forward and back, without autograd.

The convolutions take some images at a time, so that what they leave behind stays in the cache and
whoever waits is heard between them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from nnviz.data.arrays import Bytes
from nnviz.networks.lenet import FILTERS, HIDDEN, POOL, SIDE, Lenet
from nnviz.training.with_torch.lenet_layers import CompiledLayers, Layers, Seen
from nnviz.training.with_torch.optimisers import Row

BLOCK = 32
"""Images that go through the convolutions at once on a processor."""
BLOCK_OF_DEVICE = 1024
"""On anything else."""
WHITE = 255
KEPT_FEATURES, KEPT_HIDDEN = 0.75, 0.5
"""What dropout leaves of the pooled features and of the hidden neurons."""
FIRST, SECOND = FILTERS


@dataclass(frozen=True)
class Sizes:
    """The sides of everything in a LeNet for images of one shape."""

    rows: int
    columns: int
    channels: int

    @property
    def first(self) -> tuple[int, int]:
        """Rows and columns of the first convolution."""
        return self.rows - SIDE + 1, self.columns - SIDE + 1

    @property
    def pooled(self) -> tuple[int, int]:
        """Rows and columns that are pooled of the second one."""
        rows, columns = self.first
        return (rows - SIDE + 1) // POOL, (columns - SIDE + 1) // POOL

    @property
    def features(self) -> int:
        """Numbers that the hidden layer sees."""
        rows, columns = self.pooled
        return rows * columns * SECOND

    def shapes(self, outputs: int) -> dict[str, tuple[int, ...]]:
        """Of the weights as they lie in memory here, by name."""
        around = SIDE * SIDE * self.channels
        return {
            "first": (around, FIRST),
            "first_biases": (FIRST,),
            "second": (SECOND, SIDE, SIDE, FIRST),
            "second_biases": (SECOND,),
            "hidden": (HIDDEN, self.features),
            "hidden_biases": (HIDDEN,),
            "outputs": (outputs, HIDDEN),
            "output_biases": (outputs,),
        }


def pixels_of(images: Bytes, sizes: Sizes, dtype: torch.dtype, device: str) -> Tensor:
    """(images, rows, columns, channels), 0..1, of (images, inputs) bytes."""
    given = torch.from_numpy(np.ascontiguousarray(images)).to(device)
    return given.to(dtype).div_(WHITE).view(-1, sizes.rows, sizes.columns, sizes.channels)


class Trunk:
    """The hidden layers of a LeNet, which can go forward and back.

    `low` is what the products of the second convolution and of the hidden layer are worked out
    in; `dtype` all the rest. With `kernels` the way back through the second convolution is
    compiled (see `lenet_layers`).
    """

    def __init__(
        self, weights: Row, gradients: Row, sizes: Sizes, low: torch.dtype, kernels: bool
    ) -> None:
        self._weights, self._gradients = weights.parts, gradients.parts
        self._sizes, self._low = sizes, low
        self._dtype = weights.all.dtype
        on_cpu = weights.all.device.type == "cpu"
        self.block = BLOCK if on_cpu else BLOCK_OF_DEVICE
        layers = CompiledLayers if kernels else Layers
        self._layers = layers(self._weights, self._gradients, sizes.pooled, low)
        self._left: list[tuple[Tensor, Seen]] = []

    def features(self, pixels: Tensor, tick: Callable[[], None], learns: bool) -> Tensor:
        """(images, features): what is pooled, after its ReLU; `learns`: to go back later."""
        self._left = []
        found = pixels.new_empty(len(pixels), self._sizes.features, dtype=self._layers.gives)
        self._layers.begin()
        for start in range(0, len(pixels), self.block):
            part = pixels[start : start + self.block]
            around = self._layers.around(part)
            first = torch.addmm(self._weights["first_biases"], around, self._weights["first"])
            first = first.relu_().view(len(part), *self._sizes.first, FIRST)
            seen = self._layers.pooled(first, found[start : start + self.block])
            if learns:
                self._left.append((around, seen))
            tick()
        return found

    def back(self, errors: Tensor, features: Tensor, tick: Callable[[], None]) -> None:
        """Adds up the gradients of both convolutions; `errors` (images, features): of what was
        pooled. Nothing goes back from features that are 0."""
        gradients = self._gradients
        for name in ("first", "first_biases", "second", "second_biases"):
            gradients[name].zero_()
        start = 0
        for around, seen in self._left:
            rows = slice(start, start + len(seen.first))
            start += len(seen.first)
            below = self._layers.back(errors[rows], features[rows], seen).view(-1, FIRST)
            gradients["first"].addmm_(around.t(), below)
            gradients["first_biases"].add_(below.sum(0))
            tick()
        self._left = []

    def hidden(self, features: Tensor, scale: float) -> Tensor:
        """(images, 256): what the hidden neurons sum up of the features times `scale`."""
        weights = self._weights["hidden"].to(self._low)
        sums = torch.mm(features.to(self._low), weights.t()).to(self._dtype)
        return sums.mul_(scale).add_(self._weights["hidden_biases"])

    def hidden_back(self, errors: Tensor, features: Tensor, scale: float) -> Tensor:
        """Writes the gradients of the hidden layer; -> (images, features) errors of those."""
        torch.sum(errors, 0, out=self._gradients["hidden_biases"])
        return self._layers.hidden_back(errors * scale, features)


def into_row(lenet: Lenet, row: Row) -> None:
    """Copies weights into a row of shapes as `Sizes.shapes` has them."""
    for name, values in _by_name(lenet).items():
        row.parts[name].copy_(torch.from_numpy(np.ascontiguousarray(values)))


def from_row(row: Row, sizes: Sizes) -> Lenet:
    """The weights of a row, as copies."""
    own = {name: part.cpu().float().numpy().copy() for name, part in row.parts.items()}
    first = own["first"].T.reshape(FIRST, SIDE, SIDE, sizes.channels)
    return Lenet(
        np.ascontiguousarray(first.transpose(0, 3, 1, 2)),
        own["first_biases"],
        np.ascontiguousarray(own["second"].transpose(0, 3, 1, 2)),
        own["second_biases"],
        own["hidden"],
        own["hidden_biases"],
        own["outputs"],
        own["output_biases"],
    )


def _by_name(lenet: Lenet) -> dict[str, np.ndarray]:
    return {
        "first": lenet.first_weights.transpose(0, 2, 3, 1).reshape(FIRST, -1).T,
        "first_biases": lenet.first_biases,
        "second": lenet.second_weights.transpose(0, 2, 3, 1),
        "second_biases": lenet.second_biases,
        "hidden": lenet.hidden_weights,
        "hidden_biases": lenet.hidden_biases,
        "outputs": lenet.output_weights,
        "output_biases": lenet.output_biases,
    }
