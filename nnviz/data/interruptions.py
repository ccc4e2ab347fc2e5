"""Ctrl+C in a terminal goes to every process that was begun from it; it is meant for the program.

A process that is begun while the signal is held back never hears it, not even while it imports
what it needs to ignore it. Windows has no such signal to hold back: there the process ignores it
itself, as the first thing that it does.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


def hold_back() -> None:
    """Has the processes that this thread and those it starts begin not hear Ctrl+C."""
    if not hasattr(signal, "pthread_sigmask"):
        return
    # it unblocks the signal for the thread that starts it
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def held_back() -> Iterator[None]:
    """The same for what is begun meanwhile; a Ctrl+C of that time is heard at the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    hold_back()
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
