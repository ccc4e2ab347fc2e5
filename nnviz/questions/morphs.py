"""Morphs: a digit that becomes another one in a hundred steps, and where each reader turns; where
many morphs turn, and whether two readers differ in it: exact tests over pairs."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import isqrt
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices
from nnviz.data.digits import Digits
from nnviz.data.ink_transport import moved
from nnviz.data.strokes import leaning
from nnviz.questions.comparison import sign_test
from nnviz.questions.question import Kept, Question, Working
from nnviz.questions.readers import EVEN, Reader, Said, said_by, saying
from nnviz.words import tr

STEPS = 101
"""Images of a morph: one for each percent of the way, both ends included."""
SHARES = np.linspace(0, 1, STEPS)
"""(STEPS,): how far along the way"""


@dataclass(frozen=True)
class Blend:
    """A way from one image to another."""

    label: str
    help: str
    images: Callable[[Bytes, Bytes], Bytes]
    """(inputs,), (inputs,) -> (STEPS, inputs)"""
    grey: bool = False
    """Whether it is only for grey images."""


def faded(first: Bytes, second: Bytes) -> Bytes:
    """(STEPS, inputs): each pixel goes from its first to its second value in equal steps.

    Both digits have their centre of mass in the middle, so every image between has it there
    too: to frame them as MNIST frames its digits again would change nothing but their size,
    and that with a jump at both ends.
    """
    mixed = first.astype(np.float64) + SHARES[:, None] * (second.astype(np.float64) - first)
    return np.rint(mixed).astype(np.uint8)


BLENDS: Mapping[str, Blend] = {
    "fade": Blend(
        tr("Fade"),
        tr(
            "The plain morph: one digit fades out while the other fades in, pixel by pixel. "
            "Half-way both are there in grey."
        ),
        faded,
    ),
    "move": Blend(
        tr("Move the ink"),
        tr(
            "The fairer morph: the ink of the one digit moves to where the other has it, on the "
            "shortest way. It stays as dark and as centred as ink of MNIST is."
        ),
        lambda first, second: moved(first, second, SHARES),
        grey=True,
    ),
}


@dataclass(frozen=True)
class MorphChoice:
    """The morph that is looked at."""

    first: int | None = None
    second: int | None = None
    """Numbers of the test digits at both ends (None: see `usual_ends`)."""
    first_kept: str = ""
    second_kept: str = ""
    """Names of kept drawings at the ends instead, where it is known what they are."""
    blend: str = "fade"
    """One of BLENDS."""
    step: int = STEPS // 2
    """The image on screen."""
    many: bool = False
    """Whether many pairs are asked about instead of this one."""
    compared: str = ""
    """The reader that is compared with the baseline in many pairs ("": separate networks)."""


FOUR_TO_NINE = MorphChoice()
"""What is looked at before anybody chooses."""


UPRIGHT = 0.1
"""How far a digit leans, in columns along a row, that stands at an end before anybody chooses."""
LOOKED_AT = 60
"""Digits of a class among which such a one is looked for."""


def usual_ends(labels: Bytes, images: Bytes) -> tuple[int, int]:
    """Numbers of a 4 and a 9 that stand upright, and are most like others that do, among the first
    images (images, inputs) with these labels (images,); where there are none, of digits of the
    first and the last class."""
    known = np.flatnonzero(np.bincount(labels))
    first, second = (4, 9) if {4, 9} <= set(known.tolist()) else (known[0], known[-1])
    return _upright(labels, images, int(first)), _upright(labels, images, int(second))


def _upright(labels: Bytes, images: Bytes, label: int) -> int:
    own = np.flatnonzero(labels == label)[:LOOKED_AT]
    side = isqrt(images.shape[1])
    if side * side != images.shape[1]:  # in colour
        return int(own[0])
    leans = np.abs(leaning(images[own].reshape(-1, side, side)))
    upright = np.flatnonzero(leans <= max(UPRIGHT, leans.min()))
    mean = images[own[upright]].mean(axis=0)
    off = np.square(images[own[upright]] - mean).sum(axis=1)
    return int(own[upright[off.argmin()]])


@dataclass(frozen=True)
class Stretch:
    """A part of the way with one answer."""

    answer: int
    start: int
    end: int
    """Its first and its last step."""


@dataclass(frozen=True, eq=False)
class Turn:
    """How a reader gets from the first class to the second on the way."""

    said: Said
    """Of the images of the morph, in their order."""
    first: int
    second: int
    """Classes of both ends."""

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The answers along the way."""
        found, step = [], 0
        for answer, same in groupby(self.said.answers.tolist()):
            length = len(list(same))
            found.append(Stretch(answer, step, step + length - 1))
            step += length
        return tuple(found)

    @property
    def reads_both_ends(self) -> bool:
        """Whether it starts with the first class and ends with the second."""
        ends = self.stretches[0].answer, self.stretches[-1].answer
        return ends == (self.first, self.second) and self.first != self.second

    @property
    def middle(self) -> int:
        """The step half-way."""
        return len(self.said.answers) // 2

    @property
    def leaves(self) -> int:
        """The first step at which it says something else than at the start."""
        return self.stretches[0].end + 1

    @property
    def arrives(self) -> int:
        """The first step from which on it says what it says at the end."""
        return self.stretches[-1].start

    @property
    def clean(self) -> bool:
        """Whether it turns in a single step."""
        return self.leaves == self.arrives

    @property
    def place(self) -> float:
        """Where it turns, in steps: half-way from leaving to arriving."""
        return (self.leaves + self.arrives) / 2

    @property
    def others(self) -> tuple[Stretch, ...]:
        """Where it says neither of the two."""
        ends = self.stretches[0].answer, self.stretches[-1].answer
        return tuple(each for each in self.stretches if each.answer not in ends)


def turn_of(reader: Reader, images: Bytes, first: int, second: int) -> Turn:
    """What a reader says along a morph (STEPS, inputs) from one class to another."""
    return Turn(said_by(reader, images), first, second)


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
class FindTurns(Question[Turns]):
    """Where does a reader turn on many morphs from one class to another?"""

    beside: ClassVar[str] = "name"
    subject: Reader
    first: int
    second: int
    blend: str
    """One of BLENDS."""
    seed: int = 1

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
