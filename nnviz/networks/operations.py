"""Operating on hidden neurons: what is changed, and the network that comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nnviz.data.arrays import Doubles, Floats
from nnviz.errors import Refusal
from nnviz.networks.network import Network, Place
from nnviz.words import plain

MOST_SCALE = 10.0
MOST_SHIFT = 20.0


class OperationError(Refusal):
    """An operation has an impossible value; the message is for the user."""


@dataclass(frozen=True)
class Operation:
    """What is done to one neuron. Raises OperationError for an impossible value.

    The outputs hear scale x activity; instead of the activity its mean where it is held, and
    nothing where it is off.
    """

    off: bool = False
    scale: float = 1.0
    shift: float = 0.0
    """Added to the bias."""
    held: bool = False

    def __post_init__(self) -> None:
        if not abs(self.scale) <= MOST_SCALE:
            raise OperationError(
                "A neuron can be scaled by {least} to {most}, not {scale}.",
                least=plain(-MOST_SCALE),
                most=plain(MOST_SCALE),
                scale=plain(self.scale),
            )
        if not abs(self.shift) <= MOST_SHIFT:
            raise OperationError(
                "A bias can be shifted by {least} to {most}, not {shift}.",
                least=plain(-MOST_SHIFT),
                most=plain(MOST_SHIFT),
                shift=plain(self.shift),
            )

    @property
    def moves_activity(self) -> bool:
        """Whether the activity itself must be worked out anew."""
        return bool(self.shift) and not (self.off or self.held or self.scale == 0)

    def heard(self, activity: Floats, mean: float) -> Floats:
        """What the outputs hear of activities (images,), those of the shifted bias."""
        if self.off:
            return np.zeros_like(activity)
        scale = np.float32(self.scale)
        return np.full_like(activity, mean) * scale if self.held else activity * scale


UNCHANGED = Operation()
HELD = Operation(held=True)


@dataclass(frozen=True)
class Operations:
    """What is done to the neurons of a network; those not named stay as they are."""

    changed: tuple[tuple[Place, Operation], ...] = ()
    """By place; each one different from UNCHANGED"""

    def __bool__(self) -> bool:
        return bool(self.changed)

    def __iter__(self) -> Iterator[tuple[Place, Operation]]:
        return iter(self.changed)

    def at(self, network: int, neuron: int) -> Operation:
        """What is done to one neuron."""
        return dict(self.changed).get((network, neuron), UNCHANGED)

    def change(self, network: int, neuron: int, **values: Any) -> "Operations":
        """The same with other values (fields of Operation) for one neuron."""
        return self.put(network, neuron, replace(self.at(network, neuron), **values))

    def put(self, network: int, neuron: int, operation: Operation) -> "Operations":
        """The same with another operation on one neuron; UNCHANGED takes it out."""
        places = {**dict(self.changed), (network, neuron): operation}
        return Operations(
            tuple(sorted((place, each) for place, each in places.items() if each != UNCHANGED))
        )


NO_OPERATIONS = Operations()


def operated(network: Network, operations: Operations, means: Doubles) -> Network:
    """A copy of the network with everything done; `means` (networks, hidden): mean activities.

    Weight images and activities stay what they are but for shifted biases: what is off, scaled
    or held changes in what the outputs hear of it. Neurons that the network lacks are passed
    over.
    """
    if not operations:
        return network
    hidden_biases = network.hidden_biases.copy()
    output_weights = network.output_weights.copy()
    output_biases = network.output_biases.copy()
    for (number, neuron), operation in operations:
        if number >= network.networks or neuron >= network.hidden:
            continue
        readers = network.output_networks == number
        if operation.held and not operation.off:
            level = np.float32(operation.scale * means[number, neuron])
            output_biases[readers] += output_weights[readers, neuron] * level
        silent = operation.off or operation.held
        if silent:
            output_weights[readers, neuron] = 0
        else:
            output_weights[readers, neuron] *= np.float32(operation.scale)
        hidden_biases[number, neuron] += np.float32(operation.shift)
    return replace(
        network,
        hidden_biases=hidden_biases,
        output_weights=output_weights,
        output_biases=output_biases,
    )
