"""The designs: the same digit and page under another one, several that learn side by side from the
same seed and the same digits in one order (a race), and runs of given settings beside them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import NetworkFileError, TrainedNetwork, fitting, load_kept
from nnviz.networks.network import fair_hidden, parameter_count
from nnviz.networks.settings import SettingError, Settings
from nnviz.networks.story import CODES_TRIED, RACE, SETTINGS_COMPARED
from nnviz.paths import TRAINED
from nnviz.session.asking import Accuracies
from nnviz.session.entrants import SIGN, design_of, name_now
from nnviz.session.files import left_out
from nnviz.session.runs import (
    Runs,
    brought_back,
    carried,
    first_of,
    fresh_work,
    started_over,
    trunk_for,
)
from nnviz.session.shelf import Shelf
from nnviz.session.state import OWN_DESIGNS
from nnviz.session.store import Store
from nnviz.session.work import SHIPPED, Work, work_of

SIZES = tuple(TRAINED / "lectures" / f"{name}.safetensors" for name in ("wide", "ten-small"))
"""One network as large as ten, and ten as small as one."""


class Designs:
    """Shows the network that stands for a design, and loads those that come with the program."""

    def __init__(self, store: Store, runs: Runs, shelf: Shelf, accuracies: Accuracies) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._accuracies = accuracies
        self._tried: set[str] = set()  # designs whose trained network has been asked for
        self._refused: dict[str, str] = {}  # why it cannot be had
        self._sizes = False  # whether those of other sizes have been

    def choose(self, name: str) -> None:
        """Shows a design: the network of it last on screen, else the trained one, else a random
        start; or just the entrant of that name. What was on screen stays open if anybody touched
        it."""
        if name == self._store.state.design:
            self._store.change(own_kind=False)
            return
        if name in DESIGNS:
            self.load(name)
        state = self._store.state
        work = state.entrants.get(name) or state.representatives.get(name)
        places = {one.key: place for place, one in enumerate(state.works)}
        if work is None:
            try:
                own = state.own_settings
                work = first_of(state, own.change(design=name, **carried(own)))
            except Refusal as error:
                self._store.say("error", str(error))
                return
            self._shelf.put(work)
        elif work.key in places and work.key:
            self._shelf.switch(places[work.key])
        else:
            self._put(work)

    def _put(self, work: Work, beside: bool = False) -> None:
        """Opens a network that comes with the program; later runs keep their own settings."""
        settings = work.settings.change(**carried(self._store.state.own_settings))
        self._shelf.put(replace(work, settings=settings), beside)
        if work.measured is None:
            self._accuracies.ask(self._store.state.work)

    # ---- the networks that come with the program -----------------------------------------

    def shipped(self, name: str) -> Work | None:
        """That of a design: as it is open, else as it would be; None where it is not to be had."""
        self.load(name)
        state = self._store.state
        work = state.trained.get(name)
        if work is None:
            return None
        return next(filter(work.is_same, state.works), work)

    def load_all(self) -> None:
        """Looks for all that were not looked for since these digits are in use."""
        with self._store.together():  # watchers draw the last of them, not each
            while self.load_next():
                pass

    def why_not(self, name: str) -> str:
        """Why that of a design cannot be opened, as far as it was looked for; "" where it can."""
        return "" if name in self._store.state.trained else self._refused.get(name, "")

    def show_shipped(self, name: str) -> None:
        """Shows that of a design beside what is on screen, and offers the way back."""
        work = self.shipped(name)
        if work is None:
            self._store.say("error", self.why_not(name))
        elif work.key:
            self._shelf.visit(work.key)
        else:
            before = self._store.state.work
            self._put(work, beside=before.learned or before.touched)
            self._shelf.offer_back()

    def compare(self, name: str) -> str:
        """Sees to it that a network is compared that is an entrant or could be one, by its name; ->
        the name that it keeps (see `State.keeping`)."""
        design, _, key = name.partition(SIGN)
        if name in self._store.state.more_entrants:
            if key == "0":
                self.compare_shipped(design)
                work = self.shipped(design)
                key = str(work.key) if work is not None else ""
            else:
                self._shelf.compare(int(key))
            name = f"{design}{SIGN}{key}"
        state = self._store.state
        return state.keeping(name_now(name, state.entrants))

    def compare_shipped(self, name: str, on: bool = True) -> None:
        """Compares that of a design with those that stand for the designs, or no longer."""
        work = self.shipped(name)
        if work is None:
            self._store.say("error", self.why_not(name))
            return
        if not work.key and on:
            work = self._shelf.put_aside(work)
        self._shelf.compare(work.key, on)

    def open_page(self, page: str) -> None:
        """Opens a page from the list. One that is about a kind of network shows one of that kind,
        before the first step; the design chosen stays as it is."""
        self.load_own(page)
        state = self._store.state
        if page == state.page and state.stand_in is not None:
            return
        if state.of_own_kind(page) is None:
            self._store.change(page=page)
        else:
            self._store.change(page=page, own_kind=True, step=0)

    def show_own(self, own: bool) -> None:
        """Shows the page on screen with a network of its own kind, or with the one chosen."""
        self.load_own(self._store.state.page)
        self._store.change(own_kind=own)

    def load_own(self, page: str) -> None:
        """Loads the network of the kind that a page is about, if it is about one."""
        if page in OWN_DESIGNS:
            self.load_once(OWN_DESIGNS[page])

    def load(self, name: str) -> None:
        """Loads the network of a design that comes with the program, if it learned from images
        like those in use."""
        state = self._store.state
        if name in state.trained:
            return
        path = TRAINED / f"{name}.safetensors"
        try:
            trained = fitting(load_kept(path), path, state.digits)
        except NetworkFileError as error:
            self._refused[name] = str(error)
            return
        work = replace(self._work(trained), path=str(path))
        if not work.meant_for(state.digits):
            self._refused[name] = left_out(state.digits.name)
            return
        self._store.change(trained={**state.trained, name: work})
        self._accuracies.ask(work)

    def load_once(self, name: str) -> None:
        """Loads the network of a design that another one is compared with, unless that was tried
        before with these digits."""
        if name not in self._tried and name not in self._store.state.representatives:
            self._tried.add(name)
            self.load(name)

    def load_sizes(self) -> None:
        """Loads networks of other sizes that come with the program, where they learned from images
        like those in use."""
        if self._sizes:
            return
        self._sizes = True
        state, found = self._store.state, []
        for path in SIZES:
            try:
                work = self._work(fitting(load_kept(path), path, state.digits))
            except NetworkFileError:
                continue
            if work.meant_for(state.digits):
                found.append(work)
        self._store.choose("designs", sizes=tuple(found))

    def may_come(self, name: str) -> bool:
        """Whether the network of a design that comes with the program was not yet looked for."""
        return name not in self._tried

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
        self._refused.clear()
        self._sizes = False
        self._store.change(trained={})

    def _work(self, trained: TrainedNetwork) -> Work:
        work = work_of(trained, SHIPPED)
        settings = work.settings.change(speed=self._store.state.own_settings.speed)
        return replace(work, settings=settings, run=self._runs.next_run())


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
        all of them. Of entrants that stand for no design it takes the settings.
        """
        if self._store.state.race:
            self.end()
        for name in designs:
            if name in DESIGNS:
                self._designs.load(name)  # it brings the settings that suit the design
        try:
            settings = self.settings(designs, fair)
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        return self.begin_of(settings)

    def begin_of(self, settings: Sequence[Settings]) -> bool:
        """Random starts of runs with these settings side by side; -> whether it could. What was
        on screen stays open."""
        if self._store.state.race:
            self.end()
        state = self._store.state
        try:
            works = [replace(first_of(state, each), experiment=RACE) for each in settings]
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        works = self._runs.now_shown(*(self._runs.numbered(work) for work in works))
        kept = tuple(
            one
            for one in state.works
            if self._shelf.stays(one)
            or (one.opened is not None and (one is state.work or not one.shipped))
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
                again = fresh_work(state, work.settings.change(**changes), work)
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
        self._runs.level()

    def settings(self, designs: Sequence[str], fair: bool = False) -> tuple[Settings, ...]:
        """What each of the designs, or entrants of that name, would begin a race with: the settings
        of the network that stands for it, unless its trunk is not the usual one. Raises Refusal."""
        state = self._store.state
        found = [self._settings_of(name) for name in designs]
        if fair and state.base in designs and len(found) > 1:
            place = list(designs).index(state.base)
            inputs, classes = state.digits.inputs, state.digits.classes
            others = found[:place] + found[place + 1 :]
            most = max(parameter_count(each, inputs, classes) for each in others)
            hidden = fair_hidden(found[place], inputs, classes, most)
            found[place] = found[place].change(hidden=hidden)
        return tuple(found)

    def _settings_of(self, name: str) -> Settings:
        state = self._store.state
        usual = Settings().change(design=design_of(name))
        found = [each.get(name) for each in (state.entrants, state.representatives, state.trained)]
        works = [work for work in found if work is not None and work.network.front is None]
        known = [work.judged_by for work in works]
        own = next((each for each in known if _trunk_of(each) == _trunk_of(usual)), usual)
        mine = state.own_settings
        settings = own.change(**carried(mine), epochs=mine.epochs)
        if settings.trunk != "frozen":
            return settings
        trunk = trunk_for(state, settings)
        if trunk is None:
            return settings.change(trunk="scratch")
        network = trunk.network
        return settings.change(hidden=network.hidden, activation=network.activation)


def _trunk_of(settings: Settings) -> tuple[str, str]:
    """Where the hidden layer of a run comes from."""
    return settings.trunk, settings.trunk_from if settings.trunk == "frozen" else ""


class Experiments:
    """Runs of given settings in networks of their own, which learn beside what is on screen: that
    stays there, and no later run takes over a setting of theirs."""

    def __init__(self, store: Store, runs: Runs, designs: Designs) -> None:
        self._store = store
        self._runs = runs
        self._designs = designs

    def run(self, **changes: Any) -> Work | None:
        """Runs these settings, else the usual ones; -> the network, or None if there is none.

        An experiment with the same settings that is open goes on, unless it is complete.
        """
        usual = self._store.state.own_settings
        try:
            settings = Settings().change(**changes)
            if settings.trunk == "frozen":
                self._designs.load(settings.trunk_from)
            pace = carried(usual) | {"speed": 0, "epochs": usual.epochs}
            fresh = fresh_work(self._store.state, settings.change(**pace), experiment=True)
        except Refusal as error:
            self._store.say("error", str(error))
            return None
        same = [work for work in self._store.state.works if _same_run(work, fresh)]
        own = [work for work in same if work.experiment == CODES_TRIED or complete(work)]
        work = own[-1] if own else self._put_beside(CODES_TRIED, fresh)[0]
        self.go_on(work)
        return work

    def compare(self, settings: Sequence[Settings], names: Sequence[str]) -> bool:
        """Runs of all these settings side by side, called by these names; -> whether it could."""
        state = self._store.state
        try:
            fresh = [first_of(state, each) for each in settings]
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        named = (replace(work, name=name) for work, name in zip(fresh, names, strict=True))
        works = self._put_beside(SETTINGS_COMPARED, *named)
        self._store.choose("detectors", compared=tuple(work.key for work in works))
        self.go_on(*works)
        return True

    def go_on(self, *works: Work) -> None:
        """Has networks of experiments learn, as far as they are not complete."""
        keys = [work.key for work in works if not complete(work)]
        if keys:
            self._runs.run_beside(*keys)

    def _put_beside(self, experiment: str, *works: Work) -> list[Work]:
        found = [self._runs.numbered(replace(work, experiment=experiment)) for work in works]
        self._store.change(shelf=(*self._store.state.shelf, *found))
        return found


def _same_run(work: Work, other: Work) -> bool:
    """Whether a run began as the other one does."""
    pace = other.settings.speed, other.settings.epochs
    same = replace(work.settings, speed=pace[0], epochs=pace[1]) == other.settings
    if work.opened is not None or not same:
        return False
    trunks = work.network.hidden_weights, other.network.hidden_weights
    return other.settings.trunk == "scratch" or np.array_equal(*trunks)


def complete(work: Work) -> bool:
    """Whether it has learned for as many epochs as its settings ask."""
    return bool(work.settings.epochs) and work.position.epoch >= work.settings.epochs
