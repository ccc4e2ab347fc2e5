"""Questions that are put to one reader after another: strange images, many morphs.

A new question is a frozen value and an entry in `ASKING`. The training process works on it
between slices of learning; what all readers are shown is made once.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.digits import DigitSet, ShownDigits, shape_of
from nnviz.data.specimens import Material, kinds_for, specimen
from nnviz.questions.morphs import BLENDS, STEPS, Turn
from nnviz.questions.piecemeal import at_once
from nnviz.questions.readers import Reader, Said, saying
from nnviz.questions.strangeness import Taken
from nnviz.questions.turn_statistics import Turns, pairs_of, turns_of
from nnviz.verdicts.answers import Options

TOGETHER = 50
"""Specimens made without a look at what else is to do."""
MORPHS_TOGETHER = 10


@dataclass(frozen=True)
class StrangeQuestion:
    """How is each kind of specimens taken?"""

    seed: int = 1


@dataclass(frozen=True)
class MorphQuestion:
    """Where do many morphs from one class to another turn?"""

    first: int
    second: int
    blend: str
    """One of BLENDS."""
    seed: int = 1


Question = StrangeQuestion | MorphQuestion


@dataclass(frozen=True, eq=False)
class Inquiry:
    """Put a question to a reader."""

    question: Question
    reader: Reader


@dataclass(frozen=True, eq=False)
class Inquired:
    """The answer to an Inquiry."""

    question: Question
    name: str
    """Of the reader."""
    asked: "Asked"
    result: Any
    """Kind -> Taken, or Turns."""


@dataclass(frozen=True)
class Asked:
    """What the answers of a reader depend on, besides the question."""

    run: int
    examples: int
    reading: str
    options: Options


def asked_of(reader: Reader) -> Asked:
    """What the answers of a reader depend on."""
    return Asked(reader.run, reader.examples, reader.used_reading, reader.options)


Shown = Any
"""What a question shows to every reader."""


def material_of(digits: DigitSet | ShownDigits) -> Material:
    """What specimens are made from."""
    images = digits.test_images if isinstance(digits, DigitSet) else digits.images
    labels = digits.test_labels if isinstance(digits, DigitSet) else digits.labels
    shape = shape_of(images.shape[1])
    return Material(images, labels, digits.class_names, shape, digits.name)


def _make_specimens(
    question: StrangeQuestion, material: Material
) -> Generator[None, None, Mapping[str, Bytes]]:
    made = {}
    for name, kind in kinds_for(material).items():
        images = np.empty((kind.count, material.images.shape[1]), np.uint8)
        for number in range(kind.count):
            images[number] = specimen(name, number, question.seed, material)
            if number % TOGETHER == TOGETHER - 1:
                yield
        made[name] = images
    return made


def _take(reader: Reader, shown: Mapping[str, Bytes]) -> Generator[None, None, Mapping[str, Taken]]:
    taken = {}
    for name, images in shown.items():
        said = yield from _saying(saying(reader, images))
        taken[name] = Taken(said.answers, said.strongest)
    return taken


@dataclass(frozen=True, eq=False)
class _Morphs:
    """Many morphs between digits of two classes."""

    pairs: NDArray[np.intp]
    """(pairs, 2)"""
    classes: tuple[int, int]
    images: Bytes
    """(pairs x STEPS, inputs)"""


def _make_morphs(question: MorphQuestion, material: Material) -> Generator[None, None, _Morphs]:
    pairs = pairs_of(material.labels, question.first, question.second, question.seed)
    images = np.empty((len(pairs) * STEPS, material.images.shape[1]), np.uint8)
    for number, (first, second) in enumerate(pairs.tolist()):
        blend = BLENDS[question.blend].images(material.images[first], material.images[second])
        images[number * STEPS : (number + 1) * STEPS] = blend
        yield
    return _Morphs(pairs, (question.first, question.second), images)


def _turn(reader: Reader, shown: _Morphs) -> Generator[None, None, Turns]:
    turns = []
    # whole morphs in each block
    for said in saying(reader, shown.images, MORPHS_TOGETHER * STEPS):
        for start in range(0, len(said.answers), STEPS):
            part = slice(start, start + STEPS)
            turns.append(Turn(Said(said.answers[part], said.support[part]), *shown.classes))
        yield
    return turns_of(turns, shown.pairs)


def _saying(parts: Iterable[Said]) -> Generator[None, None, Said]:
    known = []
    for part in parts:
        known.append(part)
        yield
    return Said(
        np.concatenate([part.answers for part in known]),
        np.concatenate([part.support for part in known]),
    )


@dataclass(frozen=True)
class _Asking:
    """How a kind of question is worked on; both are generators that yield after every piece."""

    make: Callable[[Any, Material], Generator[None, None, Shown]]
    ask: Callable[[Reader, Any], Generator[None, None, Any]]


ASKING: Mapping[type, _Asking] = {
    StrangeQuestion: _Asking(_make_specimens, _take),
    MorphQuestion: _Asking(_make_morphs, _turn),
}


@dataclass
class Inquiring:
    """Works on inquiries, and keeps what was made for the newest question of each kind."""

    _made: dict[type, tuple[Question, Shown]] = field(default_factory=dict)

    def working(
        self, inquiry: Inquiry, digits: DigitSet | ShownDigits
    ) -> Generator[None, None, Inquired]:
        """Works on one, yielding after every piece."""
        question, reader = inquiry.question, inquiry.reader
        asking = ASKING[type(question)]
        known = self._made.get(type(question))
        if known is None or known[0] != question:
            shown = yield from asking.make(question, material_of(digits))
            known = self._made[type(question)] = (question, shown)
        result = yield from asking.ask(reader, known[1])
        return Inquired(question, reader.name, asked_of(reader), result)

    def now(self, inquiry: Inquiry, digits: DigitSet | ShownDigits) -> Inquired:
        """The answer at once."""
        return at_once(self.working(inquiry, digits))
