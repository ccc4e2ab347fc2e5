"""When the window looks at the session: pictures 30 times a second, numbers 5 times."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.session.session import Session

FRAME = 33
"""Milliseconds between two pictures."""
SLOW_EVERY = 6
"""Frames between two numbers."""


class FrameClock(QObject):
    """Refreshes the session; says when it is time for what must be readable."""

    slow = Signal()
    """Numbers are to be written, between two pictures."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self.tick)
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setInterval(FRAME // 2)
        self._between.timeout.connect(self.slow)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._between.stop()

    def tick(self) -> None:
        """One frame."""
        self._frames += 1
        self._session.refresh()
        if self._frames % SLOW_EVERY:
            return
        if self._timer.isActive():
            # between two pictures, so that no turn of the event loop has to paint both
            self._between.start()
        else:
            self.slow.emit()
