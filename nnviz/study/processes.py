"""Processes of this machine that work trials.

Each is a pool of its own with one worker, so that one that is killed takes no trial of another
with it. It ends by itself as soon as this program has ended or does not want it any more.
"""

import os
import signal
import threading
import time
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from nnviz.study.executors import Failed, Work, attempted, one_thread_each
from nnviz.study.rows import Place, Row
from nnviz.study.trials import Task

NICENESS = 10
"""The window and all else on the machine come before a study."""
TOLD_EVERY = 0.5
"""Seconds between two reports of how far a trial is"""
STOPS_WITHIN = 1.5
"""Seconds after which a process that should end is killed"""


# ---- in the process that works -------------------------------------------------------


@dataclass
class _Told:
    """The way back to the program, one for each process."""

    pipe: Connection | None = None
    next: float = 0.0


_told = _Told()


def _begin(pipe: Connection) -> None:
    """What a process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the program's
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    _told.pipe = pipe
    try:
        pipe.send(os.getpid())
    except OSError:  # nobody wants it any more
        os._exit(1)
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()


def _end_with(pipe: Connection) -> None:
    """Waits for the other end to be closed, as a program does that is killed."""
    with suppress(OSError, EOFError):
        pipe.poll(None)
    os._exit(1)  # at once, whatever it works at


def _in_process(work: Work, task: Task) -> Row | Failed:
    return attempted(work, task, _tell)


def _tell(part: float) -> None:
    if _told.pipe is not None and time.monotonic() >= _told.next:
        _told.next = time.monotonic() + TOLD_EVERY
        _told.pipe.send(float(part))


# ---- in the program ------------------------------------------------------------------


@dataclass
class _Process:
    """One process, and the trial that it works."""

    pool: Executor
    pipe: Connection
    future: Future[Row | Failed] | None = None
    place: Place | None = None
    pid: int = 0
    part: float = 0.0

    @property
    def free(self) -> bool:
        return self.future is None or self.future.done()

    @property
    def broken(self) -> bool:
        """Whether it has ended though nobody asked it to."""
        if self.future is None or not self.future.done() or self.future.cancelled():
            return False
        return isinstance(self.future.exception(), BrokenExecutor)

    def hear(self) -> None:
        """Takes what it has told."""
        with suppress(OSError, EOFError):  # it has ended
            while self.pipe.poll():
                told = self.pipe.recv()
                if isinstance(told, int):
                    self.pid = told
                else:
                    self.part = told

    def end(self) -> None:
        """Ends it, at once where it works; returns when it has ended, or soon will."""
        idle = self.free and not self.broken
        if not idle:
            self.pipe.close()  # it hears that, and ends
        self.pool.shutdown(wait=idle, cancel_futures=True)
        self.pipe.close()


@dataclass
class LocalProcesses:
    """So many processes of this machine."""

    count: int
    threads: int
    repeats: int = 3
    keep: bool = True
    _processes: list[_Process] = field(default_factory=list)

    def slots(self) -> int:
        return self.count

    def submit(self, work: Work, task: Task) -> Future[Row | Failed]:
        for process in [each for each in self._processes if each.broken]:
            self._processes.remove(process)
            process.end()
        process = next((each for each in self._processes if each.free), None) or self._one_more()
        process.place, process.part = task.place, 0.0
        process.future = process.pool.submit(_in_process, work, task)
        return process.future

    def lost(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)

    def parts(self) -> Mapping[Place, float]:
        for process in self._processes:
            process.hear()
        return {
            each.place: each.part
            for each in self._processes
            if each.place is not None and not each.free
        }

    def stop(self) -> None:
        self.parts()  # whose pid is not known yet
        running = [each for each in self._processes if not each.free]
        while self._processes:
            self._processes.pop().end()
        wait([each.future for each in running if each.future], timeout=STOPS_WITHIN)
        for process in running:
            if not process.free and process.pid:
                with suppress(OSError):  # it has ended; each system says so in its own way
                    os.kill(process.pid, signal.SIGTERM)

    def notes(self) -> str:
        return ""

    def _one_more(self) -> _Process:
        # no program that only asks for rows needs them
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(theirs,))
        with one_thread_each():
            pool.submit(os.getpid)  # the process starts here
        theirs.close()
        process = _Process(pool, ours)
        self._processes.append(process)
        return process
