"""Races: several designs learn side by side, from the same seed, the same digits in one order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.network import fair_hidden, parameter_count
from nnviz.networks.settings import SettingError, Settings
from nnviz.session.runs import brought_back, started_over
from nnviz.session.switching import Switching
from nnviz.training.messages import Change

SHARED = frozenset({"seed", "images", "epochs", "speed"})
"""Settings that all networks of a race have in common."""


class Races(Switching):
    """Begins a race and ends it."""

    def begin_race(self, designs: Sequence[str], fair: bool = False) -> bool:
        """Random starts of two or more designs, with the seed on screen; -> whether it could.

        `fair` gives the baseline so many hidden neurons that it has as many parameters as the
        largest of the others. What was on screen stays open. Run, pause and step then go for
        all of them.
        """
        if self._state.race:
            self.end_race()
        for name in designs:
            self.load_trained(name)  # it brings the settings that suit the design
        try:
            settings = self.race_settings(designs, fair)
        except Refusal as error:
            self.say("error", str(error))
            return False
        return self.begin_race_of(settings)

    def begin_race_of(self, settings: Sequence[Settings], names: Sequence[str] = ()) -> bool:
        """Random starts of runs with these settings side by side, with names of their own if
        any are given; -> whether it could. What was on screen stays open."""
        if self._state.race:
            self.end_race()
        state = self._state
        try:
            works = [self.first_of(each) for each in settings]
        except Refusal as error:
            self.say("error", str(error))
            return False
        named = names or ("",) * len(works)
        works = [replace(work, name=name) for work, name in zip(works, named, strict=True)]
        self._last_shown += 1
        works = [replace(self._numbered(work), shown=self._last_shown) for work in works]
        kept = tuple(
            one
            for one in state.works
            if self._stays(one) or (one.opened is not None and not one.shipped)
        )
        shown = next((work for work in works if work.design == state.design), works[0])
        ordered = (*kept, *works)
        place = ordered.index(shown)
        shelf = (*ordered[:place], *ordered[place + 1 :])
        self._show(shown, shelf=shelf, place=place, race=(), notice=None)
        self.change(race=tuple(work.key for work in works))
        return True

    def end_race(self) -> None:
        """The networks stay open; each learns alone from now on."""
        self.pause()
        self.change(race=())

    @property
    def in_race(self) -> bool:
        """Whether what is on screen learns beside others."""
        state = self._state
        return state.work.key in state.race and len(state.race) > 1

    def reset(self) -> None:
        """The random start of the same seed; in a race, of all of them."""
        if self.in_race:
            self._race_again()
        else:
            super().reset()

    def new_seed(self) -> None:
        """Another random start; in a race, of all of them."""
        if self.in_race:
            self.set(seed=self._state.settings.seed + 1)
        else:
            super().new_seed()

    def set(self, **changes: Any) -> None:
        """Changes settings; in a race those that all must share, for all of them."""
        if not (self.in_race and changes.keys() <= SHARED):
            super().set(**changes)
            return
        state = self._state
        if self.starts_new_run(**changes):
            self._race_again(**changes)
            return
        newer = {}
        try:
            for work in state.racing:
                newer[work.key] = replace(work, settings=work.settings.change(**changes))
        except SettingError as error:
            self.say("error", str(error))
            return
        for work in newer.values():
            if work.run in self._begun:
                self._engine.ask(Change(work.settings, work.run))
        shelf = tuple(newer.get(work.key, work) for work in state.shelf)
        self.change(work=newer[state.work.key], shelf=shelf)

    def undo_reset(self) -> None:
        """Brings back what the last new start took away; in a race, all of it."""
        state = self._state
        if not self.in_race or state.work.before is None:
            super().undo_reset()
            return
        back = {
            work.key: self._numbered(brought_back(work, work.before))
            for work in state.racing
            if work.before is not None
        }
        shelf = tuple(back.get(work.key, work) for work in state.shelf)
        self._show(back[state.work.key], shelf=shelf, notice=None)

    def _race_again(self, **changes: Any) -> None:
        """Random starts of all that race; what they learned can be brought back."""
        self.pause()
        state, fresh = self._state, {}
        try:
            for work in state.racing:
                # a frozen hidden layer is still the one that it began with
                again = self.fresh_work(work.settings.change(**changes), work.network)
                again = replace(started_over(work, again), shown=work.shown)
                fresh[work.key] = self._numbered(again)
        except Refusal as error:
            self.say("error", str(error))
            return
        shown = fresh[state.work.key]
        shelf = tuple(fresh.get(work.key, work) for work in state.shelf)
        self._show(shown, shelf=shelf, notice=self._undo_offer(shown))

    def race_settings(self, designs: Sequence[str], fair: bool = False) -> tuple[Settings, ...]:
        """What each of the designs would begin a race with: the settings of the network that
        stands for it, unless its trunk is not the usual one. Raises Refusal."""
        state = self._state
        found = [self._race_settings(name) for name in designs]
        if fair and state.baseline in designs and len(found) > 1:
            place = list(designs).index(state.baseline)
            inputs, classes = state.digits.inputs, state.digits.classes
            others = found[:place] + found[place + 1 :]
            most = max(parameter_count(each, inputs, classes) for each in others)
            hidden = fair_hidden(found[place], inputs, classes, most)
            found[place] = found[place].change(hidden=hidden)
        return tuple(found)

    def _race_settings(self, name: str) -> Settings:
        state = self._state
        usual = Settings().change(design=name)
        found = [each.get(name) for each in (state.representatives, state.trained)]
        known = [work.judged_by for work in found if work is not None]
        own = next((each for each in known if _trunk_of(each) == _trunk_of(usual)), usual)
        settings = own.change(**self._carried(), epochs=state.settings.epochs)
        if settings.trunk != "frozen":
            return settings
        trunk = self._trunk(settings)
        if trunk is None:
            return settings.change(trunk="scratch")
        return settings.change(hidden=trunk.hidden, activation=trunk.activation)


def _trunk_of(settings: Settings) -> tuple[str, str]:
    """Where the hidden layer of a run comes from."""
    return settings.trunk, settings.trunk_from if settings.trunk == "frozen" else ""
