"""What each output looks for: its weights seen through the hidden layer, as an image.

An output's weighted sum is w2 a(W1 x + b1) + b2. With the activation replaced by a straight
line of slope s_k for hidden neuron k it is linear in the pixels, and pixel j counts
sum_k w2_k s_k W1_kj: the template of the output. It is exact where the activation is linear.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.networks.network import Network, as_inputs, hidden_activity
from nnviz.words import tr

NEAR = 1 / 64
"""How far sums are moved for a slope that the activity alone does not tell."""
MEAN_OF = 200
"""Digits that the mean slope is taken over: the first so many."""


@dataclass(frozen=True)
class Linearisation:
    """Which straight line stands for the hidden activation."""

    label: str
    help: str
    slopes: Callable[[Network, Bytes, Bytes], Floats]
    """(network, the digit on screen (inputs,), test digits (images, inputs)) ->
    (networks, hidden)"""


def slopes_at(network: Network, activity: Floats) -> Floats:
    """The derivative of the hidden activation of a network that learns here, from activities of
    any shape."""
    return _SLOPES[network.activation](activity)


def slopes_on(network: Network, images: Bytes) -> Floats:
    """(images, networks, hidden): the same of whatever network, on images (images, inputs)."""
    inputs = as_inputs(images)
    if network.activation in _SLOPES:
        return slopes_at(network, hidden_activity(network, inputs))
    below, above = (
        hidden_activity(replace(network, hidden_biases=network.hidden_biases + shift), inputs)
        for shift in (np.float32(-NEAR), np.float32(NEAR))
    )
    return np.asarray((above - below) / np.float32(2 * NEAR))


def templates(network: Network, slopes: Floats, outputs: Indices) -> Floats:
    """(outputs, inputs) of those chosen; slopes (networks, hidden)."""
    reads = network.output_networks[outputs]
    through = network.output_weights[outputs] * slopes[reads]
    found = np.empty((len(outputs), network.inputs), np.float32)
    for member in np.unique(reads).tolist():
        own = reads == member
        found[own] = through[own] @ network.hidden_weights[member]
    return found


def _constant(network: Network, *_: Bytes) -> Floats:
    return np.ones((network.networks, network.hidden), np.float32)


def _mean(network: Network, _digit: Bytes, digits: Bytes) -> Floats:
    return np.asarray(slopes_on(network, digits[:MEAN_OF]).mean(axis=0, dtype=np.float32))


def _here(network: Network, digit: Bytes, _digits: Bytes) -> Floats:
    return np.asarray(slopes_on(network, digit[None])[0])


LINEARISATIONS: Mapping[str, Linearisation] = {
    "constant": Linearisation(
        tr("Same slope"),
        tr("Every hidden neuron counts alike: its activation is taken as a line of slope 1."),
        _constant,
    ),
    "mean": Linearisation(
        tr("Mean slope"),
        tr(
            "Each hidden neuron has its mean slope over the first 200 test digits: what "
            "brightening a pixel does on average."
        ),
        _mean,
    ),
    "digit": Linearisation(
        tr("At this digit"),
        tr(
            "Each hidden neuron has its slope at the digit on screen: what brightening a pixel a "
            "little does now."
        ),
        _here,
    ),
}


_SLOPES: Mapping[str, Callable[[Floats], Floats]] = {
    "sigmoid": lambda activity: activity * (1 - activity),
    "tanh": lambda activity: 1 - activity * activity,
    "relu": lambda activity: (activity > 0).astype(np.float32),
}
