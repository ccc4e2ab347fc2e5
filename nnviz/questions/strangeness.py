"""How readers take images that are no digits: sure of an answer, or none of their outputs."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Floats, Indices, joined
from nnviz.data.digits import Digits
from nnviz.data.specimens import Material, kinds_for, material_of, specimen
from nnviz.questions.question import Kept, Question, Working
from nnviz.questions.readers import EVEN, SURE, Reader, auroc, saying
from nnviz.words import tr

TOGETHER = 10
"""Specimens made without a look at what else is to do."""


@dataclass(frozen=True, eq=False)
class Taken:
    """How one reader took all specimens of one kind."""

    answers: NDArray[np.int8]
    """(specimens,): the class, or NOT_A_DIGIT"""
    strongest: Floats
    """(specimens,): the largest support of any class"""


@dataclass(frozen=True)
class JudgeSpecimens(Question[Mapping[str, Taken]]):
    """How does a reader take each kind of specimens?"""

    beside: ClassVar[str] = "name"
    subject: Reader
    seed: int = 1

    def work(self, digits: Digits, kept: Kept) -> Working[Mapping[str, Taken]]:
        seed, shown = kept.get(type(self), (None, {}))
        if seed != self.seed:
            shown = yield from _specimens(self.seed, material_of(digits))
            kept[type(self)] = (self.seed, shown)
        taken = {}
        for name, images in shown.items():
            known = []
            for said in saying(self.subject, images):
                known.append(Taken(said.answers, said.strongest))
                yield
            taken[name] = joined(known)
        return taken


def _specimens(seed: int, material: Material) -> Generator[None, None, Mapping[str, Bytes]]:
    made = {}
    for name, kind in kinds_for(material).items():
        images = np.empty((kind.count, material.images.shape[1]), np.uint8)
        for number in range(kind.count):
            images[number] = specimen(name, number, seed, material)
            if number % TOGETHER == TOGETHER - 1:
                yield
        made[name] = images
    return made


@dataclass(frozen=True)
class Measure:
    """One number for a reader and a kind."""

    label: str
    help: str
    counts: str
    """What its percentage is one of, in a few words."""
    of: Callable[[Taken, Taken], float]
    """(a kind, the digits) -> a fraction"""
    bad: bool
    """Whether a large number means that it was fooled."""


MEASURES: Mapping[str, Measure] = {
    "sure": Measure(
        tr("Sure of an answer"),
        tr("Of 100 specimens, how many have an output above 0.9."),
        tr("an output above 0.9"),
        lambda kind, _: float((kind.strongest > SURE).mean()),
        bad=True,
    ),
    "none": Measure(
        tr("Nobody says yes"),
        tr("Of 100 specimens, how many leave every output below 0.5."),
        tr("every output below 0.5"),
        lambda kind, _: float((kind.strongest < EVEN).mean()),
        bad=False,
    ),
    "auroc": Measure(
        tr("Told apart"),
        tr(
            "How often the strongest output of a digit is above that of a specimen (AUROC, in "
            "percent): 50 is guessing, 100 never fails."
        ),
        tr("pairs in which a digit has the stronger output"),
        lambda kind, digits: auroc(digits.strongest, kind.strongest),
        bad=False,
    ),
}


def fooled(taken: Taken) -> Indices:
    """Numbers of the specimens that it is sure about, the surest first."""
    order = np.argsort(-taken.strongest, kind="stable")
    return order[taken.strongest[order] > SURE]


def says_most(taken: Taken) -> tuple[int, float]:
    """The most frequent answer among those that fooled it, and its share; (-1, 0) for none."""
    sure = taken.answers[fooled(taken)]
    counts = np.bincount(sure[sure >= 0]) if (sure >= 0).any() else np.zeros(0)
    if not counts.size:
        return -1, 0.0
    most = int(counts.argmax())
    return most, float(counts[most] / len(sure))
