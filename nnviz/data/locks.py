"""Locks that the system lets go of when their program ends, however that happens.

A lock is a file while somebody holds it, and none afterwards; one that a killed program left is
free. Two programs of different computers exclude each other where their shared disk can lock.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # as in `hold`
    from filelock import FileLock


class Busy(Exception):
    """Another program holds the lock."""


def hold(path: Path, patience: float = 0.0) -> "FileLock":
    """Takes a lock, which any thread may let go of. Waits so many seconds for another program that
    holds it. Raises Busy, OSError."""
    # imported with the first lock: a start only looks whether there are any
    from filelock import FileLock, Timeout

    lock = FileLock(path, thread_local=False)
    while True:
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise Busy from None
        except NotImplementedError as error:  # the disk cannot lock
            raise OSError(str(error)) from error
        if path.exists():
            return lock
        lock.release()  # its last holder took the file away just before it let go


def let_go(lock: "FileLock") -> None:
    """Gives a lock back, and takes its file away. May be called twice."""
    if not lock.is_locked:
        return
    path = Path(lock.lock_file)
    with suppress(OSError):  # Windows removes no open file
        path.unlink()
    lock.release()
