"""The outputs of a design for so many classes: what is asked, who answers, how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np

from nnviz.data.arrays import Bools, Indices
from nnviz.networks.bit_layer import FixedLayer
from nnviz.networks.codes import Codes
from nnviz.networks.designs import DESIGNS, Given, sets_to_ask


class Chosen(Protocol):
    """The settings that a layout depends on (see `settings.Settings`)."""

    @property
    def design(self) -> str: ...
    @property
    def trunk(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def members(self) -> int: ...
    @property
    def bit_weights(self) -> str: ...


@dataclass(frozen=True)
class Outputs:
    """These settings alone: equal ones have the same layout."""

    design: str
    trunk: str
    code: str
    members: int
    bit_weights: str

    @classmethod
    def of(cls, chosen: Chosen) -> "Outputs":
        """What settings say about the outputs."""
        return cls(chosen.design, chosen.trunk, chosen.code, chosen.members, chosen.bit_weights)


@dataclass(frozen=True, eq=False)
class Layout:
    """One design, laid out."""

    table: Codes
    """(outputs, classes): +1 fire, -1 stay silent, 0 never asked"""
    networks: Indices
    """(outputs,): the network whose hidden layer the output reads"""
    groups: Indices
    """(outputs,): the outputs of a group share one probability where the cost is softmax"""
    words: Codes
    """(bits, classes): the code words that bits are compared with; `table` without `fixed`"""
    fixed: FixedLayer | None
    """The untrained layer on top of the outputs"""
    has_bits: bool
    """Whether the answer is a code word"""

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return int(self.table.shape[1])

    @property
    def network_count(self) -> int:
        """How many networks lie side by side."""
        return int(self.networks.max()) + 1

    @cached_property
    def taught(self) -> Codes:
        """(classes + 1, outputs): what an image of each label teaches; of the last, `classes`,
        that it is no digit, so that no output should fire"""
        silent = np.full((1, len(self.table)), -1, np.int8)
        return np.concatenate([self.table.T, silent])

    @cached_property
    def asked(self) -> Bools:
        """(outputs, classes): whether digits of the class teach the output anything"""
        return np.asarray(self.table != 0)

    @cached_property
    def asks_all(self) -> bool:
        """Whether every output learns from every digit."""
        return bool(self.asked.all())

    @cached_property
    def group_size(self) -> int:
        """Outputs of each softmax group if all groups are alike, lie side by side and learn from
        every digit; else 0."""
        size = int((self.groups == self.groups[0]).sum())
        if len(self.groups) % size or not self.asks_all:
            return 0
        alike = (self.groups.reshape(-1, size) == self.groups[::size, None]).all()
        return size if alike and len(set(self.groups.tolist())) * size == len(self.groups) else 0

    @cached_property
    def one_hot(self) -> bool:
        """Whether each output speaks for one class against all others."""
        fires = self.table > 0
        alone = bool((fires.sum(axis=1) == 1).all())
        return self.asks_all and alone and bool(fires.any(axis=0).all())

    @cached_property
    def heads(self) -> Mapping[tuple[int, ...], Indices]:
        """Set of classes -> its outputs in the order of the classes, where every set has some.

        Empty for designs without a head for each set of classes.
        """
        if self.asks_all or len(self.groups) == len(set(self.groups.tolist())):
            return {}
        members: dict[int, list[int]] = {}
        for output, group in enumerate(self.groups.tolist()):
            members.setdefault(group, []).append(output)
        own = self.table.argmax(axis=1)
        found = {}
        for outputs in members.values():
            ordered = sorted(outputs, key=lambda output: int(own[output]))
            found[tuple(own[ordered].tolist())] = np.array(ordered, np.intp)
        return found if len(found) == sets_to_ask(self.classes) else {}

    @cached_property
    def head_outputs(self) -> Indices:
        """(2 ** classes, classes): the outputs of the set whose classes are the bits of the row's
        number, in the order of the classes, and 0 from there on."""
        found = np.zeros((1 << self.classes, self.classes), np.intp)
        for chosen, outputs in self.heads.items():
            found[sum(1 << each for each in chosen), : len(outputs)] = outputs
        return found

    @cached_property
    def pair_outputs(self) -> Indices:
        """(classes, classes): the output that prefers row to column; -1 where there is none."""
        found = np.full((self.classes, self.classes), -1, np.intp)
        for chosen, outputs in self.heads.items():
            if len(chosen) == 2:
                first, second = chosen
                found[first, second], found[second, first] = outputs
        if not (self.heads or self.one_hot or self.has_bits):
            alone = (self.asked.sum(axis=1) == 2) & (self.table.sum(axis=1) == 0)
            for output in np.flatnonzero(alone).tolist():
                found[self.table[output].argmax(), self.table[output].argmin()] = output
        return found

    @cached_property
    def has_pairs(self) -> bool:
        """Whether there is an output of its own for every two classes."""
        found = self.pair_outputs >= 0
        return bool((found | found.T | np.eye(self.classes, dtype=bool)).all())


@lru_cache(maxsize=64)
def _layout(design: str, trunk: str, given: Given) -> Layout:
    entry = DESIGNS[design]
    table = entry.table(given)
    networks = entry.networks(given)
    if trunk == "frozen":
        networks = np.zeros(len(table), np.intp)
    elif trunk == "separate":
        networks = entry.softmax_groups(given)
    fixed = entry.fixed(given) if entry.fixed else None
    words = entry.code(given) if entry.code else table
    has_bits = "nearest-code" in entry.readings
    return Layout(table, networks, entry.softmax_groups(given), words, fixed, has_bits)


def layout_of(chosen: Chosen, classes: int) -> Layout:
    """The layout that settings ask for. Raises CodeError if the code has too few words."""
    given = Given(classes, chosen.code, chosen.members, chosen.bit_weights)
    return _layout(chosen.design, chosen.trunk, given)


def heads_asked(layout: Layout) -> int:
    """How many softmax heads of one network learn from a digit: 511 of 1,013 for ten classes.

    Their errors add up in the hidden layer below them all and would throw it about. So it
    learns from the mean over the heads asked; each head's own weights follow their own
    gradient. 1 where the design has no head for each set of classes.
    """
    if not layout.heads:
        return 1
    fires = [layout.table[layout.networks == n] > 0 for n in range(layout.network_count)]
    return max(int(table.sum(axis=0).max()) for table in fires)
