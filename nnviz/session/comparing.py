"""Comparing designs: each against the baseline, on all test digits."""

from nnviz.questions.comparison import Compare, Compared
from nnviz.questions.surveys import Survey, Surveyed
from nnviz.session.measured import Accuracies
from nnviz.session.process import Process
from nnviz.session.state import Work
from nnviz.session.store import Store
from nnviz.verdicts.answers import Options


class Comparisons:
    """Has the networks that stand for the designs measured and compared, and surveys made."""

    def __init__(self, store: Store, process: Process, accuracies: Accuracies) -> None:
        self._store = store
        self._process = process
        self._accuracies = accuracies
        process.renewed.append(self.forget)
        self._compared: tuple[int, ...] = ()
        self._surveyed: dict[str, tuple[int, int, Options]] = {}

    def compare(self) -> None:
        """Asks how sure the differences are, if anything has changed since the last time, and
        how long judging takes."""
        self._accuracies.time_missing()
        state = self._store.state
        found = {name: work.measured for name, work in state.representatives.items()}
        known = {name: each for name, each in found.items() if each is not None}
        baseline = known.get(state.baseline)
        if baseline is None or state.engine != "ready":
            return
        asked = (id(baseline), *(id(each) for each in known.values()))
        if asked == self._compared:
            return
        self._compared = asked
        self._process.ask(
            Compare(baseline.answers, {name: each.answers for name, each in known.items()})
        )

    def survey(self, name: str, force: bool = False, work: Work | None = None) -> None:
        """Asks all test digits about a network (None: the one on screen), unless its answer is
        here or on its way; a run that moves is asked anew when told to (`force`)."""
        state, work = self._store.state, work or self._store.state.work
        if state.engine != "ready" or not work.learned:
            return
        examples = work.position.examples
        wanted = (work.run, examples if force or not state.running else -1, state.options)
        if self._surveyed.get(name) == wanted or (state.running and not force):
            return
        self._surveyed[name] = wanted
        self._process.ask(
            Survey(name, work.run, work.network, work.judged_by, examples, state.options)
        )

    def surveyed(self, name: str, work: Work | None = None) -> Surveyed | None:
        """The newest result of a survey, if it is about a network (None: that on screen)."""
        found, work = self._store.state.surveys.get(name), work or self._store.state.work
        return found if found is not None and found.run == work.run else None

    def choose_baseline(self, design: str) -> None:
        """Compares the others with this design from now on."""
        self._store.change(baseline=design, comparison=None)
        self.compare()

    def take_surveyed(self, told: Surveyed) -> None:
        self._store.change(surveys={**self._store.state.surveys, told.name: told})

    def take(self, told: Compared) -> None:
        self._store.change(comparison=told)

    def forget(self) -> None:
        """Other digits, or another training process, which knows of no question."""
        self._compared = ()
        self._surveyed.clear()
