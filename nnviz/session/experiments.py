"""Experiments: runs of given settings, beside what is open and what is learning."""

from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.errors import Refusal
from nnviz.networks.settings import Settings
from nnviz.session.designs import Designs
from nnviz.session.runs import Runs
from nnviz.session.shelf import Shelf
from nnviz.session.starts import carried, fresh_work
from nnviz.session.state import Work
from nnviz.session.store import Store


class Experiments:
    """Runs settings with one call."""

    def __init__(self, store: Store, runs: Runs, shelf: Shelf, designs: Designs) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._designs = designs

    def run(self, **changes: Any) -> bool:
        """Runs these settings, else the usual ones, beside what is open; -> whether it could.

        What is learning goes on, side by side with it. A run of the same settings that is open
        is shown, and goes on unless it is complete.
        """
        usual = self._store.state.settings
        try:
            settings = Settings().change(**changes)
            if settings.trunk == "frozen":
                self._designs.load(settings.trunk_from)
            pace = carried(usual) | {"speed": 0, "epochs": usual.epochs}
            work = fresh_work(self._store.state, settings.change(**pace))
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        state = self._store.state
        learning = [one.key for one in state.works if one.run in self._runs.learning]
        places = [at for at, one in enumerate(state.works) if _same_run(one, work)]
        if places:
            self._shelf.switch(places[-1])
        else:
            self._shelf.put(work)
        shown = self._store.state.work
        if shown.key not in learning:
            others = () if _complete(shown) else (shown.key,)
            self._store.change(race=(*learning, *others) if learning else ())
            if learning or others:
                self._runs.run()
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
