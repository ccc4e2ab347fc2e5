"""Tooltips that stay narrow enough to read."""

import textwrap
from functools import lru_cache
from typing import Protocol

LONGEST_LINE = 60
"""Letters."""


class HasTooltip(Protocol):
    """A widget or an action."""

    def setToolTip(self, text: str) -> None: ...


@lru_cache(maxsize=512)
def wrapped(text: str) -> str:
    """A tooltip in lines of a readable length; Qt wraps only what is HTML."""
    return "\n".join(textwrap.fill(line, LONGEST_LINE) for line in text.splitlines())


def explain(thing: HasTooltip, text: str) -> None:
    """Gives a widget or an action its tooltip: the one way in which the window does so."""
    thing.setToolTip(wrapped(text))
