"""The search for the next digit that the rules read differently, a slice at a time."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.questions.votes import searched
from nnviz.session.state import State


class VoteSearch(QObject):
    """Looks on whenever the window has nothing else to do."""

    found = Signal(int)
    failed = Signal()
    changed = Signal(bool)
    """Whether it is looking."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: Iterator[int | None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_on)

    @property
    def active(self) -> bool:
        return self._timer.isActive()

    def start(self, state: State) -> None:
        """Looks through the digits after the one on screen, those with the label chosen."""
        digits, work = state.digits, state.seen
        order = np.roll(np.arange(len(digits.labels)), -state.image - 1)[:-1]
        if state.label is not None:
            order = order[digits.labels[order] == state.label]
        self._left = searched(work.network, state.layout, digits.images, order)
        self._timer.start()
        self.changed.emit(True)

    def stop(self) -> None:
        if self.active:
            self._timer.stop()
            self.changed.emit(False)

    def _look_on(self) -> None:
        image = next(self._left, -1)
        if image is None:
            return
        self.stop()
        if image >= 0:
            self.found.emit(image)
        else:
            self.failed.emit()
