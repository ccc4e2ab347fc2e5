"""What a network says of one image, and why."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.designs import answers
from nnviz.learning.network import Floats, Network, as_inputs, hidden_activity, outputs_of


@dataclass(frozen=True, eq=False)
class Verdict:
    """The answer to one image and the numbers that led to it."""

    answer: int
    """The class, 0..classes-1."""
    confidence: float
    """The answer's output, 0..1."""
    activity: Floats
    """(networks, hidden): how strongly each hidden neuron fires"""
    outputs: Floats
    """(outputs,) in 0..1"""
    contributions: Floats
    """(outputs, hidden): weight x activity, what each hidden neuron adds to each output"""

    def strongest(self, output: int, count: int) -> NDArray[np.intp]:
        """The neurons that push the output most, up or down; strongest first."""
        sizes = np.abs(self.contributions[output])
        return np.argsort(-sizes, kind="stable")[:count]


def look(network: Network, design: str, classes: int, image: NDArray[np.uint8]) -> Verdict:
    """The verdict on one image, pixels (inputs,) 0..255."""
    activity = hidden_activity(network, as_inputs(image[None]))
    outputs = outputs_of(network, activity)
    answer = int(answers(outputs, design, classes)[0])
    read = activity[0][network.output_networks]  # (outputs, hidden)
    return Verdict(
        answer=answer,
        confidence=float(outputs[0, answer]),
        activity=activity[0],
        outputs=outputs[0],
        contributions=network.output_weights * read,
    )
