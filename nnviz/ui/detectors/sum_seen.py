"""The weighted sum of one neuron or output for the digit on screen, in numbers."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats
from nnviz.data.digits import Shape
from nnviz.networks.network import Network, as_inputs
from nnviz.verdicts.verdict import Verdict


@dataclass(frozen=True, eq=False)
class Summed:
    """What is multiplied, what is added, and what comes of it."""

    inputs: Floats
    """(inputs,): pixels 0..1, or activities of hidden neurons"""
    weights: Floats
    """(inputs,)"""
    bias: float
    value: float
    """The activity, or the output: as the verdict has it."""
    activation: str
    """sigmoid, tanh, relu or softmax"""
    together: int = 1
    """Outputs that share one probability."""

    @property
    def products(self) -> Floats:
        """(inputs,): each input times its weight"""
        return np.asarray(self.inputs * self.weights)

    @property
    def sum(self) -> float:
        """Of all products and the bias."""
        return float(self.products.sum(dtype=np.float64)) + self.bias

    def added(self, share: float = 1.0) -> tuple[float, float]:
        """What the first inputs, so large a share of all, add for and against."""
        some = self.products[: round(share * len(self.inputs))].astype(np.float64)
        return float(some[some > 0].sum()), float(some[some < 0].sum())


def of_neuron(verdict: Verdict, pixels: Bytes, member: int, neuron: int) -> Summed:
    """Of a hidden neuron that reads the pixels (inputs,) 0..255."""
    network = verdict.evidence.network
    return Summed(
        as_inputs(pixels),
        np.nan_to_num(network.hidden_weights[member, neuron]),
        float(network.hidden_biases[member, neuron]),
        float(verdict.activity[member, neuron]),
        network.activation,
    )


def of_output(verdict: Verdict, output: int) -> Summed:
    """Of an output, with the operations in force."""
    network: Network = verdict.evidence.network
    member = int(network.output_networks[output])
    group = network.output_groups == network.output_groups[output]
    return Summed(
        verdict.evidence.activity_of([member])[0, member],
        np.nan_to_num(network.output_weights[output]),
        float(network.output_biases[output]),
        float(verdict.outputs[output]),
        network.output_activation,
        int(group.sum()),
    )


@dataclass(frozen=True, eq=False)
class SumView:
    """What the picture shows."""

    subject: tuple[object, ...]
    """Whose sum it is and for which digit: another one is not a step of the last."""
    summed: Summed
    shown: int
    """How many of the five steps."""
    shape: Shape | None
    """Of the images; None where inputs are hidden neurons."""
    pixels: Bytes
    """(inputs,): the digit"""
    inked: Bools
    limit: float
    """End of the colour scale of the weights."""
    titles: tuple[str, ...]
    note: str
    """How many of the inputs have a bar, where not all have."""
    squash: str
    """The name of the function."""
    value: str
    """In words, or "?" while the answer is hidden"""
    sentence: str
