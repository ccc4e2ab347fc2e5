"""What each output neuron is asked, and how the answers become one class.

A design is data: a code table over {-1, 0, +1}, the network each output belongs to, the
costs it allows, and a reading. A new design is one entry in `DESIGNS`.

Source of the code table: Allwein, Schapire and Singer, JMLR 1 (2000) 113-141.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Cost:
    """A cost function, with the output activation it goes with."""

    label: str
    output_activation: str
    help: str


COSTS: Mapping[str, Cost] = {
    "softmax": Cost(
        "softmax, log-likelihood",
        "softmax",
        "The outputs share one probability of 1; the cost is -log of the right one.",
    ),
    "cross-entropy": Cost(
        "sigmoid, cross-entropy",
        "sigmoid",
        "Each output answers yes or no for itself; the cost is the sum of the cross-entropies.",
    ),
    "quadratic": Cost(
        "sigmoid, quadratic",
        "sigmoid",
        "Each output answers for itself; the cost is half the squared error (the book, chapter 1).",
    ),
}


@dataclass(frozen=True)
class Design:
    """What the outputs are asked and how they are read."""

    label: str
    """Words on the design switch."""
    help: str
    code_table: Callable[[int], Codes]
    """Number of classes -> (outputs, classes): +1 fire, -1 stay silent, 0 never asked."""
    output_networks: Callable[[int], NDArray[np.intp]]
    """Number of classes -> (outputs,): the network each output belongs to."""
    costs: Mapping[str, float]
    """Cost -> the learning rate that suits it; the first is the default."""
    readings: tuple[str, ...]
    """Ids in `READINGS`; the first is the default."""


def _one_hot(classes: int) -> Codes:
    return (2 * np.eye(classes) - 1).astype(np.int8)


def _one_network(classes: int) -> NDArray[np.intp]:
    return np.zeros(classes, np.intp)


DESIGNS: Mapping[str, Design] = {
    "ten-outputs": Design(
        label="10 outputs",
        help="One output for each digit; the strongest one is the answer.",
        code_table=_one_hot,
        output_networks=_one_network,
        costs={"softmax": 0.1, "cross-entropy": 0.1, "quadratic": 1.0},
        readings=("best-match",),
    ),
}


def best_match(outputs: Floats, table: Codes) -> Floats:
    """Score of each class: how well the outputs agree with its column of the table.

    `outputs` (images, outputs) in 0..1, `table` (outputs, classes) -> (images, classes).
    """
    return (2 * outputs - 1) @ table.astype(np.float32)


READINGS: Mapping[str, Callable[[Floats, Codes], Floats]] = {"best-match": best_match}


def answers(outputs: Floats, design: str, classes: int) -> NDArray[np.intp]:
    """The class each image is given: (images, outputs) in 0..1 -> (images,)."""
    chosen = DESIGNS[design]
    scores = READINGS[chosen.readings[0]](outputs, chosen.code_table(classes))
    best: NDArray[np.intp] = scores.argmax(axis=1)
    return best
