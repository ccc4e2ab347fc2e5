"""The usual way in torch: nn.Module, autograd, SGD and DataLoader."""

from collections.abc import Iterator, Sequence
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
        self._model = module(network)
        self._cost = nn.CrossEntropyLoss()
        self._optimizer = torch.optim.SGD(self._model.parameters(), lr=settings.rate)
        self._batches = endless(inputs, labels, settings.batch)

    def learn(self, steps: int) -> None:
        for inputs, labels in islice(self._batches, steps):
            self._optimizer.zero_grad()
            cost = self._cost(self._model(inputs), labels)
            cost.backward()
            self._optimizer.step()


def module(
    network: Network, own: int = 0, outputs: Sequence[int] | slice = slice(None)
) -> nn.Module:
    """One of the networks out of the layers that torch brings, with the same weights."""
    given = (
        network.hidden_weights[own],
        network.hidden_biases[own],
        network.output_weights[outputs],
        network.output_biases[outputs],
    )
    layers = nn.Linear(network.inputs, network.hidden), nn.Linear(network.hidden, len(given[3]))
    model = nn.Sequential(layers[0], nn.Sigmoid(), layers[1])
    with torch.no_grad():
        for parameter, array in zip(model.parameters(), given, strict=True):
            parameter.copy_(torch.tensor(array))
    return model


def endless(inputs: Tensor, targets: Tensor, batch: int) -> Iterator[tuple[Tensor, ...]]:
    """The batches of one epoch after the other."""
    loader = DataLoader(TensorDataset(inputs, targets), batch_size=batch, shuffle=True)
    while True:
        yield from loader
