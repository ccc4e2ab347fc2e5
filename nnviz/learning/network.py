"""The weights of one or many three-layer networks side by side, and their outputs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.designs import COSTS, DESIGNS
from nnviz.learning.settings import Settings

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Network:
    """A read-only copy of all weights and biases.

    Several networks lie side by side; each output reads the hidden layer of one of them.
    """

    hidden_weights: Floats
    """(networks, hidden, inputs)"""
    hidden_biases: Floats
    """(networks, hidden)"""
    output_weights: Floats
    """(outputs, hidden)"""
    output_biases: Floats
    """(outputs,)"""
    output_networks: NDArray[np.intp]
    """(outputs,): the network whose hidden layer the output reads"""
    activation: str
    output_activation: str

    def __post_init__(self) -> None:
        for array in self.arrays().values():
            array.flags.writeable = False

    @property
    def hidden(self) -> int:
        """Hidden neurons per network."""
        return int(self.hidden_weights.shape[1])

    @property
    def inputs(self) -> int:
        return int(self.hidden_weights.shape[2])

    @property
    def parameters(self) -> int:
        """How many numbers learning can change."""
        weights = self.arrays()
        del weights["output_networks"]
        return sum(array.size for array in weights.values())

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Name -> array, in the order of a network file."""
        return {
            "hidden_weights": self.hidden_weights,
            "hidden_biases": self.hidden_biases,
            "output_weights": self.output_weights,
            "output_biases": self.output_biases,
            "output_networks": self.output_networks,
        }

    def finite(self) -> bool:
        """Whether every weight is a number (learning has not diverged)."""
        return all(bool(np.isfinite(array).all()) for array in self.arrays().values())


def initial_network(settings: Settings, inputs: int, classes: int) -> Network:
    """The random start of a run: the same settings give the same numbers, bit for bit.

    Weights N(0, 1/fan-in) and biases N(0, 1) (Nielsen, chapter 3), the book's N(0, 1)
    (chapter 1), or a hundredth of the first. A non-negative first layer starts at
    |W| x 0.2 with hidden biases of -1.
    """
    draw = np.random.default_rng([settings.seed, 0]).standard_normal
    design = DESIGNS[settings.design]
    output_networks = design.output_networks(classes)
    networks, outputs = int(output_networks.max()) + 1, len(output_networks)
    hidden_scale, output_scale, bias_scale = {
        "scaled": (inputs**-0.5, settings.hidden**-0.5, 1.0),
        "normal": (1.0, 1.0, 1.0),
        "tiny": (0.01 * inputs**-0.5, 0.01 * settings.hidden**-0.5, 0.01),
    }[settings.initial]
    hidden_weights = draw((networks, settings.hidden, inputs)) * hidden_scale
    hidden_biases = draw((networks, settings.hidden)) * bias_scale
    output_weights = draw((outputs, settings.hidden)) * output_scale
    output_biases = draw(outputs) * bias_scale
    if settings.nonnegative:
        hidden_weights = np.abs(hidden_weights) * 0.2
        hidden_biases = np.full_like(hidden_biases, -1.0)
    return Network(
        hidden_weights.astype(np.float32),
        hidden_biases.astype(np.float32),
        output_weights.astype(np.float32),
        output_biases.astype(np.float32),
        output_networks,
        settings.activation,
        COSTS[settings.cost].output_activation,
    )


def as_inputs(images: NDArray[np.uint8]) -> Floats:
    """Pixels 0..255 -> inputs 0..1, float32, same shape."""
    return images * np.float32(1 / 255)


def hidden_activity(network: Network, inputs: Floats) -> Floats:
    """(images, inputs) in 0..1 -> (images, networks, hidden)."""
    networks, hidden, pixels = network.hidden_weights.shape
    flat = network.hidden_weights.reshape(networks * hidden, pixels)
    sums = inputs @ flat.T + network.hidden_biases.reshape(-1)
    return _ACTIVATIONS[network.activation](sums).reshape(-1, networks, hidden)


def outputs_of(network: Network, activity: Floats) -> Floats:
    """(images, networks, hidden) -> (images, outputs) in 0..1."""
    if network.hidden_weights.shape[0] == 1:
        sums = activity[:, 0] @ network.output_weights.T
    else:
        read = activity[:, network.output_networks]  # (images, outputs, hidden)
        sums = np.einsum("ioh,oh->io", read, network.output_weights)
    sums = sums + network.output_biases
    return _softmax(sums) if network.output_activation == "softmax" else _sigmoid(sums)


def outputs_for_images(network: Network, images: NDArray[np.uint8], block: int = 1000) -> Floats:
    """Pixels (images, inputs) 0..255 -> (images, outputs) in 0..1, a block at a time."""
    blocks = [
        outputs_of(network, hidden_activity(network, as_inputs(images[start : start + block])))
        for start in range(0, len(images), block)
    ]
    return np.concatenate(blocks)


def _sigmoid(sums: Floats) -> Floats:
    # exp of a large positive number overflows; of a large negative one it is just 0
    small = np.exp(-np.abs(sums))
    return np.where(sums >= 0, 1 / (1 + small), small / (1 + small)).astype(np.float32)


def _softmax(sums: Floats) -> Floats:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]


def _tanh(sums: Floats) -> Floats:
    return np.tanh(sums)


def _relu(sums: Floats) -> Floats:
    return np.maximum(sums, 0)


_ACTIVATIONS = {"sigmoid": _sigmoid, "tanh": _tanh, "relu": _relu}
