"""The algorithm of Nielsen's network.py (neuralnetworksanddeeplearning.com), in Python 3.

Each digit of a batch goes through the network alone, in float64; the gradients are added up
layer by layer. The outputs are a softmax (his chapter 3), as in every learner here.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network, as_inputs
from nnviz.networks.settings import Settings
from tests.speed.learners.order import rows_of_steps

Column = NDArray[np.float64]


class OfNielsen:
    """Weights and biases as one array per layer, digits and targets as columns."""

    def __init__(self, digits: DigitSet, settings: Settings, network: Network) -> None:
        inputs = as_inputs(digits.train_images).astype(np.float64)
        self._inputs = list(inputs[:, :, None])
        self._targets = list(np.eye(digits.classes)[digits.train_labels][:, :, None])
        self._rate = settings.rate
        self._steps = rows_of_steps(settings, len(inputs))
        self._weights = [
            network.hidden_weights[0].astype(np.float64),
            network.output_weights.astype(np.float64),
        ]
        self._biases = [
            network.hidden_biases[0][:, None].astype(np.float64),
            network.output_biases[:, None].astype(np.float64),
        ]

    def learn(self, steps: int) -> None:
        for _ in range(steps):
            rows = next(self._steps)
            self._update([(self._inputs[row], self._targets[row]) for row in rows])

    def _update(self, batch: list[tuple[Column, Column]]) -> None:
        weight_sums = [np.zeros(weights.shape) for weights in self._weights]
        bias_sums = [np.zeros(biases.shape) for biases in self._biases]
        for inputs, targets in batch:
            weight_slopes, bias_slopes = self._backpropagate(inputs, targets)
            weight_sums = [a + b for a, b in zip(weight_sums, weight_slopes, strict=True)]
            bias_sums = [a + b for a, b in zip(bias_sums, bias_slopes, strict=True)]
        follow = self._rate / len(batch)
        self._weights = [a - follow * b for a, b in zip(self._weights, weight_sums, strict=True)]
        self._biases = [a - follow * b for a, b in zip(self._biases, bias_sums, strict=True)]

    def _backpropagate(
        self, inputs: Column, targets: Column
    ) -> tuple[tuple[Column, Column], tuple[Column, Column]]:
        hidden_sums = np.dot(self._weights[0], inputs) + self._biases[0]
        activity = _sigmoid(hidden_sums)
        output_sums = np.dot(self._weights[1], activity) + self._biases[1]
        errors = _softmax(output_sums) - targets
        slope = _sigmoid(hidden_sums) * (1 - _sigmoid(hidden_sums))
        hidden_errors = np.dot(self._weights[1].transpose(), errors) * slope
        return (
            (np.dot(hidden_errors, inputs.transpose()), np.dot(errors, activity.transpose())),
            (hidden_errors, errors),
        )

    def network(self) -> tuple[Column, Column, Column, Column]:
        """Weights and biases of both layers."""
        return (self._weights[0], self._biases[0][:, 0], self._weights[1], self._biases[1][:, 0])


def _sigmoid(sums: Column) -> Column:
    return 1.0 / (1.0 + np.exp(-sums))


def _softmax(sums: Column) -> Column:
    powers = np.exp(sums - sums.max())
    return powers / powers.sum()
