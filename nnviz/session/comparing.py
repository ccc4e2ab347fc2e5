"""Comparing designs: each against the baseline, on all test digits."""

from dataclasses import replace

from nnviz.networks.curves import Measured
from nnviz.questions.comparison import Compare, Compared
from nnviz.questions.surveys import Survey, Surveyed
from nnviz.session.experimenting import Experimenting
from nnviz.session.state import State, Work
from nnviz.training.engine import Engine
from nnviz.verdicts.answers import Options


class Comparing(Experimenting):
    """Has the networks that stand for the designs measured and compared."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._compared: tuple[int, ...] = ()
        self._timed: set[int] = set()  # runs whose judging has been or is being timed
        self._surveyed: dict[str, tuple[int, int, Options]] = {}

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
        asked = (id(baseline), *(id(each) for each in known.values()))
        if asked == self._compared:
            return
        self._compared = asked
        self._engine.ask(
            Compare(baseline.answers, {name: each.answers for name, each in known.items()})
        )

    def survey(self, name: str, force: bool = False, work: Work | None = None) -> None:
        """Asks all test digits about a network (None: the one on screen), unless its answer is
        here or on its way; a run that moves is asked anew when told to (`force`)."""
        state, work = self._state, work or self._state.work
        if state.engine != "ready" or not work.learned:
            return
        examples = work.position.examples
        wanted = (work.run, examples if force or not state.running else -1, state.options)
        if self._surveyed.get(name) == wanted or (state.running and not force):
            return
        self._surveyed[name] = wanted
        self._engine.ask(
            Survey(name, work.run, work.network, work.judged_by, examples, state.options)
        )

    def surveyed(self, name: str, work: Work | None = None) -> Surveyed | None:
        """The newest result of a survey, if it is about a network (None: that on screen)."""
        found, work = self._state.surveys.get(name), work or self._state.work
        return found if found is not None and found.run == work.run else None

    def choose_baseline(self, design: str) -> None:
        """Compares the others with this design from now on."""
        self.change(baseline=design, comparison=None)
        self.compare()

    def _take_surveyed(self, told: Surveyed) -> None:
        self.change(surveys={**self._state.surveys, told.name: told})

    def _take_compared(self, told: Compared) -> None:
        self.change(comparison=told)

    def _take_measured(self, run: int, result: Measured, seconds: float) -> None:
        state = self._state
        for work in state.works:
            if work.run == run:
                self.change(**self._replaced(_with(work, result, seconds)))
        for design, work in state.trained.items():
            if work.run == run:
                self.change(trained={**state.trained, design: _with(work, result, seconds)})

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


def _with(work: Work, result: Measured, seconds: float) -> Work:
    return replace(work, measured=result, judging_seconds=seconds)
