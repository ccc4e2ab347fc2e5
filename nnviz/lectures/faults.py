"""What is wrong with a lecture: where it stands, and one sentence for its author."""

from dataclasses import dataclass, field
from pathlib import Path

from nnviz.errors import Refusal
from nnviz.words import tr

SHOWN = 40
"""Letters of a wrong word that a sentence shows"""


def shortened(word: str) -> str:
    """A word out of a file, as a sentence about it shows it: in quotes, and only its beginning."""
    return repr(word if len(word) <= SHOWN else f"{word[:SHOWN]}...")


class LectureError(Refusal):
    """A lecture that cannot be shown or written at all; one sentence for the user."""

    line = 1
    """Of its file, where the place is known"""


@dataclass(frozen=True)
class Fault:
    """Something in a lecture that is not shown, or not as its author may think."""

    path: Path
    line: int
    """Of the file, counted from 1"""
    sentence: str

    @property
    def placed(self) -> str:
        """As compilers write it, so that editors find the place: `FILE:LINE: sentence`."""
        place, sentence = f"{self.path}:{self.line}", self.sentence
        # Translators: the place of a mistake in a file, and what it is
        return tr("{place}: {sentence}", place=place, sentence=sentence)


@dataclass
class Faults:
    """Those found so far in one file."""

    path: Path
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        """One more."""
        self.found.append(Fault(self.path, line, sentence))

    def in_order(self) -> tuple[Fault, ...]:
        """All of them, as they stand in the file."""
        return tuple(sorted(self.found, key=lambda fault: fault.line))
