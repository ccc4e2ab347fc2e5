"""Several networks open at once: one on screen, the others on the shelf."""

from dataclasses import replace
from typing import Any

from nnviz.session.runs import Runs
from nnviz.session.state import Notice, Work


class Shelf(Runs):
    """Puts networks beside one another and switches between them."""

    def new_beside(self) -> None:
        """Another run with the same settings; the one on screen stays open."""
        self.put_beside(self.first_of(self._state.settings))

    def put_beside(self, work: Work, **changes: Any) -> None:
        """Shows a network beside those that are open; one that nobody touched makes way."""
        state = self._state
        if self._stays(state.work):
            shelf = state.works
            changes |= {"shelf": shelf, "place": len(shelf)}
        else:
            work = replace(work, key=state.work.key)
        self._show(work, **{"notice": None} | changes)

    def switch(self, place: int) -> None:
        """Shows another one of the open networks, and pauses the one on screen."""
        works = self._state.works
        if place != self._state.place:
            others = (*works[:place], *works[place + 1 :])
            self._show(works[place], shelf=others, place=place, **self._offers(works[place]))

    def close_network(self) -> None:
        """Takes the network on screen away; the next one comes on screen, or a fresh run."""
        state = self._state
        if not state.shelf:
            self._show(self.first_of(state.settings), race=(), **self._offers(None))
            return
        place = min(state.place, len(state.shelf) - 1)
        others = (*state.shelf[:place], *state.shelf[place + 1 :])
        race = tuple(key for key in state.race if key != state.work.key)
        shown = state.shelf[place]
        self._show(shown, shelf=others, place=place, race=race, **self._offers(shown))

    def rename(self, name: str) -> None:
        """Calls the network on screen something else; an empty name gives the old one back."""
        self.change(work=replace(self._state.work, name=name.strip()[:40]))

    def _stays(self, work: Work) -> bool:
        """Whether a network stays open when another one comes; one that learns does, though no
        step of it may have been seen yet."""
        racing = work.key in self._state.race
        return racing or not work.makes_way or work.run in self._learning

    def _offers(self, shown: Work | None) -> dict[str, Notice | None]:
        """The change of the notice when another network comes on screen: Undo is about that."""
        offer = self._undo_offer(shown) if shown is not None else None
        said = self._state.notice
        outdated = said is not None and said.action == "undo_reset"
        return {"notice": offer} if offer or outdated else {}
