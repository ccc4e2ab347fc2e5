"""What each output neuron is asked, and how the answers become one class.

A design is data: a code table over {-1, 0, +1}, the network and the softmax group that each
output belongs to, the costs it allows, and its readings. A new design is one entry in
`DESIGNS`.

Source of the code table: Allwein, Schapire and Singer, JMLR 1 (2000) 113-141.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from nnviz.data.arrays import Indices
from nnviz.networks.bit_layer import FixedLayer, bit_layer
from nnviz.networks.codes import Codes, code_table
from nnviz.words import tr


@dataclass(frozen=True)
class Cost:
    """A cost function, with the output activation it goes with."""

    label: str
    output_activation: str


COSTS: Mapping[str, Cost] = {
    "softmax": Cost(tr("softmax, log-likelihood"), "softmax"),
    "cross-entropy": Cost(tr("sigmoid, cross-entropy"), "sigmoid"),
    "quadratic": Cost(tr("sigmoid, quadratic"), "sigmoid"),
}

GROUPS: Mapping[str, str] = {
    "ten": tr("10 outputs"),
    "bits": tr("4 bits"),
    "ensemble": tr("Ensemble"),
}
"""The buttons of the design switch."""
TRUNKS: Mapping[str, str] = {
    "scratch": tr("from scratch"),
    "frozen": tr("frozen trunk"),
    "separate": tr("one for each head"),
}
"""Where hidden layers come from; of `separate` ones each head has its own, from scratch or
continued from a network that learned before."""


@dataclass(frozen=True)
class Given:
    """What the layout of a design depends on."""

    classes: int
    code: str = "natural"
    """See `codes.words_of`."""
    members: int = 5
    """Networks of a plain ensemble."""
    bit_weights: str = "plus-minus"
    """One of BIT_WEIGHTS."""


@dataclass(frozen=True)
class Design:
    """What the outputs are asked and how they are read."""

    label: str
    """Words on the design switch."""
    help: str
    group: str
    """One of GROUPS."""
    table: Callable[[Given], Codes]
    """(outputs, classes): +1 fire, -1 stay silent, 0 never asked."""
    networks: Callable[[Given], Indices]
    """(outputs,): the network each output belongs to when nothing is shared."""
    softmax_groups: Callable[[Given], Indices]
    """(outputs,): the outputs of a group share one probability where the cost is softmax."""
    costs: Mapping[str, float]
    """Cost -> the learning rate that suits it; the first is the default."""
    readings: tuple[str, ...]
    """Ids in `READINGS`; the first is the default."""
    trunks: tuple[str, ...] = ("scratch", "frozen")
    """Those of TRUNKS that can learn in the window; the first is the default."""
    studied: tuple[str, ...] = ()
    """Those that only studies make."""
    start: Mapping[str, Any] = field(default_factory=dict)
    """Other settings that it begins with."""
    start_frozen: Mapping[str, Any] = field(default_factory=dict)
    """The same on a frozen trunk."""
    uses: frozenset[str] = frozenset()
    """Settings that only matter to it and a few others."""
    fixed: Callable[[Given], FixedLayer] | None = None
    """An untrained layer on top of the outputs."""
    code: Callable[[Given], Codes] | None = None
    """(bits, classes): code words of the fixed layer, where there is one."""


def _one_hot(given: Given) -> Codes:
    return (2 * np.eye(given.classes) - 1).astype(np.int8)


def _one_each(given: Given) -> Indices:
    return np.arange(given.classes, dtype=np.intp)


def _natural(given: Given) -> Codes:
    return code_table("natural", given.classes)


def _own_code(given: Given) -> Codes:
    return code_table(given.code, given.classes)


def _nobody(table: Callable[[Given], Codes]) -> Callable[[Given], Indices]:
    """Network or group 0 for every output of a table."""
    return lambda given: np.zeros(len(table(given)), np.intp)


def _pairs(given: Given) -> Codes:
    pairs = list(combinations(range(given.classes), 2))
    table = np.zeros((len(pairs), given.classes), np.int8)
    for row, (first, second) in enumerate(pairs):
        table[row, first], table[row, second] = 1, -1
    return table


def _each_pair(given: Given) -> Indices:
    return np.arange(len(_pairs(given)), dtype=np.intp)


def subsets(classes: int) -> list[tuple[int, ...]]:
    """Every set of two or more classes, the small ones first."""
    sizes = range(2, classes + 1)
    return [chosen for size in sizes for chosen in combinations(range(classes), size)]


def sets_to_ask(classes: int) -> int:
    """How many sets of classes need a head: of all 2^K those with two or more members."""
    return (1 << classes) - classes - 1


def _slots(given: Given) -> list[tuple[int, tuple[int, ...], int]]:
    """(number of the subset, subset, class) of each output, slot by slot within a size.

    All first members of the subsets of one size come before all second members, so that a
    softmax over one size is a sum over the rows of a matrix.
    """
    slots = []
    everyone = list(enumerate(subsets(given.classes)))
    for size in range(2, given.classes + 1):
        of_size = [(number, chosen) for number, chosen in everyone if len(chosen) == size]
        for slot in range(size):
            slots += [(number, chosen, chosen[slot]) for number, chosen in of_size]
    return slots


def _subset_heads(given: Given) -> Codes:
    slots = _slots(given)
    table = np.zeros((len(slots), given.classes), np.int8)
    for row, (_, chosen, own) in enumerate(slots):
        table[row, list(chosen)] = -1
        table[row, own] = 1
    return table


def _subset_of_each(given: Given) -> Indices:
    return np.array([number for number, _, _ in _slots(given)], np.intp)


def _repeated(given: Given) -> Codes:
    return np.tile(_one_hot(given), (given.members, 1))


def _member_of_each(given: Given) -> Indices:
    return np.repeat(np.arange(given.members), given.classes)


ONE_NETWORK, BITS, SEPARATE = "ten-outputs", "four-bits", "one-vs-rest"
"""The designs that conclusions compare: one network of an output for each class; one whose outputs
write the class in bits; a network for each class."""
SCORED = ("best-match", "summed", "votes", "coupling", "duels", "walk")
"""Readings for outputs that score every class."""

DESIGNS: Mapping[str, Design] = {
    "ten-outputs": Design(
        label=tr("10 outputs"),
        help=tr("One output for each digit; the strongest one is the answer."),
        group="ten",
        table=_one_hot,
        networks=_nobody(_one_hot),
        softmax_groups=_nobody(_one_hot),
        costs={"softmax": 0.1, "cross-entropy": 0.1, "quadratic": 1.0},
        readings=SCORED,
    ),
    "four-bits": Design(
        label=tr("4 bits"),
        help=tr("Four outputs write the digit as a binary number: 8, 4, 2, 1."),
        group="bits",
        table=_natural,
        networks=_nobody(_natural),
        softmax_groups=_nobody(_natural),
        costs={"cross-entropy": 0.1, "quadratic": 3.0},
        readings=("nearest-code", "literal-bits"),
    ),
    "bit-layer": Design(
        label=tr("Bit layer"),
        help=tr(
            "Ten outputs, and on top of them the exact, untrained layer of the book's exercise "
            "that turns them into four bits."
        ),
        group="bits",
        table=_one_hot,
        networks=_nobody(_one_hot),
        softmax_groups=_nobody(_one_hot),
        costs={"cross-entropy": 0.1, "softmax": 0.1, "quadratic": 1.0},
        readings=("literal-bits", "nearest-code", "best-match"),
        uses=frozenset({"bit_weights"}),
        fixed=lambda given: bit_layer(given.bit_weights, given.classes),
        code=_natural,
    ),
    "any-code": Design(
        label=tr("Any code"),
        help=tr("Your own code: which outputs fire for which digit."),
        group="bits",
        table=_own_code,
        networks=_nobody(_own_code),
        softmax_groups=_nobody(_own_code),
        costs={"cross-entropy": 0.1, "quadratic": 3.0},
        readings=("nearest-code", "literal-bits"),
        uses=frozenset({"code"}),
    ),
    "one-vs-rest": Design(
        label=tr("One-vs-rest"),
        help=tr("Ten separate networks; each knows one digit from all others."),
        group="ensemble",
        table=_one_hot,
        networks=_one_each,
        softmax_groups=_one_each,
        costs={"cross-entropy": 0.25, "quadratic": 1.0},
        readings=SCORED,
        start={"initial": "scaled"},  # a faint one costs it half a point
        uses=frozenset({"balance"}),
    ),
    "all-pairs": Design(
        label=tr("All pairs"),
        help=tr("One-vs-one: 45 networks, each for two digits; together they vote."),
        group="ensemble",
        table=_pairs,
        networks=_each_pair,
        softmax_groups=_each_pair,
        costs={"cross-entropy": 0.25, "quadratic": 1.0},
        readings=("summed", "votes", "coupling", "duels", "walk"),
        start={"hidden": 8},
        start_frozen={"rate": 1.5, "batch": 100, "initial": "zero"},
    ),
    "elimination": Design(
        label=tr("Elimination"),
        help=tr(
            "One head for each set of two or more digits; the least likely digit leaves, and the "
            "head of the others is asked, until one is left."
        ),
        group="ensemble",
        table=_subset_heads,
        networks=_nobody(_subset_heads),
        softmax_groups=_subset_of_each,
        costs={"softmax": 0.1},
        readings=("walk", "best-match", "summed", "votes", "coupling", "duels"),
        trunks=("frozen", "scratch"),
        studied=("separate",),
        start_frozen={"rate": 1.5, "batch": 100, "initial": "zero"},
    ),
    "plain-ensemble": Design(
        label=tr("Plain ensemble"),
        help=tr(
            "Several ten-output networks from different initial weights, averaged: what more "
            "networks give without any scheme."
        ),
        group="ensemble",
        table=_repeated,
        networks=_member_of_each,
        softmax_groups=_member_of_each,
        costs={"softmax": 0.1, "cross-entropy": 0.1, "quadratic": 1.0},
        readings=SCORED,
        trunks=("scratch",),
        uses=frozenset({"members"}),
    ),
}
