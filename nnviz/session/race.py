"""Races: several designs learn side by side, from the same seed, the same digits in one order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.network import fair_hidden, parameter_count
from nnviz.networks.settings import SettingError, Settings
from nnviz.session.designs import Designs
from nnviz.session.runs import Runs, brought_back, started_over
from nnviz.session.shelf import Shelf
from nnviz.session.starts import carried, first_of, fresh_work, trunk_for
from nnviz.session.store import Store

SHARED = frozenset({"seed", "images", "epochs", "speed"})
"""Settings that all networks of a race have in common."""


class Race:
    """Begins a race and ends it, and starts all of it again."""

    def __init__(self, store: Store, runs: Runs, shelf: Shelf, designs: Designs) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._designs = designs

    @property
    def on(self) -> bool:
        """Whether what is on screen learns beside others."""
        state = self._store.state
        return state.work.key in state.race and len(state.race) > 1

    def begin(self, designs: Sequence[str], fair: bool = False) -> bool:
        """Random starts of two or more designs, with the seed on screen; -> whether it could.

        `fair` gives the baseline so many hidden neurons that it has as many parameters as the
        largest of the others. What was on screen stays open. Run, pause and step then go for
        all of them.
        """
        if self._store.state.race:
            self.end()
        for name in designs:
            self._designs.load(name)  # it brings the settings that suit the design
        try:
            settings = self.settings(designs, fair)
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        return self.begin_of(settings)

    def begin_of(self, settings: Sequence[Settings], names: Sequence[str] = ()) -> bool:
        """Random starts of runs with these settings side by side, with names of their own if
        any are given; -> whether it could. What was on screen stays open."""
        if self._store.state.race:
            self.end()
        state = self._store.state
        try:
            works = [first_of(state, each) for each in settings]
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        named = names or ("",) * len(works)
        works = [replace(work, name=name) for work, name in zip(works, named, strict=True)]
        works = self._runs.now_shown(*(self._runs.numbered(work) for work in works))
        kept = tuple(
            one
            for one in state.works
            if self._shelf.stays(one) or (one.opened is not None and not one.shipped)
        )
        shown = next((work for work in works if work.design == state.design), works[0])
        ordered = (*kept, *works)
        place = ordered.index(shown)
        shelf = (*ordered[:place], *ordered[place + 1 :])
        self._runs.show(shown, shelf=shelf, place=place, race=(), notice=None)
        self._store.change(race=tuple(work.key for work in works))
        return True

    def end(self) -> None:
        """The networks stay open; each learns alone from now on."""
        self._runs.pause()
        self._store.change(race=())

    def adjust(self, **changes: Any) -> None:
        """Changes live settings of all that race."""
        try:
            newer = [
                replace(work, settings=work.settings.change(**changes))
                for work in self._store.state.racing
            ]
        except SettingError as error:
            self._store.say("error", str(error))
        else:
            self._runs.adjust(*newer)

    def again(self, **changes: Any) -> None:
        """Random starts of all that race; what they learned can be brought back."""
        self._runs.pause()
        state, fresh = self._store.state, {}
        try:
            for work in state.racing:
                # a frozen hidden layer is still the one that it began with
                again = fresh_work(state, work.settings.change(**changes), work.network)
                again = replace(started_over(work, again), shown=work.shown)
                fresh[work.key] = self._runs.numbered(again)
        except Refusal as error:
            self._store.say("error", str(error))
            return
        shown = fresh[state.work.key]
        shelf = tuple(fresh.get(work.key, work) for work in state.shelf)
        self._runs.show(shown, shelf=shelf, notice=self._runs.undo_offer(shown))

    def undo(self) -> None:
        """Brings back what the last new start took away, of all that race."""
        state = self._store.state
        back = {
            work.key: self._runs.numbered(brought_back(work, work.before))
            for work in state.racing
            if work.before is not None
        }
        shelf = tuple(back.get(work.key, work) for work in state.shelf)
        self._runs.show(back[state.work.key], shelf=shelf, notice=None)

    def settings(self, designs: Sequence[str], fair: bool = False) -> tuple[Settings, ...]:
        """What each of the designs would begin a race with: the settings of the network that
        stands for it, unless its trunk is not the usual one. Raises Refusal."""
        state = self._store.state
        found = [self._settings_of(name) for name in designs]
        if fair and state.baseline in designs and len(found) > 1:
            place = list(designs).index(state.baseline)
            inputs, classes = state.digits.inputs, state.digits.classes
            others = found[:place] + found[place + 1 :]
            most = max(parameter_count(each, inputs, classes) for each in others)
            hidden = fair_hidden(found[place], inputs, classes, most)
            found[place] = found[place].change(hidden=hidden)
        return tuple(found)

    def _settings_of(self, name: str) -> Settings:
        state = self._store.state
        usual = Settings().change(design=name)
        found = [each.get(name) for each in (state.representatives, state.trained)]
        known = [work.judged_by for work in found if work is not None]
        own = next((each for each in known if _trunk_of(each) == _trunk_of(usual)), usual)
        settings = own.change(**carried(state.settings), epochs=state.settings.epochs)
        if settings.trunk != "frozen":
            return settings
        trunk = trunk_for(state, settings)
        if trunk is None:
            return settings.change(trunk="scratch")
        return settings.change(hidden=trunk.hidden, activation=trunk.activation)


def _trunk_of(settings: Settings) -> tuple[str, str]:
    """Where the hidden layer of a run comes from."""
    return settings.trunk, settings.trunk_from if settings.trunk == "frozen" else ""
