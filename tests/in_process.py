"""The real training loop without its process: every look at it is one slice of work."""

from collections.abc import Sequence
from typing import TypeVar

from nnviz.training.engine import Died
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import Ask, Asked, Told

Kind = TypeVar("Kind")


class InProcess:
    """An engine that works only while someone listens, so that a test decides how far it goes."""

    loop = TrainingLoop

    def __init__(self) -> None:
        self._told: list[Told | Died] = []
        self._loop = self.loop(self._told.append)
        self.asked: list[Asked] = []
        self.starts = 0
        self.idle = True
        """Whether there was nothing left to do when it was listened to last"""

    def start(self) -> None:
        self.starts += 1
        self._told.clear()
        self._loop = self.loop(self._told.append)

    def ask(self, asked: Asked) -> None:
        self.asked.append(asked)
        self._loop.hear(asked)

    def heard(self) -> Sequence[Told | Died]:
        self.idle = self._loop.work() is None
        told = list(self._told)
        self._told.clear()
        return told

    def tell(self, told: Told) -> None:
        """Puts words into its mouth."""
        self._told.append(told)

    def questions(self, kind: type[Kind] | tuple[type[Kind], ...]) -> list[Kind]:
        """The questions of a kind that were asked."""
        asked = [each.question for each in self.asked if isinstance(each, Ask)]
        return [each for each in asked if isinstance(each, kind)]

    def stop(self) -> None:
        """There is no process to end."""

    def die(self, reason: str = "it was ended by signal 9") -> None:
        """What a session hears when the process is gone."""
        self._loop = self.loop(self._told.append)
        self._told[:] = [Died(reason)]
