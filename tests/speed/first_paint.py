"""The moment at which a window has painted its first picture."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls `painted` with the time, before anything else of the event loop has its turn."""

    def __init__(self, window: QWidget, painted: Callable[[float], None]) -> None:
        super().__init__(window)
        self._window, self._painted = window, painted
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return False
        self._window.removeEventFilter(self)
        self._window.event(event)  # paints all that is in the window, and shows it
        self._painted(time.monotonic())
        return True
