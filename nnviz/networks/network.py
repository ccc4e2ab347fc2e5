"""The weights of one or many three-layer networks side by side, and their outputs; with a
convolutional front they are LeNets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.networks.designs import COSTS
from nnviz.networks.front import Front
from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import SETTINGS, SettingError, Settings

OWN = ("hidden_", "output_")
"""How the names of weights begin that do not belong to the front"""
Numbers = TypeVar("Numbers", Floats, Doubles)
Place = tuple[int, int]
"""Of a hidden neuron: (network, neuron)"""
LARGEST_WEIGHT = 1e16
"""Beyond it a network counts as one that diverged. Sums over two layers of such weights, with the
most hidden neurons (500) and inputs (3,072) that there are, come to 1.5e38 and can still be
subtracted from each other; float32 ends at 3.4e38."""
SELU_ABOVE = 1.0507009873554805
SELU_BELOW = 1.7580993408473766
"""What it was derived to have, for numbers that keep their mean and deviation."""
LARGEST_WITH_FRONT = 1e6
"""The same with a front: sums over its two layers and those two come to 1e35."""


@dataclass(frozen=True, eq=False)
class Network:
    """A read-only copy of all weights and biases.

    Several networks lie side by side; each output reads the hidden layer of one of them.
    """

    hidden_weights: Floats
    """(networks, hidden, inputs); with a front its features in the place of inputs"""
    hidden_biases: Floats
    """(networks, hidden)"""
    output_weights: Floats
    """(outputs, hidden)"""
    output_biases: Floats
    """(outputs,)"""
    output_networks: Indices
    """(outputs,): the network whose hidden layer the output reads"""
    output_groups: Indices
    """(outputs,): the outputs of a group share one probability where they are a softmax"""
    activation: str
    output_activation: str
    front: Front | None = None
    """What lies between an image and the hidden layers, if anything does"""

    def __post_init__(self) -> None:
        for array in self.arrays().values():
            array.flags.writeable = False

    @property
    def networks(self) -> int:
        """How many lie side by side."""
        return int(self.hidden_weights.shape[0])

    @property
    def hidden(self) -> int:
        """Hidden neurons per network."""
        return int(self.hidden_weights.shape[1])

    @property
    def inputs(self) -> int:
        """Numbers of one image."""
        return int(self.hidden_weights.shape[2]) if self.front is None else self.front.inputs

    @property
    def parameters(self) -> int:
        """How many numbers learning can change."""
        return sum(array.size for array in self.weights().values())

    @property
    def multiply_adds(self) -> int:
        """Multiplications of the forward pass of one image, all outputs worked out."""
        return int(self.hidden_multiply_adds(self.networks)) + int(self.output_weights.size)

    def hidden_multiply_adds(self, networks: float) -> float:
        """The same of so many hidden layers, on average, with what lies before them."""
        hidden = float(networks * self.hidden_weights[0].size)
        if self.front is None:
            return hidden
        fronts = networks if self.front.count > 1 else 1
        return float(fronts * self.front.multiply_adds + hidden)

    @property
    def largest_weight(self) -> float:
        """Beyond it sums over all layers no longer fit into float32."""
        return LARGEST_WEIGHT if self.front is None else LARGEST_WITH_FRONT

    def weights(self) -> dict[str, Floats]:
        """Name -> array, in the order of a network file: what learning can change."""
        before = {} if self.front is None else self.front.weights()
        return before | {
            "hidden_weights": self.hidden_weights,
            "hidden_biases": self.hidden_biases,
            "output_weights": self.output_weights,
            "output_biases": self.output_biases,
        }

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The weights, and where the outputs belong."""
        return {
            **self.weights(),
            "output_networks": self.output_networks,
            "output_groups": self.output_groups,
        }

    def finite(self) -> bool:
        """Whether every weight is a number that can be reckoned with (learning has not
        diverged)."""
        return self._finite

    @cached_property
    def _finite(self) -> bool:
        # a comparison with what is no number is false
        most = self.largest_weight
        return all(
            bool(array.max(initial=0) <= most and array.min(initial=0) >= -most)
            for array in self.weights().values()
        )

    def fires_like(self, other: "Network") -> bool:
        """Whether its hidden neurons fire alike on every image, as far as all weights are
        numbers."""
        own, its = (
            {k: v for k, v in each.weights().items() if not k.startswith("output_")}
            for each in (self, other)
        )
        return (
            self.activation == other.activation
            and own.keys() == its.keys()
            and all(np.array_equal(own[name], its[name]) for name in own)
        )

    def with_weights(self, weights: Mapping[str, Floats]) -> "Network":
        """The same network with other numbers, named and shaped as those of `weights`."""
        front = self.front
        if front is not None:
            numbers: dict[str, Any] = {name: weights[name] for name in front.weights()}
            front = replace(front, **numbers)
        own: dict[str, Any] = {n: weights[n] for n in self.weights() if n.startswith(OWN)}
        return replace(self, front=front, **own)


