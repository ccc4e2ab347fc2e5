"""How weights follow their gradients: plain steps, or Adadelta as Keras had it.

All weights of a model lie in one row of memory, and so do their gradients: an update is a few
operations on pieces that stay in the cache, whatever the weights belong to.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

LINE = 16
"""Numbers in a cache line: products of what begins on one are the same wherever it lies."""
PIECE = 16_384
"""Numbers that are updated at once."""
RHO = 0.95
EPSILON = 1e-7
"""Keras 2.2.4; torch's own defaults (0.9, 1e-6) walk more than twice as far."""


class Row:
    """Arrays of given shapes, one behind the other in one row; zero at first."""

    def __init__(
        self, shapes: Mapping[str, Sequence[int]], dtype: torch.dtype, device: str
    ) -> None:
        places, length = {}, 0
        for name, shape in shapes.items():
            size = torch.Size(shape).numel()
            places[name] = slice(length, length + size)
            length += -(-size // LINE) * LINE
        self.all = torch.zeros(length, dtype=dtype, device=device)
        self.parts = {name: self.all[places[name]].view(*shapes[name]) for name in shapes}
        """By name, each a view"""


def pieces_of(row: Tensor) -> Sequence[Tensor]:
    """Views of all of a row, each so long that it stays in the cache of a processor."""
    length = PIECE if row.device.type == "cpu" else len(row)
    return [row[first : first + length] for first in range(0, len(row), length)]


class Sgd:
    """Every weight follows its gradient times the rate."""

    def __init__(self, weights: Row, gradients: Row, rate: float) -> None:
        self._weights, self._gradients, self._rate = weights.all, gradients.all, rate

    def follow(self) -> None:
        """Makes one step."""
        self._weights.sub_(self._gradients, alpha=self._rate)


class Adadelta:
    """Every weight's step is about as long as its own were of late (Zeiler 2012, arXiv 1212.5701),
    with the numbers and the arithmetic of Keras 2.2.4."""

    def __init__(self, weights: Row, gradients: Row, rate: float) -> None:
        self._rate = rate
        gathered, walked = torch.zeros_like(weights.all), torch.zeros_like(weights.all)
        cut = [pieces_of(row) for row in (weights.all, gradients.all, gathered, walked)]
        self._pieces = list(zip(*cut, strict=True))
        self._step, self._scratch = (torch.empty_like(cut[0][0]) for _ in range(2))

    def follow(self) -> None:
        """Makes one step."""
        for weights, gradients, gathered, walked in self._pieces:
            step, scratch = self._step[: len(weights)], self._scratch[: len(weights)]
            gathered.mul_(RHO).addcmul_(gradients, gradients, value=1 - RHO)
            torch.add(gathered, EPSILON, out=scratch)
            torch.add(walked, EPSILON, out=step)
            step.div_(scratch).sqrt_().mul_(gradients)
            weights.sub_(step, alpha=self._rate)
            walked.mul_(RHO).addcmul_(step, step, value=1 - RHO)


class CompiledAdadelta:
    """`Adadelta` in one pass through memory."""

    def __init__(self, weights: Row, gradients: Row, rate: float) -> None:
        # numba, which need not be there, takes a second to import
        from nnviz.training.compiled.adadelta import adadelta

        self._step = adadelta
        kept = [torch.zeros_like(weights.all) for _ in range(2)]
        rows = [row.numpy() for row in (weights.all, gradients.all, *kept)]
        numbers = [np.float32(number) for number in (rate, RHO, EPSILON)]
        self._given: Sequence[Any] = (*rows, *numbers)

    def follow(self) -> None:
        """Makes one step."""
        self._step(*self._given)


Optimiser = Sgd | Adadelta | CompiledAdadelta


def make_optimiser(
    name: str, weights: Row, gradients: Row, rate: float, kernels: bool = False
) -> Optimiser:
    """By the name that a study gives it, sgd or adadelta; with `kernels` compiled."""
    if name == "sgd":
        return Sgd(weights, gradients, rate)
    return (CompiledAdadelta if kernels else Adadelta)(weights, gradients, rate)
