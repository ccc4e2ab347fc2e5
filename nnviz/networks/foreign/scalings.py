"""How pixels were scaled before a network saw them, and what undoes it exactly.

The pixels of this program are 0..1, black to white. A network that was trained on others,
gain x pixel + offset, is the same network with other weights in its first layer.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Indices
from nnviz.networks.adopted import TURNED
from nnviz.networks.foreign.layers import Layers
from nnviz.networks.foreign.refusals import ForeignError

SCALINGS = (
    "0..1",
    "0..255",
    "-1..1",
    "0.1307/0.3081",
    "-0.5..0.5",
    "1..0",
)
"""Those that are tried, the most usual first; the fourth are MNIST's mean and deviation."""
NORMAL: Mapping[str, str] = {"fashion-mnist": "0.286/0.353"}
"""What takes their place for images that show something else."""
MOST = 1e6


def usual_scalings(kind: str) -> tuple[str, ...]:
    """Those of images that show something (see `Handed.kind`)."""
    return tuple(NORMAL.get(kind, each) if "/" in each else each for each in SCALINGS)


@dataclass(frozen=True)
class Scaling:
    """Pixels 0..1 -> what a network was trained on."""

    gain: float
    offset: float


def scaling_of(text: str) -> Scaling:
    """What LOW..HIGH (of black and of white) or MEAN/DEVIATION say. Raises ForeignError."""
    low, between, high = text.partition("..")
    mean, divided, deviation = text.partition("/")
    try:
        if between:
            black, white = float(low), float(high)
            found = Scaling(white - black, black)
        elif divided:
            found = Scaling(1 / float(deviation), -float(mean) / float(deviation))
        else:
            raise ValueError
    except (ValueError, ZeroDivisionError, OverflowError):
        found = Scaling(0.0, 0.0)
    sizes = abs(found.gain), abs(found.offset)
    if not found.gain or not all(math.isfinite(size) and size <= MOST for size in sizes):
        raise ForeignError(
            "--scaling says what black and white were, as in 0..255 or -1..1, or mean and "
            "deviation, as in {example}, not {typed}.",
            example=SCALINGS[3],
            typed=repr(text),
        )
    return found


def order_of(order: str, inputs: int) -> Indices:
    """(inputs,): where each pixel of ours, row by row, stands among those of the network."""
    side = math.isqrt(inputs)
    if order != TURNED or side * side != inputs:
        return np.arange(inputs)
    return np.arange(inputs).reshape(side, side).T.reshape(-1).copy()


def rescaled(layers: Layers, scaling: Scaling, order: str) -> Layers:
    """The same network for pixels 0..1, row by row."""
    weights = layers.hidden_weights
    return Layers(
        weights[:, order_of(order, weights.shape[1])] * scaling.gain,
        layers.hidden_biases + scaling.offset * weights.sum(axis=1),
        layers.output_weights,
        layers.output_biases,
        layers.lacks,
        layers.unused,
    )
