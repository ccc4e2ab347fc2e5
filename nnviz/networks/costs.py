"""The cost of a network on labelled digits."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network, read_out_of, sigmoid

MOST_COSTED = 2_000_000
"""Outputs worked out for a cost at most; of wider layouts only so many digits count."""
HEADED = 64
"""Digits whose heads are worked out at once: their sums stay in the cache."""
AT_ONCE = 500_000
"""Outputs worked out between two yields, about: some milliseconds."""
LARGEST_SUM = 60.0
"""Up to here, neither the powers of weighted sums nor their totals leave float32."""


def most_costed(layout: Layout, images: int) -> int:
    """How many of so many images are worked out for a cost."""
    return max(1, min(images, MOST_COSTED // len(layout.table)))


def by_heads(layout: Layout, cost: str) -> bool:
    """Whether a digit teaches only some of many softmax groups of outputs."""
    return cost == "softmax" and not layout.group_size


def costs_of_sums(sums: Floats, layout: Layout, cost: str, labels: Bytes) -> Floats:
    """The costs (images,) without the weight decay term, from the weighted sums (images, outputs),
    which are worked through fastest if those of one output lie side by side; not `by_heads`.

    Each is the sum over the outputs that the digit teaches something; with softmax the mean over
    the groups that do.
    """
    sums, wanted = sums.T, taught_by(layout, labels)  # (outputs, images)
    if cost == "softmax":
        shape = (-1, layout.group_size, len(labels))
        groups = sums.reshape(shape)
        highest = groups.max(axis=1)
        totals = np.exp(groups - highest[:, None]).sum(axis=1)
        right = np.where(wanted.reshape(shape) > 0, groups, 0).sum(axis=1)
        each = highest + np.log(totals) - right
        return np.asarray(each.mean(axis=0), np.float32)
    fire = wanted > 0
    if cost == "cross-entropy":
        # log(1 + exp(z)) - y z, without overflow
        each = np.log1p(np.exp(-np.abs(sums)))
        each += np.maximum(sums, 0)
        each -= sums * fire
    else:
        each = sigmoid(sums)
        each -= fire
        each *= each
        each *= np.float32(0.5)
    if not layout.asks_all:
        each *= wanted != 0
    return np.asarray(each.sum(axis=0), np.float32)


def taught_by(layout: Layout, labels: Bytes) -> Bytes:
    """(outputs, images): what each digit teaches (see `Layout.taught`)."""
    return np.asarray(np.take(_taught_by_output(layout), labels, axis=1))


@lru_cache(maxsize=16)
def _taught_by_output(layout: Layout) -> Bytes:
    return np.ascontiguousarray(layout.taught.T)


@dataclass(frozen=True, eq=False)
class _Asked:
    """The heads that a digit teaches something."""

    outputs: Indices
    """Theirs: of heads of one size all first ones, then all second ones, and so on"""
    sizes: tuple[tuple[int, int], ...]
    """(outputs of a head, heads of that size)"""
    right: Indices
    """Those of them that should fire"""

    @property
    def heads(self) -> int:
        """How many there are."""
        return sum(heads for _, heads in self.sizes)


@lru_cache(maxsize=64)
def _asked_about(layout: Layout, label: int) -> _Asked:
    right = layout.taught[label] > 0
    members: dict[int, list[int]] = {int(group): [] for group in layout.groups[right]}
    for output, group in enumerate(layout.groups.tolist()):
        if group in members:
            members[group].append(output)
    outputs: list[int] = []
    sizes = []
    for size in sorted({len(head) for head in members.values()}):
        alike = [head for head in members.values() if len(head) == size]
        outputs += [head[slot] for slot in range(size) for head in alike]
        sizes.append((size, len(alike)))
    return _Asked(np.array(outputs, np.intp), tuple(sizes), np.flatnonzero(right))


def costs_by_heads(
    network: Network, layout: Layout, activity: Floats, labels: Bytes
) -> Generator[None, None, Floats]:
    """The costs (images,) where a digit teaches only some of many heads: only those are worked
    out, for digits of one label together. Yields after some digits."""
    costs = np.empty(len(labels), np.float32)
    flat = activity.reshape(len(labels), -1)
    done = 0
    for label in np.unique(labels).tolist():
        asked = _asked_about(layout, label)
        rows = np.flatnonzero(labels == label)
        weights, biases = read_out_of(network, asked.outputs)
        right, right_biases = read_out_of(network, asked.right)
        # both are sums over hundreds of heads, and what counts is how little they differ
        wanted = flat[rows] @ right.sum(axis=0, dtype=np.float64)
        wanted += right_biases.sum(dtype=np.float64)
        for start in range(0, len(rows), HEADED):
            piece = slice(start, start + HEADED)
            with np.errstate(all="ignore"):  # a run that diverges is told of by its trainer
                sums = weights @ flat[rows[piece]].T + biases[:, None]
                totals = _log_totals(sums, asked)
                costs[rows[piece]] = (totals - wanted[piece]) / asked.heads
            done += len(rows[piece]) * len(asked.outputs)
            if done > AT_ONCE:
                done = 0
                yield
    return costs


def _log_totals(sums: Floats, asked: _Asked) -> Doubles:
    """(outputs, images) of the heads asked -> (images,): the sum over all heads of the logarithms
    of the sums of their powers. Uses up the sums."""
    images = sums.shape[1]
    ends = np.cumsum([size * heads for size, heads in asked.sizes])[:-1]
    pieces = np.split(sums, ends)
    views = [
        piece.reshape(size, heads, images)
        for piece, (size, heads) in zip(pieces, asked.sizes, strict=True)
    ]
    small = sums.min() > -LARGEST_SUM and sums.max() < LARGEST_SUM  # false of what is no number
    highest = np.zeros(images)
    if not small:
        for view in views:
            most = view.max(axis=0)
            view -= most
            highest += most.sum(axis=0, dtype=np.float64)
    np.exp(sums, out=sums)
    totals = np.concatenate([view.sum(axis=0) for view in views])
    return np.asarray(highest + np.log(totals, out=totals).sum(axis=0, dtype=np.float64))
