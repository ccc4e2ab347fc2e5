"""How many training digits each network learns from, and how many of them it should fire for."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Doubles
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.networks.settings import Settings

Counts = NDArray[np.integer]


def is_balanced(settings: Settings) -> bool:
    """Whether negatives are left out."""
    return "balance" in DESIGNS[settings.design].uses and settings.balance != "all"


def asked_by_network(layout: Layout) -> Bools:
    """(networks, classes): whether digits of the class teach the network anything"""
    return _by_network(layout, layout.asked)


def positive_by_network(layout: Layout) -> Bools:
    """(networks, classes): whether an output of the network should fire for the class"""
    return _by_network(layout, layout.table > 0)


def asked_counts(settings: Settings, layout: Layout, class_counts: Counts) -> Counts:
    """(networks,): how many training digits each network learns from in one epoch.

    class_counts (classes,): how many there are of each class.
    """
    asked = asked_by_network(layout) @ class_counts
    if not is_balanced(settings):
        return asked
    positive = positive_by_network(layout) @ class_counts
    negative = {"equal": np.minimum(positive, asked - positive), "none": 0 * positive}
    return np.asarray(positive + negative[settings.balance])


def negatives_per_positive(settings: Settings, layout: Layout, class_counts: Counts) -> Doubles:
    """(outputs,): how many digits it should stay silent for come to one that it should fire
    for; not a number where there is none of the latter."""
    positive = (layout.table > 0) @ class_counts
    # on a shared hidden layer every output learns from every digit
    if is_balanced(settings) and settings.trunk == "scratch":
        negative = asked_counts(settings, layout, class_counts)[layout.networks] - positive
    else:
        negative = (layout.table < 0) @ class_counts
    ratios: Doubles = np.divide(
        negative, positive, out=np.full(len(positive), np.nan), where=positive > 0
    )
    return ratios


def _by_network(layout: Layout, of_output: Bools) -> Bools:
    found = np.zeros((layout.network_count, layout.classes), bool)
    np.logical_or.at(found, layout.networks, of_output)
    return found
