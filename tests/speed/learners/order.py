"""The order in which a run learns from its digits, drawn as the program draws it."""

from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.settings import Settings


def rows_of_epochs(settings: Settings, digits: int) -> Iterator[NDArray[np.int64]]:
    """Without end: the numbers of all training digits, shuffled, epoch by epoch."""
    for epoch in count():
        yield np.random.default_rng([settings.seed, 1, epoch]).permutation(digits)


def rows_of_steps(settings: Settings, digits: int) -> Iterator[NDArray[np.int64]]:
    """Without end: the numbers of the training digits of each step."""
    for order in rows_of_epochs(settings, digits):
        for start in range(0, digits, settings.batch):
            yield order[start : start + settings.batch]
