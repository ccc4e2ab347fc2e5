"""What fires one hidden neuron: digits, the ink made for it, and pure noise."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats, Indices
from nnviz.networks.network import Network, as_inputs, fired_by, neuron_activity

BLOCK = 1000
"""Images whose pixels are made inputs at once."""


def usual_ink(images: Bytes) -> float:
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


def activity_of(network: Network, member: int, neuron: int, inputs: Floats) -> Floats:
    """(images,): how strongly one neuron fires on inputs (images, inputs) in 0..1."""
    return np.nan_to_num(neuron_activity(network, (member, neuron), inputs))


@dataclass(frozen=True, eq=False)
class Fired:
    """What some digits do to one neuron."""

    activity: Floats
    """(images,)"""
    sums: Floats
    """(images,): weighted sums with the bias, which tell digits apart where activity cannot"""
    class_means: Floats
    """(classes,): mean activity; 0 for a class without a digit"""
    order: Indices
    """(images,): their numbers, those with the largest sums first"""

    @property
    def never(self) -> bool:
        """Whether it is silent whatever the digit, as a ReLU can be."""
        return not self.activity.any()


def summed(network: Network, member: int, neuron: int, images: Bytes) -> Floats:
    """(images,): the weighted sums of one neuron with its bias, pixels (images, inputs) 0..255."""
    weights = network.hidden_weights[member, neuron]
    bias = network.hidden_biases[member, neuron]
    with np.errstate(all="ignore"):
        parts = [
            as_inputs(images[start : start + BLOCK]) @ weights + bias
            for start in range(0, len(images), BLOCK)
        ]
    return np.asarray(np.nan_to_num(np.concatenate(parts)))


def fired(network: Network, sums: Floats, labels: Bytes, classes: int) -> Fired:
    """What digits with these weighted sums (images,) and labels (images,) do to a neuron."""
    activity = fired_by(network, sums)
    counts = np.bincount(labels, minlength=classes)
    totals = np.bincount(labels, weights=activity, minlength=classes)
    means = (totals / np.maximum(1, counts)).astype(np.float32)
    return Fired(activity, sums, means, np.argsort(-sums, kind="stable"))
