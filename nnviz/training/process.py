"""The training process: a training loop at the end of a pipe.

It ends by itself as soon as the other end of the pipe is closed.
"""

import os
import signal
import threading
import traceback
from collections import deque
from multiprocessing.connection import Connection

from nnviz.training.messages import Asked, BeginRace, BeginRun, Broken, Prepared

NICENESS = 10
UNPREPARED = 0.02
"""Seconds between two looks at whether the engine is ready to learn."""


def serve(pipe: Connection) -> None:
    """Hears messages and trains until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the window's
    if hasattr(os, "nice"):
        os.nice(NICENESS)  # drawing comes before learning
    try:
        _serve(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # at once, whatever a thread of it still compiles
    except Exception as error:  # noqa: BLE001 - whatever it was, the window must hear of it
        kind = type(error).__name__
        pipe.send(Broken(f"{kind}: {error}", traceback.format_exc()))


def _serve(pipe: Connection) -> None:
    # imported here, so that the window can name this function without what learns
    from nnviz.training.engines import prepare
    from nnviz.training.loop import TrainingLoop

    reasons: list[str] = []
    # beside the start, so that no run waits for it
    threading.Thread(target=lambda: reasons.append(prepare()), name="prepare", daemon=True).start()
    prepared = False
    loop = TrainingLoop(pipe.send)
    heard: deque[Asked] = deque()
    wait: float | None = 0.0
    while True:
        while pipe.poll(wait):
            heard.append(pipe.recv())
            wait = 0.0
        if reasons and not prepared:
            prepared = True
            pipe.send(Prepared(reasons[0]))
        while heard and (prepared or not isinstance(heard[0], BeginRun | BeginRace)):
            loop.hear(heard.popleft())
        wait = loop.work()
        if not prepared:
            wait = UNPREPARED if wait is None else min(wait, UNPREPARED)
        elif wait is None:
            import scipy.special  # noqa: F401 - while nobody waits for it
