"""Races: several designs learn side by side, from the same seed, the same digits in one order."""

from collections.abc import Sequence
from dataclasses import replace

from nnviz.learning.digits import ShownDigits
from nnviz.learning.fairness import fair_hidden
from nnviz.learning.refusal import Refusal
from nnviz.learning.settings import Settings
from nnviz.state import SHIPPED
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


def _fair(settings: Settings, digits: ShownDigits, parameters: int) -> Settings:
    hidden = fair_hidden(settings, digits.inputs, digits.classes, parameters)
    return settings.change(hidden=hidden)
