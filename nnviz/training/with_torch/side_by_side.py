"""The learning step of many small networks at once, each on digits of its own.

All networks are one batched matrix product. The hidden weights lie as in `Network`, with the
biases in a further column (the images carry a constant there) and dead units that pad the
hidden layers to a multiple of 8: this way round, the products of eight neurons take half as
long as with weights turned. Pixels stay 0..255; the products divide them.
"""

import torch
from torch import Tensor

from nnviz.networks.layouts import Layout
from nnviz.networks.network import LARGEST_WEIGHT, Network
from nnviz.training.with_torch.gradient import BLOCK, HIDDEN, padded, tensor, with_weights
from nnviz.training.with_torch.read_out import TO_ERRORS

UNITS = 8
WHITE = 255
BLOCK_OF_ALL = 900
"""Digits of all networks together that are best converted at once."""


class SideBySide:
    """Networks of one output each, with the buffers of a step.

    `dtype` is float32; the tests also run the same code in float64. Raises ValueError for
    networks of several outputs and for softmax.
    """

    def __init__(
        self,
        network: Network,
        cost: str,
        layout: Layout,
        dtype: torch.dtype = torch.float32,
        device: str = "cpu",
    ) -> None:
        if sorted(layout.networks.tolist()) != list(range(network.networks)):
            raise ValueError("SideBySide trains networks of one output each")
        if cost not in ("cross-entropy", "quadratic"):
            raise ValueError(f"One output alone cannot learn by the cost {cost}")
        self.network = network
        self.block = min(BLOCK, max(1, BLOCK_OF_ALL // network.networks))
        """Digits per network that are best loaded at once."""
        self._to_errors = TO_ERRORS[cost]
        count, hidden, inputs = network.hidden_weights.shape
        columns, units = padded(inputs + 1), padded(hidden, UNITS)
        activation = HIDDEN[network.activation]
        self._activate, self._slope = activation.activate, activation.slope
        self.first = torch.zeros(count, units, columns, dtype=dtype, device=device)
        """(networks, hidden + padding, inputs + bias + padding)"""
        self.first[:, :hidden, :inputs] = tensor(network.hidden_weights).to(device)
        self.first[:, :hidden, inputs] = tensor(network.hidden_biases).to(device)
        self.first[:, hidden:, inputs] = activation.always_off
        self._first_turned = self.first.transpose(1, 2)
        self._first_weights = self.first[:, :, :inputs]
        # the output of each network, in the order of the networks
        self._outputs = tensor(layout.networks).argsort().to(device)
        self.second = self.first.new_zeros(count, units, 1)
        """(networks, hidden + padding, 1)"""
        self.second[:, :hidden, 0] = tensor(network.output_weights).to(device)[self._outputs]
        self._second_turned = self.second.transpose(1, 2)
        self.second_biases = tensor(network.output_biases).to(self.first)[self._outputs, None, None]
        """(networks, 1, 1)"""
        self._fires = (tensor(layout.table).to(device)[self._outputs] > 0).to(dtype)
        self._room = self._batch = 0
        self._make_room(self.block)
        self._resize(1)

    def load(self, pixels: Tensor, labels: Tensor, present: Tensor) -> None:
        """Puts digits in place, as many for every network: up to `block` or a larger batch.

        `pixels` (networks, digits, inputs) 0..255, `labels` (networks, digits) int64, `present`
        (networks, digits) bool: digits that are not present teach nothing; their labels must
        be classes all the same.
        """
        digits = pixels.shape[1]
        if digits > self._room:
            self._make_room(digits)
        self._images[:, :digits, : pixels.shape[2]].copy_(pixels)
        self._targets[:, :digits, 0] = self._fires.gather(1, labels)
        self._present[:, :digits, 0].copy_(present)

    def step(self, start: int, batch: int, rate: float, shrink: float, nonnegative: bool) -> None:
        """Every network learns from its present digits among start..start+batch.

        Weights are first multiplied by `shrink` (weight decay; 1 for none), then follow the
        summed gradient of those digits times `rate` / `batch`: the mean of a full batch. A
        network whose digits run out follows what is left of it with no more weight per digit;
        one without any stays as it is.
        """
        if batch != self._batch:
            self._resize(batch)
        views = self._views.get(start)
        if views is None:
            rows = slice(start, start + batch)
            views = self._images[:, rows], self._targets[:, rows], self._present[:, rows]
            self._views[start] = views
        images, targets, present = views
        activity, errors, hidden_errors = self._activity, self._errors, self._hidden_errors
        torch.baddbmm(activity, images, self._first_turned, beta=0, alpha=1 / WHITE, out=activity)
        self._activate(activity)
        torch.baddbmm(self.second_biases, activity, self.second, out=errors)
        self._to_errors(errors, errors, targets, self._output_scratch)
        errors.mul_(present)
        torch.mul(errors, self._second_turned, out=hidden_errors)
        self._slope(hidden_errors, activity, self._scratch)
        if shrink != 1:
            counts = present.sum(1, keepdim=True)
            kept = torch.full_like(counts, shrink).masked_fill_(counts == 0, 1)
            self._first_weights.mul_(kept)
            self.second.mul_(kept)
        follow = rate / batch
        self.second.baddbmm_(self._activity_turned, errors, alpha=-follow)
        self.second_biases.sub_(errors.sum(1, keepdim=True), alpha=follow)
        self.first.baddbmm_(self._hidden_errors_turned, images, alpha=-follow / WHITE)
        if nonnegative:
            self._first_weights.clamp_(min=0)

    def finite(self) -> bool:
        """Whether the weights that see every error are still numbers to reckon with, as those of
        a file must be (see `Network.finite`)."""
        # false of what is no number
        return bool(self.second.abs().max() <= LARGEST_WEIGHT)

    def weights(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Copies of hidden weights, hidden biases, output weights and output biases.

        Shapes are those of `Network`.
        """
        hidden, inputs = self.network.hidden, self.network.inputs
        places = self._outputs.argsort()
        return (
            self.first[:, :hidden, :inputs].clone(memory_format=torch.contiguous_format),
            self.first[:, :hidden, inputs].clone(memory_format=torch.contiguous_format),
            self.second[places, :hidden, 0],
            self.second_biases[places, 0, 0],
        )

    def copy(self) -> Network:
        """The weights as they are now."""
        return with_weights(self.network, self.weights())

    def _make_room(self, digits: int) -> None:
        networks, _, columns = self.first.shape
        new = self.first.new_zeros
        self._room = digits
        self._images = new(networks, digits, columns)
        self._images[:, :, self.network.inputs] = WHITE
        self._targets = new(networks, digits, 1)
        self._present = new(networks, digits, 1)
        self._views: dict[int, tuple[Tensor, ...]] = {}

    def _resize(self, batch: int) -> None:
        networks, units, _ = self.first.shape
        new = self.first.new_empty
        self._batch = batch
        # making a view costs as much as the arithmetic of a small operation
        self._views = {}
        self._activity = new(networks, batch, units)
        self._activity_turned = self._activity.transpose(1, 2)
        self._hidden_errors = new(networks, batch, units)
        self._hidden_errors_turned = self._hidden_errors.transpose(1, 2)
        self._scratch = new(networks, batch, units)
        self._errors = new(networks, batch, 1)
        self._output_scratch = new(networks, batch, 1)
