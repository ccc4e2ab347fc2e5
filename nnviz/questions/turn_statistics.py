"""Where many morphs turn, and whether two readers differ in it: exact tests over pairs."""

from collections.abc import Generator, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices
from nnviz.data.digits import Digits
from nnviz.questions.comparison import sign_test
from nnviz.questions.morphs import BLENDS, STEPS, Turn
from nnviz.questions.question import Kept, Question, Working
from nnviz.questions.readers import EVEN, Reader, Said, saying

MOST_PAIRS = 200
TOGETHER = 10
"""Whole morphs that a reader is shown at once."""


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


@dataclass(frozen=True)
class MorphQuestion(Question[Turns]):
    """Where does a reader turn on many morphs from one class to another?"""

    subject: Reader
    first: int
    second: int
    blend: str
    """One of BLENDS."""
    seed: int = 1

    @property
    def place(self) -> Hashable:
        return type(self), self.subject.name

    def work(self, digits: Digits, kept: Kept) -> Working[Turns]:
        wanted = (self.first, self.second, self.blend, self.seed)
        made, pairs, images = kept.get(type(self), (None, None, None))
        if made != wanted:
            pairs, images = yield from self._morphs(digits)
            kept[type(self)] = (wanted, pairs, images)
        turns = []
        for said in saying(self.subject, images, TOGETHER * STEPS):
            for start in range(0, len(said.answers), STEPS):
                part = slice(start, start + STEPS)
                one = Said(said.answers[part], said.support[part])
                turns.append(Turn(one, self.first, self.second))
            yield
        return turns_of(turns, pairs)

    def _morphs(self, digits: Digits) -> Generator[None, None, tuple[Indices, Bytes]]:
        """-> (pairs, 2), and the images (pairs x STEPS, inputs) between them"""
        pairs = pairs_of(digits.test_labels, self.first, self.second, self.seed)
        images = np.empty((len(pairs) * STEPS, digits.inputs), np.uint8)
        for number, (first, second) in enumerate(pairs.tolist()):
            blend = BLENDS[self.blend].images(digits.test_images[first], digits.test_images[second])
            images[number * STEPS : (number + 1) * STEPS] = blend
            yield
        return pairs, images


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
