"""The usual way in torch: nn.Module, autograd, SGD and DataLoader."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings


class WithAutograd:
    """Ordinary code on inputs that were made float32 beforehand."""

    def __init__(self, digits: DigitSet, settings: Settings, network: Network) -> None:
        inputs = torch.from_numpy(digits.train_images).float() / 255
        labels = torch.from_numpy(digits.train_labels.astype(np.int64))
        loader = DataLoader(TensorDataset(inputs, labels), batch_size=settings.batch, shuffle=True)
        self._model = module(network)
        self._cost = nn.CrossEntropyLoss()
        self._optimizer = torch.optim.SGD(self._model.parameters(), lr=settings.rate)
        self._batches = endless(loader)

    def learn(self, steps: int) -> None:
        for inputs, labels in islice(self._batches, steps):
            self._optimizer.zero_grad()
            cost = self._cost(self._model(inputs), labels)
            cost.backward()
            self._optimizer.step()


def module(network: Network) -> nn.Sequential:
    """The network out of the layers that torch brings, with the same weights."""
    first = nn.Linear(network.inputs, network.hidden)
    second = nn.Linear(network.hidden, len(network.output_biases))
    given = {
        first.weight: network.hidden_weights[0],
        first.bias: network.hidden_biases[0],
        second.weight: network.output_weights,
        second.bias: network.output_biases,
    }
    with torch.no_grad():
        for parameter, array in given.items():
            parameter.copy_(torch.tensor(array))
    return nn.Sequential(first, nn.Sigmoid(), second)


def endless(loader: "DataLoader[tuple[Tensor, ...]]") -> Iterator[tuple[Tensor, ...]]:
    """The batches of one epoch after the other."""
    while True:
        yield from loader
