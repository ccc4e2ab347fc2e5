"""When the window looks at the session: pictures 30 times a second, numbers 5 times; seldom where
nothing has changed for a while."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.session.session import Session
from nnviz.session.state import State

FRAME = 33
"""Milliseconds between two pictures."""
SLOW_EVERY = 6
"""Frames between two numbers."""
RESTS_AFTER = 300
"""Frames without a change of what is looked at after which the clock rests: ten seconds."""
RESTING = 200
"""Milliseconds between two looks of a clock that rests."""


class FrameClock(QObject):
    """Refreshes the session; says when it is time for what must be readable."""

    slow = Signal()
    """Numbers are to be written, between two pictures."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = 0
        self._unchanged = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self.tick)
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setInterval(FRAME // 2)
        self._between.timeout.connect(self.slow)
        session.watch(self._changed)

    @property
    def rests(self) -> bool:
        """Whether it looks seldom."""
        return self._timer.interval() == RESTING

    def start(self) -> None:
        self._timer.start()

    def _changed(self, _state: State, _fields: frozenset[str]) -> None:
        self._unchanged = 0
        if self.rests:
            self._beat(FRAME, Qt.TimerType.PreciseTimer)

    def _beat(self, interval: int, kind: Qt.TimerType) -> None:
        self._timer.setTimerType(kind)
        self._timer.setInterval(interval)

    def stop(self) -> None:
        self._timer.stop()
        self._between.stop()

    def tick(self) -> None:
        """One frame."""
        self._frames += 1
        self._unchanged += 1
        self._session.refresh()
        if self._unchanged == RESTS_AFTER:
            self._beat(RESTING, Qt.TimerType.CoarseTimer)
        if self._frames % SLOW_EVERY:
            return
        if self._timer.isActive():
            # between two pictures, so that no turn of the event loop has to paint both
            self._between.start()
        else:
            self.slow.emit()
