"""Morphs: a digit that becomes another one in a hundred steps, and where each reader turns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.ink_transport import moved
from nnviz.questions.readers import Reader, Said, said_by

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
        "Fade",
        "The plain morph: one digit fades out while the other fades in, pixel by pixel. Half-way "
        "both are there in grey.",
        faded,
    ),
    "move": Blend(
        "Move the ink",
        "The fairer morph: the ink of the one digit moves to where the other has it, on the "
        "shortest way. It stays as dark and as centred as ink of MNIST is.",
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
    blend: str = "fade"
    """One of BLENDS."""
    step: int = STEPS // 2
    """The image on screen."""
    many: bool = False
    """Whether many pairs are asked about instead of this one."""


FOUR_TO_NINE = MorphChoice()
"""What is looked at before anybody chooses."""


def usual_ends(labels: Bytes) -> tuple[int, int]:
    """Numbers of the first 4 and the first 9 among labels (images,); where there are none, of
    the first digits of the first and the last class."""
    known = np.flatnonzero(np.bincount(labels))
    ends = (4, 9) if {4, 9} <= set(known.tolist()) else (known[0], known[-1])
    return int(np.argmax(labels == ends[0])), int(np.argmax(labels == ends[1]))


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