_SHARES = {
    "faint": (0.01, 1.0),
    "scaled": (1.0, 1.0),
    "normal": (1.0, 1.0),
    "tiny": (0.01, 0.01),
    "zero": (1.0, 0.0),
}
"""Initial weights -> how much of the usual random start the hidden layer and the read-out have."""


def initial_network(
    settings: Settings, inputs: int, classes: int, trunk: Network | None = None
) -> Network:
    """The random start of a run: the same settings give the same numbers, bit for bit.

    Weights N(0, 1/fan-in) and biases N(0, 1) (Nielsen, chapter 3), the book's N(0, 1)
    (chapter 1), the first with a hundredth of it in the hidden layer or in both, or the first
    with a read-out of zeros. A non-negative first layer starts at |W| x 0.2 with hidden biases
    of -1. On a frozen trunk the hidden layer is that of `trunk`.

    Raises SettingError if the settings ask for a trunk that is missing or does not fit, and
    CodeError if their code has too few words.
    """
    draw = np.random.default_rng([settings.seed, 0]).standard_normal
    layout = layout_of(settings, classes)
    networks, outputs = layout.network_count, len(layout.networks)
    power = 0.0 if settings.initial == "normal" else -0.5
    hidden_scale, output_scale = inputs**power, settings.hidden**power
    hidden_share, output_share = _SHARES[settings.initial]
    hidden_weights = draw((networks, settings.hidden, inputs)) * (hidden_share * hidden_scale)
    hidden_biases = draw((networks, settings.hidden)) * hidden_share
    output_weights = draw((outputs, settings.hidden)) * (output_share * output_scale)
    output_biases = draw(outputs) * output_share
    if settings.nonnegative:
        hidden_weights = np.abs(hidden_weights) * 0.2
        hidden_biases = np.full_like(hidden_biases, -1.0)
    if settings.trunk == "frozen":
        trunk = _fitting_trunk(settings, inputs, trunk)
        hidden_weights = trunk.hidden_weights.astype(np.float64)
        hidden_biases = trunk.hidden_biases.astype(np.float64)
    return Network(
        hidden_weights.astype(np.float32),
        hidden_biases.astype(np.float32),
        output_weights.astype(np.float32),
        output_biases.astype(np.float32),
        layout.networks.copy(),
        layout.groups.copy(),
        settings.activation,
        COSTS[settings.cost].output_activation,
    )


def _fitting_trunk(settings: Settings, inputs: int, trunk: Network | None) -> Network:
    if trunk is None:
        raise SettingError(
            "There is no trained {design} network to copy the hidden layer from: train one first, "
            "or learn from scratch.",
            design=settings.trunk_from,
        )
    wanted = (1, settings.hidden, inputs, settings.activation)
    found = (trunk.networks, trunk.hidden, trunk.inputs, trunk.activation)
    if wanted != found:
        raise SettingError(
            "The trunk is {networks} network of {hidden} {activation} neurons and {inputs} inputs, "
            "but {wanted} {wanted_activation} neurons and {wanted_inputs} inputs are asked for.",
            networks=trunk.networks,
            hidden=trunk.hidden,
            activation=trunk.activation,
            inputs=trunk.inputs,
            wanted=settings.hidden,
            wanted_activation=settings.activation,
            wanted_inputs=inputs,
        )
    return trunk


def parameter_count(settings: Settings, inputs: int, classes: int) -> int:
    """How many numbers learning can change in a network of these settings.

    Raises CodeError if the code has too few words.
    """
    layout = layout_of(settings, classes)
    per_network = settings.hidden * (inputs + 1)
    return layout.network_count * per_network + len(layout.networks) * (settings.hidden + 1)


