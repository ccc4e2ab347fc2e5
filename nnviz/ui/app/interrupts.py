"""Ctrl+C in the terminal, and being told to end: an orderly close of the window.

Python itself may hear a signal in the middle of a slot, of a picture or of closing. So what it
hears is only noted and handed to the event loop, through a socket, which every system has.
"""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

HEARD = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""What ends the program here; some systems lack some. SIGHUP: the terminal has been closed"""
STATUS = 128
"""What the number of a signal is added to for an exit status."""


class Interrupts(QObject):
    """Has a window closed between two events when one of HEARD comes, at once when another
    does."""

    def __init__(self, close: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._close = close
        self._number: int | None = None
        self._told = False
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._far.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._before = {each: signal.signal(each, self._note) for each in HEARD}
        self._woken = signal.set_wakeup_fd(self._near.fileno(), warn_on_full_buffer=False)

    @property
    def status(self) -> int | None:
        """The exit status of a program that was ended so; None where it was not."""
        return None if self._number is None else STATUS + self._number

    def stop(self) -> None:
        """Has signals do what they did before."""
        signal.set_wakeup_fd(self._woken)
        for each, before in self._before.items():
            signal.signal(each, before)
        self._notifier.setEnabled(False)
        self._near.close()
        self._far.close()

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self._number is not None:
            os._exit(STATUS + number)  # whoever asks twice does not want to wait
        self._number = number

    def _hear(self) -> None:
        with suppress(BlockingIOError):
            self._far.recv(64)
        if self._number is not None and not self._told:
            self._told = True
            self._close()
