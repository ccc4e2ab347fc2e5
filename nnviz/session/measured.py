"""How accurate open networks are, and how long judging takes: asked for, and kept with them."""

from dataclasses import replace
from typing import Any

from nnviz.questions.accuracy import Measure, Timed
from nnviz.session.answers import Answers
from nnviz.session.known import Known
from nnviz.session.runs import Runs
from nnviz.session.state import Work
from nnviz.session.store import Store


class Accuracies:
    """Has networks measured that do not measure themselves while they learn."""

    def __init__(self, store: Store, answers: Answers, runs: Runs) -> None:
        self._store = store
        self._answers = answers
        self._runs = runs
        self._wanted: set[int] = set()  # runs whose answer has not come yet
        answers.heard.append(self._hear)

    def ask(self, work: Work) -> None:
        """Asks how good a network is."""
        self._wanted.add(work.run)
        known = self._answers.get(Measure(work.asked()))
        if known is not None:
            self._keep(work.run, known.result)

    def ask_missing(self) -> None:
        """Has the networks measured that were loaded before the training process was there."""
        state = self._store.state
        for work in (*state.works, *state.trained.values()):
            if work.run in self._wanted or (work.opened is not None and not work.judging_seconds):
                self.ask(work)

    def time_missing(self) -> None:
        """Has judging timed for the runs of this window, while none of them learns."""
        state = self._store.state
        if state.running:
            return
        for work in state.representatives.values():
            if work.opened is None and not work.judging_seconds:
                self.ask(work)

    def _hear(self, known: Known[Any]) -> None:
        if isinstance(known.question, Measure):
            self._keep(known.run, known.result)

    def _keep(self, run: int, told: Timed) -> None:
        """Keeps an answer with the networks that it is about."""

        def with_it(work: Work) -> Work:
            if work.run != run:
                return work
            return replace(work, measured=told.measured, judging_seconds=told.seconds)

        self._wanted.discard(run)
        state = self._store.state
        self._runs.renew(*(with_it(work) for work in state.works if work.run == run))
        if any(work.run == run for work in state.trained.values()):
            trained = {design: with_it(work) for design, work in state.trained.items()}
            self._store.change(trained=trained)
