"""Runs that survive the window, the training process and the machine."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace

from nnviz.data.digits import Source
from nnviz.errors import reason_in_words
from nnviz.networks.experiments import SETUPS
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.story import SETTINGS_COMPARED
from nnviz.session.asking import Accuracies
from nnviz.session.autosave import Autosave, LeftBehind, age_in_words
from nnviz.session.digits import DigitsInUse
from nnviz.session.files import Files
from nnviz.session.runs import Runs
from nnviz.session.shelf import Shelf
from nnviz.session.state import State, Work
from nnviz.session.store import Store
from nnviz.session.work import work_of
from nnviz.words import Value, number, tr, tr_n
from nnviz.writing import folder_in_words

TAKE_UP, CHOOSE = "survival.take_up", "survival.choose"
"""What a notice offers to do with the runs of one program, or of several."""
KEPT_EVERY = 5.0
"""Seconds of a run between two moments that are kept."""


class Survival:
    """Keeps the run on screen safe, and offers what an earlier program left."""

    def __init__(
        self,
        store: Store,
        runs: Runs,
        shelf: Shelf,
        files: Files,
        digits: DigitsInUse,
        accuracies: Accuracies,
        autosave: Autosave | None,
    ) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._files = files
        self._digits = digits
        self._accuracies = accuracies
        self._autosave = autosave
        self._kept_at = -math.inf
        self._left: list[LeftBehind] = []
        self._chosen: list[LeftBehind] = []
        self._continuing = False
        self._races: dict[int, tuple[int, ...]] = {}  # with whom each run that is kept races
        store.watch(self._watch_race)
        store.watch(self._watch_saved)
        runs.moved.append(self._keep_safe)
        shelf.closed.append(self._drop)
        digits.made_way.append(self._make_way)
        digits.opened.append(self._go_on_taking_up)

    def offer(self) -> None:
        """Offers to go on with the runs of programs that died or put them aside."""
        if self._autosave is None:
            return
        self._left = self._autosave.left_behind()
        trouble = self._autosave.trouble()
        if not self._left:
            if trouble:
                self._store.say("error", trouble)
            return
        newest, program = self._left[0], self._of_newest()
        racing = sum(run.key in newest.trained.race for run in program)
        more = len(self._left) - max(1, racing)
        epochs = newest.trained.taught.epochs
        say = _interrupted if newest.interrupted else _put_aside
        several = len(program) < len(self._left)
        self._store.say(
            "info",
            say(racing, age_in_words(newest.when), number(epochs, 1), more),
            action=CHOOSE if several else TAKE_UP,
            action_label=tr("Choose…") if several else tr("Continue it"),
            details=trouble,
        )

    @property
    def left(self) -> tuple[LeftBehind, ...]:
        """The runs that are offered, the one that learned last first."""
        return tuple(self._left)

    def _of_newest(self) -> list[LeftBehind]:
        """The runs of the program whose run learned last."""
        return [run for run in self._left if run.owner == self._left[0].owner]

    def other_digits(self, runs: Sequence[LeftBehind] = ()) -> Source | None:
        """The digits that must be opened to go on with these runs, or with those of the newest
        program; None if these are in use."""
        runs = runs or self._of_newest()
        source = runs[0].trained.source if runs else None
        return None if source == self._store.state.digits.source.training else source

    def take_up(self, given_up: Sequence[Work] = (), runs: Sequence[LeftBehind] = ()) -> None:
        """Shows runs that were left behind as they stood, those of the newest program unless some
        are named; Run goes on exactly from there.

        What is open makes way where they learned from other digits, as in `DigitsInUse.open`. Runs
        that learned from other digits than the first of them stay offered.
        """
        self._chosen = list(runs or self._of_newest())
        if not self._chosen:
            return
        other = self.other_digits(self._chosen)
        self._stop_offering()
        if other is not None:
            self._continuing = True
            self._digits.open(other, given_up)
        else:
            self._take_up()

    def forget(self, runs: Sequence[LeftBehind]) -> None:
        """Lets runs go that were left behind: their files are taken away."""
        for run in runs:
            try:
                run.forget()
            except OSError as error:
                folder, reason = folder_in_words(run.path.parent), reason_in_words(error)
                self._store.say(
                    "error",
                    tr("{folder} cannot be written: {reason}.", folder=folder, reason=reason),
                )
                return
            self._left.remove(run)
        self._stop_offering()

    def _stop_offering(self) -> None:
        said = self._store.state.notice
        if said is None or said.action in (TAKE_UP, CHOOSE):
            self._store.change(notice=None)

    def end(self, give_up: bool = False) -> None:
        """Writes what is left. A run that no file holds is offered at the next start, unless it
        is given up. Nothing is written any more after that; may be called twice."""
        autosave = self._autosave
        if autosave is None:
            return
        if not give_up:
            self._keep_safe(at_rest=True)
        self._autosave = None
        for work in self._store.state.works:
            if give_up or not self._worth_keeping(work):
                autosave.drop(work.key)
            else:
                autosave.put_aside(work.key)
        autosave.stop()

    def _go_on_taking_up(self) -> None:
        if self._continuing:
            self._continuing = False
            self._take_up()

    def _take_up(self) -> None:
        """Opens the runs left behind: a race with its first lane on screen, else the newest of
        the user's own."""
        fitting = [run for run in self._chosen if self._fits(run.trained)]
        if not fitting:
            gone = tr("The run learned from digits that are no longer there.")
            self._store.say("error", gone)
            return
        first = next((run for run in fitting if run.trained.race), fitting[0])
        raced = first.trained.race
        lanes = [run for run in fitting if run.owner == first.owner and run.key in raced]
        lanes.sort(key=lambda run: raced.index(run.key))
        alone = [run for run in reversed(fitting) if run not in lanes]
        alone.sort(key=lambda run: not run.trained.experiment)  # the user's own come last
        keys: dict[LeftBehind, int] = {}
        for run in (*alone, *lanes):
            work = replace(work_of(run.trained, ""), opened=None, film=run.film(), touched=True)
            trained = run.trained
            self._shelf.put(replace(work, name=trained.name, experiment=trained.experiment))
            keys[run] = self._store.state.work.key
            self._adopt(run, keys[run])
            self._keep_safe(at_rest=True)
        compared = [run for run in alone if run.trained.experiment == SETTINGS_COMPARED]
        if compared:
            compared = [run for run in compared if run.owner == compared[-1].owner]
            newest = sorted(compared, key=lambda run: run.key)[-len(SETUPS) :]
            self._store.choose("detectors", compared=tuple(keys[run] for run in newest))
        if len(lanes) > 1:
            self._store.change(race=tuple(keys[run] for run in lanes))
            self._shelf.switch(len(self._store.state.works) - len(lanes))
        if self._autosave is not None:
            self._autosave.wait()
        for run in fitting:
            self._left.remove(run)
        for work in self._store.state.works:
            if work.measured is None and work.learned:
                self._accuracies.ask(work)

    def _adopt(self, run: LeftBehind, key: int) -> None:
        """Leaves the files of a run where they are if they cannot be had: they are offered again
        at the next start."""
        if self._autosave is None:
            return
        try:
            self._autosave.adopt(run, key)
        except OSError as error:
            self._store.say(
                "error", tr("The run is not kept safe yet: {reason}", reason=str(error))
            )

    def _fits(self, trained: TrainedNetwork) -> bool:
        """Whether the digits in use are those the run learned from."""
        digits = self._store.state.digits
        same = (trained.class_names, trained.digits) == (digits.class_names, digits.name)
        limit = trained.settings.images or digits.train_count
        return same and trained.trained_on == min(limit, digits.train_count)

    def _drop(self, key: int) -> None:
        if self._autosave is not None:
            self._autosave.drop(key)
            self._races.pop(key, None)

    def _make_way(self, work: Work, given_up: bool) -> None:
        """Other digits are open: what was given up is dropped, as is what a file holds; all else
        is offered at the next start."""
        if self._autosave is None:
            return
        if given_up or not work.would_be_lost:
            self._drop(work.key)
        else:
            self._autosave.put_aside(work.key)
            self._races.pop(work.key, None)

    def _watch_saved(self, state: State, fields: frozenset[str]) -> None:
        """What a file holds is not kept beside it, or it would be offered though it is safe."""
        if not fields & {"work", "shelf"}:
            return
        for work in state.works:
            if work.file and work.key in self._races and not self._worth_keeping(work):
                self._drop(work.key)

    def _keep_safe(self, at_rest: bool = False) -> None:
        """Has the run on screen written now and then, and whenever it pauses."""
        autosave, state, now = self._autosave, self._store.state, time.monotonic()
        if autosave is None:
            return
        works = [work for work in state.works if self._worth_keeping(work)]
        works = [work for work in works if work.key in (state.work.key, *state.race, *state.beside)]
        if not works:
            return
        if at_rest or now - self._kept_at >= KEPT_EVERY:
            self._kept_at = now
            for work in works:
                self._keep(autosave, work)
        trouble = autosave.trouble()
        if trouble:
            self._store.say("error", trouble)

    def _worth_keeping(self, work: Work) -> bool:
        """Whether it learned here, or races with one that did: one lane may be behind, at step
        0."""
        state = self._store.state
        if work.opened is not None:
            return False
        beside = state.racing if work.key in state.race else ()
        return work.would_be_lost or any(one.would_be_lost for one in beside)

    def _keep(self, autosave: Autosave, work: Work) -> None:
        state = self._store.state
        race = state.race if work.key in state.race else ()
        self._races[work.key] = race
        story = self._files.story_of(work, state.digits.source.training)
        began = work.experiment
        autosave.keep(work.key, replace(story, name=work.name, race=race, experiment=began))

    def _watch_race(self, state: State, fields: frozenset[str]) -> None:
        """Has the runs written again whose files name a race that is over or has grown."""
        autosave = self._autosave
        if autosave is None or "race" not in fields:
            return
        for work in state.works:
            race = state.race if work.key in state.race else ()
            if self._races.get(work.key, ()) != race and self._worth_keeping(work):
                self._keep(autosave, work)


