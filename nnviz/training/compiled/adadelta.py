"""Adadelta in one pass through memory: weights, gradients and what it keeps of both."""

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.training.compiled.building import kernel

ONE = np.float32(1)


@kernel
def adadelta(
    weights: Floats,
    gradients: Floats,
    gathered: Floats,
    walked: Floats,
    rate: np.float32,
    rho: np.float32,
    epsilon: np.float32,
) -> None:
    """One step of all weights (any,), in place; the others are of the same shape.

    `gathered` is the mean of the squared gradients of late, `walked` that of the squared steps.
    """
    for place in range(len(weights)):
        gradient = gradients[place]
        seen = rho * gathered[place] + (ONE - rho) * gradient * gradient
        step = np.sqrt((walked[place] + epsilon) / (seen + epsilon)) * gradient
        gathered[place] = seen
        walked[place] = rho * walked[place] + (ONE - rho) * step * step
        weights[place] -= rate * step
