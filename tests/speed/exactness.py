"""How far the steps that are compared in speed drift from autograd in float64."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from tests.speed.learners.autograd import module
from tests.speed.learners.order import rows_of_steps

Weights = Sequence[NDArray[np.floating]]
"""Hidden weights and biases, output weights and biases."""


def after(steps: int, digits: DigitSet, settings: Settings, network: Network) -> Weights:
    """What autograd in float64 makes of the network in so many steps of its run."""
    inputs = torch.from_numpy(digits.train_images).double() / 255
    labels = torch.from_numpy(digits.train_labels).long()
    model = module(network).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.rate)
    cost = torch.nn.CrossEntropyLoss()
    for numbers in islice(rows_of_steps(settings, len(labels)), steps):
        rows = torch.from_numpy(numbers)
        optimizer.zero_grad()
        cost(model(inputs[rows]), labels[rows]).backward()
        optimizer.step()
    return [parameter.detach().numpy() for parameter in model.parameters()]


def weights_of(network: Network) -> Weights:
    """The weights of one network in the order compared here."""
    return (
        network.hidden_weights[0],
        network.hidden_biases[0],
        network.output_weights,
        network.output_biases,
    )


def difference(one: Weights, other: Weights) -> float:
    """The largest difference of any weight or bias."""
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True))
