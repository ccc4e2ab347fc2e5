"""Studies as the window has them: the plan, the trials that run, and the networks of each."""

import time
from collections.abc import Callable

from nnviz.session.background import Background
from nnviz.session.digits import DigitsInUse
from nnviz.session.files import Files
from nnviz.session.store import Store
from nnviz.session.study_plan import StudyPlan
from nnviz.session.study_runs import StudyRuns
from nnviz.session.study_trials import StudyTrials


class Studies:
    """Nothing of it begins before somebody looks at the page."""

    def __init__(
        self,
        store: Store,
        files: Files,
        digits: DigitsInUse,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._background = Background()
        self._begun = False
        plan = self.plan = StudyPlan(store, self._background)
        self.runs = StudyRuns(store, self._background, plan, clock)
        self.trials = StudyTrials(store, plan, files, digits, clock)

    def begin(self) -> None:
        """Somebody looks at the page."""
        if not self._begun:
            self._begun = True
            self.plan.begin()
            self.runs.find_begun()

    @property
    def busy(self) -> bool:
        """Whether something is being worked out that is said as soon as it is known."""
        return self._background.busy

    def refresh(self) -> None:
        """Takes in what was worked out and what runs. Called with every picture."""
        if self._begun:
            self._background.look()
            self.runs.refresh()
            self.trials.refresh()

    def stop(self) -> None:
        """Ends all that runs, within two seconds; rows are kept. May be called twice."""
        if self._begun:
            self._begun = False
            self.plan.end()
        self.trials.stop()
        self.runs.stop()
        self._background.stop()
