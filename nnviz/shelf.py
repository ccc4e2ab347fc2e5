"""Several networks open at once: one on screen, the others on the shelf."""

from dataclasses import replace
from typing import Any

from nnviz.runs import Runs
from nnviz.state import Work


class Shelf(Runs):
    """Puts networks beside one another and switches between them."""

    def new_beside(self) -> None:
        """Another run with the same settings; the one on screen stays open."""
        self.put_beside(self.first_of(self._state.settings))

    def put_beside(self, work: Work, **changes: Any) -> None:
        """Shows a network beside those that are open; one that nobody worked on makes way."""
        state = self._state
        if not _untouched(state.work) or state.work.key in state.race:
            shelf = state.works
            changes |= {"shelf": shelf, "place": len(shelf)}
        else:
            work = replace(work, key=state.work.key)
        self._show(work, **{"undo": None, "notice": None} | changes)

    def switch(self, place: int) -> None:
        """Shows another one of the open networks, and pauses the one on screen."""
        works = self._state.works
        if place != self._state.place:
            others = (*works[:place], *works[place + 1 :])
            self._show(works[place], shelf=others, place=place, undo=None)

    def close_network(self) -> None:
        """Takes the network on screen away; the next one comes on screen, or a fresh run."""
        state = self._state
        if not state.shelf:
            self._show(self.first_of(state.settings), undo=None, race=())
            return
        place = min(state.place, len(state.shelf) - 1)
        others = (*state.shelf[:place], *state.shelf[place + 1 :])
        race = tuple(key for key in state.race if key != state.work.key)
        self._show(state.shelf[place], shelf=others, place=place, undo=None, race=race)

    def rename(self, name: str) -> None:
        """Calls the network on screen something else; an empty name gives the old one back."""
        self.change(work=replace(self._state.work, name=name.strip()[:40]))


def _untouched(work: Work) -> bool:
    """Whether nothing is lost when another network takes its place."""
    return work.opened is not None or work.position.steps == 0
