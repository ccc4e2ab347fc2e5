"""How long a test waits for what must come: one number for all, never a speed asked for.

A test ends as soon as what it waits for has come; only one that fails waits so long.
NNVIZ_PATIENCE says how many seconds instead, for a machine slower than most.
"""

import os
import time
from collections.abc import Callable

SECONDS = float(os.environ.get("NNVIZ_PATIENCE", "60"))
OF_A_TEST = 4
"""How many times as long a whole test may take: it may wait for several things."""


def patience() -> float:
    """Seconds to wait for one thing, more where other programs keep the cores busy."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return SECONDS * max(1.0, load / (os.cpu_count() or 1))


def until(reached: Callable[[], bool]) -> None:
    """Waits for what no signal tells."""
    deadline = time.monotonic() + patience()
    while not reached():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)
