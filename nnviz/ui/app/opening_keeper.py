"""Renews the picture that opens the program, once the program looks as it always starts."""

import threading

from PySide6.QtCore import QObject, QTimer

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import opening
from nnviz.ui.app.window import Window

LOOK_EVERY = 500
"""Milliseconds between two looks whether the pointer is out of the way."""
UNSEEN = frozenset({"engine"})
"""Fields of the state that change nothing on screen."""


class OpeningKeeper(QObject):
    """Watches a window from its filling on; takes the picture only of one that nobody touched."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        session: Session = window.session
        self._touched = session.state.notice is not None
        session.watch(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Called once the window has everything."""
        self._timer.start()

    def _changed(self, _state: State, fields: frozenset[str]) -> None:
        self._touched = self._touched or bool(fields - UNSEEN)

    def look(self) -> None:
        """Takes the picture if the time has come."""
        window = self._window
        if self._touched:
            self._timer.stop()
        elif window.isVisible() and not (window.parts.lecture.on or window.page.hovering):
            self._timer.stop()
            picture, look = window.grab().toImage(), opening.look_of(window)
            threading.Thread(
                target=opening.keep, args=(picture, look), name="opening picture"
            ).start()
