"""Long work in pieces: generators that yield after every piece and return a result, and what is to
be worked out between other things, one piece after another."""

from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from nnviz.questions.question import Kept, Question

Result = TypeVar("Result")
Told = TypeVar("Told")


def at_once(
    work: Generator[Any, None, Result], hear: Callable[[Any], None] = lambda _: None
) -> Result:
    """Works to the end and returns the result; `hear` is told what each piece yields."""
    while True:
        try:
            hear(next(work))
        except StopIteration as done:
            result: Result = done.value
            return result


def silently(work: Generator[Any, None, Result]) -> Generator[None, None, Result]:
    """The same work without what its pieces yield."""
    return (yield from _telling(work, lambda: None))


def counted(
    work: Generator[Any, None, Result], before: int, total: int
) -> Generator[float, None, Result]:
    """The same work; its pieces yield the fraction done of all pieces, some of them before."""
    done = count(before + 1)
    return (yield from _telling(work, lambda: next(done) / total))


def _telling(
    work: Generator[Any, None, Result], told: Callable[[], Told]
) -> Generator[Told, None, Result]:
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: Result = done.value
            return result
        yield told()


@dataclass(frozen=True, eq=False)
class Errand:
    """Long work in pieces."""

    place: Hashable
    """Only one errand of a place waits."""
    work: Generator[None]
    last: bool = False
    """Whether all others come first."""
    patient: bool = False
    """Whether all others that are not patient come first."""
    ahead: bool = False
    """Whether nobody waits for it yet: all others come first, however patient."""


def _turn(errand: Errand) -> tuple[bool, bool, bool]:
    return errand.last, errand.ahead, errand.patient


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
        self._waiting = sorted([*self._waiting, errand], key=_turn)

    def put_question(
        self, question: Question[Any], work: Generator[None], ahead: bool = False
    ) -> None:
        """The same for a question that is worked on; an urgent one comes next, but one of its
        place that is under way ends: or a slider that moves would never be answered. `ahead`:
        nobody waits for it yet."""
        errand = Errand(question.place, work, patient=question.patient, ahead=ahead)
        if ahead or not question.urgent:
            self.put(errand)
            return
        first = [each for each in self._waiting[:1] if not each.ahead]
        now = [each for each in first if each.place == errand.place]
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
