"""When the window looks at the session: pictures 30 times a second, numbers 5 times."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.session.session import Session

FRAME = 33
"""Milliseconds between two pictures."""
SLOW_EVERY = 6
"""Frames between two numbers."""
PHASES = 3


class FrameClock(QObject):
    """Refreshes the session; says when it is time for what must be readable."""

    slow = Signal(int)
    """Comes `PHASES` times for each new number, with 0, 1, 2: each for a part of the work, so
    that no frame has to do all of it."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self.tick)
        self._phase = 0
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setInterval(FRAME // 2)
        self._between.timeout.connect(lambda: self.slow.emit(self._phase))

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._between.stop()

    def tick(self) -> None:
        """One frame."""
        self._frames += 1
        self._session.refresh()
        self._phase, between = divmod(self._frames % SLOW_EVERY, SLOW_EVERY // PHASES)
        if not between and self._timer.isActive():
            # between two pictures, so that no turn of the event loop has to paint both
            self._between.start()
        elif not between:
            self.slow.emit(self._phase)
