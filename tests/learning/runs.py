"""What many tests do with a run: begin it, learn so many steps, compare weights bit for bit."""

import dataclasses
from typing import Any

import torch
from torch import nn

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.trainer import Trainer


def part_of_set(digits: DigitSet, train: int, test: int) -> DigitSet:
    """The first digits of either part."""
    return dataclasses.replace(
        digits.first(train),
        test_images=digits.test_images[:test],
        test_labels=digits.test_labels[:test],
    )


def new_network(settings: Settings, digits: DigitSet) -> Network:
    return initial_network(settings, digits.inputs, digits.classes)


def new_trainer(settings: Settings, digits: DigitSet, **more: Any) -> Trainer:
    return Trainer(settings, digits, new_network(settings, digits), **more)


def taken_up(trainer: Trainer, settings: Settings | None = None, **more: Any) -> Trainer:
    """A new trainer that goes on where another stands."""
    return Trainer(
        settings or trainer.settings,
        trainer.digits,
        trainer.network(),
        trainer.position,
        trainer.points,
        **more,
    )


def learn(trainer: Trainer, steps: int) -> Trainer:
    """Learns until so many steps in all are done, and measures the point due there."""
    while trainer.position.steps < steps or trainer.point_due:
        trainer.advance(steps)
    return trainer


def bits(network: Network) -> dict[str, bytes]:
    """Name -> the bytes of the weights; -0 and 0 differ."""
    return {name: array.tobytes() for name, array in network.arrays().items()}


def where(trainer: Trainer) -> tuple[int, int, int, int]:
    """The position without the seconds."""
    position = trainer.position
    return position.epoch, position.offset, position.examples, position.steps


class Clock:
    """A clock that a test turns."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now = 0.0
        self.tick = tick
        """Seconds that pass with each look."""

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


def as_modules(network: Network) -> nn.Sequential:
    """A network up to its weighted sums, out of torch's modules."""
    between = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU}[network.activation]()
    outputs = nn.Linear(network.hidden, len(network.output_biases))
    model = nn.Sequential(nn.Linear(network.inputs, network.hidden), between, outputs)
    for parameter, array in zip(model.parameters(), network.arrays().values(), strict=False):
        parameter.data = torch.tensor(array).reshape(parameter.shape)
    return model
