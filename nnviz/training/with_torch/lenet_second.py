"""The second convolution of a LeNet with what is pooled after it, forward and back.

Pooling comes before the ReLU, which gives the same activity and the same gradients with a quarter
of the work. Torch goes back through all places of the convolution, on any device; the compiled way
only through those that were pooled and heard.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from nnviz.networks.lenet import FILTERS, POOL

BELOW, HERE = FILTERS


@dataclass(frozen=True)
class Seen:
    """What the way back needs of some images."""

    first: Tensor
    """(images, rows, columns, 32): activity of the first convolution"""
    places: Tensor
    """Which place each feature was pooled from, as the layer itself has them"""
    sums: Tensor
    """(images, 64, rows, columns), channels last"""


class SecondLayer:
    """By torch alone. `low` is what its products are worked out in."""

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        gradients: Mapping[str, Tensor],
        pooled: tuple[int, int],
        low: torch.dtype,
    ) -> None:
        self._weights, self._gradients = weights, gradients
        self._pooled, self._low = pooled, low
        self.gives = low
        """The type of features"""

    def begin(self) -> None:
        """Takes the weights as they are now."""
        self._filters = self._weights["second"].permute(0, 3, 1, 2).to(self._low)
        self._biases = self._weights["second_biases"].to(self._low)

    def forward(self, first: Tensor, features: Tensor, learns: bool) -> Seen:
        """Writes the features (images, features) of activity `first`; what it gives serves to go
        back if it `learns`."""
        sums = self._sums(first)
        if learns:
            pooled, places = functional.max_pool2d(sums, POOL, return_indices=True)
        else:
            pooled = places = functional.max_pool2d(sums, POOL)
        by_place = features.view(len(first), *self._pooled, HERE)
        torch.clamp(pooled.permute(0, 2, 3, 1), min=0, out=by_place)
        return Seen(first, places, sums)

    def back(self, errors: Tensor, features: Tensor, seen: Seen) -> Tensor:
        """Adds to the gradients; -> (images, rows, columns, 32) errors of the activity `first`,
        before its ReLU. Nothing comes back from features of 0."""
        heard = torch.ops.aten.threshold_backward(errors, features, 0)
        heard = heard.view(len(errors), *self._pooled, HERE)
        self._gradients["second_biases"].add_(heard.sum((0, 1, 2)))
        both = [POOL, POOL]
        spread = torch.ops.aten.max_pool2d_with_indices_backward(
            heard.permute(0, 3, 1, 2), seen.sums, both, both, [0, 0], [1, 1], False, seen.places
        )
        first = seen.first.permute(0, 3, 1, 2)
        below, gradient, _ = torch.ops.aten.convolution_backward(
            spread,
            first.to(self._low),
            self._filters,
            None,
            [1, 1],
            [0, 0],
            [1, 1],
            False,
            [0, 0],
            1,
            [True, True, False],
        )
        self._gradients["second"].add_(gradient.permute(0, 2, 3, 1))
        through: Tensor = torch.ops.aten.threshold_backward(below.to(first.dtype), first, 0)
        return through.permute(0, 2, 3, 1)

    def _sums(self, first: Tensor) -> Tensor:
        below = first.permute(0, 3, 1, 2).to(self._low)
        return functional.conv2d(below, self._filters, self._biases)


class CompiledSecond(SecondLayer):
    """By torch forward, as whole convolutions; pooling and the way back compiled, in float32."""

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        gradients: Mapping[str, Tensor],
        pooled: tuple[int, int],
        low: torch.dtype,
    ) -> None:
        super().__init__(weights, gradients, pooled, low)
        # numba, which need not be there, takes a second to import
        from nnviz.training.compiled.lenet_pooling import back, pool

        self._pool, self._back = pool, back
        self.gives = torch.float32

    def forward(self, first: Tensor, features: Tensor, learns: bool) -> Seen:
        sums = self._sums(first)
        places = torch.empty(features.shape, dtype=torch.uint8)
        by_place = sums.permute(0, 2, 3, 1).to(features.dtype).contiguous()
        self._pool(by_place.numpy(), features.numpy(), places.numpy())
        return Seen(first, places, sums if learns else features)

    def back(self, errors: Tensor, features: Tensor, seen: Seen) -> Tensor:
        below = torch.empty_like(seen.first)
        self._back(
            errors.numpy(),
            features.numpy(),
            seen.places.numpy(),
            seen.first.numpy(),
            self._weights["second"].view(HERE, -1).numpy(),
            below.numpy(),
            self._gradients["second"].view(HERE, -1).numpy(),
            self._gradients["second_biases"].numpy(),
        )
        return below
