"""Experiments: runs of given settings, beside what is open and what is learning."""

from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.errors import Refusal
from nnviz.networks.settings import Settings
from nnviz.session.race import Races
from nnviz.session.state import Work


class Experimenting(Races):
    """Runs settings with one call."""

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
        else:
            self.put_beside(work)
        shown = self._state.work
        if shown.key not in learning:
            others = () if _complete(shown) else (shown.key,)
            self.change(race=(*learning, *others) if learning else ())
            if learning or others:
                self.run()
        return True


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
