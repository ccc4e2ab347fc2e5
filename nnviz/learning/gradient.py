"""One learning step by hand: forward, backward, update, in place, without autograd.

The network is kept in the layout that is fastest for small batches. The biases are the
last used row of each weight matrix: the images carry a constant 1 in column `inputs`, and
hidden unit number `hidden` is held at a constant 1 (a bias so large that its activation is
exactly 1 and its derivative exactly 0). Both layers are padded with dead units to a
multiple of 16, which keeps every row on a cache line.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from nnviz.learning.network import Network

LANES = 16
BLOCK = 1000
"""Images converted to float at once; also the largest batch."""

_ALWAYS_ON = {"sigmoid": 100.0, "tanh": 100.0, "relu": 1.0}
_ALWAYS_OFF = {"sigmoid": -200.0, "tanh": 0.0, "relu": 0.0}


def prepare_torch() -> None:
    """One thread (small products gain nothing from two) and no slow denormal numbers."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)


class Learner:
    """One network in the layout for learning, with the buffers of a step.

    `dtype` is float32; the tests also run the same code in float64.
    """

    def __init__(self, network: Network, cost: str, dtype: torch.dtype = torch.float32) -> None:
        if network.hidden_weights.shape[0] != 1:
            raise ValueError("Learner trains one network at a time")
        self.network = network
        self.cost = cost
        self.hidden, self.inputs = network.hidden, network.inputs
        outputs = len(network.output_biases)
        rows, units = _padded(self.inputs + 1), _padded(self.hidden + 1)
        activation = network.activation
        self.first = torch.zeros(rows, units, dtype=dtype)
        """(inputs + bias + padding, hidden + constant + padding)"""
        self.first[: self.inputs, : self.hidden] = _tensor(network.hidden_weights[0].T)
        self.first[self.inputs, : self.hidden] = _tensor(network.hidden_biases[0])
        self.first[self.inputs, self.hidden] = _ALWAYS_ON[activation]
        self.first[self.inputs, self.hidden + 1 :] = _ALWAYS_OFF[activation]
        self.second = torch.zeros(units, outputs, dtype=dtype)
        """(hidden + constant + padding, outputs)"""
        self.second[: self.hidden] = _tensor(network.output_weights.T)
        self.second[self.hidden] = _tensor(network.output_biases)
        self._first_weights = self.first[: self.inputs]
        self._second_weights = self.second[: self.hidden]
        self._second_turned = self.second.t()
        self._derivative = _DERIVATIVES[activation]
        self._activate = _ACTIVATIONS[activation]
        # a ReLU that is always on still has a slope of 1: its column of errors is cleared
        self._holds_constant = activation == "relu"
        self._images = torch.zeros(BLOCK, rows, dtype=dtype)
        self._images[:, self.inputs] = 1
        self._pixels = self._images[:, : self.inputs]
        self._targets = torch.zeros(BLOCK, outputs, dtype=dtype)
        self._batch = 0
        self._resize(1)

    def load(self, pixels: Tensor, targets: Tensor) -> None:
        """Puts up to BLOCK images in place: (images, inputs) 0..255, (images, outputs) 0..1."""
        count = len(pixels)
        self._pixels[:count].copy_(pixels)
        self._pixels[:count].mul_(1 / 255)
        self._targets[:count].copy_(targets)

    def step(self, start: int, batch: int, rate: float, shrink: float, nonnegative: bool) -> None:
        """Learns from the loaded images start..start+batch.

        Weights are first multiplied by `shrink` (weight decay; 1 for none), then follow the
        mean gradient of the batch times `rate`.
        """
        if batch != self._batch:
            self._resize(batch)
        views = self._views.get(start)
        if views is None:
            images = self._images[start : start + batch]
            views = images, images.t(), self._targets[start : start + batch]
            self._views[start] = views
        images, images_turned, targets = views
        activity, errors, hidden_errors = self._activity, self._errors, self._hidden_errors
        torch.mm(images, self.first, out=activity)
        self._activate(activity)
        torch.mm(activity, self.second, out=errors)
        self._output_errors(errors, targets)
        torch.mm(errors, self._second_turned, out=hidden_errors)
        self._derivative(hidden_errors, activity, self._scratch)
        if self._holds_constant:
            self._constant_errors.zero_()
        if shrink != 1:
            self._first_weights.mul_(shrink)
            self._second_weights.mul_(shrink)
        follow = -rate / batch
        self.second.addmm_(self._activity_turned, errors, alpha=follow)
        self.first.addmm_(images_turned, hidden_errors, alpha=follow)
        if nonnegative:
            self._first_weights.clamp_(min=0)

    def sums(self, count: int) -> Tensor:
        """Weighted sums of the outputs (before their activation) for the loaded images.

        -> (count, outputs)
        """
        return self._activate(self._images[:count] @ self.first) @ self.second

    def costs(self, sums: Tensor) -> float:
        """Total cost of the loaded images, given their weighted sums."""
        targets = self._targets[: len(sums)]
        if self.cost == "softmax":
            return -float((torch.log_softmax(sums, 1) * targets).sum())
        if self.cost == "cross-entropy":
            pieces = torch.nn.functional.binary_cross_entropy_with_logits(
                sums, targets, reduction="sum"
            )
            return float(pieces)
        return float(((torch.sigmoid(sums) - targets) ** 2).sum()) / 2

    def outputs(self, sums: Tensor) -> Tensor:
        """Weighted sums -> activations of the outputs, 0..1."""
        return torch.softmax(sums, 1) if self.cost == "softmax" else torch.sigmoid(sums)

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers."""
        return bool(torch.isfinite(self.second.sum()))

    def copy(self) -> Network:
        """The weights as they are now."""
        hidden_weights = self.first[: self.inputs, : self.hidden].t().float().numpy()
        return Network(
            np.ascontiguousarray(hidden_weights)[None],
            self.first[self.inputs, : self.hidden].float().numpy().copy()[None],
            self.second[: self.hidden].t().float().contiguous().numpy(),
            self.second[self.hidden].float().numpy().copy(),
            self.network.output_networks,
            self.network.activation,
            self.network.output_activation,
        )

    def _resize(self, batch: int) -> None:
        units, outputs = self.second.shape
        dtype = self.second.dtype
        self._batch = batch
        # making a view costs as much as the arithmetic of a small operation
        self._views: dict[int, tuple[Tensor, Tensor, Tensor]] = {}
        self._activity = torch.empty(batch, units, dtype=dtype)
        self._activity_turned = self._activity.t()
        self._hidden_errors = torch.empty(batch, units, dtype=dtype)
        self._constant_errors = self._hidden_errors[:, self.hidden]
        self._scratch = torch.empty(batch, units, dtype=dtype)
        self._errors = torch.empty(batch, outputs, dtype=dtype)
        self._output_scratch = torch.empty(batch, outputs, dtype=dtype)

    def _output_errors(self, sums: Tensor, targets: Tensor) -> None:
        """Weighted sums -> gradient of the cost with respect to them, in place."""
        if self.cost == "softmax":
            torch.softmax(sums, 1, out=sums)
            sums.sub_(targets)
        elif self.cost == "cross-entropy":
            sums.sigmoid_().sub_(targets)
        else:
            slope = self._output_scratch
            sums.sigmoid_()
            torch.addcmul(sums, sums, sums, value=-1, out=slope)
            sums.sub_(targets).mul_(slope)


def _padded(size: int) -> int:
    return -(-size // LANES) * LANES


def _tensor(array: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(array))


def _sigmoid_slope(errors: Tensor, activity: Tensor, scratch: Tensor) -> None:
    torch.addcmul(activity, activity, activity, value=-1, out=scratch)
    errors.mul_(scratch)


def _tanh_slope(errors: Tensor, activity: Tensor, scratch: Tensor) -> None:
    torch.mul(activity, activity, out=scratch)
    errors.addcmul_(errors, scratch, value=-1)


def _relu_slope(errors: Tensor, activity: Tensor, scratch: Tensor) -> None:
    errors.mul_(torch.sign(activity, out=scratch))


_DERIVATIVES: dict[str, Callable[[Tensor, Tensor, Tensor], None]] = {
    "sigmoid": _sigmoid_slope,
    "tanh": _tanh_slope,
    "relu": _relu_slope,
}
_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "sigmoid": torch.Tensor.sigmoid_,
    "tanh": torch.Tensor.tanh_,
    "relu": torch.Tensor.relu_,
}
