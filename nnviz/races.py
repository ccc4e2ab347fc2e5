"""Races: several designs learn side by side, from the same seed, the same digits in one order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.learning.digits import ShownDigits
from nnviz.learning.fairness import fair_hidden
from nnviz.learning.refusal import Refusal
from nnviz.learning.settings import Settings
from nnviz.state import SHIPPED, Work
from nnviz.switching import Switching


class Races(Switching):
    """Begins a race and ends it."""

    def begin_race(self, designs: Sequence[str], fair: bool = False) -> bool:
        """Random starts of two or more designs, with the seed on screen; -> whether it could.

        `fair` gives the baseline so many hidden neurons that it has as many parameters as the
        largest of the others. What was on screen stays open. Run, pause and step then go for
        all of them.
        """
        state = self._state
        try:
            works = [self.first_of(self._race_settings(name)) for name in designs]
            if fair and state.baseline in designs:
                place = list(designs).index(state.baseline)
                others = [w.network.parameters for w in works[:place] + works[place + 1 :]]
                settings = _fair(works[place].settings, state.digits, max(others))
                works[place] = self.first_of(settings)
        except Refusal as error:
            self.say("error", str(error))
            return False
        works = [self._numbered(work) for work in works]
        kept = tuple(one for one in state.works if one.learned and one.file != SHIPPED)
        shown = next((work for work in works if work.design == state.design), works[0])
        ordered = (*kept, *works)
        place = ordered.index(shown)
        shelf = (*ordered[:place], *ordered[place + 1 :])
        self._show(shown, shelf=shelf, place=place, race=(), undo=None, notice=None)
        self.change(race=tuple(work.key for work in works))
        return True

    def experiment(self, **changes: Any) -> bool:
        """Runs these settings, else the usual ones, beside what is open; -> whether it could.

        What is learning goes on, side by side with it. A run of the same settings that is open
        is shown, and goes on unless it is complete.
        """
        state = self._state
        try:
            settings = Settings().change(**changes)
            if settings.trunk == "frozen":
                self.load_trained(settings.trunk_from)
            carried = self._carried() | {"speed": 0, "epochs": state.settings.epochs}
            work = self.fresh_work(settings.change(**carried))
        except Refusal as error:
            self.say("error", str(error))
            return False
        learning = [one.key for one in self._state.works if one.run in self._learning]
        places = [at for at, one in enumerate(self._state.works) if _same_run(one, work)]
        if places:
            self.switch(places[-1])
        elif state.work.key in learning:  # nobody's untouched start, though no step is seen yet
            works = self._state.works
            self._show(work, shelf=works, place=len(works), undo=None, notice=None)
        else:
            self.put_beside(work)
        shown = self._state.work
        if shown.key not in learning:
            others = () if _complete(shown) else (shown.key,)
            self.change(race=(*learning, *others) if learning else ())
            if learning or others:
                self.run()
        return True

    def end_race(self) -> None:
        """The networks stay open; each learns alone from now on."""
        self.pause()
        self.change(race=())

    def reset(self) -> None:
        """The random start of the same seed; in a race, of all of them."""
        state = self._state
        if state.work.key not in state.race or len(state.race) < 2:
            super().reset()
            return
        self.pause()
        fresh = {}
        for work in state.racing:
            again = self.first_of(work.settings)
            fresh[work.key] = self._numbered(replace(again, key=work.key, name=work.name))
        shelf = tuple(fresh.get(work.key, work) for work in state.shelf)
        self._show(fresh[state.work.key], shelf=shelf, undo=None)

    def _race_settings(self, name: str) -> Settings:
        state = self._state
        representative = state.representatives.get(name)
        usual = Settings().change(design=name)
        own = usual if representative is None else representative.settings
        return own.change(**self._carried(), epochs=state.settings.epochs)


def _same_run(work: Work, other: Work) -> bool:
    """Whether a run began as the other one does."""
    pace = other.settings.speed, other.settings.epochs
    same = replace(work.settings, speed=pace[0], epochs=pace[1]) == other.settings
    if work.opened is not None or not same:
        return False
    trunks = work.network.hidden_weights, other.network.hidden_weights
    return other.settings.trunk == "scratch" or np.array_equal(*trunks)


def _complete(work: Work) -> bool:
    """Whether it has learned for as many epochs as its settings ask."""
    return bool(work.settings.epochs) and work.position.epoch >= work.settings.epochs


def _fair(settings: Settings, digits: ShownDigits, parameters: int) -> Settings:
    hidden = fair_hidden(settings, digits.inputs, digits.classes, parameters)
    return settings.change(hidden=hidden)
