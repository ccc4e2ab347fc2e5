"""Comparing designs: each against the baseline, on all test digits."""

from collections.abc import Hashable
from functools import partial
from typing import Any

from nnviz.questions.comparison import Compare, Compared
from nnviz.questions.question import Asking, Found, Question
from nnviz.session.answers import Known
from nnviz.session.experimenting import Experimenting
from nnviz.session.state import State, Work
from nnviz.training.engine import Engine


class Comparing(Experimenting):
    """Has the networks that stand for the designs measured and compared."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._compared: Compare | None = None
        self._timed: set[int] = set()  # runs whose judging has been or is being timed
        self._surveyed: dict[Hashable, Question[Any]] = {}

    def compare(self) -> None:
        """Asks how sure the differences are, if anything has changed since the last time, and
        how long judging takes."""
        self._time_missing()
        state = self._state
        found = {name: work.measured for name, work in state.representatives.items()}
        known = {name: each for name, each in found.items() if each is not None}
        baseline = known.get(state.baseline)
        if baseline is None or state.engine != "ready":
            return
        asked = Compare(baseline, tuple(known.items()))
        if asked != self._compared:
            self._compared = asked
            self._ask(asked, self._take_compared)

    def survey(self, kind: Asking[Any], force: bool = False, work: Work | None = None) -> None:
        """Asks all test digits about a network (None: the one on screen), unless the answer is
        here or on its way; a run that moves is asked anew when told to (`force`)."""
        state, work = self._state, work or self._state.work
        if state.engine != "ready" or not work.learned or (state.running and not force):
            return
        asked = kind(work.asked(options=state.options))
        before = self._surveyed.get(asked.place)
        if before is not None and before.is_same(asked):
            return
        self._surveyed[asked.place] = asked
        self._ask(asked, partial(self._take_surveyed, asked))

    def surveyed(self, kind: Asking[Found], work: Work | None = None) -> Known[Found] | None:
        """The newest answer to a kind of question, if it is about a network (None: that on
        screen)."""
        work = work or self._state.work
        found = self._state.surveys.get(kind(work.asked()).place)
        return found if found is not None and found.run == work.run else None

    def choose_baseline(self, design: str) -> None:
        """Compares the others with this design from now on."""
        self.change(baseline=design, comparison=None)
        self.compare()

    def _take_surveyed(self, asked: Question[Found], found: Found) -> None:
        self.change(surveys={**self._state.surveys, asked.place: Known(asked, found)})

    def _take_compared(self, told: Compared) -> None:
        self.change(comparison=told)

    def _time_missing(self) -> None:
        """Has judging timed for the runs of this window, while none of them learns."""
        state = self._state
        if state.running or state.engine != "ready":
            return
        for work in state.representatives.values():
            if work.opened is None and not work.judging_seconds and work.run not in self._timed:
                self._timed.add(work.run)
                self._have_measured(work)

    def _measure_missing(self) -> None:
        """Has the networks measured that were loaded before the training process was there."""
        state = self._state
        for work in (*state.works, *state.trained.values()):
            if work.opened is not None and not work.judging_seconds:
                self._have_measured(work)
