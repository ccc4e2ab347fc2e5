"""The training process: a training loop at the end of a pipe.

It ends by itself as soon as the other end of the pipe is closed.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection, wait

from nnviz.training.messages import Asked, Broken, Compiling, Prepared

NICENESS = 10
UNPREPARED = 0.02
"""Seconds between two looks at whether what learns is ready."""


def serve(pipe: Connection) -> None:
    """Hears messages and trains until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the window's
    if hasattr(os, "nice"):
        os.nice(NICENESS)  # drawing comes before learning
    threading.Thread(target=_end_with_window, daemon=True).start()
    try:
        _serve(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # at once, whatever a thread of it still compiles
    except Exception as error:  # noqa: BLE001 - whatever it was, the window must hear of it
        kind = type(error).__name__
        with suppress(OSError):  # it died in the middle of a message, which is the error
            pipe.send(Broken(f"{kind}: {error}", traceback.format_exc()))


def _end_with_window() -> None:
    """Ends this process at once when that of the window has ended, also while it still imports
    what learns and hears no pipe."""
    window = multiprocessing.parent_process()
    if window is not None:
        wait([window.sentinel])
        os._exit(0)


def _serve(pipe: Connection) -> None:
    # imported here, so that the window can name this function without what learns
    from nnviz.training.loop import TrainingLoop
    from nnviz.training.preparing import Preparing
    from nnviz.training.table import Kernels

    preparing = Preparing()
    preparing.start()
    told = False
    waits: bool | None = None  # for machine code that is made anew; None: no run waits
    loop = TrainingLoop(pipe.send)
    heard: deque[Asked] = deque()
    patience: float | None = 0.0
    while True:
        while pipe.poll(patience):
            heard.append(pipe.recv())
            patience = 0.0
        ready = not preparing.is_alive()
        if not told and Kernels.NETWORKS in preparing.reasons:
            told = True
            pipe.send(Prepared(preparing.reasons[Kernels.NETWORKS]))
        while heard and preparing.allows(heard[0], loop.classes):
            if waits is not None:
                waits = None
                pipe.send(Compiling(False))
            loop.hear(heard.popleft())
        if heard and (waits is None or (preparing.compiles and not waits)):
            waits = preparing.compiles
            pipe.send(Compiling(True, anew=waits))
        patience = loop.work()
        if not ready:
            patience = UNPREPARED if patience is None else min(patience, UNPREPARED)
        elif patience is None:
            import scipy.special  # noqa: F401 - while nobody waits for it
