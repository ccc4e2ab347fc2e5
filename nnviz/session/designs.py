"""The design switch: the same digit and page under another design."""

from dataclasses import replace

from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import NetworkFileError, TrainedNetwork, fitting, load
from nnviz.paths import TRAINED
from nnviz.session.measured import Accuracies
from nnviz.session.runs import Runs
from nnviz.session.shelf import Shelf
from nnviz.session.starts import carried, first_of
from nnviz.session.store import Store
from nnviz.session.work import SHIPPED, Work, work_of


class Designs:
    """Shows the network that stands for a design, and loads those that come with the program."""

    def __init__(self, store: Store, runs: Runs, shelf: Shelf, accuracies: Accuracies) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._accuracies = accuracies
        self._tried: set[str] = set()  # designs whose trained network has been asked for

    def choose(self, name: str) -> None:
        """Shows a design: the network of it last on screen, else the trained one, else a random
        start. What was on screen stays open if anybody touched it."""
        if name == self._store.state.design:
            return
        self.load(name)
        state = self._store.state
        work = state.representatives.get(name)
        places = {one.key: place for place, one in enumerate(state.works)}
        if work is None:
            try:
                work = first_of(
                    state, state.settings.change(design=name, **carried(state.settings))
                )
            except Refusal as error:
                self._store.say("error", str(error))
                return
            self._shelf.put(work)
        elif work.key in places and work.key:
            self._shelf.switch(places[work.key])
        else:
            settings = work.settings.change(**carried(state.settings))
            self._shelf.put(replace(work, settings=settings))
            if work.measured is None:
                self._accuracies.ask(self._store.state.work)

    def load(self, name: str) -> None:
        """Loads the network of a design that comes with the program, if it suits the digits."""
        state = self._store.state
        if name in state.trained:
            return
        path = TRAINED / f"{name}.safetensors"
        try:
            trained = fitting(load(path), path, state.digits)
        except NetworkFileError:
            return
        work = self._work(trained)
        self._store.change(trained={**state.trained, name: work})
        self._accuracies.ask(work)

    def load_next(self) -> bool:
        """Loads one more of the networks that come with the program; -> whether more are left."""
        missing = [name for name in DESIGNS if name not in self._tried]
        if missing:
            self._tried.add(missing[0])
            self.load(missing[0])
        return len(missing) > 1

    def forget(self) -> None:
        """Other digits are in use: none of the loaded networks counts."""
        self._tried.clear()
        self._store.change(trained={})

    def _work(self, trained: TrainedNetwork) -> Work:
        work = work_of(trained, SHIPPED)
        settings = work.settings.change(speed=self._store.state.settings.speed)
        return replace(work, settings=settings, run=self._runs.next_run())
