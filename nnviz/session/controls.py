"""The controls of a run: its settings, starting it over, and taking that back."""

from dataclasses import replace
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.settings import LIVE, SettingError, Settings
from nnviz.session.asking import Accuracies
from nnviz.session.designs import SHARED, Race
from nnviz.session.runs import Runs, brought_back, fresh_work
from nnviz.session.shelf import Shelf
from nnviz.session.store import Store


class Controls:
    """What goes for the network on screen goes for all that race with it, where they share it."""

    def __init__(
        self, store: Store, runs: Runs, shelf: Shelf, race: Race, accuracies: Accuracies
    ) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._race = race
        self._accuracies = accuracies

    def starts_new_run(self, **changes: Any) -> bool:
        """Whether these settings can only be in force from the start of a run."""
        settings = self._store.state.settings
        return any(
            getattr(settings, name) != value and name not in LIVE for name, value in changes.items()
        )

    def set(self, **changes: Any) -> None:
        """Changes settings: those of another design begin a run of it beside what is on screen;
        in a race those that all must share change for all; else they are in force at once where
        they are live, and with a new run where they are not."""
        work = self._store.state.work
        try:
            settings = work.settings.change(**changes)
        except SettingError as error:
            self._store.say("error", str(error))
            return
        lenet = work.network.front is not None
        if settings.design != work.settings.design or (lenet and self.starts_new_run(**changes)):
            self._begin_beside(self._store.state.own_settings, lenet, changes)
        elif self._race.on and changes.keys() <= SHARED:
            if self.starts_new_run(**changes):
                self._race.again(**changes)
            else:
                self._race.adjust(**changes)
        elif self.starts_new_run(**changes):
            self._runs.start_over(settings)
        elif settings != work.settings:
            touched = work.touched or settings != work.settings.change(speed=settings.speed)
            self._runs.adjust(replace(work, settings=settings, touched=touched))
        self._spell_anew(changes)

    def try_out(self, **changes: Any) -> None:
        """A random start with other settings, live ones too, in the place of the run on screen,
        which can be brought back; beside it where that is the network of a file."""
        work = self._store.state.work
        if work.opened is not None:
            self._begin_beside(work.judged_by, True, {"speed": work.settings.speed} | changes)
        elif self._race.on and changes.keys() <= SHARED:
            self._race.again(**changes)
        else:
            self._runs.start_over(work.settings.change(**changes))

    def reset(self) -> None:
        """The random start of the same seed again, in a race of all of them; what was learned
        can be brought back."""
        if self._race.on:
            self._race.again()
        elif self._runs.can_learn():
            self._runs.start_over(self._store.state.settings)

    def new_seed(self) -> None:
        """Another random start, in a race of all of them."""
        self.set(seed=self._store.state.settings.seed + 1)

    def undo_reset(self) -> None:
        """Brings back what the last new start took away; what learned since can be, too."""
        work = self._store.state.work
        if work.before is None:
            return
        if self._race.on:
            self._race.undo()
        else:
            self._runs.show(brought_back(work, work.before), notice=None)

    def _begin_beside(self, settings: Settings, beside: bool, changes: dict[str, Any]) -> None:
        state = self._store.state
        try:
            fresh = fresh_work(state, settings.change(**changes))
        except Refusal as error:
            self._store.say("error", str(error))
        else:
            self._shelf.put(replace(fresh, touched=True), beside=beside)

    def _spell_anew(self, changes: dict[str, Any]) -> None:
        """Has the network measured where the same outputs spell other digits now."""
        work = self._store.state.work
        fixed = work.layout(self._store.state.digits.classes).fixed is not None
        if fixed and work.learned and "bit_weights" in changes:
            self._accuracies.ask(work)
