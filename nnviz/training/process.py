"""The training process: a training loop at the end of a pipe.

It ends by itself as soon as the other end of the pipe is closed.
"""

import os
import signal
import traceback
from multiprocessing.connection import Connection

from nnviz.training.messages import Broken

NICENESS = 10


def serve(pipe: Connection) -> None:
    """Hears messages and trains until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the window's
    if hasattr(os, "nice"):
        os.nice(NICENESS)  # drawing comes before learning
    try:
        _serve(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:  # noqa: BLE001 - whatever it was, the window must hear of it
        kind = type(error).__name__
        pipe.send(Broken(f"{kind}: {error}", traceback.format_exc()))


def _serve(pipe: Connection) -> None:
    # imported here, so that the window can name this function without what learns
    from nnviz.training.loop import TrainingLoop

    loop = TrainingLoop(pipe.send)
    wait: float | None = 0.0
    while True:
        while pipe.poll(wait):
            loop.hear(pipe.recv())
            wait = 0.0
        wait = loop.work()
        if wait is None:
            import scipy.special  # noqa: F401 - while nobody waits for it
