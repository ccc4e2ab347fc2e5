"""What speaks for one class against another, and by how much it leads on one image.

The lead is a difference of weighted sums, which is a sum over hidden neurons: what each of them
adds is exact. Through the hidden layer it is not linear in the pixels, so what a pixel adds
depends on the way from the empty image to the digit; the straight way is taken.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import (
    Network,
    activity_of_member,
    as_inputs,
    fired_by,
    hidden_activity,
)
from nnviz.verdicts.evidence import Evidence

_STEP = 1e-9
"""Weighted sums that move no more than this count as standing still."""


@dataclass(frozen=True, eq=False)
class PairEvidence:
    """The outputs that compare two classes, as one output that prefers the first."""

    outputs: Indices
    """The outputs that count."""
    weights: Floats
    """(networks, hidden): from each hidden neuron to that one output"""
    template: Floats
    """(inputs,): the paths from each pixel added up, as if no neuron ever saturated; 0 behind a
    front, where no such path is"""


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
        template = np.zeros(network.inputs, np.float32)
        if network.front is None:
            template = np.einsum("nh,nhi->i", weights[used], network.hidden_weights[used])
    return PairEvidence(outputs, _floats(weights), _floats(template))


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
        return _floats(found.weights * evidence.activity[0])


@dataclass(frozen=True, eq=False)
class Lead:
    """How far `first` is ahead of `second`: the weighted sums that prefer it, added up.

    Where the outputs share one probability, or one output or head asks about the two alone, or
    the answer is a code word of independent bits, it is the logarithm of how many times likelier
    `first` is than `second`.
    """

    first: int
    second: int
    outputs: Indices
    """The outputs that tell the two apart."""
    weights: Doubles
    """(networks, hidden): from each hidden neuron to the lead"""
    pushes: Doubles
    """(networks, hidden): weight x activity, what each hidden neuron adds"""
    bias: float
    """What the biases of the outputs add."""

    @property
    def total(self) -> float:
        """The lead; below 0 where `second` is ahead."""
        return float(self.pushes.sum()) + self.bias

    def strongest(self, count: int) -> list[tuple[int, int]]:
        """(network, neuron) of the largest pushes, up or down, the largest first."""
        order = np.argsort(-np.abs(self.pushes), axis=None, kind="stable")[:count]
        hidden = self.pushes.shape[1]
        return [divmod(int(place), hidden) for place in order if self.weights.flat[place]]


def lead_of(network: Network, layout: Layout, image: Bytes, first: int, second: int) -> Lead:
    """The lead of a class over another one for an image (inputs,) 0..255.

    It belongs to the outputs that `pair_evidence` names. Weights that are no numbers count as 0.
    """
    shares = preferences(layout, first, second).astype(np.float64)
    outputs = np.flatnonzero(shares)
    weights = np.zeros((network.networks, network.hidden))
    read = _numbers(network.output_weights[outputs]) * shares[outputs, None]
    np.add.at(weights, network.output_networks[outputs], read)
    used = np.unique(network.output_networks[outputs])
    activity = np.zeros_like(weights)
    activity[used] = _fired(network, used, image)
    bias = float(_numbers(network.output_biases[outputs]) @ shares[outputs])
    return Lead(first, second, outputs, weights, weights * activity, bias)


@dataclass(frozen=True, eq=False)
class PixelShares:
    """What the pixels of an image add to a lead; `empty` and `pixels` together are the lead."""

    pixels: Doubles
    """(inputs,): 0 where there is no ink"""
    empty: float
    """The lead on the empty image."""


def pixel_shares(network: Network, lead: Lead, image: Bytes) -> PixelShares:
    """Integrated gradients of a lead along the straight way from the empty image (inputs,).

    With one hidden layer the integral has a closed form: each pixel gets its part of the
    change of a neuron's weighted sum, times the change of its activity. Source: Sundararajan,
    Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017. Raises ValueError for a
    network with a front, where it has none.
    """
    if network.front is not None:
        raise ValueError("no closed form behind convolutions")
    used = np.flatnonzero(lead.weights.any(axis=1))
    inputs = image.astype(np.float64) / 255
    weights, biases = (
        _numbers(each[used]) for each in (network.hidden_weights, network.hidden_biases)
    )
    sums = weights @ inputs
    # in float64: at a faint start an image changes activities by less than float32 can tell
    empty, full = fired_by(network, biases), fired_by(network, sums + biases)
    still = np.abs(sums) < _STEP
    slope = np.where(still, 0.0, (full - empty) / np.where(still, 1.0, sums))
    steepness = lead.weights[used] * slope
    pixels = inputs * np.einsum("nh,nhi->i", steepness, weights)
    return PixelShares(pixels, float((lead.weights[used] * empty).sum()) + lead.bias)


def _fired(network: Network, used: Indices, image: Bytes) -> Doubles:
    """(used networks, hidden): how strongly the neurons of some networks fire"""
    if network.front is not None:
        inputs = as_inputs(image[None])
        with np.errstate(all="ignore"):
            fired = [activity_of_member(network, member, inputs) for member in used.tolist()]
        return _numbers(np.concatenate(fired))
    alone = replace(
        network,
        hidden_weights=network.hidden_weights[used],
        hidden_biases=network.hidden_biases[used],
    )
    with np.errstate(all="ignore"):
        return _numbers(hidden_activity(alone, as_inputs(image[None]))[0])


def _numbers(values: NDArray[np.floating]) -> Doubles:
    return np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)


def _floats(values: Floats) -> Floats:
    return _numbers(values).astype(np.float32)