def fair_hidden(settings: Settings, inputs: int, classes: int, parameters: int) -> int:
    """The number of hidden neurons that brings the parameters closest to those wanted.

    At most what the settings allow: see `parameter_count` for what is then reached.
    """
    one, two = (
        parameter_count(replace(settings, hidden=hidden), inputs, classes) for hidden in (1, 2)
    )
    hidden = 1 + round((parameters - one) / (two - one))
    return max(int(SETTINGS["hidden"].low), min(hidden, int(SETTINGS["hidden"].high)))


def as_inputs(images: Bytes) -> Floats:
    """Pixels 0..255 -> inputs 0..1, float32, same shape."""
    return images * np.float32(1 / 255)


def hidden_activity(network: Network, inputs: Floats) -> Floats:
    """(images, inputs) in 0..1 -> (images, networks, hidden)."""
    if network.front is not None:
        return _behind_front(network, inputs)
    networks, hidden, pixels = network.hidden_weights.shape
    flat = network.hidden_weights.reshape(networks * hidden, pixels)
    sums = inputs @ flat.T + network.hidden_biases.reshape(-1)
    active: Floats = _ACTIVATIONS[network.activation](sums)
    return active.reshape(-1, networks, hidden)


def activity_of_member(network: Network, member: int, inputs: Floats) -> Floats:
    """(images, inputs) in 0..1 -> (images, hidden): of one of the networks side by side."""
    weights, biases = network.hidden_weights[member].T, network.hidden_biases[member]
    read_by = _read_by(network, member, inputs)
    return np.concatenate([fire(network, read @ weights + biases) for read in read_by])


def _behind_front(network: Network, inputs: Floats) -> Floats:
    """(images, networks, hidden); what all networks share is worked out once."""
    front = network.front
    assert front is not None
    found = np.empty((len(inputs), network.networks, network.hidden), np.float32)
    if front.count > 1:
        for member in range(network.networks):
            found[:, member] = activity_of_member(network, member, inputs)
        return found
    flat, start = network.hidden_weights.reshape(-1, front.features), 0
    for read in front.pooled(0, inputs):
        sums = read @ flat.T + network.hidden_biases.reshape(-1)
        block = found[start : start + len(read)]
        block[:] = fire(network, sums).reshape(block.shape)
        start += len(read)
    return found


def _read_by(network: Network, member: int, inputs: Floats) -> Iterator[Floats]:
    """What the hidden layer of a network reads, of some images after the other."""
    return iter([inputs]) if network.front is None else network.front.pooled(member, inputs)


def neuron_activity(network: Network, place: Place, inputs: Floats, shift: float = 0.0) -> Floats:
    """(images,): how strongly the hidden neuron at (network, neuron) fires on inputs
    (images, inputs) in 0..1, with its bias shifted."""
    member, neuron = place
    weights = network.hidden_weights[member, neuron : neuron + 1].T
    with np.errstate(all="ignore"):
        sums = np.concatenate([read @ weights for read in _read_by(network, member, inputs)])
        sums += network.hidden_biases[member, neuron] + np.float32(shift)
        active: Floats = _ACTIVATIONS[network.activation](sums)[:, 0]
        return active


def fired_by(network: Network, sums: Numbers) -> Numbers:
    """Weighted sums of hidden neurons, any shape -> their activity, as exactly."""
    return squashed(network.activation, sums)


def squashed(activation: str, sums: Numbers) -> Numbers:
    """Weighted sums, any shape -> what one of settings.ALL_ACTIVATIONS makes of them."""
    active: Numbers = _ACTIVATIONS[activation](sums.copy())  # some work in place
    return active


def fire(network: Network, sums: Floats) -> Floats:
    """The same, possibly in place of the sums."""
    active: Floats = _ACTIVATIONS[network.activation](sums)
    return active


def sums_of(network: Network, activity: Floats, outputs: Indices | None = None) -> Floats:
    """Weighted sums: (images, networks, hidden) -> (images, outputs), or those chosen."""
    weights, biases = read_out_of(network, outputs)
    return activity.reshape(len(activity), -1) @ weights.T + biases


