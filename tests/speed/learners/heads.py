"""Softmax heads for sets of classes on the activity of a frozen hidden layer, in two ways.

All are given the activity of a block of digits, and take its batches in turn.
"""

from collections.abc import Iterator
from itertools import cycle, islice

import numpy as np
import torch
from torch import Tensor, nn

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, as_inputs, hidden_activity
from nnviz.networks.settings import Settings

BLOCK = 1000
"""Digits whose activity is worked out beforehand."""
NOT_ASKED = -100
"""The label that torch's cross_entropy passes over."""


class LinearHeads:
    """One nn.Linear for all heads, autograd, and one log-softmax for all heads of a size."""

    def __init__(self, digits: DigitSet, settings: Settings, network: Network) -> None:
        layout = layout_of(settings, digits.classes)
        heads = list(layout.heads)
        self._sizes = [
            (size, [number for number, head in enumerate(heads) if len(head) == size])
            for size in range(2, digits.classes + 1)
        ]
        order = np.concatenate([layout.heads[head] for head in heads])
        self._linear = _linear(network, order)
        self._places = torch.stack([_places(head, digits.classes) for head in heads])
        self._optimizer = torch.optim.SGD(self._linear.parameters(), lr=settings.rate)
        self._batches = _batches(digits, settings, network)

    def learn(self, steps: int) -> None:
        for activity, labels in islice(self._batches, steps):
            self._optimizer.zero_grad()
            sums = self._linear(activity)
            targets = self._places[:, labels].t()
            cost, column, head = sums.new_zeros(()), 0, 0
            for size, numbers in self._sizes:
                columns = slice(column, column + size * len(numbers))
                of_size = sums[:, columns].reshape(-1, size)
                wanted = targets[:, head : head + len(numbers)].reshape(-1)
                cost = cost + nn.functional.cross_entropy(
                    of_size, wanted, ignore_index=NOT_ASKED, reduction="sum"
                )
                column, head = columns.stop, head + len(numbers)
            (cost / len(labels)).backward()
            self._optimizer.step()


class LoopOfHeads:
    """An nn.Linear and an optimizer for each of a few heads, one after the other."""

    def __init__(
        self, digits: DigitSet, settings: Settings, network: Network, sampled: int
    ) -> None:
        layout = layout_of(settings, digits.classes)
        self._heads = [
            self._head(layout, list(layout.heads)[number], settings, network)
            for number in np.random.default_rng(1).permutation(len(layout.heads))[:sampled]
        ]
        self._batches = _batches(digits, settings, network)

    def learn(self, steps: int) -> None:
        for activity, labels in islice(self._batches, steps):
            for linear, places, optimizer in self._heads:
                optimizer.zero_grad()
                cost = nn.functional.cross_entropy(
                    linear(activity), places[labels], ignore_index=NOT_ASKED, reduction="sum"
                )
                (cost / len(labels)).backward()
                optimizer.step()

    def _head(
        self, layout: Layout, head: tuple[int, ...], settings: Settings, network: Network
    ) -> tuple[nn.Linear, Tensor, torch.optim.Optimizer]:
        linear = _linear(network, layout.heads[head])
        optimizer = torch.optim.SGD(linear.parameters(), lr=settings.rate)
        return linear, _places(head, layout.classes), optimizer


def _labels(digits: DigitSet) -> Tensor:
    return torch.from_numpy(digits.train_labels[:BLOCK].astype(np.int64))


def _starts(settings: Settings) -> range:
    return range(0, BLOCK - settings.batch + 1, settings.batch)


def _batches(
    digits: DigitSet, settings: Settings, network: Network
) -> Iterator[tuple[Tensor, Tensor]]:
    activity = torch.from_numpy(hidden_activity(network, as_inputs(digits.train_images[:BLOCK])))
    labels = _labels(digits)
    for start in cycle(_starts(settings)):
        rows = slice(start, start + settings.batch)
        yield activity[rows, 0], labels[rows]


def _linear(network: Network, outputs: np.ndarray) -> nn.Linear:
    linear = nn.Linear(network.hidden, len(outputs))
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(network.output_weights[outputs]))
        linear.bias.copy_(torch.tensor(network.output_biases[outputs]))
    return linear


def _places(head: tuple[int, ...], classes: int) -> Tensor:
    """(classes,): the output of each class within its head."""
    places = torch.full((classes,), NOT_ASKED)
    places[list(head)] = torch.arange(len(head))
    return places
