"""Who works the trials of a study: processes of this machine (see `processes`), or a Dask cluster
(see `cluster`). What both have in common is here."""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from nnviz.errors import Refusal
from nnviz.study.rows import Place, Row
from nnviz.study.trials import Task
from nnviz.words import tr

LIBRARIES = ("OMP", "OPENBLAS", "MKL")
"""Whose threads are counted by NAME_NUM_THREADS"""

Tick = Callable[[float], None]
Work = Callable[[Task, Tick], Row]
"""What works a trial: a function of a module, so that other processes find it"""


@dataclass(frozen=True)
class Where:
    """Who works the trials; at most one of them is set."""

    processes: int = 0
    """So many of this machine; 0: as many as it has cores"""
    scheduler: str = ""
    """Address of the scheduler of a Dask cluster"""
    cluster: int = 0
    """Workers of a Dask cluster that is started here"""


@dataclass(frozen=True)
class Failed:
    """What a trial came to that left no row."""

    sentence: str


class Workers(Protocol):
    """Somebody who works trials."""

    repeats: int
    """How often a trial is given to them again whose worker was lost"""
    threads: int
    """For the products of each trial"""

    @property
    def keep(self) -> bool:
        """Whether networks that they keep lie on this machine."""

    def slots(self) -> int:
        """How many trials they work at once now. Raises Refusal where none ever will be."""

    def submit(self, work: Work, task: Task) -> Future[Row | Failed]:
        """Begins a trial."""

    def lost(self, error: BaseException) -> bool:
        """Whether this is how they say that a worker was lost."""

    def parts(self) -> Mapping[Place, float]:
        """How far the trials are that run, 0..1, as far as that was told."""

    def notes(self) -> str:
        """What is worth knowing of them; "" for nothing. Raises Refusal where they are no use."""

    def stop(self) -> None:
        """Lets them go, and ends what runs within two seconds."""


def cores() -> int:
    """How many this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def attempted(work: Work, task: Task, tick: Tick) -> Row | Failed:
    """The row of a trial, or in one sentence why there is none; this runs where it is worked."""
    try:
        return work(task, tick)
    except Refusal as error:
        return Failed(str(error))
    except Exception as error:  # noqa: BLE001 - whatever it was, the study must hear of it
        kind = type(error).__name__
        return Failed(tr("{kind}: {error}", kind=kind, error=str(error)))


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Programs started in here use one thread for products, unless told otherwise later."""
    names = [f"{library}_NUM_THREADS" for library in LIBRARIES]
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
