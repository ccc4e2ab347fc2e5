"""What is said of a widget: its tooltip, and what a screen reader is told."""

import textwrap
import time
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from nnviz.words import said_now

TIP = "whole-tip"
"""The property that keeps a tooltip as it was before it was wrapped."""
LONGEST_LINE = 60
"""Letters."""


class HasTooltip(Protocol):
    """A widget or an action."""

    def setToolTip(self, text: str) -> None: ...

    def property(self, name: str) -> object: ...

    def setProperty(self, name: str, value: object) -> bool: ...


@lru_cache(maxsize=512)
def wrapped(text: str) -> str:
    """A tooltip in lines of a readable length; Qt wraps only what is HTML."""
    return "\n".join(textwrap.fill(line, LONGEST_LINE) for line in text.splitlines())


def explain(thing: HasTooltip, text: str) -> None:
    """Gives a widget or an action its tooltip: the one way in which the window does so."""
    now = said_now(text)
    if thing.property(TIP) != now:
        thing.setProperty(TIP, now)
        thing.setToolTip(wrapped(now))


def retell(window: QWidget) -> None:
    """Has everything inside a window say its texts as they are said now, of digits or pictures."""
    inside: list[QWidget | QAction] = [window]
    for kind in (QWidget, QAction):
        inside += window.findChildren(kind)
    for thing in inside:
        for words, say in _texts(thing):
            now = said_now(words)
            if now != words:
                say(now)
        tip = thing.property(TIP)
        if tip and said_now(tip) != tip:
            explain(thing, tip)


def _texts(thing: QWidget | QAction) -> Iterator[tuple[str, Callable[[str], object]]]:
    """The texts of a widget or an action, each with what changes it."""
    if isinstance(thing, QLabel | QAbstractButton | QAction):
        yield thing.text(), thing.setText
    if isinstance(thing, QComboBox):
        for place in range(thing.count()):
            yield thing.itemText(place), partial(thing.setItemText, place)
    if isinstance(thing, QLineEdit):
        yield thing.placeholderText(), thing.setPlaceholderText
    if isinstance(thing, QWidget):
        yield thing.accessibleName(), thing.setAccessibleName


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
