"""What is asked of many digits, in one form for window, still pictures, commands and notebooks.

A new question is one file: a dataclass with `work`, beside what it finds. It is answered with
`at_once(question.work(digits, {}))`, or in pieces by whoever has something else to do.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Chosen, Layout, Outputs, layout_of
from nnviz.networks.network import Network
from nnviz.networks.operations import NO_OPERATIONS, Operations, operated
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence, evidence_blocks

Found = TypeVar("Found")
"""What a question finds: a frozen value."""
Working = Generator[None, None, Found]
"""Yields after every piece and returns what was found."""
Kept = dict[Hashable, Any]
"""What is costly to make and serves several questions about the same digits."""

BLOCK = 1000
"""Digits between two yields, at most."""
AT_ONCE = 150_000_000
"""Multiply-adds between two yields, about: with what is asked besides, some milliseconds."""


BEHIND_FRONT = 16
"""Digits at least where each network has a front: one alone would read all weights for itself."""


def block_of(network: Network, most: int = BLOCK) -> int:
    """Digits that a network is asked about between two yields."""
    least = 1 if network.front is None else BEHIND_FRONT
    return max(least, min(most, AT_ONCE // network.multiply_adds))


@dataclass(frozen=True)
class Subject:
    """A network as it is asked; networks are equal only if they are the same object."""

    network: Network
    settings: Chosen
    """What its outputs mean; of all settings only those that say this."""
    reading: str = ""
    """One that its design has ("": the usual one)."""
    options: Options = Options()
    run: int = field(default=0, compare=False)
    """Number of its run in the window, which is not changed by learning."""
    examples: int = field(default=0, compare=False)
    """Training digits that it has seen."""
    operations: Operations = NO_OPERATIONS
    """What is done to its hidden neurons."""
    means: bytes = b""
    """(networks, hidden) float64: what neurons are held at; empty for 0 (see `operated`)."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", Outputs.of(self.settings))

    @property
    def used_reading(self) -> str:
        """The reading in use."""
        return self.reading or DESIGNS[self.settings.design].readings[0]

    @property
    def altered(self) -> Network:
        """The network with the operations in force."""
        means = np.zeros(self.network.hidden_biases.shape)
        if self.means:
            means = np.frombuffer(self.means).reshape(means.shape)
        return operated(self.network, self.operations, means)

    def laid_out(self, classes: int) -> Layout:
        """What its outputs mean, for so many classes."""
        return layout_of(self.settings, classes)

    def tested(self, digits: Digits, most: int = BLOCK) -> Iterator[tuple[Evidence, Bytes]]:
        """What it says of all test digits, some at a time, with their labels (images,)."""
        layout, start, network = self.laid_out(digits.classes), 0, self.altered
        block = block_of(network, most)
        for evidence in evidence_blocks(network, layout, digits.test_images, block):
            yield evidence, digits.test_labels[start : start + len(evidence)]
            start += len(evidence)


@dataclass(frozen=True)
class Question(ABC, Generic[Found]):
    """Equal questions have equal answers; what is asked about a network is its `subject`."""

    patient: ClassVar[bool] = False
    """Whether it waits until all others have their answers."""
    urgent: ClassVar[bool] = False
    """Whether somebody waits with a hand on it: then it comes before all others."""

    kept: ClassVar[int] = 16
    """How many answers are worth keeping."""

    beside: ClassVar[str] = ""
    """Field of the subject: of those that differ in it each waits for its own answer."""

    @property
    def about(self) -> Subject | None:
        """The network that is asked."""
        found: Subject | None = getattr(self, "subject", None)
        return found

    @property
    def place(self) -> Hashable:
        """Of questions with the same place only the newest waits for its turn."""
        return type(self), getattr(self.about, self.beside) if self.beside else None

    @abstractmethod
    def work(self, digits: Digits, kept: Kept) -> Working[Found]:
        """Works the answer out; `kept` is one place for all questions about these digits."""

    def put_to(self, subject: Subject) -> Self:
        """The same question about another network."""
        return replace(self, subject=subject)  # type: ignore[call-arg]

    def is_like(self, other: "Question[Any]") -> bool:
        """Whether both ask the same, if of different weights."""
        own, its = self.about, other.about
        if own is None or its is None:
            return self == other
        return self.put_to(replace(own, network=its.network)) == other

    def is_same(self, other: "Question[Any]") -> bool:
        """Whether both ask the same of the same weights, if of another copy of them."""
        own, its = self.about, other.about
        if own is None or its is None:
            return self == other
        moment = (own.run, own.examples) == (its.run, its.examples)
        return self.is_like(other) and (own.network is its.network or moment)


Asking = Callable[[Subject], Question[Found]]
"""What is asked about whatever network."""
