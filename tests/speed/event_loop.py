"""How late the event loop of a window is."""

import time

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer

TICK = 10
"""Milliseconds between two looks."""


class EventLoop(QObject):
    """Collects the gaps between two turns of a timer, in milliseconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self._last_tick = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)

    def watch(self, since: float | None = None) -> None:
        """Begins anew."""
        self._timer.setTimerType(QtCore.Qt.TimerType.PreciseTimer)
        self._last_tick = time.monotonic() if since is None else since
        self.gaps.clear()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def late(self) -> list[float]:
        """The gaps since the last call, less what the timer waits anyway."""
        late = [max(0.0, gap - TICK) for gap in self.gaps]
        self.gaps.clear()
        return late

    def _tick(self) -> None:
        now = time.monotonic()
        self.gaps.append(1000 * (now - self._last_tick))
        self._last_tick = now
