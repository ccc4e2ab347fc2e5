"""For which classes a hidden neuron fires.

Selectivity is a bad measure of importance: Morcos et al., ICLR 2018.
"""

import numpy as np

from nnviz.arrays import Doubles, Indices

ON = 0.5


def firing(means: Doubles, activation: str) -> Doubles:
    """Mean activities as 0 for silent and more for firing: tanh is moved from -1..1 to 0..1."""
    return (means + 1) / 2 if activation == "tanh" else means


def selectivity(class_means: Doubles) -> Doubles:
    """(..., classes), not negative -> (...): (largest - mean of the rest) / their sum.

    0 fires for all classes alike, 1 for one class only; 0 also for a neuron that never fires.
    """
    largest = class_means.max(axis=-1)
    rest = (class_means.sum(axis=-1) - largest) / max(1, class_means.shape[-1] - 1)
    both = largest + rest
    found: Doubles = np.divide(largest - rest, both, out=np.zeros_like(both), where=both > 0)
    return found


def classes_on(class_means: Doubles) -> Indices:
    """(..., classes) -> (...): for how many classes it fires by more than ON."""
    found: Indices = np.count_nonzero(class_means > ON, axis=-1)
    return found
