"""Which training digits each network learns from in an epoch, and in which order.

The order depends on seed and epoch alone, so that a run can go on from any position, and whatever
learns takes the same digits.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.networks.layouts import Layout
from nnviz.networks.settings import Settings
from nnviz.training.balance import asked_by_network, asked_counts, is_balanced, positive_by_network

Indices = NDArray[np.int64]


def order_of(seed: int, epoch: int, count: int) -> Indices:
    """(count,): a random order of the training digits."""
    return np.random.default_rng([seed, 1, epoch]).permutation(count)


def queues_of(settings: Settings, layout: Layout, labels: Indices, epoch: int) -> list[Indices]:
    """For each network, the training digits it learns from in an epoch, in order."""
    order = order_of(settings.seed, epoch, len(labels))
    ordered = labels[order].astype(np.uint8)  # quicker than 64 bits where it serves as an index
    asked, positive = asked_by_network(layout), positive_by_network(layout)
    class_counts = np.bincount(labels, minlength=layout.classes)
    counts = asked_counts(settings, layout, class_counts)
    queues = []
    for network, count in enumerate(counts.tolist()):
        taken = asked[network][ordered]
        if is_balanced(settings):
            own = positive[network][ordered]
            random = np.random.default_rng([settings.seed, 2, epoch, network])
            others = np.flatnonzero(taken & ~own)
            taken = own.copy()
            taken[random.choice(others, count - int(own.sum()), replace=False)] = True
        queues.append(order[np.flatnonzero(taken)])  # twice as fast as order[taken]
    return queues


def have_own_digits(settings: Settings, layout: Layout) -> bool:
    """Whether networks of their own learn from digits of their own (`queues_of`); else all see
    every digit in one order (`order_of`)."""
    if settings.trunk != "scratch" or len(layout.networks) > layout.network_count:
        return False
    return is_balanced(settings) or (layout.network_count > 1 and not layout.asks_all)


def digits_of_epoch(settings: Settings, layout: Layout, labels: Bytes) -> int:
    """Digits that each network takes in one epoch; the most where they differ."""
    if not have_own_digits(settings, layout):
        return len(labels)
    class_counts = np.bincount(labels, minlength=layout.classes)
    return int(asked_counts(settings, layout, class_counts).max())
