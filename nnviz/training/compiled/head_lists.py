"""What the heads of a read-out are: their outputs, and the classes that these are asked about.

A head is the outputs that learn from the digits of the same classes, and share one probability
where the cost is softmax: all outputs of a design, each output of a pair, or one of the sets of
classes of elimination.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Indices
from nnviz.networks.layouts import Layout

KINDS_OF_ERROR = ("softmax", "cross-entropy", "quadratic")
"""The costs, in the order of the numbers that compiled functions know them by."""


class Heads(NamedTuple):
    """All heads on one hidden layer, in the order of their classes as in a dictionary.

    So those of a head mostly are those of the head before with some more at the end.
    """

    order: Indices
    """(outputs,): the outputs of the layout, head by head"""
    first: Indices
    """(heads,): where its outputs begin among those in order"""
    size: Indices
    """(heads,): how many outputs it has"""
    classes: Indices
    """(heads, classes): the classes it is asked about, rising; what follows them counts nothing"""
    levels: Indices
    """(heads,): how many these are"""
    shared: Indices
    """(heads,): how many of them are also the first of the head before"""
    fires: Bools
    """(outputs, classes + 1): whether an output, head by head, should fire for an image of the
    class; the last is that of images that are no digit"""


def heads_of(layout: Layout, cost: str, labels: NDArray[np.integer]) -> Heads:
    """The heads of networks that all read one hidden layer, and learn from these labels.

    Classes without any label are left out.
    """
    taught = layout.taught.T
    asked = taught != 0
    seen = np.unique(labels)
    members: dict[tuple[tuple[int, ...], int], list[int]] = {}
    for output, group in enumerate(layout.groups.tolist()):
        classes = tuple(seen[asked[output, seen]].tolist())
        members.setdefault((classes, group if cost == "softmax" else 0), []).append(output)
    found = sorted(members)
    sizes = np.array([len(members[key]) for key in found], np.intp)
    order = np.array([output for key in found for output in members[key]], np.intp)
    of_each = np.zeros((len(found), len(seen)), np.intp)
    for row, (classes, _) in zip(of_each, found, strict=True):
        row[: len(classes)] = classes
    return Heads(
        order=order,
        first=np.cumsum(sizes) - sizes,
        size=sizes,
        classes=of_each,
        levels=np.array([len(classes) for classes, _ in found], np.intp),
        shared=np.array(list(_shared([classes for classes, _ in found])), np.intp),
        fires=np.ascontiguousarray(taught[order] > 0),
    )


def _shared(found: list[tuple[int, ...]]) -> Iterator[int]:
    """How many classes each has in common with the one before, from the first on."""
    before: tuple[int, ...] = ()
    for classes in found:
        same = [one == other for one, other in zip(before, classes, strict=False)]
        yield same.index(False) if False in same else len(same)
        before = classes
