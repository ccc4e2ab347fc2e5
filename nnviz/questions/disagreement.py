"""Where the rules that count the same pairs give different answers."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Bytes, Indices
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence, evidence_of
from nnviz.verdicts.readings import READINGS

RULES = ("summed", "votes", "coupling", "duels")
"""The readings of pairs: they apply to every design, as every design has or implies pairs."""
SLICE = 100
"""Digits asked at once while the window waits: a few milliseconds."""


def answers_by_rule(evidence: Evidence) -> Indices:
    """(images, rules): the class that each of RULES makes the answer."""
    return np.stack([READINGS[rule].read(evidence, Options()).classes for rule in RULES], axis=1)


def disagree(answers: NDArray[np.integer]) -> Bools:
    """(images, rules) -> (images,): whether not all rules give the same answer."""
    found: Bools = (answers != answers[:, :1]).any(axis=1)
    return found


def searched(
    network: Network, layout: Layout, images: Bytes, order: Indices
) -> Iterator[int | None]:
    """Looks for the first image, in this order, whose answer depends on the rule.

    Yields None after every slice of images (images, inputs) without one, then its number.
    """
    for start in range(0, len(order), SLICE):
        chosen = order[start : start + SLICE]
        answers = answers_by_rule(evidence_of(network, layout, images[chosen]))
        found = np.flatnonzero(disagree(answers))
        if len(found):
            yield int(chosen[found[0]])
            return
        yield None
