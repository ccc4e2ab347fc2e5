"""Holds the state and tells watchers what changed."""

from collections.abc import Callable
from typing import Any

from nnviz.session.deriving import derive
from nnviz.session.state import Notice, State

Watcher = Callable[[State, frozenset[str]], None]


class Store:
    """One state, replaced as a whole; the only way to change it is `change`."""

    def __init__(self, state: State) -> None:
        self._state = derive(state)
        self._watchers: list[Watcher] = []

    @property
    def state(self) -> State:
        return self._state

    def watch(self, watcher: Watcher) -> None:
        """Calls the watcher after every change with the state and the names of its fields."""
        self._watchers.append(watcher)

    def change(self, **changes: Any) -> None:
        """Replaces fields of the state and tells every watcher once."""
        old = self._state
        self._state = derive(old, **changes)
        names = {name for name in changes if getattr(old, name) != getattr(self._state, name)}
        if self._state.verdict is not old.verdict:
            names.add("verdict")
        if self._state.past is not old.past:
            names.add("work")  # whoever draws it draws another one now
        if self._state.shown_drawing is not old.shown_drawing:
            names.add("image")  # another digit is on screen, whatever its number
        here, before = self._state.work, old.work
        if (here.operations, here.operations_before) != (
            before.operations,
            before.operations_before,
        ):
            names.add("operations")
        if names:
            for watcher in self._watchers:
                watcher(self._state, frozenset(names))

    def say(self, kind: str, sentence: str, **more: str) -> None:
        """Puts a notice on the banner."""
        self.change(notice=Notice(kind, sentence, **more))
