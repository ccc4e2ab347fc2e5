"""What a reading says: the answers to many images, the steps to one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.errors import Refusal
from nnviz.words import plain, tr

NOT_A_DIGIT = -1
"""The answer where the bits are no class's code word."""
NOT_A_DIGIT_IN_WORDS = tr("not a digit")


def answer_in_words(answer: int, names: Sequence[str]) -> str:
    """An answer, by the names of the classes."""
    return names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS


class OptionError(Refusal):
    """An option of a reading has an impossible value; the message is for the user."""


@dataclass(frozen=True)
class Options:
    """How a walk goes. Raises OptionError for an impossible value."""

    drop: int = 1
    """How many classes leave at each step; fewer where only one would be left to stay."""
    below: float | None = None
    """All classes less likely than this leave instead, the least likely where there is none."""

    def __post_init__(self) -> None:
        if self.drop < 1:
            raise OptionError(
                "At least one class must leave at each step, not {drop}.", drop=self.drop
            )
        if self.below is not None and not 0 <= self.below <= 1:
            raise OptionError(
                "Classes can leave below a probability from 0 to 1, not {below}.",
                below=plain(self.below),
            )

    def asks_one_head(self, classes: int) -> bool:
        """Whether all but the likeliest leave at once, so that one head decides and there is no
        walk: more than a half is never the share of a class that is not the likeliest."""
        return self.drop >= classes - 1 if self.below is None else self.below > 0.5


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers of one reading to some images."""

    classes: Indices
    """(images,): the class, or NOT_A_DIGIT"""
    scores: Doubles | None = None
    """(images, classes): what the rule compares, for rules that score all classes at once"""
    ties: Bools | None = None
    """(images,): several classes have the most votes"""
    heads_used: Indices | None = None
    """(images,): how many heads (in duels: pairs) were asked, for rules that ask in turn"""
    outputs_used: Indices | None = None
    """(images,): the outputs of those heads, where classes leave by heads of sets"""
    changed: Bools | None = None
    """(images,): the walk ended elsewhere than the head of all classes alone"""


@dataclass(frozen=True)
class Step:
    """One step to a verdict. What the last step leaves is the answer."""

    in_play: tuple[int, ...]
    """Classes, in their order."""
    scores: tuple[float, ...]
    """One for each class in play."""
    leaving: tuple[int, ...]
    rivals: tuple[int, ...] = ()
    """In a duel the two who fight; where votes are counted, the class all are compared with."""

    @property
    def staying(self) -> tuple[int, ...]:
        """Those in play who do not leave; nobody if the verdict is NOT_A_DIGIT."""
        return tuple(each for each in self.in_play if each not in self.leaving)


def last_step(scores: NDArray[np.floating], answer: int, rivals: tuple[int, ...] = ()) -> Step:
    """The step in which all classes but the answer leave, scores (classes,)."""
    everyone = tuple(range(len(scores)))
    leaving = tuple(each for each in everyone if each != answer)
    return Step(everyone, tuple(scores.tolist()), leaving, rivals)
