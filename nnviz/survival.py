"""Runs that survive the window, the training process and the machine."""

import math
import time
from abc import abstractmethod

from nnviz.autosave import Autosave, Interrupted, age_in_words
from nnviz.engine import Engine
from nnviz.learning.digits import Source
from nnviz.learning.trained import TrainedNetwork
from nnviz.operating import Operating
from nnviz.state import State, Work

KEPT_EVERY = 5.0
"""Seconds of a run between two moments that are kept."""


class Survival(Operating):
    """Keeps the run on screen safe, and offers what an earlier program left."""

    def __init__(self, state: State, engine: Engine, autosave: Autosave | None) -> None:
        super().__init__(state, engine)
        self._autosave = autosave
        self._kept_at = -math.inf
        self._interrupted: list[Interrupted] = []
        self._continuing = False

    def offer_interrupted(self) -> None:
        """Offers to go on with the runs of a program that died."""
        if self._autosave is None:
            return
        found = self._autosave.interrupted()
        self._interrupted = [run for run in found if run.owner == found[0].owner]
        if self._interrupted:
            newest, more = self._interrupted[0], len(self._interrupted) - 1
            epochs = newest.trained.position.examples / max(1, newest.trained.trained_on)
            age = age_in_words(newest.when)
            others = f" ({more} more with it)" if more else ""
            self.say(
                "info",
                f"A run was interrupted {age}, at epoch {epochs:.1f}{others}.",
                action="continue_interrupted",
                action_label="Continue it",
            )

    def continue_interrupted(self) -> None:
        """Shows the interrupted runs as they stood; Run goes on exactly from there."""
        if not self._interrupted:
            return
        source = self._interrupted[0].trained.source
        self.change(notice=None)
        if source is not None and source != self._state.digits.source:
            self._continuing = True
            self.open_digits(source)
        else:
            self._take_up()

    @abstractmethod
    def open_digits(self, source: Source) -> None:
        """Has the training process take another data set."""

    def _take_up(self) -> None:
        """Opens the interrupted runs, the newest on screen."""
        fitting = [run for run in self._interrupted if self._fits(run.trained)]
        if not fitting:
            self.say("error", "The interrupted run learned from digits that are no longer there.")
            return
        for run in reversed(fitting):
            trained = run.trained
            work = Work(
                trained.settings,
                trained.network,
                trained.position,
                trained.points,
                film=run.film(),
            )
            self.put_beside(work)
            self._keep_safe(at_once=True)
        if self._autosave is not None:
            self._autosave.wait()
        for run in fitting:
            self._interrupted.remove(run)
            run.forget()
        for work in self._state.works:
            if work.measured is None and work.learned:
                self._have_measured(work)

    def _fits(self, trained: TrainedNetwork) -> bool:
        """Whether the digits in use are those the run learned from."""
        digits = self._state.digits
        same = (trained.class_names, trained.digits) == (digits.class_names, digits.name)
        limit = trained.settings.images or digits.train_count
        return same and trained.trained_on == min(limit, digits.train_count)

    def close_network(self) -> None:
        key = self._state.work.key
        super().close_network()
        if self._autosave is not None:
            self._autosave.drop(key)

    def _moved(self, at_rest: bool) -> None:
        self._keep_safe(at_once=at_rest)

    def _keep_safe(self, at_once: bool = False) -> None:
        """Has the run on screen written now and then, and whenever it pauses."""
        autosave, state, now = self._autosave, self._state, time.monotonic()
        if autosave is None:
            return
        works = {work.key: work for work in (state.work, *state.racing) if work.would_be_lost}
        if not works:
            return
        if at_once or now - self._kept_at >= KEPT_EVERY:
            self._kept_at = now
            for work in works.values():
                autosave.keep(work.key, self._story(work, state.digits.source))
        trouble = autosave.trouble()
        if trouble:
            self.say("error", trouble)
