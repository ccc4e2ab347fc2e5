"""A real scheduler and real workers on loopback, each a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.patience import until
from tests.program import ROOT

if find_spec("distributed") is None:  # the extra `cluster` is not installed
    collect_ignore = ["test_cluster.py", "test_study_command.py"]
else:
    import distributed.utils

    # one thread for all, as long as the process lives: no test has left it behind
    distributed.utils._offload_executor.submit(int).result()

SCHEDULER = "distributed.cli.dask_scheduler"
WORKER = "distributed.cli.dask_worker"


@dataclass
class Loopback:
    """A scheduler and its workers."""

    folder: Path
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        """tcp://127.0.0.1:..."""
        return str(json.loads(self._file.read_text("utf-8"))["address"])

    def begin(self) -> None:
        """Starts the scheduler."""
        self._start(SCHEDULER, "--host", "127.0.0.1", "--port", "0", "--no-show")
        until(lambda: self._file.exists() and bool(self._file.read_text("utf-8").strip()))

    def work(self, *paths: Path) -> subprocess.Popen[bytes]:
        """Starts a worker that finds modules in these folders first, and ends for good when it
        is killed."""
        words = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        return self._start(WORKER, *words, paths=paths)

    def end(self) -> None:
        """Kills all that still runs."""
        for program in self.programs:
            program.kill()
            program.wait()

    def _start(
        self, module: str, *words: str, paths: tuple[Path, ...] = ()
    ) -> subprocess.Popen[bytes]:
        where = os.pathsep.join(map(str, (*paths, ROOT)))
        command = (sys.executable, "-m", module, "--scheduler-file", str(self._file))
        environment = os.environ | {"PYTHONPATH": where}
        with (self.folder / "log.txt").open("ab") as log:
            self.programs.append(
                subprocess.Popen(
                    [*command, "--no-dashboard", *words],
                    env=environment,
                    cwd=self.folder,
                    stdout=log,
                    stderr=log,
                )
            )
        return self.programs[-1]


@pytest.fixture
def loopback(tmp_path: Path) -> Iterator[Loopback]:
    """With a scheduler, and no worker yet."""
    own = Loopback(tmp_path)
    own.begin()
    yield own
    own.end()


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[Path]]:
    """Where trials leave marks, found by how their names begin."""
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv("NNVIZ_TEST_MARKS", str(folder))
    return lambda start: list(folder.glob(f"{start}*"))
