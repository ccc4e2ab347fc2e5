"""The cost of a network on labelled digits."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network, sigmoid, sums_of

MOST_COSTED = 2_000_000
"""Outputs worked out for a cost at most; of wider layouts only so many digits count."""


def costs_of(
    network: Network, layout: Layout, cost: str, activity: Floats, labels: Bytes
) -> Floats:
    """(images, networks, hidden), (images,) -> (images,), without the weight decay term.

    The sum over the outputs that the digit teaches something; with softmax the mean over the
    groups that do. Where there are very many outputs the first images stand for all.
    """
    count = max(1, min(len(labels), MOST_COSTED // len(network.output_biases)))
    sums = sums_of(network, activity[:count])
    wanted = layout.taught[labels[:count]]  # (images, outputs)
    if cost == "softmax":
        return _softmax_costs(sums, wanted, network.output_groups)
    fire, asked = wanted > 0, wanted != 0
    if cost == "cross-entropy":
        # log(1 + exp(z)) - y z, without overflow
        each = (np.logaddexp(0, sums) - sums * fire).astype(np.float64)
    else:
        each = (sigmoid(sums).astype(np.float64) - fire) ** 2 / 2
    return np.asarray((each * asked).sum(axis=1, dtype=np.float32))


def _softmax_costs(sums: Floats, wanted: NDArray[np.int8], groups: Indices) -> Floats:
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sums, wanted = sums[:, order], wanted[:, order]
    highest = np.maximum.reduceat(sums, starts, axis=1)
    sizes = np.diff(starts, append=len(order))
    powers = np.exp(sums - np.repeat(highest, sizes, axis=1))
    log_total = highest + np.log(np.add.reduceat(powers, starts, axis=1))
    asked = np.add.reduceat(wanted > 0, starts, axis=1)
    right = np.add.reduceat(np.where(wanted > 0, sums, 0), starts, axis=1)
    each = np.where(asked, log_total - right, 0)
    return np.asarray(each.sum(axis=1) / asked.sum(axis=1), np.float32)
