"""What a network learned from, and whether two learned from the same digits."""

from collections.abc import Iterator
from dataclasses import dataclass

from nnviz.data.handed import Handed


@dataclass(frozen=True)
class Taught:
    """The digits that a network was handed, how often it saw them, and what came before."""

    handed: Handed
    epochs: float
    """How often it saw all of them"""
    before: "Taught | None" = None
    """What its weights had learned before: its frozen trunk, or the network it went on from"""

    def __iter__(self) -> Iterator["Taught"]:
        """This and all before it, the latest first."""
        yield self
        if self.before is not None:
            yield from self.before

    @property
    def digits(self) -> frozenset[Handed]:
        """All that any of its weights learned from."""
        return frozenset(each.handed for each in self)


UNKNOWN = Taught(Handed("", (), 0), 0.0)
"""Stands for what a file does not tell"""


def alike(first: Taught, second: Taught) -> bool:
    """Whether two networks, and what they began on, learned from the same digits, so that their
    difference is one of design; never where that is not known."""
    known = all(each.handed.known for taught in (first, second) for each in taught)
    return known and first.digits == second.digits


def meant_for(taught: Taught, kind: str) -> bool:
    """Whether a network, and what it began on, learned from such images (see `Handed.kind`)."""
    return all(each.handed.kind == kind for each in taught)
