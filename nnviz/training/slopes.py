"""What a hidden neuron does with its weighted sum in place, and its derivative."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor


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
