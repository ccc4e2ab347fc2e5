"""Runs that survive the window, the training process and the machine."""

import math
import time

from nnviz.autosave import Autosave, Interrupted, age_in_words
from nnviz.engine import Engine
from nnviz.learning.digits import Source
from nnviz.learning.trained import TrainedNetwork
from nnviz.networks import Networks
from nnviz.state import State, Work

KEPT_EVERY = 5.0
"""Seconds of a run between two moments that are kept."""


class Survival(Networks):
    """Keeps the run on screen safe, and offers what an earlier program left."""

    def __init__(self, state: State, engine: Engine, autosave: Autosave | None) -> None:
        super().__init__(state, engine)
        self._autosave = autosave
        self._kept_at = -math.inf
        self._interrupted: list[Interrupted] = []
        self._continuing: TrainedNetwork | None = None

    def offer_interrupted(self) -> None:
        """Offers to go on with a run whose program died."""
        if self._autosave is None:
            return
        self._interrupted = self._autosave.interrupted()
        if self._interrupted:
            found = self._interrupted[0]
            epochs = found.trained.position.examples / max(1, found.trained.trained_on)
            self.say(
                "info",
                f"A run was interrupted {age_in_words(found.when)}, at epoch {epochs:.1f}.",
                action="continue_interrupted",
                action_label="Continue it",
            )

    def continue_interrupted(self) -> None:
        """Shows the interrupted run as it stood; Run goes on exactly from there."""
        if not self._interrupted:
            return
        trained = self._interrupted[0].trained
        self.change(notice=None)
        if trained.source is not None and trained.source != self._state.digits.source:
            self._continuing = trained
            self._open_source(trained.source)
        else:
            self._take_up(trained)

    def _open_source(self, source: Source) -> None:
        """Has the training process take another data set."""
        raise NotImplementedError

    def _take_up(self, trained: TrainedNetwork) -> None:
        digits = self._state.digits
        same = (trained.class_names, trained.digits) == (digits.class_names, digits.name)
        limit = trained.settings.images or digits.train_count
        if not same or trained.trained_on != min(limit, digits.train_count):
            self.say("error", "The interrupted run learned from digits that are no longer there.")
            return
        self._show(
            Work(trained.settings, trained.network, trained.position, trained.points), notice=None
        )
        self._keep_safe(at_once=True)
        if self._autosave is not None:
            self._autosave.wait()
            self._interrupted.pop(0).path.unlink(missing_ok=True)

    def _moved(self, at_rest: bool) -> None:
        self._keep_safe(at_once=at_rest)

    def _keep_safe(self, at_once: bool = False) -> None:
        """Has the run on screen written now and then, and whenever it pauses."""
        work, now = self._state.work, time.monotonic()
        if self._autosave is None or not work.would_be_lost:
            return
        if at_once or now - self._kept_at >= KEPT_EVERY:
            self._kept_at = now
            self._autosave.keep(self._story(work, self._state.digits.source))
        trouble = self._autosave.trouble()
        if trouble:
            self.say("error", trouble)
