"""Where many morphs turn, and whether two readers differ in it: exact tests over pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices
from nnviz.questions.comparison import sign_test
from nnviz.questions.morphs import Turn
from nnviz.questions.readers import EVEN

MOST_PAIRS = 200


@dataclass(frozen=True, eq=False)
class Turns:
    """What one reader says of many morphs from one class to another."""

    pairs: Indices
    """(pairs, 2): numbers of the test digits at both ends"""
    read: Bools
    """(pairs,): whether it reads both ends right; only those count"""
    places: Doubles
    """(pairs,): where it turns, in steps"""
    third: Bools
    """(pairs,): whether it says neither of the two somewhere on the way"""
    unsure: Bools
    """(pairs,): whether no class has a support of EVEN half-way"""

    def quartiles(self) -> tuple[float, float, float]:
        """Of the places where it turns. At least one pair must count."""
        low, middle, high = np.quantile(self.places[self.read], (0.25, 0.5, 0.75)).tolist()
        return low, middle, high


def pairs_of(labels: Bytes, first: int, second: int, seed: int, most: int = MOST_PAIRS) -> Indices:
    """(pairs, 2): pairs of digits of two classes, drawn at random, no digit twice.

    So no pair says anything of another one, as exact tests demand.
    """
    chance = np.random.default_rng(seed)
    ends = [chance.permutation(np.flatnonzero(labels == each)) for each in (first, second)]
    count = min(most, *map(len, ends))
    return np.column_stack([end[:count] for end in ends])


def turns_of(turns: Sequence[Turn], pairs: Indices) -> Turns:
    """Many morphs as one result; pairs (turns, 2)."""
    return Turns(
        pairs,
        np.array([turn.reads_both_ends for turn in turns], np.bool_),
        np.array([turn.place for turn in turns], np.float64),
        np.array([bool(turn.others) for turn in turns], np.bool_),
        np.array([turn.said.strongest[turn.middle] < EVEN for turn in turns], np.bool_),
    )


@dataclass(frozen=True)
class Unequal:
    """How often one reader is above another on the same pairs, and the reverse."""

    more: int
    less: int
    pairs: int
    """That count for both."""
    p: float
    """Exact two-sided p of the sign test: how likely so uneven a split is by chance."""
    difference: float
    """Mean of the one minus the other."""


def compared_places(one: Turns, other: Turns) -> Unequal:
    """Whether one reader turns later than another one: the sign test over pairs that both read
    right. In steps."""
    both = one.read & other.read
    return _unequal(one.places[both] - other.places[both])


def compared_shares(one: Turns, other: Turns, name: str) -> Unequal:
    """Whether `third` or `unsure` is more frequent with one: McNemar's exact test."""
    both = one.read & other.read
    ours, theirs = (getattr(turns, name)[both].astype(np.float64) for turns in (one, other))
    return _unequal(ours - theirs)


def _unequal(differences: Doubles) -> Unequal:
    more, less = int((differences > 0).sum()), int((differences < 0).sum())
    mean = float(differences.mean()) if len(differences) else 0.0
    return Unequal(more, less, len(differences), sign_test(more, less), mean)
