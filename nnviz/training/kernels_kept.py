"""Where machine code is kept between starts, and what becomes of what nobody needs there.

Each set of sources has a folder of its own. Nothing here imports what compiles.
"""

import os
import re
import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from nnviz.data.locks import Busy, hold, let_go
from nnviz.paths import user_cache

UNUSED = 30 * 24 * 3600.0
"""Seconds after which machine code of other sources goes that no program has used."""
OF_SOURCES = re.compile(r"[0-9a-f]{12}")
"""Name of a folder for the machine code of some sources."""


def kernels_folder() -> Path:
    """What holds the folders (not created here)."""
    own = os.environ.get("NUMBA_CACHE_DIR")
    return Path(own) if own else user_cache() / "kernels"


def sweep_kernels(kept: Path, locks: Sequence[Path]) -> None:
    """Takes away what killed programs left half written in the folder in use, and the folders of
    other versions that have not been used for a month. `locks`: of those who may be writing."""
    with suppress(OSError):
        os.utime(kept)  # it is in use
        for other in kept.parent.iterdir():
            last = other.stat().st_mtime
            if OF_SOURCES.fullmatch(other.name) and time.time() - last > UNUSED:
                shutil.rmtree(other, ignore_errors=True)
    with suppress(OSError, Busy), ExitStack() as stack:
        for lock in locks:
            stack.callback(let_go, hold(lock))
        for half in kept.rglob("*.nb[ci].tmp.*"):
            half.unlink(missing_ok=True)


def sweep_kernel_locks() -> None:
    """Takes the locks away of processes that ended while they compiled."""
    with suppress(OSError, RuntimeError):
        for lock in kernels_folder().glob("*/*.lock"):
            with suppress(OSError, Busy):
                let_go(hold(lock))
