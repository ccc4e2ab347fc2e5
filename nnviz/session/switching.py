"""The design switch: the same digit and page under another design."""

from dataclasses import replace
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import NetworkFileError, TrainedNetwork, fitting, load
from nnviz.paths import TRAINED
from nnviz.session.files import Networks
from nnviz.session.state import SHIPPED, State, Work
from nnviz.training.engine import Engine


class Switching(Networks):
    """Shows the network that stands for a design, and loads those that come with the program."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._tried: set[str] = set()  # designs whose trained network has been asked for

    def choose_design(self, name: str) -> None:
        """Shows a design: the network of it last on screen, else the trained one, else a random
        start. What was on screen stays open if anybody touched it."""
        if name == self._state.design:
            return
        self.load_trained(name)
        state = self._state
        work = state.representatives.get(name)
        places = {one.key: place for place, one in enumerate(state.works)}
        if work is None:
            try:
                settings = state.settings.change(design=name, **self._carried())
                work = self.first_of(settings)
            except Refusal as error:
                self.say("error", str(error))
                return
            self.put_beside(work)
        elif work.key in places and work.key:
            self.switch(places[work.key])
        else:
            settings = work.settings.change(**self._carried())
            self.put_beside(replace(work, settings=settings))
            if work.measured is None:
                self._have_measured(self._state.work)

    def set(self, **changes: Any) -> None:
        """Changes settings; those of another design begin a run of it, beside what is on screen."""
        settings = self._state.settings
        if changes.get("design", settings.design) == settings.design:
            super().set(**changes)
            return
        try:
            fresh = self.fresh_work(settings.change(**changes))
        except Refusal as error:
            self.say("error", str(error))
            return
        self.put_beside(replace(fresh, touched=True))

    def load_trained(self, name: str) -> None:
        """Loads the network of a design that comes with the program, if it suits the digits."""
        digits = self._state.digits
        if name in self._state.trained:
            return
        path = TRAINED / f"{name}.safetensors"
        try:
            trained = fitting(load(path), path, digits)
        except NetworkFileError:
            return
        work = self._trained_work(trained)
        self.change(trained={**self._state.trained, name: work})
        self._have_measured(work)

    def load_next_trained(self) -> bool:
        """Loads one more of the networks that come with the program; -> whether more are left."""
        missing = [name for name in DESIGNS if name not in self._tried]
        if missing:
            self._tried.add(missing[0])
            self.load_trained(missing[0])
        return len(missing) > 1

    def forget_trained(self) -> None:
        """Other digits are in use: none of the loaded networks counts."""
        self._tried.clear()
        self.change(trained={})

    def _trained_work(self, trained: TrainedNetwork) -> Work:
        self._last_run += 1
        settings = trained.settings.change(speed=self._state.settings.speed)
        return Work(
            settings,
            trained.network,
            trained.position,
            trained.points,
            opened=trained,
            file=SHIPPED,
            run=self._last_run,
            film=trained.film,
        )

    def _carried(self) -> dict[str, int]:
        """Settings that belong to the session rather than to a design."""
        settings = self._state.settings
        return {name: getattr(settings, name) for name in ("seed", "speed", "images")}