def read_out_of(network: Network, outputs: Indices | None = None) -> tuple[Floats, Floats]:
    """-> weights (outputs, networks x hidden) and biases (outputs,), of all outputs or those
    chosen; 0 for what an output does not read."""
    weights, biases = network.output_weights, network.output_biases
    reads = network.output_networks
    if outputs is not None:
        weights, biases, reads = weights[outputs], biases[outputs], reads[outputs]
    if network.networks > 1:
        spread = np.zeros((len(weights), network.networks, network.hidden), np.float32)
        spread[np.arange(len(weights)), reads] = weights
        weights = spread.reshape(len(weights), -1)
    return weights, biases


def activated(network: Network, sums: Floats, outputs: Indices | None = None) -> Floats:
    """Weighted sums (images, outputs) of all outputs, or of whole groups -> 0..1."""
    if network.output_activation == "sigmoid":
        return sigmoid(sums)
    groups = network.output_groups if outputs is None else network.output_groups[outputs]
    if (groups == groups[0]).all():
        return softmax(sums)
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    sorted_sums = sums[:, order]
    highest = np.maximum.reduceat(sorted_sums, starts, axis=1)
    powers = np.exp(sorted_sums - np.repeat(highest, sizes, axis=1))
    totals = np.add.reduceat(powers, starts, axis=1)
    shares: Floats = np.empty_like(powers)
    shares[:, order] = powers / np.repeat(totals, sizes, axis=1)
    return shares


def outputs_of(network: Network, activity: Floats, outputs: Indices | None = None) -> Floats:
    """(images, networks, hidden) -> (images, outputs) in 0..1, or whole groups of them."""
    return activated(network, sums_of(network, activity, outputs), outputs)


def sigmoid(sums: Floats) -> Floats:
    """The logistic function, also of sums whose power would overflow."""
    # exp of a large positive number overflows; of a large negative one it is just 0
    small = np.exp(-np.abs(sums))
    return np.asarray(np.where(sums >= 0, np.float32(1), small) / (1 + small), np.float32)


def softmax(sums: Floats) -> Floats:
    """(images, outputs): positive, each row adding up to 1."""
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]


def _quick_sigmoid(sums: Floats) -> Floats:
    # tanh is vectorised; off by less than 1e-7, which no product of activities can show
    sums *= np.float32(0.5)
    np.tanh(sums, out=sums)
    sums += 1
    sums *= np.float32(0.5)
    return sums


def _tanh(sums: Floats) -> Floats:
    return np.tanh(sums)


def _relu(sums: Floats) -> Floats:
    return np.maximum(sums, 0)


def _gelu(sums: Floats) -> Floats:
    from scipy.special import ndtr  # no network of ours needs it

    return np.asarray(sums * ndtr(sums))


def _softplus(sums: Floats) -> Floats:
    return np.asarray(np.maximum(sums, 0) + np.log1p(np.exp(-np.abs(sums))))


def _elu(sums: Floats) -> Floats:
    return np.asarray(np.where(sums > 0, sums, np.expm1(np.minimum(sums, 0))))


def _selu(sums: Floats) -> Floats:
    below = sums.dtype.type(SELU_BELOW) * np.expm1(np.minimum(sums, 0))
    return np.asarray(np.where(sums > 0, sums.dtype.type(SELU_ABOVE) * sums, below))


_ACTIVATIONS: Mapping[str, Callable[[Any], Any]] = {
    "sigmoid": _quick_sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "leaky-relu": lambda sums: np.where(sums > 0, sums, sums.dtype.type(0.01) * sums),
    "elu": _elu,
    "selu": _selu,
    "gelu": _gelu,
    "silu": lambda sums: sums * _quick_sigmoid(sums.copy()),
    "softplus": _softplus,
    "hard-sigmoid": lambda sums: np.clip(sums / 6 + sums.dtype.type(0.5), 0, 1),
}
LOWEST: Mapping[str, float] = {
    "sigmoid": 0.0,
    "tanh": -1.0,
    "relu": 0.0,
    "elu": -1.0,
    "selu": -SELU_BELOW,
    "softplus": 0.0,
    "hard-sigmoid": 0.0,
}
"""What hidden neurons come to whose sums are far below 0, if that is an end."""
HIGHEST: Mapping[str, float] = {"sigmoid": 1.0, "tanh": 1.0, "hard-sigmoid": 1.0}
"""The same far above 0."""
