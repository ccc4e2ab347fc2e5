"""The training process as the session sees it: ask, hear what it tells, start it again."""

import multiprocessing
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Protocol

from nnviz.data.interruptions import held_back
from nnviz.training.messages import Asked, Told
from nnviz.training.process import serve
from nnviz.words import tr


@dataclass(frozen=True)
class Died:
    """The training process has ended though nobody asked it to."""

    reason: str


class Engine(Protocol):
    """What a session needs of a training process."""

    def start(self) -> None:
        """Starts the process, also again after its death; returns at once."""

    def ask(self, asked: Asked) -> None:
        """Sends a message without waiting."""

    def heard(self) -> Sequence[Told | Died]:
        """What it told since the last call, oldest first."""

    def stop(self) -> None:
        """Ends the process. May be called twice."""


class TrainingProcess:
    """The real engine: a spawned process at the end of a pipe.

    Two threads keep the pipe moving, so that neither side ever waits for the other: the
    window stays free while the process still imports what learns, and learning goes on while the
    window draws. The newest snapshot comes only on request, so nothing piles up.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._threads: tuple[threading.Thread, ...] = ()
        self._to_send: SimpleQueue[Asked | None] = SimpleQueue()
        self._heard: deque[Told | Died] = deque()
        self._stopping = False
        self._prepared = False

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process else None

    def prepare(self) -> None:
        """Starts the process ahead of `start`, which then takes it as it is."""
        self.start()
        self._prepared = True

    def start(self) -> None:
        if self._prepared:
            self._prepared = False
            return
        self.stop()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs,), name="nnviz training", daemon=True
        )
        with held_back():
            self._process.start()
        theirs.close()
        self._stopping = False
        self._to_send = SimpleQueue()
        self._heard.clear()
        self._threads = (
            threading.Thread(target=self._listen, args=(self._pipe, self._process), daemon=True),
            threading.Thread(target=self._speak, args=(self._pipe, self._to_send), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def ask(self, asked: Asked) -> None:
        self._to_send.put(asked)

    def heard(self) -> Sequence[Told | Died]:
        told = []
        while self._heard:
            told.append(self._heard.popleft())
        return told

    def stop(self) -> None:
        self._prepared = False
        if self._process is None or self._pipe is None:
            return
        self._stopping = True
        self._to_send.put(None)
        self._process.terminate()  # it holds nothing that is not already here
        self._process.join()
        for thread in self._threads:
            thread.join()
        self._pipe.close()
        self._process.close()
        self._process = self._pipe = None

    def _listen(self, pipe: Connection, process: BaseProcess) -> None:
        try:
            while True:
                self._heard.append(pipe.recv())
        except (EOFError, OSError):
            pass
        if not self._stopping:
            process.join()
            self._heard.append(Died(_ending(process.exitcode)))

    @staticmethod
    def _speak(pipe: Connection, to_send: "SimpleQueue[Asked | None]") -> None:
        while (asked := to_send.get()) is not None:
            try:
                pipe.send(asked)
            except OSError:
                return


def _ending(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return tr("it was ended by signal {signal}", signal=-exitcode)
    return tr("it ended with status {status}", status=exitcode or 0)
