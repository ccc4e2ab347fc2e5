"""Training designs anew that learned from other digits than the baseline, so that all of them can
be compared."""

import math
from collections.abc import Sequence

from nnviz.errors import Refusal
from nnviz.networks.settings import Settings
from nnviz.networks.taught import Taught, alike
from nnviz.session.designs import Race
from nnviz.session.runs import Runs, trunk_for
from nnviz.session.shelf import Shelf
from nnviz.session.state import State, Work
from nnviz.session.store import Store


class Alike:
    """Lets fresh runs learn side by side, in networks of their own beside what is open.

    They learn from what the baseline was handed and for as many epochs; where that is not at
    hand, a run of the digits in use takes its place, and the baseline learns anew with the others.
    Designs that begin on the hidden layer of one of those runs follow once that has learned.
    """

    def __init__(self, store: Store, runs: Runs, shelf: Shelf, race: Race) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._race = race
        self._keys: tuple[int, ...] = ()  # of the runs that it began last
        self._later: tuple[str, ...] = ()
        self._aim = Settings(), Taught(store.state.digits.handed(0), 0.0)
        self._before = store.state.work  # what was on screen
        runs.moved.append(self._moved)

    @property
    def offered(self) -> tuple[str, ...]:
        """The designs that would learn anew; none where those that stand for them can all be
        compared."""
        state = self._store.state
        if not state.unlike & state.representatives.keys():
            return ()
        _, aim = self.aim
        stand = (name for name in state.taught if name in state.representatives)
        return tuple(name for name in stand if not alike(state.taught[name], aim))

    @property
    def aim(self) -> tuple[Settings, Taught]:
        """Of which settings the others take seed, images and epochs, and what all learned from
        in the end."""
        state = self._store.state
        base, shown = state.entrants.get(state.base), state.work
        latest = sorted(state.representatives.values(), key=lambda work: -work.shown)
        wanted = [work for work in (base, shown, *latest) if work is not None]
        model = next((work for work in wanted if _at_hand(work, state)), None)
        whose = model or base or shown
        count = model.epoch_length(state.digits) if model else shown.settings.images
        images = count if 0 < count < state.digits.train_count else 0
        epochs = max(1, math.ceil(round(whose.epochs(state.digits), 1)))
        seed = model.judged_by.seed if model else shown.settings.seed
        settings = Settings().change(images=images, epochs=epochs, seed=seed)
        handed = state.digits.handed(images or state.digits.train_count)
        return settings, Taught(handed, float(epochs))

    def train(self) -> bool:
        """Begins the runs that are offered; -> whether it could."""
        designs, self._aim = self.offered, self.aim
        self._before = self._store.state.work
        return self._begin(designs)

    def _begin(self, designs: Sequence[str]) -> bool:
        state, (aimed, taught) = self._store.state, self._aim
        shared = {name: getattr(aimed, name) for name in ("seed", "images", "epochs")}
        try:
            settings = [each.change(**shared) for each in self._race.settings(designs)]
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        ready = [each for each in settings if _can_begin(state, each, taught)]
        begins = ready or settings  # none is waited for that nobody trains
        self._later = tuple(each.design for each in settings if each not in begins)
        if not self._race.begin_of(begins):
            return False
        self._keys = self._store.state.race
        self._runs.run()
        return True

    def _moved(self, _at_rest: bool) -> None:
        """Goes on with those that waited for a hidden layer, and in the end back to what was on
        screen."""
        state = self._store.state
        if not self._keys:
            return
        epochs = self._aim[0].epochs
        if state.race != self._keys:  # something else has been begun
            self._keys, self._later = (), ()
        elif self._runs.settled and all(work.position.epoch >= epochs for work in state.racing):
            later, self._keys = self._later, ()
            if later:
                self._begin(later)
            else:
                self._go_back(state)

    def _go_back(self, state: State) -> None:
        """To the network that was on screen, or that learned anew in its place."""
        if state.work.key not in state.race:
            return
        keys, before = [work.key for work in state.works], self._before
        stays = before.key in keys and alike(before.taught(state.digits), self._aim[1])
        stands = state.representatives[before.design].key
        self._shelf.switch(keys.index(before.key if stays else stands))


def _at_hand(work: Work, state: State) -> bool:
    """Whether all that a network learned from are digits in use."""
    taught = work.taught(state.digits)
    images = taught.handed.images
    usable = work.learned and 0 < images <= state.digits.train_count
    return usable and taught.digits == {state.digits.handed(images)}


def _can_begin(state: State, settings: Settings, aim: Taught) -> bool:
    """Whether a run needs no hidden layer, or one is there that learned from the same."""
    if settings.trunk != "frozen":
        return True
    trunk = trunk_for(state, settings)
    return trunk is not None and alike(trunk.taught(state.digits), aim)
