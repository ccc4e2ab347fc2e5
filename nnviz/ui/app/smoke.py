"""A short visit of the whole program, for `nnviz --smoke`."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window

ENOUGH_STEPS = 100
PATIENCE = 120_000
"""Milliseconds before the visit counts as failed."""


class Smoke(QObject):
    """Trains a little, visits every page, closes; exit status 1 if that takes too long."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._learns = False
        self._timer = QTimer(self)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start()
        QTimer.singleShot(PATIENCE, self, self._give_up)
        self._window.session.runs.run()

    def _look(self) -> None:
        session = self._window.session
        # the network that the program opens with has learned before
        self._learns = self._learns or session.state.running
        if not self._learns or session.state.work.position.steps < ENOUGH_STEPS:
            return
        self._timer.stop()
        session.runs.pause()
        for page in PAGES:
            session.change(page=page.id)
            self._window.page.grab()
        self._window.leave()

    def _give_up(self) -> None:
        QApplication.exit(1)
