"""What is said of a widget: its tooltip, and what a screen reader is told."""

import textwrap
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

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


EVERY = 1.0
"""Seconds between two descriptions of one widget."""


class Teller:
    """Keeps the accessible description of a widget true: changed at once after a rest, else as
    soon as a second is over."""

    def __init__(self, widget: QWidget, words: Callable[[], str]) -> None:
        self._widget, self._words = widget, words
        self._told_at = -EVERY
        self._timer = QTimer(widget)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tell)

    def changed(self) -> None:
        """Something else is shown."""
        rest = self._told_at + EVERY - time.monotonic()
        if rest <= 0:
            self.tell()
        elif not self._timer.isActive():
            self._timer.start(int(1000 * rest) + 1)

    def tell(self) -> None:
        """Says what is shown now."""
        self._timer.stop()
        self._told_at = time.monotonic()
        self._widget.setAccessibleDescription(self._words())