def _interrupted(racing: int, age: str, epochs: str, more: int) -> str:
    """That a run, or a race of so many, ended so long ago; `more` others are there, too."""
    fields: dict[str, Value] = {"racing": racing, "age": age, "epochs": epochs}
    if racing > 1 and more:
        return tr_n(
            "A race of {racing} runs was interrupted {age}, at epoch {epochs}, and {count} other "
            "run.",
            "A race of {racing} runs was interrupted {age}, at epoch {epochs}, and {count} other "
            "runs.",
            more,
            **fields,
        )
    if racing > 1:
        return tr("A race of {racing} runs was interrupted {age}, at epoch {epochs}.", **fields)
    if more:
        return tr_n(
            "A run was interrupted {age}, at epoch {epochs}, and {count} other run.",
            "A run was interrupted {age}, at epoch {epochs}, and {count} other runs.",
            more,
            **fields,
        )
    return tr("A run was interrupted {age}, at epoch {epochs}.", **fields)


def _put_aside(racing: int, age: str, epochs: str, more: int) -> str:
    """The same of a run that was not saved, and not given up, when its program ended."""
    fields: dict[str, Value] = {"racing": racing, "age": age, "epochs": epochs}
    if racing > 1 and more:
        return tr_n(
            "A race of {racing} runs was left unsaved {age}, at epoch {epochs}, and {count} other "
            "run.",
            "A race of {racing} runs was left unsaved {age}, at epoch {epochs}, and {count} other "
            "runs.",
            more,
            **fields,
        )
    if racing > 1:
        return tr("A race of {racing} runs was left unsaved {age}, at epoch {epochs}.", **fields)
    if more:
        return tr_n(
            "A run was left unsaved {age}, at epoch {epochs}, and {count} other run.",
            "A run was left unsaved {age}, at epoch {epochs}, and {count} other runs.",
            more,
            **fields,
        )
    return tr("A run was left unsaved {age}, at epoch {epochs}.", **fields)
