"""Measures how far the weights are from those of a slow, exact calculation."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from tests.speed.learners.autograd import module
from tests.speed.learners.in_numpy import InNumpy
from tests.speed.learners.nielsen import OfNielsen
from tests.speed.learners.order import rows_of_steps
from tests.speed.learners.ours import Ours
from tests.speed.row import Row

STEPS = 100
MOST = 5e-6

Weights = Sequence[NDArray[np.floating]]
"""Hidden weights and biases, output weights and biases."""


def measure(_rounds: int) -> list[Row]:
    digits, settings = bundled_digits(), Settings(hidden=30, batch=10)
    network = initial_network(settings, digits.inputs, digits.classes)
    task = (digits, settings, network)
    wanted = _after(STEPS, *task)
    ours, padded, nielsen = Ours(*task), InNumpy(*task, lanes=16), OfNielsen(*task)
    for learner in (ours, padded, nielsen):
        learner.learn(STEPS)
    others = {"numpy": padded, "Nielsen": nielsen}
    drift = [f"{k} {_difference(v.network(), wanted):.1g}" for k, v in others.items()]
    return [
        Row(
            "exact",
            f"largest difference of a weight after {STEPS} steps, 784-30-10",
            "autograd in float64, same digits",
            "",
            [_difference(_weights_of(ours.network()), wanted)],
            MOST,
            note=", ".join(drift),
        )
    ]


def _after(steps: int, digits: DigitSet, settings: Settings, network: Network) -> Weights:
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


def _weights_of(network: Network) -> Weights:
    """The weights of one network in the order compared here."""
    return (
        network.hidden_weights[0],
        network.hidden_biases[0],
        network.output_weights,
        network.output_biases,
    )


def _difference(one: Weights, other: Weights) -> float:
    """The largest difference of any weight or bias."""
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True))
