"""Trials on a Dask cluster: the same numbers, whatever is killed, and one sentence where it ends.

A step of CI of its own: `uv run --isolated --extra cluster pytest -n 0 tests/cluster`.
"""

import dataclasses
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from nnviz.study.cluster import ClusterError, ClusterWorkers
from nnviz.study.executors import Where
from nnviz.study.plan import Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Outcome, Row
from nnviz.study.running import Running
from nnviz.study.store import Store, create_or_open
from tests.cluster.conftest import Loopback
from tests.patience import patience, until
from tests.program import ROOT
from tests.study import tiny_work
from tests.study.tiny_work import FEW

REAL = Study(
    "Real",
    "Do all reach the same?",
    (
        SchemeEntry("usual", "ten-outputs"),
        SchemeEntry("bits", "four-bits"),
        SchemeEntry("pairs", "all-pairs", trunk="frozen"),
    ),
    StudyDigits(counts=(3, 30), tested=10),
    hidden=5,
    learning=Learning(epochs=20),
    trials=5,
)
"""Ten trials that learn"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create_or_open(FEW, tmp_path / "rows.sqlite")


@pytest.fixture
def begun(store: Store) -> Iterator[Callable[..., Running]]:
    """begun(where, work) -> a study that runs until the test ends."""
    started: list[Running] = []

    def begin(where: Where, work: str) -> Running:
        running = Running(FEW, store, where, work=getattr(tiny_work, work))
        started.append(running)
        running.start()
        return running

    yield begin
    for each in started:
        each.cancel()
        each.wait()


def numbers(rows: Sequence[Row]) -> dict[tuple[str, int], dict[str, Outcome]]:
    """What must be the same, wherever it was worked."""
    return {
        (row.condition, row.trial): {
            name: dataclasses.replace(each, seconds=0.0) for name, each in row.outcomes.items()
        }
        for row in rows
    }


def test_a_cluster_that_loses_a_worker_reaches_what_processes_reach(
    tmp_path: Path, loopback: Loopback
) -> None:
    here = create_or_open(REAL, tmp_path / "here.sqlite")
    alone = Running(REAL, here, Where(processes=2))
    alone.start()
    first, second = loopback.work(), loopback.work()
    there = create_or_open(REAL, tmp_path / "there.sqlite")
    running = Running(REAL, there, Where(scheduler=loopback.address))
    running.start()
    until(lambda: running.progress.done >= 3)
    assert running.progress.done < 10
    first.kill()
    assert running.wait(patience())
    assert (running.progress.state, running.progress.done) == ("done", 10)
    assert not [each for each in running.heard() if isinstance(each, str)]
    assert second.poll() is None
    assert alone.wait(patience())
    assert alone.progress.state == "done"
    assert numbers(there.rows()) == numbers(here.rows())
    assert len(numbers(here.rows())) == 10


def test_what_is_cancelled_or_has_lost_its_program_ends_on_the_workers(
    loopback: Loopback, begun: Callable[..., Running], marks: Callable[[str], list[Path]]
) -> None:
    worker = loopback.work()
    running = begun(Where(scheduler=loopback.address), "watched")
    until(lambda: running.progress.parts == 0.25)
    running.cancel()
    assert running.wait(patience())
    assert running.progress.state == "stopped"
    until(lambda: len(marks("ended")) == 1)
    for mark in marks(""):
        mark.unlink()
    code = (
        "import sys; from pathlib import Path; from nnviz.study.executors import Where;"
        "from nnviz.study.running import Running; from nnviz.study.store import create_or_open;"
        "from tests.study import tiny_work as work;"
        "store = create_or_open(work.FEW, Path(sys.argv[1]));"
        "running = Running(work.FEW, store, Where(scheduler=sys.argv[2]), work=work.watched);"
        "running.start(); running.wait()"
    )
    file = str(loopback.folder / "rows.sqlite")
    program = subprocess.Popen([sys.executable, "-c", code, file, loopback.address], cwd=ROOT)
    until(lambda: len(marks("")) == 1)
    program.kill()
    program.wait()
    until(lambda: len(marks("ended")) == 1)
    assert worker.poll() is None


def test_a_cluster_started_here_survives_and_goes_with_the_study(
    begun: Callable[..., Running], store: Store, marks: Callable[[str], list[Path]]
) -> None:
    running = begun(Where(cluster=1), "dies_once")  # which then waits for a new worker
    assert running.wait(patience())
    assert marks("died")
    assert running.progress.state == "done"
    assert len(store.rows()) == 6
    until(lambda: not _workers())


def _workers() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [each for each in children if "spawn_main" in " ".join(each.cmdline())]


def test_a_trial_that_ends_each_worker_is_given_up(
    begun: Callable[..., Running], store: Store, marks: Callable[[str], list[Path]]
) -> None:
    """Dask gives it to four of them; processes of this machine do the same."""
    running = begun(Where(cluster=1), "dies_always")
    assert running.wait(patience())
    assert running.progress.state == "failed"
    assert len(store.rows()) == 4
    assert len(marks("")) == 8
    for mark in marks(""):
        mark.unlink()
    running = begun(Where(processes=1), "dies_always")
    assert running.wait(patience())
    assert len(marks("")) == 8
    assert "the process that worked it ended each time" in running.progress.sentence


def test_a_mistake_of_the_program_is_said_and_nothing_else_is_written(
    begun: Callable[..., Running], store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    running = begun(Where(cluster=1), "broken")
    assert running.wait(patience())
    assert running.progress.state == "failed"
    assert running.progress.sentence.endswith("RuntimeError: not this way.")
    assert tuple(capfd.readouterr()) == ("", "")


def test_when_all_are_gone_that_is_one_sentence(
    loopback: Loopback,
    begun: Callable[..., Running],
    marks: Callable[[str], list[Path]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = loopback.work()
    running = begun(Where(scheduler=loopback.address), "endless")
    until(lambda: running.progress.running > 0 and bool(marks("")))
    address = loopback.address
    with monkeypatch.context() as patch:
        patch.setattr("nnviz.study.cluster.WORKERS_WITHIN", 1.0)
        first.kill()
        assert running.wait(patience())
    assert running.progress.state == "failed"
    assert running.progress.sentence == (
        f"No worker of {address} is left; what is finished is kept."
    )
    loopback.work()
    for mark in marks(""):
        mark.unlink()
    running = begun(Where(scheduler=address), "endless")
    until(lambda: running.progress.running > 0 and bool(marks("")))
    monkeypatch.setattr("nnviz.study.cluster.CONNECTED_WITHIN", 1.0)
    loopback.programs[0].kill()
    assert running.wait(patience())
    assert running.progress.sentence == (
        f"The scheduler {address} is gone; what is finished is kept."
    )


def test_versions_that_differ_are_named(loopback: Loopback, tmp_path: Path) -> None:
    information = tmp_path / "old" / "numba-0.1.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: numba\nVersion: 0.1\n")
    loopback.work()
    loopback.work(information.parent)
    hands = ClusterWorkers(Where(scheduler=loopback.address))
    try:
        until(lambda: hands.slots() == 2)
        said = hands.notes()
    finally:
        hands.stop()
    assert said.startswith("1 worker has other versions: numba ")
    assert said.endswith(" here, 0.1 there.")


def test_workers_without_the_program_are_refused(loopback: Loopback, tmp_path: Path) -> None:
    (tmp_path / "none" / "nnviz").mkdir(parents=True)
    (tmp_path / "none" / "nnviz" / "__init__.py").write_text("")
    loopback.work(tmp_path / "none")
    hands = ClusterWorkers(Where(scheduler=loopback.address))
    try:
        until(lambda: hands.slots() == 1)
        with pytest.raises(ClusterError, match="cannot run trials, as it lacks the program"):
            hands.notes()
    finally:
        hands.stop()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:9", "A scheduler has an address like tcp://10.0.0.7:8786"),
        ("http://127.0.0.1:9", "A scheduler has an address like tcp://10.0.0.7:8786"),
        ("tcp://127.0.0.1", "A scheduler has an address like tcp://10.0.0.7:8786"),
        ("tcp://127.0.0.1:port", "A scheduler has an address like tcp://10.0.0.7:8786"),
        ("tcp://127.0.0.1:99999", "A scheduler has an address like tcp://10.0.0.7:8786"),
        ("tcp://127.0.0.1:9", "No scheduler answers at tcp://127.0.0.1:9: Connection refused."),
        ("tls://127.0.0.1:9", "needs certificates in the settings of Dask"),
    ],
)
def test_a_scheduler_that_is_not_there_is_one_sentence(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.study.cluster.CONNECTED_WITHIN", 1.0)
    with pytest.raises(ClusterError) as refused:
        ClusterWorkers(Where(scheduler=address))
    assert said in str(refused.value)
