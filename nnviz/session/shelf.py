"""Several networks open at once: one on screen, the others on the shelf."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nnviz.session.runs import UNDO, Runs, first_of
from nnviz.session.state import Notice, Work
from nnviz.session.store import Store
from nnviz.words import tr


class Shelf:
    """Puts networks beside one another and switches between them."""

    def __init__(self, store: Store, runs: Runs) -> None:
        self._store = store
        self._runs = runs
        self.closed: list[Callable[[int], None]] = []
        """Called with the key of a network that was taken away."""

    def add(self) -> None:
        """Another run with the same settings; the one on screen stays open."""
        self.put(first_of(self._store.state, self._store.state.settings))

    def put(self, work: Work, beside: bool = False, **changes: Any) -> None:
        """Shows a network beside those that are open; one that nobody touched makes way, unless
        it is to stay `beside` it, and so does the same file opened before."""
        before = [each.is_of(work.path) for each in self._store.state.works]
        if any(before):
            self.switch(before.index(True))
        state = self._store.state
        if beside or (self.stays(state.work) and not state.work.is_of(work.path)):
            shelf = state.works
            changes |= {"shelf": shelf, "place": len(shelf)}
        else:
            work = replace(work, key=state.work.key)
        self._runs.show(work, **{"notice": None} | changes)

    def switch(self, place: int) -> None:
        """Shows another one of the open networks, and pauses the one on screen."""
        works = self._store.state.works
        if place != self._store.state.place:
            others = (*works[:place], *works[place + 1 :])
            offers = self._offers(works[place])
            self._runs.show(works[place], shelf=others, place=place, **offers)

    def visit(self, key: int) -> None:
        """Shows the open network with this key, and offers the way back."""
        state = self._store.state
        keys = [work.key for work in state.works]
        if key != state.work.key and key in keys:
            self.switch(keys.index(key))
            self.offer_back()

    def offer_back(self) -> None:
        """Says what has come on screen, and offers the way back to what was there before."""
        name = self._store.state.work.full_title
        action, label = ("shelf.back", tr("Back")) if self.before is not None else ("", "")
        self._store.say(
            "info",
            tr("On screen is now {network}.", network=name),
            action=action,
            action_label=label,
        )

    @property
    def before(self) -> Work | None:
        """The network that was on screen before the one that is: from a network of an experiment
        the way leads to the user's own."""
        state = self._store.state
        own = [work for work in state.shelf if not work.experiment]
        others = own if state.work.experiment and own else list(state.shelf)
        shown = [work for work in others if work.shown or not work.experiment]
        return max(shown, key=lambda work: work.shown, default=None)

    def back(self) -> None:
        """Shows the network that was on screen before; the one on screen stays open."""
        before = self.before
        if before is not None:
            self._store.change(notice=None)
            self.switch(self._store.state.works.index(before))

    def close(self) -> None:
        """Takes the network on screen away; the next one comes on screen, or a fresh run."""
        state, show = self._store.state, self._runs.show
        if state.shelf:
            place = min(state.place, len(state.shelf) - 1)
            others = (*state.shelf[:place], *state.shelf[place + 1 :])
            race = tuple(key for key in state.race if key != state.work.key)
            shown = state.shelf[place]
            show(shown, shelf=others, place=place, race=race, **self._offers(shown))
        else:
            show(first_of(state, state.own_settings), race=(), **self._offers(None))
        self._gone(state.work)

    def compare(self, key: int, on: bool = True) -> None:
        """Compares an open network with those that stand for the designs from now on, or no longer;
        and so the one that stands for its design by now, which it may take the place of."""
        state = self._store.state
        work = next((work for work in state.works if work.key == key), None)
        if work is None:
            return
        stands = state.representatives.get(work.design)
        several = [work] if stands is None or not on else [stands, work]
        keys = dict.fromkeys(each.key for each in several if each in state.works)
        others = tuple(each for each in state.besides.keys if each not in keys)
        self._store.choose("besides", keys=(*others, *keys) if on else others)
        spare = not on and work.shipped and not self.stays(work) and work is not state.work
        if spare:  # it comes with the program, and is there whenever it is wanted
            self._drop(work)

    def compare_none(self) -> None:
        """Compares one network of each design again."""
        self._store.choose("besides", alone=False)
        for key in self._store.state.besides.keys:
            self.compare(key, on=False)

    def put_aside(self, work: Work, key: int = 0) -> Work:
        """Opens a network without showing it, under a key that it had before or a new one; -> as
        it is open."""
        state = self._store.state
        work = replace(self._runs.numbered(replace(work, key=key)), shown=0)
        self._store.change(shelf=(*state.shelf, work))
        return work

    def _drop(self, work: Work) -> None:
        """Takes away a network that is not on screen."""
        works = [each for each in self._store.state.works if each is not work]
        place = works.index(self._store.state.work)
        self._store.change(shelf=(*works[:place], *works[place + 1 :]), place=place)
        self._gone(work)

    def _gone(self, work: Work) -> None:
        keys = tuple(key for key in self._store.state.besides.keys if key != work.key)
        self._store.choose("besides", keys=keys)
        for watcher in self.closed:
            watcher(work.key)

    def rename(self, name: str) -> None:
        """Calls the network on screen something else; an empty name gives the old one back."""
        self._store.change(work=replace(self._store.state.work, name=name.strip()[:40]))

    def stays(self, work: Work) -> bool:
        """Whether a network stays open when another one comes; one that learns does, though no
        step of it may have been seen yet, and one that others are compared with."""
        state = self._store.state
        wanted = work.key in (*state.race, *state.besides.keys)
        return wanted or not work.makes_way or work.run in self._runs.learning

    def _offers(self, shown: Work | None) -> dict[str, Notice | None]:
        """The change of the notice when another network comes on screen: Undo is about that."""
        offer = self._runs.undo_offer(shown) if shown is not None else None
        said = self._store.state.notice
        outdated = said is not None and said.action == UNDO
        return {"notice": offer} if offer or outdated else {}
