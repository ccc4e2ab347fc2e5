"""What a network says of some images, in each form that a reading asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import (
    Network,
    activated,
    activity_of_member,
    as_inputs,
    hidden_activity,
    outputs_of,
    sigmoid,
)

BLOCK = 2500
"""Images whose evidence is held at once."""
BEHIND_FRONT = 500
"""The same of a network with a front: LeNets side by side have many hidden neurons."""
CONVERTED = 1000
"""Images whose pixels are made inputs at once."""
_LEAST = 1e-9  # keeps one bit that is surely wrong from hiding what the others say


class Later:
    """The hidden activity of some images, worked out for a network when that is asked: where each
    has a front of its own, a walk asks few of them.

    images (images, inputs) 0..255.
    """

    def __init__(self, network: Network, images: Bytes) -> None:
        self._network, self._images = network, images
        self._activity = np.zeros((len(images), *network.hidden_biases.shape), np.float32)
        self._known = np.zeros((network.networks, len(images)), bool)

    def __len__(self) -> int:
        return len(self._images)

    def of(self, members: Iterable[int], rows: Indices | None = None) -> Floats:
        """(images, networks, hidden): that of these networks for all images or those of `rows`;
        of others 0 or what was asked before."""
        for member in members:
            wanted = np.zeros(len(self), bool)
            wanted[slice(None) if rows is None else rows] = True
            missing = np.flatnonzero(wanted & ~self._known[member])
            if len(missing):
                self._known[member, missing] = True
                self._activity[missing, member] = self.work_out(member, missing)
        return self._activity

    def work_out(self, member: int, rows: Indices) -> Floats:
        """(rows, hidden): the activity of one of the networks for some of the images."""
        inputs = as_inputs(self._images[rows])
        with np.errstate(all="ignore"):
            return activity_of_member(self._network, member, inputs)


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a network says of some images; each form is worked out when first asked for.

    An output that is not a number says nothing: it counts as 0.5, or as an equal share where
    it belongs to a softmax. So every reading has an answer also for weights that are no
    numbers: the first of the classes that are equal.
    """

    network: Network
    layout: Layout
    fired: Floats | Later
    """(images, networks, hidden): the hidden activity, or what works it out"""
    sums: Floats | None = None
    """(images, outputs): the weighted sums, if they are known; heads of sets work out theirs"""

    def __len__(self) -> int:
        return len(self.fired)

    @property
    def activity(self) -> Floats:
        """(images, networks, hidden)"""
        return self.activity_of(range(self.network.networks))

    def activity_of(self, members: Iterable[int], rows: Indices | None = None) -> Floats:
        """The same, known of these networks for all images or those of `rows`."""
        return self.fired.of(members, rows) if isinstance(self.fired, Later) else self.fired

    @cached_property
    def outputs(self) -> Floats:
        """(images, outputs) in 0..1"""
        return self._said(np.arange(len(self.layout.table)))

    @cached_property
    def bits(self) -> Floats:
        """(images, bits) in 0..1: of the fixed layer where there is one, else the outputs"""
        fixed = self.layout.fixed
        return self.outputs if fixed is None else sigmoid(fixed.sums(self.outputs))

    @cached_property
    def word_probabilities(self) -> Doubles:
        """(images, classes): of each code word, if the bits were independent of each other.

        What is missing to 1 belongs to words of no class.
        """
        ones = np.clip(self.bits.astype(np.float64), _LEAST, 1 - _LEAST)
        fires, silent = self.layout.words > 0, self.layout.words < 0
        return np.asarray(np.exp(np.log(ones) @ fires + np.log1p(-ones) @ silent))

    @cached_property
    def scores(self) -> Doubles:
        """(images, classes), not negative: how much speaks for each class.

        The head of all classes where sets of classes have heads; the mean of the outputs that
        fire for a class where each output speaks for one; the mean probability of beating
        another class where pairs have outputs; else the code words' shares of their
        probabilities.
        """
        layout = self.layout
        everyone = tuple(range(layout.classes))
        if layout.heads:
            return self.head(everyone)
        if layout.one_hot:
            fires = (layout.table > 0).astype(np.float64)
            # sums before means: they are exact, so that equal scores are equal in any block
            return np.asarray((self.outputs @ fires) / fires.sum(axis=0))
        if layout.has_pairs:
            return self.pair_sums / (layout.classes - 1)
        return shares_of(self.word_probabilities)

    @property
    def derived_pairs(self) -> bool:
        """Whether `pairs` follow from the scores, as no outputs ask about pairs."""
        return not self.layout.has_pairs

    @cached_property
    def pair_sums(self) -> Doubles:
        """(images, classes): the sums of `pairs` over the other classes.

        Worked out without `pairs` where every two classes have one output: what that does not say
        for the one it says for the other.
        """
        layout = self.layout
        found = layout.pair_outputs >= 0
        if self.derived_pairs or layout.heads or (found & found.T).any():
            return np.asarray(self.pairs.sum(axis=2))
        first, second = np.nonzero(found)
        said = self._said(layout.pair_outputs[found]).astype(np.float64)
        places = np.arange(len(first))
        counts = np.zeros((len(first), layout.classes))
        counts[places, first], counts[places, second] = 1, -1
        return np.asarray(said @ counts + np.bincount(second, minlength=layout.classes))

    @cached_property
    def pairs(self) -> Doubles:
        """(images, classes, classes): r_ij, the probability of row i if it is i or column j.

        r_ij + r_ji = 1, and 0 on the diagonal. Derived: s_i / (s_i + s_j), 0.5 for 0 and 0.
        """
        classes = self.layout.classes
        said = np.zeros((len(self), classes, classes))
        if self.derived_pairs:
            said[:] = self.scores[:, :, None]
        else:
            asked = self.layout.pair_outputs
            found = asked >= 0
            said[:, found] = self._said(asked[found])
            mirrored = found.T & ~found
            said[:, mirrored] = 1 - said.swapaxes(1, 2)[:, mirrored]
        both = said + said.swapaxes(1, 2)
        beats = np.divide(said, both, out=np.full_like(both, 0.5), where=both > 0)
        beats[:, range(classes), range(classes)] = 0
        return beats

    def head(self, chosen: tuple[int, ...], rows: Indices | None = None) -> Doubles:
        """Probabilities of the chosen classes (in their order) among themselves.

        -> (rows, chosen) for all images or those of `rows`. Its own head where the design has
        one for each set of classes; for pairs, the summed probabilities of beating the others
        of the set; else the scores; the latter two as shares of their sum.
        """
        if rows is None:
            rows = np.arange(len(self))
        if len(chosen) == 1:
            return np.ones((len(rows), 1))
        return self.heads(np.array([chosen], np.intp), np.zeros(len(rows), np.intp), rows)

    def heads(self, sets: Indices, which: Indices, rows: Indices) -> Doubles:
        """The same for many sets of one size.

        sets (sets, size): their classes; which (rows,): the number of the set that each image
        is asked about; rows (rows,): the images. -> (rows, size)
        """
        if not self.layout.heads:
            return self._restricted(sets[which], rows)
        network = self.network
        order = np.argsort(which.astype(np.int16), kind="stable")  # 16 bits sort fastest
        asked = self.layout.head_outputs[(1 << sets).sum(axis=1), : sets.shape[1]]
        members = network.output_networks[asked[:, 0]].tolist()
        weights, biases = network.output_weights[asked], network.output_biases[asked]
        shared = self.activity[rows[order], 0] if network.networks == 1 else None
        # a softmax down the columns of a flat matrix is several times faster than along rows
        sums = np.empty((sets.shape[1], len(rows)), np.float32)
        start = 0
        ends = np.cumsum(np.bincount(which, minlength=len(sets))).tolist()
        with np.errstate(all="ignore"):
            for head, member, end in zip(weights, members, ends, strict=True):
                if shared is None:
                    own = rows[order[start:end]]
                    fired = self.activity_of([member], own)[own, member]
                else:
                    fired = shared[start:end]
                np.matmul(head, fired.T, out=sums[:, start:end])
                start = end
            sums += biases[which[order]].T
            if self.network.output_activation == "softmax":
                sums -= sums.max(axis=0)
                np.exp(sums, out=sums)
                sums /= sums.sum(axis=0)
            else:
                sums[:] = shares_of(sigmoid(sums.T).astype(np.float64)).T
        sums[np.isnan(sums)] = 1 / sets.shape[1]
        said = np.empty(sums.T.shape)
        said[order] = sums.T
        return said

    def _restricted(self, members: Indices, rows: Indices) -> Doubles:
        """(rows, size) classes -> their shares by what was said of all classes."""
        if self.layout.has_pairs:
            present = np.zeros((len(rows), self.layout.classes))
            np.put_along_axis(present, members, 1, axis=1)
            scores = np.einsum("rij,rj->ri", self.pairs[rows], present)
        else:
            scores = self.scores[rows]
        return shares_of(np.take_along_axis(scores, members, axis=1))

    def _said(self, outputs: Indices) -> Floats:
        """(images, outputs) of those chosen, softmax groups being whole."""
        with np.errstate(all="ignore"):
            if self.sums is None:
                members = np.unique(self.network.output_networks[outputs]).tolist()
                said = outputs_of(self.network, self.activity_of(members), outputs)
            else:
                said = activated(self.network, self.sums[:, outputs], outputs)
        nothing = np.isnan(said)
        if not nothing.any():
            return said
        groups = self.layout.groups
        sizes = np.bincount(groups)[groups[outputs]]
        silence = 1 / sizes if self.network.output_activation == "softmax" else 0.5
        return np.where(nothing, silence, said).astype(np.float32)


