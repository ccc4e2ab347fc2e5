"""The layers of a LeNet below its outputs, forward and back.

Channels lie last throughout, as in Keras: the first convolution is one product of the pixels
around each place, and what is pooled is a row of features without being moved. Pooling comes
before the ReLU, which gives the same activity and the same gradients with a quarter of the work.

Torch goes back through all places of the second convolution, on any device. The compiled way works
out the four sums that are pooled into one together, and goes back only through those that were
pooled and heard.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from nnviz.networks.lenet import FILTERS, POOL, SIDE

BELOW, HERE = FILTERS


@dataclass(frozen=True)
class Seen:
    """What the way back needs of some images."""

    first: Tensor
    """(images, rows, columns, 32): activity of the first convolution"""
    places: Tensor
    """Which place each feature was pooled from, as the layer itself has them"""
    sums: Tensor | None = None
    """(images, 64, rows, columns), channels last, where the way back needs them"""


class Layers:
    """By torch alone. `low` is what its products are worked out in."""

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        gradients: Mapping[str, Tensor],
        sides: tuple[int, int],
        low: torch.dtype,
    ) -> None:
        self._weights, self._gradients = weights, gradients
        self._sides, self._low = sides, low
        self.gives = low
        """The type of features"""

    def around(self, pixels: Tensor) -> Tensor:
        """(images x places, 9 x channels): the pixels (images, rows, columns, channels) under a
        filter at each place."""
        pixels = pixels.contiguous()
        images, rows, columns, channels = pixels.shape
        by_image, by_row, by_column, _ = pixels.stride()
        windows = pixels.as_strided(
            (images, rows - SIDE + 1, columns - SIDE + 1, SIDE, SIDE * channels),
            (by_image, by_row, by_column, by_row, 1),
        )
        return windows.reshape(-1, SIDE * SIDE * channels)

    def begin(self) -> None:
        """Takes the weights of the second convolution as they are now."""
        self._filters = self._weights["second"].permute(0, 3, 1, 2).to(self._low)
        self._biases = self._weights["second_biases"].to(self._low)

    def pooled(self, first: Tensor, features: Tensor) -> Seen:
        """Writes the features (images, features) of activity `first`; what it gives serves to go
        back."""
        below = first.permute(0, 3, 1, 2).to(self._low)
        sums = functional.conv2d(below, self._filters, self._biases)
        pooled, places = functional.max_pool2d(sums, POOL, return_indices=True)
        by_place = features.view(len(first), *self._sides, HERE)
        torch.clamp(pooled.permute(0, 2, 3, 1), min=0, out=by_place)
        return Seen(first, places, sums)

    def back(self, errors: Tensor, features: Tensor, seen: Seen) -> Tensor:
        """Adds to the gradients; -> (images, rows, columns, 32) errors of the activity `first`,
        before its ReLU. Nothing comes back from features of 0."""
        heard = torch.ops.aten.threshold_backward(errors, features, 0)
        heard = heard.view(len(errors), *self._sides, HERE)
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

    def hidden_back(self, errors: Tensor, features: Tensor) -> Tensor:
        """Writes the gradient of the hidden weights; -> (images, features): the errors of these."""
        low, gradient = errors.to(self._low), self._gradients["hidden"]
        if self._low == features.dtype == gradient.dtype:
            torch.mm(low.t(), features, out=gradient)
        else:
            gradient.copy_(torch.mm(low.t(), features.to(self._low)))
        return torch.mm(low, self._weights["hidden"].to(self._low)).to(features.dtype)


class CompiledLayers(Layers):
    """Compiled but for the first convolution and the sums of the hidden neurons: in float32."""

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        gradients: Mapping[str, Tensor],
        sides: tuple[int, int],
        low: torch.dtype,
    ) -> None:
        super().__init__(weights, gradients, sides, low)
        # numba, which need not be there, takes a second to import
        from nnviz.training.compiled import lenet_back, lenet_forward, lenet_hidden

        self._around, self._turn = lenet_forward.around, lenet_forward.turn
        self._convolve = lenet_forward.convolve_and_pool
        self._back, self._product = lenet_back.back, lenet_hidden.product
        self._turned = torch.empty(lenet_forward.FREQUENCIES, BELOW, HERE)
        self.gives = torch.float32

    def around(self, pixels: Tensor) -> Tensor:
        images, rows, columns, channels = pixels.shape
        places = images * (rows - SIDE + 1) * (columns - SIDE + 1)
        found = pixels.new_empty(places, SIDE * SIDE * channels)
        self._around(pixels.contiguous().numpy(), found.numpy())
        return found

    def begin(self) -> None:
        self._turn(self._weights["second"].numpy(), self._turned.numpy())

    def pooled(self, first: Tensor, features: Tensor) -> Seen:
        places = torch.empty(features.shape, dtype=torch.uint8)
        self._convolve(
            first.numpy(),
            self._turned.numpy(),
            self._weights["second_biases"].numpy(),
            features.numpy(),
            places.numpy(),
        )
        return Seen(first, places)

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

    def hidden_back(self, errors: Tensor, features: Tensor) -> Tensor:
        below = torch.empty_like(features)
        of_weights = self._gradients["hidden"].numpy()
        self._product(errors.numpy(), True, features.numpy(), of_weights)
        self._product(errors.numpy(), False, self._weights["hidden"].numpy(), below.numpy())
        return below
