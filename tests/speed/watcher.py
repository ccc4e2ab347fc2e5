"""Watches the window of the real program from inside its process, without touching its code."""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer

from nnviz.session.state import State
from nnviz.ui.app.window import Window
from tests.speed.event_loop import EventLoop

CALM = 500
"""Milliseconds after the training process is ready that still belong to the start."""

BETWEEN_LOOKS = 250
"""Milliseconds for a change of the look to be drawn."""

Say = Callable[..., None]


class Watcher(QObject):
    """Says the moments of the start, then obeys words on standard input."""

    def __init__(self, window: Window, loop: EventLoop, say: Say) -> None:
        super().__init__(window)
        self._window, self._loop, self._say = window, loop, say
        self._drawn = 0
        self._snapshot = (0.0, 0)
        self._ready = False
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._obey)
        self._input.setEnabled(False)
        window.page.picture.installEventFilter(self)
        window.session.watch(self._changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._drawn += 1
        return False

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if "work" in fields:
            self._snapshot = (time.monotonic(), state.work.position.steps)
        if state.engine == "ready" and not self._ready:
            self._ready = True
            now = time.monotonic()
            QTimer.singleShot(CALM, self, lambda: self._say_ready(now))

    def _say_ready(self, ready: float) -> None:
        second, longest = sorted(self._loop.gaps)[-2:]
        self._say(ready=ready, gap=longest, second_gap=second)
        self._loop.stop()
        self._input.setEnabled(True)

    def _obey(self) -> None:
        # not by lines: what a buffer holds back would never wake the event loop again
        words = os.read(sys.stdin.fileno(), 4096).decode().split()
        for word in words:
            self._do(word)
        if not words:
            self._input.setEnabled(False)
            self._window.leave()

    def _do(self, word: str) -> None:
        session = self._window.session
        match word:
            case "train":
                session.controls.set(speed=0, epochs=0)
                session.runs.run()
            case "pause":
                session.runs.pause()
            case "watch":
                self._loop.watch()
            case "look":
                self._loop.watch()
                self._change_look(0)
            case "report":
                self._report()

    def _change_look(self, number: int) -> None:
        """Changes the look of the window once and then the next time, and reports at the end."""
        window = self._window
        changes = (
            window.other_theme,
            window.other_theme,
            lambda: window.zoom(1),
            lambda: window.zoom(0),
            window.parts.lecture.toggle,
            window.parts.lecture.toggle,
        )
        if number == len(changes):
            self._report()
            return
        changes[number]()
        QTimer.singleShot(BETWEEN_LOOKS, self, lambda: self._change_look(number + 1))

    def _report(self) -> None:
        moment, steps = self._snapshot
        self._say(moment=moment, steps=steps, drawn=self._drawn, late=self._loop.late())
        self._drawn = 0
