"""Answering only where a network is sure enough: how much is left, and how much of it is right.

Source: El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR
11 (2010) 1605-1641.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Doubles


@dataclass(frozen=True)
class Trust:
    """How confidence is looked at."""

    shares: bool = True
    """Shares that add up to 1 over the classes, instead of what the outputs say."""
    each_output: bool = False
    """Every output by itself, instead of the answers."""
    others: tuple[str, ...] = ()
    """Designs whose curves are shown besides that of the design on screen."""
    threshold: float = 0.5
    """Below this confidence the answer is "I don't know"."""
    listed: str = "kept"
    """Which digits are listed: kept (mistakes that stay) or refused."""
    zoomed: bool = False
    """The curve from 80 % of the digits on, where most of it happens."""


@dataclass(frozen=True)
class Selected:
    """What a threshold leaves of some digits."""

    images: int
    answered: int
    """Digits answered: those whose confidence reaches the threshold."""
    wrong: int
    """Mistakes among them."""
    wrong_of_all: int
    """Mistakes if all had been answered."""

    @property
    def coverage(self) -> float:
        """The fraction of digits that is answered."""
        return self.answered / self.images if self.images else 0.0

    @property
    def accuracy(self) -> float:
        """The fraction of answers that is right; NaN if there is none."""
        return 1 - self.wrong / self.answered if self.answered else float("nan")

    @property
    def refused_right(self) -> int:
        """Digits that would have been answered right but are refused."""
        return self.images - self.answered - (self.wrong_of_all - self.wrong)


def selected(
    confidence: NDArray[np.floating], right: Bools, threshold: float, answers: Bools | None = None
) -> Selected:
    """What is left where only digits with this confidence or more are answered.

    All (images,); `answers` says which digits get a class at all (None: all of them): the others
    are refused at every threshold.
    """
    given = np.ones(len(right), np.bool_) if answers is None else answers
    kept = given & (confidence >= threshold)
    wrong = given & ~right
    return Selected(
        len(right),
        int(np.count_nonzero(kept)),
        int(np.count_nonzero(kept & wrong)),
        int(np.count_nonzero(wrong)),
    )


def coverage_curve(
    confidence: NDArray[np.floating], right: Bools, answers: Bools | None = None
) -> tuple[Doubles, Doubles]:
    """Coverage and accuracy at every threshold that tells digits apart, the strictest first.

    Takes the same as `selected`.
    """
    given = np.ones(len(right), np.bool_) if answers is None else answers
    order = np.argsort(-confidence[given], kind="stable")
    sure, good = confidence[given][order], right[given][order]
    if not len(sure):
        return np.zeros(0), np.zeros(0)
    last_of_equals = np.flatnonzero(np.append(sure[1:] != sure[:-1], True))
    answered = last_of_equals + 1.0
    return answered / len(right), np.cumsum(good)[last_of_equals] / answered
