"""What undo and redo bring back, and how that is called."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 50
"""Steps that can be undone."""


@dataclass(frozen=True)
class History(Generic[T]):
    """What a value was before, and what was undone of it."""

    before: tuple[tuple[T, str], ...] = ()
    """Values with what was done to each of them then, in words; the newest last."""
    undone: tuple[tuple[T, str], ...] = ()
    """Values with what had been done to come to them; the last undone last."""

    @property
    def undoes(self) -> str:
        """What undo takes back, in words; nothing if there is nothing."""
        return self.before[-1][1] if self.before else ""

    @property
    def redoes(self) -> str:
        """What redo does again, in words; nothing if there is nothing."""
        return self.undone[-1][1] if self.undone else ""

    def after(self, value: T, what: str, most: int = MOST) -> "History[T]":
        """The history of whatever takes the place of a value; nothing is left to redo."""
        return History((*self.before, (value, what))[-most:])

    def back(self, value: T) -> tuple[T, "History[T]"]:
        """What a value was before, with its history; the value itself if there is nothing."""
        if not self.before:
            return value, self
        older, what = self.before[-1]
        return older, History(self.before[:-1], (*self.undone, (value, what)))

    def forth(self, value: T) -> tuple[T, "History[T]"]:
        """What was undone last, with its history; the value itself if there is nothing."""
        if not self.undone:
            return value, self
        newer, what = self.undone[-1]
        return newer, History((*self.before, (value, what)), self.undone[:-1])


Turned = Callable[[History[T], T], tuple[T, History[T]]]
"""`History.back` or `History.forth`."""