def evidence_of(network: Network, layout: Layout, images: Bytes) -> Evidence:
    """Of images, pixels (images, inputs) 0..255."""
    if network.front is not None and network.networks > 1:
        return Evidence(network, layout, Later(network, images))
    shape = (len(images), *network.hidden_biases.shape)
    activity = np.empty(shape, np.float32)
    with np.errstate(all="ignore"):
        # in pieces that stay in the cache
        for start in range(0, len(images), CONVERTED):
            piece = slice(start, start + CONVERTED)
            activity[piece] = hidden_activity(network, as_inputs(images[piece]))
    return Evidence(network, layout, activity)


def evidence_blocks(
    network: Network, layout: Layout, images: Bytes, block: int = BLOCK
) -> Iterator[Evidence]:
    """The same a block at a time, so that any number of images needs little memory."""
    if network.front is not None:
        block = min(block, BEHIND_FRONT)
    for start in range(0, len(images), block):
        yield evidence_of(network, layout, images[start : start + block])


def shares_of(scores: Doubles) -> Doubles:
    """Rows made to add up to 1; equal where there is nothing to share."""
    totals = scores.sum(axis=1, keepdims=True)
    shares: Doubles = np.full_like(scores, 1 / scores.shape[1])
    np.divide(scores, totals, out=shares, where=totals > 0)
    return shares
