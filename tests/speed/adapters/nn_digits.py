"""neural-network-digits of PyPI, in an environment of its own; no revision of the program."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from nn_digits.neural_net.data import normalize, one_hot
from nn_digits.neural_net.network import NeuralNetwork


def train_step(settings: Mapping[str, Any], digits: str) -> "TrainStep":
    return TrainStep(settings, digits)


class TrainStep:
    """Its own step as its own loop calls it, without momentum, decay and altered digits.

    `digits` is an .npz file with images (images, 784), 0..255, and labels.
    """

    def __init__(self, settings: Mapping[str, Any], digits: str) -> None:
        with np.load(digits) as file:
            self._inputs = normalize(file["images"])
            self._targets = one_hot(file["labels"])
        layers = (self._inputs.shape[1], settings["hidden"], self._targets.shape[1])
        self._network = NeuralNetwork(layers, activation="sigmoid")
        self._batch, self._rate = settings["batch"], settings["rate"]
        self._random = np.random.default_rng(0)

    def learn(self, steps: int) -> None:
        """So many more steps, an epoch's order at a time."""
        while steps:
            order = self._random.permutation(len(self._inputs))
            for start in range(0, len(order) - self._batch + 1, self._batch):
                rows = order[start : start + self._batch]
                self._network.train_step(
                    self._inputs[rows], self._targets[rows], self._rate, momentum=0.0, l2=0.0
                )
                steps -= 1
                if not steps:
                    return
