"""Images made for one hidden neuron: the ink that fires it most, and pure noise."""

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.network import Floats

Bools = NDArray[np.bool_]


def usual_ink(images: NDArray[np.uint8]) -> float:
    """The mean sum of inputs of some images, pixels (images, inputs) 0..255."""
    return float(images.mean() / 255 * images.shape[1]) if images.size else 0.0


def firing_most(weights: Floats, inked: Bools, ink: float) -> Floats:
    """(inputs,) in 0..1: of all images with at most so much ink, the one with the largest sum.

    Full ink on the largest positive weights (inputs,) until the ink is spent, the last pixel
    in part; pixels that never carry ink stay blank. With every pixel between 0 and 1 and the sum
    of all bounded this is the exact maximum of a linear function (fractional knapsack).
    """
    found = np.zeros(len(weights), np.float32)
    order = np.argsort(-np.where(inked, np.nan_to_num(weights), 0), kind="stable")
    order = order[np.nan_to_num(weights)[order] > 0]
    order = order[inked[order]]
    whole = int(min(ink, len(order)))
    found[order[:whole]] = 1
    if whole < len(order):
        found[order[whole]] = ink - whole
    return found


def as_noise(image: Floats, inked: Bools, seed: int = 0) -> Floats:
    """The same ink, scattered at random over the pixels that can carry some."""
    found = np.zeros_like(image)
    places = np.flatnonzero(inked)
    found[places] = np.random.default_rng(seed).permutation(image[places])
    return found
