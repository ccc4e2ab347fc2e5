"""Renews the picture that opens the program, once the program looks as it always starts."""

import threading

from PySide6.QtCore import QObject, QTimer

from nnviz.session import Session
from nnviz.state import State
from nnviz.ui import opening
from nnviz.ui.window import Window

LOOK_EVERY = 500
"""Milliseconds between two looks whether the pointer is out of the way."""
UNSEEN = frozenset({"engine"})
"""Fields of the state that change nothing on screen."""


class OpeningKeeper(QObject):
    """Takes the picture while nothing has been touched; gives up as soon as something is."""

    def __init__(self, window: Window, look: opening.Look) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._try)

    def start(self) -> None:
        session: Session = self._window.session
        session.watch(self._changed)
        if session.state.notice is None:
            self._timer.start()

    def _changed(self, _state: State, fields: frozenset[str]) -> None:
        if fields - UNSEEN:
            self._timer.stop()

    def _try(self) -> None:
        window = self._window
        if opening.look_of(window) != self._look or not window.isVisible():
            self._timer.stop()
        elif not window.page.hovering:
            self._timer.stop()
            image = window.grab().toImage()
            threading.Thread(
                target=opening.keep, args=(image, self._look), name="opening picture"
            ).start()
