"""One key of the line of what is looked at: what it says, and where that stands in the state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from nnviz.lectures.codecs import Codec
from nnviz.lectures.compared import as_written
from nnviz.session.state import State

MOST = 10**6
"""What no number of a row, a way or a seed exceeds."""


@dataclass(frozen=True)
class Key:
    """One word of the line."""

    name: str
    help: str
    codec: Codec
    path: str
    """Where its value stands in the state: a field, or a field of a field."""
    most: Callable[[State], int] | None = None
    """The largest number that it can be, and each of several."""
    least: int | float = 0
    entrants: bool = False
    """Whether it names networks that are compared (see `compared`)"""

    def of(self, state: State) -> Any:
        """Its value in a state."""
        return reduce(getattr, self.path.split("."), state)

    def text(self, state: State) -> str | None:
        """The same as it stands in a line; None where it has none."""
        value = self.of(state)
        if self.entrants:
            value = as_written(state, value)
        return None if value is None else self.codec.write(value)


def put(state_or_slice: Any, path: str, value: Any) -> Any:
    """A frozen value with another value at a path."""
    first, _, rest = path.partition(".")
    inner = put(getattr(state_or_slice, first), rest, value) if rest else value
    return replace(state_or_slice, **{first: inner})


def last_image(state: State) -> int:
    """The number of the last test digit."""
    return len(state.digits.labels) - 1


def last_class(state: State) -> int:
    """The number of the last class."""
    return state.digits.classes - 1
