"""The real program of a revision, watched from inside its process without touching its code.

`python -m adapters.windowed NAME [WORDS OF THE PROGRAM]`; NAME is a module of this folder that
knows the window of that revision. Says when the window is filled and when it has its curves; then
obeys words on standard input. The end of the input closes the window.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

LOOK = 2
"""Milliseconds between two looks for an answer, only while one is awaited."""
WIDTH, HEIGHT = 1280, 720


class Watch:
    """What is said of the window, and what it is told to do, once it has all that it shows."""

    def __init__(self, window: Any, hands: Any, say: Callable[..., None]) -> None:
        from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer

        self._window, self._hands, self._say = window, hands, say
        self._drawn = 0
        self._wait: Callable[[], bool] = lambda: True
        self._timer = QTimer(window)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        watch = self

        class Paints(QObject):
            """Counts the pictures drawn on the page."""

            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
                if event.type() is QEvent.Type.Paint:
                    watch._drawn += 1
                return False

        self._paints = Paints(window)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, window)
        self._input.activated.connect(self._obey)
        window.resize(WIDTH, HEIGHT)
        say(curves=time.process_time(), pids=[os.getpid()])

    def _obey(self) -> None:
        # not by lines: what a buffer holds back would never wake the event loop again
        words = os.read(sys.stdin.fileno(), 4096).decode().split()
        for word in words:
            getattr(self, f"_{word}")()
        if not words:
            self._input.setEnabled(False)
            self._window.leave()

    def _await(self, reached: Callable[[], bool]) -> None:
        """Looks again and again until that is reached, and says so."""
        self._wait = reached
        self._timer.start()

    def _look(self) -> None:
        if self._wait():
            self._timer.stop()
            self._tell()

    def _tell(self, **more: Any) -> None:
        pids = [os.getpid(), self._hands.training_pid()]
        self._say(moment=time.monotonic(), drawn=self._drawn, pids=pids, **more)
        self._drawn = 0

    # ---- words -----------------------------------------------------------------------

    def _ready(self) -> None:
        """Answers once the training process has the digits."""
        self._await(self._hands.ready)

    def _train(self) -> None:
        """400 digits a second."""
        self._window.page.picture.removeEventFilter(self._paints)
        self._window.page.picture.installEventFilter(self._paints)
        self._hands.run(speed=40)

    def _fast(self) -> None:
        """As fast as it can."""
        self._hands.run(speed=0)

    def _pause(self) -> None:
        self._hands.pause()

    def _report(self) -> None:
        self._tell()

    def _networks(self) -> None:
        """Answers once there is a network of every design, and ten outputs on screen."""
        self._await(self._hands.load_networks())

    def _mistakes(self) -> None:
        """Opens the page; answers at the first design judged and when all are."""
        self._hands.open_mistakes()
        self._await(lambda: self._hands.judged() > 0)

    def _judged(self) -> None:
        self._await(lambda: bool(self._hands.judged() == self._hands.designs()))


def main() -> None:
    """Runs the program with its window watched."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr

    def say(**what: Any) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    name = sys.argv.pop(1)
    try:
        program = import_module(f"{__package__}.{name}")
        start = program.starting()
    except (ImportError, AttributeError) as error:
        say(unfit=str(error))
        return

    class Watched(start.Window):  # type: ignore[misc,name-defined]
        """The window, which tells when its first page is on screen, and when its curves are."""

        def fill(self, session: Any) -> None:
            super().fill(session)
            start.FirstPicture(self).painted.connect(lambda: say(filled=time.process_time()))

        def load_late(self) -> None:
            super().load_late()
            self._watch = Watch(self, program.Hands(self), say)

    start.Window = Watched
    program.run()


if __name__ == "__main__":
    main()
