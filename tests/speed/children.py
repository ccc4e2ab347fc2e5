"""Programs in processes of their own: one word in, one line of JSON out."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PATIENCE = 120.0
"""Seconds after which a program that says nothing is ended."""


def environment(home: Path, paths: Sequence[Path] = (ROOT,)) -> dict[str, str]:
    """One thread per process, a home of its own, compiled modules kept, a fixed screen; `paths`
    are where modules come from."""
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    folders = {
        f"XDG_{kind}_HOME": str(home / kind.lower())
        for kind in ("CACHE", "CONFIG", "DATA", "STATE")
    }
    given = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    given.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={HERE.parent / 'screens.json'}")
    return (
        given
        | threads
        | folders
        | {
            "HOME": str(home),
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            # a user's second start finds its modules compiled, whatever this shell says of that
            "PYTHONPYCACHEPREFIX": str(home / "compiled"),
            "QT_SCALE_FACTOR": "1",
        }
    )


def output_of(module: str, words: Sequence[str], home: Path) -> Any:
    """The JSON that a module of this folder prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.speed.{module}", *words],
        stdout=subprocess.PIPE,
        env=environment(home),
        cwd=ROOT,
        check=True,
    )
    return json.loads(done.stdout)


class Child:
    """A running program; `began` is the moment before its start."""

    def __init__(
        self,
        program: str,
        home: Path,
        *words: str,
        python: Path | None = None,
        paths: Sequence[Path] = (ROOT,),
        folder: Path = ROOT,
    ) -> None:
        """`program`: a file of this folder, or a module that is found in `paths`."""
        self.began = time.monotonic()
        self._program = program
        named = [str(HERE / program)] if program.endswith(".py") else ["-m", program]
        self._process = subprocess.Popen(
            [str(python or sys.executable), *named, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(home, paths),
            cwd=folder,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._words, self._answers = self._process.stdin, self._process.stdout

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._answers.close()

    def hear(self) -> dict[str, Any]:
        """What it says next."""
        too_long = threading.Timer(PATIENCE, self._process.kill)
        too_long.start()
        line = self._answers.readline()
        too_long.cancel()
        if not line:
            raise RuntimeError(f"{self._program} ended without a word")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def ask(self, word: str) -> dict[str, Any]:
        """Its answer to a word."""
        self.tell(word)
        return self.hear()

    def tell(self, word: str) -> None:
        """Gives it a word that has no answer."""
        self._words.write(f"{word}\n")
        self._words.flush()

    def processes(self) -> list[psutil.Process]:
        """It and all that it has started."""
        first = psutil.Process(self._process.pid)
        return [first, *first.children(recursive=True)]

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Stops all its processes for a while."""
        stopped = self.processes()
        for process in stopped:
            process.suspend()
        try:
            yield
        finally:
            for process in stopped:
                process.resume()


def processor_time(processes: Iterable[psutil.Process]) -> float:
    """Seconds that these have taken so far: by the scheduler's own count, where psutil has
    hundredths; where there is none, by psutil's."""
    return sum(map(_processor_time, processes))


def _processor_time(process: psutil.Process) -> float:
    threads = list(Path(f"/proc/{process.pid}/task").glob("*/schedstat"))
    if threads:
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
    times = process.cpu_times()
    return float(times.user + times.system)
