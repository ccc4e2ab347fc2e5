"""How accurate open networks are, and how long judging takes: asked for, and kept with them."""

from dataclasses import replace

from nnviz.networks.curves import Measured
from nnviz.session.process import Process
from nnviz.session.runs import Runs
from nnviz.session.state import Work
from nnviz.session.store import Store
from nnviz.training.messages import Measure


class Accuracies:
    """Has networks measured that do not measure themselves while they learn."""

    def __init__(self, store: Store, process: Process, runs: Runs) -> None:
        self._store = store
        self._process = process
        self._runs = runs
        process.renewed.append(self.forget)
        self._timed: set[int] = set()  # runs whose judging has been or is being timed

    def ask(self, work: Work) -> None:
        """Asks the training process how good a network is."""
        examples = work.position.examples
        self._process.ask(Measure(work.run, work.network, work.judged_by, examples))

    def ask_missing(self) -> None:
        """Has the networks measured that were loaded before the training process was there."""
        state = self._store.state
        for work in (*state.works, *state.trained.values()):
            if work.opened is not None and not work.judging_seconds:
                self.ask(work)

    def time_missing(self) -> None:
        """Has judging timed for the runs of this window, while none of them learns."""
        state = self._store.state
        if state.running or state.engine != "ready":
            return
        for work in state.representatives.values():
            if work.opened is None and not work.judging_seconds and work.run not in self._timed:
                self._timed.add(work.run)
                self.ask(work)

    def take(self, run: int, result: Measured, seconds: float) -> None:
        """Keeps an answer with the networks that it is about."""

        def with_it(work: Work) -> Work:
            if work.run != run:
                return work
            return replace(work, measured=result, judging_seconds=seconds)

        state = self._store.state
        self._runs.renew(*(with_it(work) for work in state.works if work.run == run))
        if any(work.run == run for work in state.trained.values()):
            trained = {design: with_it(work) for design, work in state.trained.items()}
            self._store.change(trained=trained)

    def forget(self) -> None:
        """Other digits are in use."""
        self._timed.clear()
