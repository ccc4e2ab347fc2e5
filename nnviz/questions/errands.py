"""What is to be worked out between other things, one piece after another."""

from collections.abc import Generator, Hashable
from dataclasses import dataclass
from typing import Any

from nnviz.questions.question import Kept, Question


@dataclass(frozen=True, eq=False)
class Errand:
    """Long work in pieces."""

    place: Hashable
    """Only one errand of a place waits."""
    work: Generator[None]
    last: bool = False
    """Whether all others come first."""


class Errands:
    """Errands in the order in which they are done."""

    def __init__(self) -> None:
        self._waiting: list[Errand] = []
        self.kept: Kept = {}
        """For the questions among them (see `Question.work`)."""

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, errand: Errand) -> None:
        """Puts it off to the end, in place of an older one of the same place."""
        self.drop(errand.place)
        self._waiting = sorted([*self._waiting, errand], key=lambda each: each.last)

    def put_question(self, question: Question[Any], work: Generator[None]) -> None:
        """The same for a question that is worked on; an urgent one comes next, but one of its
        place that is under way ends: or a slider that moves would never be answered."""
        errand = Errand(question.place, work)
        if not question.urgent:
            self.put(errand)
            return
        now = [each for each in self._waiting[:1] if each.place == errand.place]
        self.drop(errand.place)
        self._waiting = [*now, errand, *self._waiting]

    def drop(self, place: Hashable) -> None:
        """Gives up what waits at a place."""
        self._waiting = [each for each in self._waiting if each.place != place]

    def forget(self) -> None:
        """Other digits: gives up all but what comes last."""
        self._waiting = [each for each in self._waiting if each.last]
        self.kept = {}

    def clear(self) -> None:
        """Gives up everything."""
        self._waiting, self.kept = [], {}

    def work(self) -> None:
        """A piece of the first one."""
        first = self._waiting[0]
        if next(first.work, "done") == "done":
            self._waiting = [each for each in self._waiting if each is not first]
