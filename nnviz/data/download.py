"""The download process as the rest of the program sees it: begin, hear, cancel."""

import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from urllib.parse import urlsplit

from nnviz.data.catalogue import DATA_SETS, fetched_folder
from nnviz.data.download_process import Failed, Fetched, Order, Report, serve
from nnviz.data.interruptions import held_back
from nnviz.data.part_folder import sweep
from nnviz.words import tr

PATIENCE = 30.0
"""Seconds without a byte that count as failure."""


def mirror_wanted() -> str:
    """The mirror that the environment names, or nothing."""
    return os.environ.get("NNVIZ_MIRROR", "")


def host_of(name: str) -> str:
    """The machine that a data set would come from."""
    return urlsplit(mirror_wanted()).hostname or DATA_SETS[name].host


class Download:
    """One download in a process of its own; it ends when this is cancelled or gone."""

    def __init__(self, name: str, mirror: str | None = None, patience: float = PATIENCE) -> None:
        self.name = name
        self.data_set = DATA_SETS[name]
        order = Order(name, fetched_folder(name), mirror or mirror_wanted(), patience)
        self._target = order.target
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess | None = context.Process(
            target=serve, args=(theirs, order), name="nnviz download", daemon=True
        )
        with held_back():
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process else None

    def heard(self, wait: float = 0.0) -> Iterator[Report]:
        """What it told since the last call; waits so many seconds if there is nothing yet."""
        while self._process is not None and self._pipe.poll(wait):
            wait = 0.0
            try:
                report: Report = self._pipe.recv()
            except (EOFError, OSError):
                report = Failed(self._ending())
            if isinstance(report, Fetched | Failed):
                self.cancel()
            yield report

    def cancel(self) -> None:
        """Ends the process and removes what it has so far. May be called twice."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.join()
        self._process.close()
        self._process = None
        self._pipe.close()
        sweep(self._target)

    def _ending(self) -> str:
        assert self._process is not None
        self._process.join()
        status = self._process.exitcode or 0
        label = self.data_set.label
        if status < 0:
            return tr(
                "{label} was not downloaded: its process ended by signal {signal}.",
                label=label,
                signal=-status,
            )
        return tr(
            "{label} was not downloaded: its process ended with status {status}.",
            label=label,
            status=status,
        )
