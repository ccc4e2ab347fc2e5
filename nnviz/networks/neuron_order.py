"""What tells hidden neurons apart, and the orders in which they can be shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Floats, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.words import tr


def class_weights(network: Network, layout: Layout) -> Floats:
    """(networks, hidden, classes): how much a neuron's activity adds to the case of each class.

    The weight to the class's own output (the mean where several networks share a class), or in
    the head of all classes; else the weights to all outputs, each counted for the classes for
    which it fires and against those for which it stays silent. Weights that are no numbers
    count as 0.
    """
    found = np.zeros((network.networks, network.hidden, layout.classes), np.float32)
    if layout.heads:
        everyone = layout.heads[tuple(range(layout.classes))]
        found[network.output_networks[everyone[0]]] = network.output_weights[everyone].T
    elif layout.one_hot:
        own = layout.table.argmax(axis=1)
        np.add.at(found.swapaxes(1, 2), (network.output_networks, own), network.output_weights)
    else:
        shares = layout.table[:, None, :] * network.output_weights[:, :, None]
        np.add.at(found, network.output_networks, shares)
    return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)


def spoken_for(weights: Floats) -> tuple[int, bool] | None:
    """The class a neuron speaks for, from its class weights (classes,).

    -> the class, and whether it is for (True) or against it (all others are equal); None where
    it favours no class.
    """
    best = np.flatnonzero(weights == weights.max())
    if len(best) == 1:
        return int(best[0]), True
    if len(best) == len(weights) - 1:
        return int(weights.argmin()), False
    return None


def strengths(weights: Floats, inked: Bools) -> Floats:
    """(neurons,): the length of each weight image (neurons, inputs), where there is ink."""
    return np.asarray(np.sqrt(np.square(weights[:, inked]).sum(axis=1)))


def correlations(weights: Floats, inked: Bools) -> Floats:
    """(neurons, neurons): Pearson's r of weight images (neurons, inputs), where there is ink."""
    centred = weights[:, inked] - weights[:, inked].mean(axis=1, keepdims=True)
    sizes = np.sqrt(np.square(centred).sum(axis=1, keepdims=True))
    centred /= np.where(sizes > 0, sizes, 1)
    return np.asarray(centred @ centred.T)


def chain(similar: Floats, first: int) -> Indices:
    """Each neuron next to the most similar one of those that are left (greedy), from `first`.

    `similar` (neurons, neurons).
    """
    left = np.ones(len(similar), bool)
    order = [first]
    left[first] = False
    for _ in range(len(similar) - 1):
        nearest = int(np.where(left, similar[order[-1]], -np.inf).argmax())
        left[nearest] = False
        order.append(nearest)
    return np.array(order, np.intp)


@dataclass(frozen=True, eq=False)
class Neurons:
    """Hidden neurons, of one or several networks side by side, and what is known of them."""

    weights: Floats
    """(neurons, inputs)"""
    inked: Bools
    class_weights: Floats
    """(neurons, classes)"""
    pushes: Floats
    """(neurons,): what each adds to the answer to the digit on screen"""
    measures: Mapping[str, Floats]
    """Name of a shape measure -> (neurons,)"""


@dataclass(frozen=True)
class Order:
    """One way to sort the neurons."""

    label: str
    help: str
    sort: Callable[[Neurons], Indices]
    """-> (neurons,) their numbers in order"""
    measure: str = ""
    """The shape measure it needs."""


def _falling(values: Floats) -> Indices:
    return np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")


def _by_strength(neurons: Neurons) -> Indices:
    return _falling(strengths(neurons.weights, neurons.inked))


def _by_class(neurons: Neurons) -> Indices:
    """By class, the strongest speaker first; neurons that speak against or for none last."""
    classes = neurons.class_weights.shape[1]
    keys = []
    for weights in neurons.class_weights:
        said = spoken_for(weights)
        place = 2 * classes if said is None else said[0] + (0 if said[1] else classes)
        keys.append((place, -float(np.abs(weights).max())))
    return np.array(sorted(range(len(keys)), key=lambda each: keys[each]), np.intp)


def _by_similarity(neurons: Neurons) -> Indices:
    with np.errstate(all="ignore"):
        similar = np.nan_to_num(correlations(neurons.weights, neurons.inked))
    return chain(similar, int(_by_strength(neurons)[0]))


def _by_measure(name: str) -> Callable[[Neurons], Indices]:
    return lambda neurons: _falling(neurons.measures[name])


ORDERS: Mapping[str, Order] = {
    "number": Order(
        tr("number"), tr("As they lie in the network."), lambda n: np.arange(len(n.weights))
    ),
    "strength": Order(tr("strength"), tr("The longest weight images first."), _by_strength),
    "answer": Order(
        tr("effect on the answer"),
        tr("What each adds to the answer to this digit, the strongest push first, up or down."),
        lambda neurons: _falling(np.abs(neurons.pushes)),
    ),
    "class": Order(
        tr("class it speaks for"), tr("By the class that its activity speaks for most."), _by_class
    ),
    "similarity": Order(
        tr("similarity"),
        tr("From the strongest on, each next to the one whose weights correlate most with it."),
        _by_similarity,
    ),
    "moran": Order(
        tr("smoothness"),
        tr("How alike neighbouring weights are (Moran's I: 0 is noise, 1 is smooth)."),
        _by_measure("moran"),
        "moran",
    ),
    "blob_share": Order(
        tr("one blob"),
        tr("How much of its strong weights lies in one piece."),
        _by_measure("blob_share"),
        "blob_share",
    ),
    "stroke_fit": Order(
        tr("like a stroke"),
        tr("How much of it a single straight bar explains."),
        _by_measure("stroke_fit"),
        "stroke_fit",
    ),
}


def orders_known(measures: Mapping[str, Floats]) -> Sequence[str]:
    """Names of the orders for which everything is known."""
    return [name for name, order in ORDERS.items() if order.measure in ("", *measures)]
