"""A study that runs in processes: its order, its progress, its end, and what it survives."""

import dataclasses
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from nnviz.study import processes
from nnviz.study.executors import Where
from nnviz.study.rows import Place, Row
from nnviz.study.running import Running, missing
from nnviz.study.store import Store, create_or_open
from nnviz.study.working import Times, Under
from tests.patience import patience, until
from tests.program import ROOT
from tests.study import tiny_work
from tests.study.tiny_work import FEW, row

ALL = [Place(1, 1), Place(0, 1), Place(1, 2), Place(0, 2), Place(1, 3), Place(0, 3)]
"""In the order in which they are worked: the second condition has fewer images."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create_or_open(FEW, tmp_path / "rows.sqlite")


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv("NNVIZ_TEST_MARKS", str(folder))
    return folder


@pytest.fixture
def made(store: Store) -> Iterator[list[Running]]:
    """Those that a test starts, which end with it."""
    running: list[Running] = []
    yield running
    for each in running:
        each.cancel()
        each.wait()


def begun(made: list[Running], store: Store, work: str, **more: object) -> Running:
    running = Running(FEW, store, work=getattr(tiny_work, work), **more)
    made.append(running)
    running.start()
    return running


def told(running: Running) -> tuple[list[Row], list[str]]:
    """What it told: rows, and sentences about what failed."""
    heard = running.heard()
    rows = [each for each in heard if isinstance(each, Row)]
    return rows, [each for each in heard if isinstance(each, str)]


def test_each_condition_has_rows_early() -> None:
    assert missing(FEW, 3, set()) == ALL
    assert missing(FEW, 2, {ALL[0], ALL[3]}) == [ALL[1], ALL[2]]
    counts = dataclasses.replace(FEW, digits=dataclasses.replace(FEW.digits, counts=(20, 5)))
    assert [place.condition for place in missing(counts, 1, set())] == [1, 0]


def test_processes_work_what_is_missing_whatever_happens(
    made: list[Running], store: Store, marks: Path
) -> None:
    """One of them is killed and one trial cannot be worked: all others have their rows."""
    store.add(row(ALL[0]))
    running = begun(made, store, "troubled", where=Where(processes=2))
    assert running.wait(patience())
    assert (marks / "died").exists()
    rows, failed = told(running)
    assert failed == ["Trial 3 with 50 % of the images: There is no class 11."]
    progress = running.progress
    assert (progress.state, progress.done, progress.wanted) == ("failed", 5, 6)
    assert progress.sentence == f"1 trial failed. {failed[0]}"
    assert (progress.running, progress.parts, progress.seconds_left) == (0, 0.0, None)
    assert store.places(FEW) == set(ALL) - {ALL[4]}
    assert {(row.condition, row.trial) for row in rows} == {
        (FEW.conditions[place.condition].word, place.trial) for place in (*ALL[1:4], ALL[5])
    }
    assert all(row.engine.endswith(" 1") for row in rows), "one thread for products"
    pids = {int(row.engine.split()[0]) for row in rows}
    assert os.getpid() not in pids
    assert not any(map(psutil.pid_exists, pids))


def test_a_process_that_is_not_wanted_any_more_ends_without_a_word(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """As where Ctrl+C comes while it starts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=processes._begin, args=(theirs,))
    ours.close()
    process.start()
    theirs.close()
    process.join()
    assert process.exitcode == 1
    assert capfd.readouterr().err == ""


def test_what_is_complete_is_done_at_once(made: list[Running], store: Store) -> None:
    for place in ALL:
        store.add(row(place))
    running = begun(made, store, "quick")
    assert running.wait(patience())
    assert (running.progress.state, running.progress.done) == ("done", 6)
    assert told(running) == ([], [])


def test_it_pauses_goes_on_and_is_cancelled(made: list[Running], store: Store, marks: Path) -> None:
    running = begun(made, store, "endless", where=Where(processes=1))
    until(lambda: running.progress.parts == 0.25)
    assert running.progress.seconds_left is not None
    (pid,) = [int(mark.name) for mark in marks.iterdir()]
    running.pause()
    until(lambda: running.progress.state == "pausing")
    running.start()
    until(lambda: running.progress.state == "running")
    running.pause()
    running.cancel()
    assert running.wait(patience())
    assert running.progress.state == "stopped"
    assert not running.progress.active
    until(lambda: not psutil.pid_exists(pid))
    assert store.rows() == []
    resumed = begun(made, store, "quick", where=Where(processes=1))
    resumed.pause()
    assert resumed.wait(patience())
    assert resumed.progress.state == "paused"
    assert resumed.progress.done == len(store.rows()) <= 1
    resumed.start()
    assert resumed.wait(patience())
    assert (resumed.progress.state, resumed.progress.done) == ("done", 6)
    assert [row.outcomes for row in store.rows() if row.condition == "1"] == [
        row(place).outcomes for place in ALL if place.condition == 0
    ]


def test_a_file_that_takes_no_rows_is_one_sentence(made: list[Running], store: Store) -> None:
    store.path.unlink()
    running = begun(made, store, "quick")
    assert running.wait(patience())
    assert running.progress.state == "failed"
    assert running.progress.sentence == f"There is no file {store.path} any more."


def test_a_program_that_is_killed_goes_on_where_it_was(tmp_path: Path, marks: Path) -> None:
    """And its processes end with it: nobody waits for their trials."""
    file = tmp_path / "rows.sqlite"
    code = (
        "import sys; from pathlib import Path; from nnviz.study.executors import Where;"
        "from nnviz.study.running import Running; from nnviz.study.store import create_or_open;"
        "from tests.study import tiny_work as work;"
        "store = create_or_open(work.FEW, Path(sys.argv[1]));"
        "running = Running(work.FEW, store, Where(processes=1), work=work.last_is_endless);"
        "running.start(); running.wait()"
    )
    program = subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT)
    try:
        until(lambda: bool(list(marks.iterdir())))
        (pid,) = [int(mark.name) for mark in marks.iterdir()]
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    until(lambda: not psutil.pid_exists(pid))
    store = create_or_open(FEW, file)
    assert store.places(FEW) == set(ALL[:5])
    running = Running(FEW, store, Where(processes=1), work=tiny_work.quick)
    running.start()
    assert running.wait(patience())
    rows, _ = told(running)
    assert [(row.condition, row.trial) for row in rows] == [("1", 3)]
    assert len(store.rows()) == 6


def test_time_left_comes_from_what_is_finished_and_from_what_runs() -> None:
    times = Times(FEW)
    assert times.left(ALL, [], {}) is None
    times.add(1, 10.0)
    assert times.left(ALL, [], {}) == pytest.approx(3 * 10 + 3 * 20)
    times.add(0, 50.0)
    times.add(0, 30.0)
    assert times.left(ALL, [], {}) == pytest.approx(3 * 10 + 3 * 40)
    half = [Under(ALL[0], 0.0)]
    assert times.left([ALL[1]], half, {ALL[0]: 0.5}) == pytest.approx(40 + 5)
