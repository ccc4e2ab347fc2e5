"""Where a download grows until it is complete: a hidden folder beside its final place.

A lock file tells the folder that somebody fills from the one that a killed download left: the
system lets go of the lock when its process ends, however that happens.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nnviz.data.locks import Busy, hold, let_go

_mine: set[Path] = set()
"""Places whose folder this process is filling."""


@contextmanager
def part_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, for this process alone; removed at the end. Raises Busy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target):
        part = _part(target)
        shutil.rmtree(part, ignore_errors=True)
        try:
            part.mkdir()
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


def sweep(target: Path) -> None:
    """Removes what a killed download left, unless somebody is filling it."""
    if not (os.path.exists(_part(target)) or os.path.exists(_lock(target))):
        return
    with suppress(Busy, OSError), _locked(target):
        shutil.rmtree(_part(target), ignore_errors=True)


def abandon(target: Path) -> None:
    """Removes what this very process is filling; it ends at once afterwards."""
    if target not in _mine:
        return
    shutil.rmtree(_part(target), ignore_errors=True)
    with suppress(OSError):
        _lock(target).unlink()


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _lock(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    lock = hold(_lock(target))
    _mine.add(target)
    try:
        yield
    finally:
        _mine.discard(target)
        let_go(lock)
