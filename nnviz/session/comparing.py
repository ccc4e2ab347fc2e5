"""Comparing designs: each against the baseline, on all test digits; and other surveys."""

from nnviz.questions.question import Asking, Found
from nnviz.session.answers import Answers
from nnviz.session.known import Known
from nnviz.session.measured import Accuracies
from nnviz.session.state import Work
from nnviz.session.store import Store


class Comparisons:
    """Has the networks that stand for the designs measured and compared, and surveys made."""

    def __init__(self, store: Store, answers: Answers, accuracies: Accuracies) -> None:
        self._store = store
        self._answers = answers
        self._accuracies = accuracies

    def compare(self) -> None:
        """Asks how sure the differences are, if anything has changed since the last time, and
        how long judging takes."""
        self._accuracies.time_missing()
        wanted = self._store.state.comparing
        if wanted is not None:
            self._answers.get(wanted)

    def survey(self, kind: Asking[Found], force: bool = False, work: Work | None = None) -> None:
        """Asks all test digits about a network (None: the one on screen), unless its answer is
        here or on its way; a run that moves is asked when told to (`force`)."""
        state, work = self._store.state, work or self._store.state.work
        if work.learned and (force or not state.running):
            self._answers.get(kind(work.asked(options=state.options)))

    def surveyed(self, kind: Asking[Found], work: Work | None = None) -> Known[Found] | None:
        """The newest answer about a network (None: that on screen)."""
        state, work = self._store.state, work or self._store.state.work
        return self._answers.newest(kind(work.asked(options=state.options)))

    def choose_baseline(self, design: str) -> None:
        """Compares the others with this design from now on."""
        self._store.change(baseline=design)
        self.compare()
