"""Several networks open at once: one on screen, the others on the shelf."""

from dataclasses import replace
from typing import Any

from nnviz.runs import Runs, fresh_work
from nnviz.state import Work


class Shelf(Runs):
    """Puts networks beside one another and switches between them."""

    def new_beside(self) -> None:
        """Another run with the same settings; the one on screen stays open."""
        self.put_beside(fresh_work(self._state.settings, self._state.digits))

    def put_beside(self, work: Work, **changes: Any) -> None:
        """Shows a network beside those that are open; one that nobody worked on makes way."""
        state = self._state
        if state.work.position.steps > 0 and state.work.opened is None:
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
            self._show(fresh_work(state.settings, state.digits), undo=None)
            return
        place = min(state.place, len(state.shelf) - 1)
        others = (*state.shelf[:place], *state.shelf[place + 1 :])
        self._show(state.shelf[place], shelf=others, place=place, undo=None)

    def rename(self, name: str) -> None:
        """Calls the network on screen something else; an empty name gives the old one back."""
        self.change(work=replace(self._state.work, name=name.strip()[:40]))
