"""One learning step by hand: forward, backward, update, in place, without autograd.

The networks are kept in the layout that is fastest for small batches. The biases are the
last used row of each weight matrix: the images carry a constant 1 in column `inputs`, and
the hidden unit after all neurons is held at a constant 1 (a bias so large that its activation
is exactly 1 and its derivative exactly 0). Both layers are padded with dead units to a
multiple of 16, which keeps every row on a cache line.

Several networks that see the same images are one wide hidden layer. Each output reads only
the part that belongs to its network: all other weights of the read-out are zeros and stay so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from nnviz.networks.layouts import Layout
from nnviz.networks.network import LARGEST_WEIGHT, Network
from nnviz.training.with_torch.read_out import ReadOut, SubsetHeads, group_size


@dataclass(frozen=True)
class Activation:
    """One activation function, for buffers that are used again at every step."""

    activate: Callable[[Tensor], Tensor]
    """Weighted sums -> activity, in place."""
    slope: Callable[[Tensor, Tensor, Tensor], None]
    """(errors, activity, scratch), all of one shape: multiplies the errors by the derivative."""
    always_on: float
    """A weighted sum whose activity is exactly 1."""
    always_off: float
    """A weighted sum whose activity and derivative are exactly 0."""


def _sigmoid_slope(errors: Tensor, activity: Tensor, scratch: Tensor) -> None:
    torch.addcmul(activity, activity, activity, value=-1, out=scratch)
    errors.mul_(scratch)


def _tanh_slope(errors: Tensor, activity: Tensor, scratch: Tensor) -> None:
    torch.mul(activity, activity, out=scratch)
    errors.addcmul_(errors, scratch, value=-1)


def _relu_slope(errors: Tensor, activity: Tensor, scratch: Tensor) -> None:
    errors.mul_(torch.sign(activity, out=scratch))


HIDDEN: Mapping[str, Activation] = {
    "sigmoid": Activation(torch.Tensor.sigmoid_, _sigmoid_slope, 100.0, -200.0),
    "tanh": Activation(torch.Tensor.tanh_, _tanh_slope, 100.0, 0.0),
    "relu": Activation(torch.Tensor.relu_, _relu_slope, 1.0, 0.0),
}


LANES = 16
BLOCK = 1000
"""Images converted to float at once; also the largest batch."""


class WideStep:
    """Networks that all see the same images, with the buffers of a step.

    With `frozen` only the read-out learns. `dtype` is float32; the tests also run the same
    code in float64. All of it lies on one device.
    """

    def __init__(
        self,
        network: Network,
        cost: str,
        layout: Layout,
        frozen: bool = False,
        dtype: torch.dtype = torch.float32,
        device: str = "cpu",
    ) -> None:
        self.network = network
        self.frozen = frozen
        self.inputs, self.neurons = network.inputs, network.networks * network.hidden
        rows, units = padded(self.inputs + 1), padded(self.neurons + 1)
        hidden = HIDDEN[network.activation]
        self._activate, self._slope = hidden.activate, hidden.slope
        self.first = torch.zeros(rows, units, dtype=dtype, device=device)
        """(inputs + bias + padding, neurons + constant + padding)"""
        weights = tensor(network.hidden_weights).reshape(self.neurons, self.inputs)
        self.first[: self.inputs, : self.neurons] = weights.t()
        self.first[self.inputs, : self.neurons] = tensor(network.hidden_biases).flatten()
        self.first[self.inputs, self.neurons] = hidden.always_on
        self.first[self.inputs, self.neurons + 1 :] = hidden.always_off
        self._first_weights = self.first[: self.inputs]
        second = self.first.new_zeros(units, len(network.output_biases))
        self._reads = _read_neurons(network, device)
        second[self._reads] = tensor(network.output_weights).to(second)
        second[self.neurons] = tensor(network.output_biases).to(second)
        self.read_out: ReadOut | SubsetHeads
        if cost == "softmax" and not group_size(layout):
            self.read_out = SubsetHeads(second, self.neurons, layout, BLOCK)
        else:
            self.read_out = ReadOut(second, self.neurons, cost, layout, BLOCK)
        # a ReLU that is always on still has a slope of 1: its column of errors is cleared
        self._holds_constant = network.activation == "relu"
        self._images = self.first.new_zeros(BLOCK, rows)
        self._images[:, self.inputs] = 1
        self._pixels = self._images[:, : self.inputs]
        self._block_activity = self.first.new_empty(BLOCK if frozen else 0, units)
        self._resize(1)

    def load(self, pixels: Tensor, labels: Tensor) -> None:
        """Puts up to BLOCK images in place: (images, inputs) 0..255, (images,) int64."""
        count = len(pixels)
        self._pixels[:count].copy_(pixels)
        self._pixels[:count].mul_(1 / 255)
        self.read_out.load(labels)
        if self.frozen:
            activity = self._block_activity[:count]
            self._activate(torch.mm(self._images[:count], self.first, out=activity))

    def step(self, start: int, batch: int, rate: float, shrink: float, nonnegative: bool) -> None:
        """Learns from the loaded images start..start+batch.

        Weights are first multiplied by `shrink` (weight decay; 1 for none), then follow the
        mean gradient of the batch times `rate`. A frozen hidden layer does neither.
        """
        if batch != self._batch:
            self._resize(batch)
        views = self._views.get(start)
        if views is None:
            rows = slice(start, start + batch)
            seen = self._block_activity[rows] if self.frozen else self._images[rows]
            views = seen, seen.t(), self.read_out.batch_at(start, batch)
            self._views[start] = views
        follow = rate / batch
        read_out = self.read_out
        if self.frozen:
            activity, activity_turned, wanted = views
            read_out.judge(activity, wanted)
            read_out.follow(activity_turned, shrink, follow)
            return
        images, images_turned, wanted = views
        activity, hidden_errors = self._activity, self._hidden_errors
        torch.mm(images, self.first, out=activity)
        self._activate(activity)
        read_out.judge(activity, wanted)
        read_out.send_back(hidden_errors)
        self._slope(hidden_errors, activity, self._scratch)
        if self._holds_constant:
            self._constant_errors.zero_()
        read_out.follow(self._activity_turned, shrink, follow)
        if shrink != 1:
            self._first_weights.mul_(shrink)
        self.first.addmm_(images_turned, hidden_errors, alpha=-follow)
        if nonnegative:
            self._first_weights.clamp_(min=0)

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers to reckon with, as those of
        a file must be (see `Network.finite`)."""
        return bool(
            self.read_out.columns.abs().max() <= LARGEST_WEIGHT
        )  # false of what is no number

    def weights(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Copies of hidden weights, hidden biases, output weights and output biases.

        Shapes are those of `Network`.
        """
        network, second = self.network, self.read_out.in_order()
        shape = network.hidden_biases.shape
        weights = self._first_weights[:, : self.neurons].t()
        return (
            weights.clone(memory_format=torch.contiguous_format).view(*shape, self.inputs),
            self.first[self.inputs, : self.neurons].clone().view(shape),
            second[self._reads],
            second[self.neurons].clone(),
        )

    def copy(self) -> Network:
        """The weights as they are now."""
        return with_weights(self.network, self.weights())

    def _resize(self, batch: int) -> None:
        units, new = self.first.shape[1], self.first.new_empty
        self._batch = batch
        # making a view costs as much as the arithmetic of a small operation
        self._views: dict[int, tuple[Tensor, Tensor, tuple[Tensor, ...]]] = {}
        self._activity = new(batch, units)
        self._activity_turned = self._activity.t()
        self._hidden_errors = new(batch, units)
        self._constant_errors = self._hidden_errors[:, self.neurons]
        self._scratch = new(batch, units)
        self.read_out.resize(batch)


def padded(size: int, lanes: int = LANES) -> int:
    """The next multiple of `lanes`."""
    return -(-size // lanes) * lanes


def tensor(array: np.ndarray) -> Tensor:
    """A copy of an array that may be read-only."""
    return torch.from_numpy(np.array(array))


def with_weights(network: Network, weights: tuple[Tensor, Tensor, Tensor, Tensor]) -> Network:
    """The network with other weights, as float32."""
    arrays: dict[str, Any] = {
        name: part.float().cpu().numpy()
        for name, part in zip(network.weights(), weights, strict=True)
    }
    return replace(network, **arrays)


def _read_neurons(network: Network, device: str) -> tuple[Tensor, Tensor]:
    """Rows and columns of the read-out that hold weights: each (outputs, hidden)."""
    networks = tensor(network.output_networks)
    own = torch.arange(network.hidden) + network.hidden * networks[:, None]
    outputs = torch.arange(len(networks))[:, None].expand_as(own)
    return own.to(device), outputs.to(device)
