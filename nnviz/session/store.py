"""Holds the state and tells watchers what changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nnviz.session.deriving import derive
from nnviz.session.state import FIELDS, Notice, State

Watcher = Callable[[State, frozenset[str]], None]


class Store:
    """One state, replaced as a whole; the only way to change it is `change`."""

    def __init__(self, state: State) -> None:
        self.state = derive(state)
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Calls the watcher after every change with the state and the names of its fields."""
        self._watchers.append(watcher)

    def change(self, **changes: Any) -> None:
        """Replaces fields of the state and tells every watcher once."""
        old = self.state
        new = self.state = derive(old, **changes)
        names = {
            name
            for name in FIELDS
            if (before := getattr(old, name)) is not (now := getattr(new, name)) and before != now
        }
        if new.past is not old.past:
            names.add("work")  # whoever draws it draws another one now
        if new.shown_drawing is not old.shown_drawing:
            names.add("image")  # another digit is on screen, whatever its number
        here, before = new.work, old.work
        if (here.operations, here.history) != (before.operations, before.history):
            names.add("operations")
        if names:
            for watcher in self._watchers:
                watcher(new, frozenset(names))

    def choose(self, choice: str, **changes: Any) -> None:
        """Replaces fields of one of `state.CHOICES`."""
        self.change(**{choice: replace(getattr(self.state, choice), **changes)})

    def say(self, kind: str, sentence: str, **more: str) -> None:
        """Puts a notice on the banner."""
        self.change(notice=Notice(kind, sentence, **more))
