"""Answers of many digits: known ones are kept, others asked for, and never twice at a time."""

import time
from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass
from typing import Any

from nnviz.errors import Refusal
from nnviz.questions.piecemeal import Errands
from nnviz.questions.question import Found, Question
from nnviz.session.known import Known, at
from nnviz.session.process import Process
from nnviz.session.store import Store
from nnviz.training.messages import Answered, Ask, NeverMind

PAUSE = 1.0
"""Seconds between two questions about a run that goes on."""
SLICE = 0.008
"""Seconds between two frames in which the window answers by itself; then a piece ends."""


@dataclass
class _Asked:
    """The newest question of a place."""

    question: Question[Any]
    number: int
    time: float
    answered: bool = False


class Answers:
    """Has questions answered by the training process, and where that has died by itself; keeps
    them as `State.answers`."""

    def __init__(
        self, store: Store, process: Process, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._process = process
        self.clock = clock
        self._number = 0
        self._valid_from = 0
        self._asked: dict[Hashable, _Asked] = {}  # by place
        self._open: dict[int, Question[Any]] = {}  # by number
        self._own = Errands()
        self._ahead = 0  # number of what was asked ahead last
        self._claimed = False  # whether somebody waits for it by now
        self.heard: list[Callable[[Known[Any]], None]] = []
        """Called with every answer that comes."""

    def get(self, question: Question[Found]) -> Known[Found] | None:
        """The answer, if it is known; else it is asked for, unless it is on its way. Of a run
        that goes on one question is answered before the next is asked, and those are a second
        apart. Nobody is asked before the training process is there."""
        known = self.known(question)
        if known is None or known.order < self._valid_from:
            self._ask(question)
        return known

    @property
    def waiting(self) -> bool:
        """Whether anything that was asked is still to be answered."""
        return bool(self._open)

    def ask_ahead(self, question: Question[Any]) -> bool:
        """Asks what nobody wants to know yet, where nothing else is waiting: all that is asked
        meanwhile is answered first. -> whether it was asked."""
        if self.waiting or self._store.state.engine != "ready":
            return False
        known = self.known(question)
        if known is not None and known.order >= self._valid_from:
            return False
        self._ahead, self._claimed = self._note(question), False
        self._process.ask(Ask(self._ahead, question, ahead=True))
        return True

    def never_mind(self) -> None:
        """What was asked ahead is not wanted any more, unless somebody waits for it by now."""
        question = None if self._claimed else self._open.pop(self._ahead, None)
        if question is None:
            return
        asked = self._asked.get(question.place)
        if asked is not None and asked.number == self._ahead:
            del self._asked[question.place]
            self._process.ask(NeverMind(question.place))

    def known(self, question: Question[Found]) -> Known[Found] | None:
        """The answer, if it is known; nobody is asked."""
        return self._store.state.answers.same(question)

    def result(self, question: Question[Found]) -> Found | None:
        """What it found, if that is known; nobody is asked."""
        known = self.known(question)
        return known.result if known is not None else None

    def newest(self, question: Question[Found]) -> Known[Found] | None:
        """The answer, else the last one to a question of the same place about the same run."""
        return self._store.state.answers.newest(question)

    def take(self, told: Answered) -> None:
        """Keeps an answer; one that nobody waits for any more is dropped."""
        question = self._open.get(told.number)
        if question is None:
            return
        for number in [one for one in self._open if one <= told.number]:
            if self._open[number].place == question.place:
                del self._open[number]
        asked = self._asked.get(question.place)
        if asked is not None and asked.number == told.number:
            asked.answered = True
        known, state = Known(question, told.result, told.number), self._store.state
        works = (*state.works, *state.trained.values())
        self._store.change(answers=state.answers.told(known, works))
        for hear in self.heard:
            hear(known)

    def lose(self) -> None:
        """Nothing is on its way any more: the training process has died."""
        self._asked.clear()
        self._open.clear()
        self._own.clear()

    def forget(self) -> None:
        """The same, and what is known is asked anew: other digits are in use, or the same read
        again."""
        self.lose()
        self._valid_from = self._number + 1

    def work(self) -> None:
        """Answers by itself for a moment, where the training process has died."""
        if self._store.state.engine != "dead":
            return
        until = time.perf_counter() + SLICE
        while self._own:
            self._own.work()
            if time.perf_counter() >= until:
                break

    def _ask(self, question: Question[Any]) -> None:
        state, now, place = self._store.state, self.clock(), question.place
        if state.engine == "starting":
            return
        before = self._asked.get(place)
        if before is not None and at(before.question) == at(question):
            waits = not before.answered or (state.running and now - before.time < PAUSE)
            if waits and before.question.is_like(question):
                self._claimed |= before.number == self._ahead
                return
        if self._open.get(self._ahead) == question:  # of a run that had another number then
            self._claimed = True
            return
        asked = Ask(self._note(question), question)
        if state.engine == "dead":
            self._own.put_question(question, self._answer(asked))
        else:
            self._process.ask(asked)

    def _note(self, question: Question[Any]) -> int:
        """Remembers that something is asked; -> its number."""
        self._number += 1
        self._asked[question.place] = _Asked(question, self._number, self.clock())
        self._open[self._number] = question
        return self._number

    def _answer(self, asked: Ask) -> Generator[None]:
        try:
            found = yield from asked.question.work(self._store.state.digits, self._own.kept)
        except Refusal as error:  # the training digits are not where they were
            self._store.say("error", str(error))
            return
        self.take(Answered(asked.number, found))
