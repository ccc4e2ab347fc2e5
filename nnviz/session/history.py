"""What undo and redo bring back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 50
"""Steps that can be undone."""


@dataclass(frozen=True)
class History(Generic[T]):
    """What a value was before, and what was undone of it; each the newest last."""

    before: tuple[T, ...] = ()
    undone: tuple[T, ...] = ()

    def after(self, value: T, most: int = MOST) -> "History[T]":
        """The history of whatever takes the place of a value; nothing is left to redo."""
        return History((*self.before, value)[-most:])

    def back(self, value: T) -> tuple[T, "History[T]"]:
        """What a value was before, with its history; the value itself if there is nothing."""
        if not self.before:
            return value, self
        return self.before[-1], History(self.before[:-1], (*self.undone, value))

    def forth(self, value: T) -> tuple[T, "History[T]"]:
        """What was undone last, with its history; the value itself if there is nothing."""
        if not self.undone:
            return value, self
        return self.undone[-1], History((*self.before, value), self.undone[:-1])
