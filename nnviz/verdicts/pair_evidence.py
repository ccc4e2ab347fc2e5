"""What speaks for one class against another, seen through the weights."""

from dataclasses import dataclass

import numpy as np

from nnviz.arrays import Floats, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.evidence import Evidence


@dataclass(frozen=True, eq=False)
class PairEvidence:
    """The outputs that compare two classes, as one output that prefers the first."""

    outputs: Indices
    """The outputs that count."""
    weights: Floats
    """(networks, hidden): from each hidden neuron to that one output"""
    template: Floats
    """(inputs,): the paths from each pixel added up, as if no neuron ever saturated"""


def pair_evidence(network: Network, layout: Layout, first: int, second: int) -> PairEvidence:
    """How outputs weigh hidden neurons, and these the pixels, for `first` against `second`.

    The pair's own output or head where it has one; else the outputs whose wanted values differ,
    each class's outputs counting as one. Weights that are no numbers count as 0.
    """
    shares = preferences(layout, first, second)
    outputs = np.flatnonzero(shares)
    weights = np.zeros((network.networks, network.hidden), np.float32)
    with np.errstate(all="ignore"):
        read = network.output_weights[outputs] * shares[outputs, None]
        np.add.at(weights, network.output_networks[outputs], read)
        used = np.unique(network.output_networks[outputs])
        template = np.einsum("nh,nhi->i", weights[used], network.hidden_weights[used])
    return PairEvidence(outputs, _numbers(weights), _numbers(template))


def preferences(layout: Layout, first: int, second: int) -> Floats:
    """(outputs,): how much each output says for the first class against the second."""
    shares = np.zeros(len(layout.table), np.float32)
    if layout.has_pairs:
        for row, column, sign in ((first, second, 1), (second, first, -1)):
            output = layout.pair_outputs[row, column]
            if output >= 0:
                shares[output] = sign
        return shares
    differ = (layout.table[:, first].astype(np.float32) - layout.table[:, second]) / 2
    if layout.one_hot:
        differ /= int((differ > 0).sum())
    return differ.astype(np.float32)


def pushes(found: PairEvidence, evidence: Evidence) -> Floats:
    """(networks, hidden): what each hidden neuron adds for the first class, on the first image."""
    with np.errstate(all="ignore"):
        return _numbers(found.weights * evidence.activity[0])


def _numbers(values: Floats) -> Floats:
    return np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32, copy=False)
