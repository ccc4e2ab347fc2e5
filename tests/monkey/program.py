"""The real program, with its training process, under random hands. Run by `tests.monkey`.

Each event is one line of JSON on standard output, before it is done; what goes wrong is one, too.
The window ends when it has had its events, or when the hands close it.
"""

import faulthandler
import json
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices

FROZEN = 60.0
"""Seconds without a turn of the event loop after which it is told where it hangs."""
IDLE_AT_MOST = 25
"""Events without learning after which it is begun."""
IGNORED = (
    "propagateSizeHints",
    "does not support raise",
    "does not support grabbing the keyboard",
    "does not support keyboard grab",
    "occurs outside target window",
)
"""What the offscreen platform cannot do, and says; and that hands reached beside a window."""


def say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Monkey(QObject):
    """One event in each turn of the event loop, also of the loop of a dialog."""

    def __init__(self, window: Any, seed: str, events: int, files: list[Path]) -> None:
        super().__init__(window)
        from tests.monkey.hands import Hands

        self._window, self._left, self._idle = window, events, 0
        self._hands = Hands(seed, window, files, files[0].parent)
        self._done, self._last = 0, "start"
        self._spent = time.thread_time()
        self._steps = 0

    def go_on(self) -> None:
        faulthandler.cancel_dump_traceback_later()
        now = time.thread_time()
        page = self._window.session.state.page
        say(spent=round(now - self._spent, 4), steps=self._learned(), page=page)
        if self._left <= 0:
            say(ended="all done")
            self._window.leave()
            return
        faulthandler.dump_traceback_later(FROZEN, exit=True)
        self._left -= 1
        # asked for before the event, which may stay in the loop of a dialog
        QTimer.singleShot(0, self, self.go_on)
        self._spent = time.thread_time()
        self._keep_learning()
        say(event=self._hands.act())

    def _learned(self) -> int:
        """Steps learned since the last look by whatever is on screen."""
        now = self._window.session.state.work.position.steps
        before, self._steps = self._steps, now
        return int(max(0, now - before))

    def _keep_learning(self) -> None:
        session = self._window.session
        self._idle = 0 if session.state.running else self._idle + 1
        if self._idle > IDLE_AT_MOST:
            self._idle = 0
            session.runs.run()


def watch_messages(kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        return
    if not any(part in said for part in IGNORED):
        say(wrong=f"Qt says: {said}")


def report(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    import traceback

    say(wrong="".join(traceback.format_exception(kind, error, trace)))


class Browser(QObject):
    """Takes the addresses that would be opened outside."""

    from PySide6.QtCore import Slot

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        say(address=url.toString())


def main() -> None:
    seed, events, *files = sys.argv[1:]
    sys.argv[1:] = []
    faulthandler.enable()
    import nnviz.cli.app  # before Qt, as it stands in main.py
    from nnviz.ui.app import start

    class Under(start.Start):
        """A start that lets the hands go once the window is whole."""

        def _begin(self) -> None:
            super()._begin()
            ordinary = sys.excepthook

            def both(
                kind: type[BaseException], error: BaseException, trace: TracebackType | None
            ) -> None:
                report(kind, error, trace)
                ordinary(kind, error, trace)

            sys.excepthook = both

        def _keep_picture(self) -> None:
            super()._keep_picture()
            self.monkey = Monkey(self._window, seed, int(events), [Path(file) for file in files])
            self.monkey.go_on()

    start.Start = Under  # type: ignore[misc]
    threading.excepthook = lambda told: report(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: report(told.exc_type, told.exc_value, told.exc_traceback)
    qInstallMessageHandler(watch_messages)
    browser = Browser()
    for scheme in ("http", "https", "file", "mailto"):
        QDesktopServices.setUrlHandler(scheme, browser, "open")
    nnviz.cli.app.main()


if __name__ == "__main__":
    main()
