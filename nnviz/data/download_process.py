"""The process that downloads one data set and tells how far it is, at the end of a pipe.

It ends by itself, and removes what it has so far, as soon as the other end is closed.
"""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from nnviz.data.catalogue import DATA_SETS, fetched_folder
from nnviz.data.digits import Source, read_folder
from nnviz.data.idx import DigitsError
from nnviz.data.locks import Busy
from nnviz.data.part_folder import abandon, part_folder, sweep
from nnviz.errors import Refusal, reason_in_words
from nnviz.words import tr
from nnviz.writing import move

NICENESS = 5
REPORT_EVERY = 0.1
"""Seconds between two reports."""


@dataclass(frozen=True)
class Order:
    """What to download, and where to."""

    name: str
    """A key of DATA_SETS."""
    target: Path
    """The folder that appears when the download is complete."""
    mirror: str
    """Address that holds a folder for each data set; empty for the usual one."""
    patience: float
    """Seconds without a byte that count as failure."""


@dataclass(frozen=True)
class Received:
    """So many bytes have come so far."""

    size: int


@dataclass(frozen=True)
class Fetched:
    """The data set is complete and in its place."""


@dataclass(frozen=True)
class Failed:
    """There is nothing new; one sentence for the user."""

    sentence: str


Report = Received | Fetched | Failed


def sweep_downloads() -> None:
    """Removes what killed downloads left."""
    for name in DATA_SETS:
        sweep(fetched_folder(name))


def serve(pipe: Connection, order: Order) -> None:
    """Downloads, and tells the end of the pipe how it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the asker's
    if hasattr(os, "nice"):
        os.nice(NICENESS)  # the window comes first
    threading.Thread(target=_leave_with_the_asker, args=(pipe, order), daemon=True).start()
    try:
        _fetch(order, _reporter(pipe))
        report: Report = Fetched()
    except Refusal as error:
        report = Failed(str(error))
    except Busy:
        report = Failed(
            tr("{label} is being downloaded by another nnviz at this moment.", label=_label(order))
        )
    except OSError as error:
        report = Failed(
            tr(
                "{label} was not downloaded: {folder} cannot be written ({reason}).",
                label=_label(order),
                folder=order.target.parent,
                reason=reason_in_words(error),
            )
        )
    try:
        pipe.send(report)
    except OSError:
        return


def _label(order: Order) -> str:
    return DATA_SETS[order.name].label


def _leave_with_the_asker(pipe: Connection, order: Order) -> None:
    try:
        pipe.recv()
    except (EOFError, OSError):
        abandon(order.target)
        os._exit(1)


def _reporter(pipe: Connection) -> Callable[[int], None]:
    last = 0.0

    def report(size: int) -> None:
        nonlocal last
        if time.monotonic() - last > REPORT_EVERY:
            last = time.monotonic()
            pipe.send(Received(size))

    return report


def _fetch(order: Order, report: Callable[[int], None]) -> None:
    sweep_downloads()
    if _is_sound(order):
        return
    with part_folder(order.target) as part:
        # imported here, so that the window can name `serve` without torch
        from nnviz.data.torchvision_sets import download

        ready = download(order.name, part, order.mirror, order.patience, report)
        shutil.rmtree(order.target, ignore_errors=True)  # a damaged copy
        move(ready, order.target)


def _is_sound(order: Order) -> bool:
    try:
        read_folder(order.target, Source(order.name), order.name)
    except DigitsError:
        return False
    return True
