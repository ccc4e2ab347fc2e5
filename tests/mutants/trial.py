"""Runs tests on a mutated copy of the tree, in processes that have the large imports already."""

import json
import os
import shutil
import signal
import sys
import time
import types
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.reach import Reach, Reached

COPIED = ("nnviz", "tests", "resources", "trained", "pyproject.toml", "main.py", "README.md")
LARGE = ("numpy", "scipy.stats", "scipy.ndimage", "torch", "safetensors.numpy")
"""Imported once, before all trials."""
LIMIT = 300.0
"""Seconds after which a trial ends without a verdict."""
BREATH = 0.02


@dataclass(frozen=True)
class Trial:
    """Some tests, to be run on a tree in which one file has another text."""

    tests: Sequence[Path]
    """Files, relative to the root"""
    names: Sequence[str] = ()
    """Tests in them; none: all. Where `test_a[x]` is gone, all of `test_a` stand for it."""
    changed: Path | None = None
    """Relative to the root"""
    text: str = ""
    first: bool = True
    """Whether the first failure is enough"""
    traced: bool = False
    """Whether to tell what each test runs"""
    limit: float = LIMIT


@dataclass(frozen=True)
class Outcome:
    """What a trial said."""

    failed: tuple[str, ...]
    """The tests that failed, as pytest names them; empty if it did not end in time"""
    passed: tuple[str, ...]
    seconds: float
    reached: Reached
    """What each test runs, if that was asked for"""


@dataclass
class _Running:
    process: int
    root: Path
    trial: Trial
    judging: Generator[Trial, Outcome, None]
    since: float = field(default_factory=time.monotonic)


def run(
    root: Path, scratch: Path, jobs: int, judged: Iterator[Generator[Trial, Outcome, None]]
) -> None:
    """Lets each of the generators have its trials, so many at a time, on copies of the tree."""
    for name in LARGE:
        import_module(name)
    # other signals than that of the keyboard leave processes behind
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    free = [_copy(root, scratch / str(number)) for number in range(jobs)]
    running: list[_Running] = []
    try:
        while True:
            while free and (judging := next(judged, None)) is not None:
                _go_on(judging, None, free, running)
            if not running:
                return
            time.sleep(BREATH)
            for each in list(running):
                if (outcome := _outcome(each)) is not None:
                    running.remove(each)
                    free.append(each.root)
                    _go_on(each.judging, outcome, free, running)
    finally:
        for each in running:
            _end(each)


def passing(root: Path, scratch: Path, tests: Iterable[str]) -> set[str]:
    """Those of the tests, as pytest names them, that pass on the tree as it is."""
    split = [test.partition("::") for test in tests]
    files = [
        Path(file) for file in sorted({file for file, _, _ in split}) if (root / file).exists()
    ]
    names = [name for _, _, name in split]
    passed: set[str] = set()

    def all_at_once() -> Generator[Trial, Outcome, None]:
        outcome = yield Trial(files, names, first=False, limit=1200)
        passed.update(set(outcome.passed) - set(outcome.failed))

    run(root, scratch, 1, iter([all_at_once()]))
    return passed


def _go_on(
    judging: Generator[Trial, Outcome, None],
    outcome: Outcome | None,
    free: list[Path],
    running: list[_Running],
) -> None:
    try:
        trial = judging.send(outcome)
    except StopIteration:
        return
    root = free.pop()
    for told in ("record.json", "reach.json"):
        (root / told).unlink(missing_ok=True)
    if trial.changed is not None:
        _put(root / trial.changed, trial.text)
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        _test(root, trial)
    running.append(_Running(process, root, trial, judging))


def _outcome(running: _Running) -> Outcome | None:
    """None while it runs."""
    seconds = time.monotonic() - running.since
    done = os.waitpid(running.process, os.WNOHANG)[0]
    if not done and seconds < running.trial.limit:
        return None
    _end(running)  # and what it may have left
    if not done:
        os.waitpid(running.process, 0)
    changed = running.trial.changed
    if changed is not None:
        _put(running.root / changed, (running.root / "original" / changed).read_text("utf-8"))
    record = _told(running.root / "record.json", {"failed": [], "passed": []})
    failed = record["failed"] if done else []
    return Outcome(
        tuple(failed), tuple(record["passed"]), seconds, _told(running.root / "reach.json", {})
    )


def _end(running: _Running) -> None:
    with suppress(ProcessLookupError):
        os.killpg(running.process, signal.SIGKILL)


def _told(file: Path, otherwise: Any) -> Any:
    return json.loads(file.read_text("utf-8")) if file.exists() else otherwise


def _copy(root: Path, into: Path) -> Path:
    without = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, into / name, ignore=without)
        else:
            shutil.copy(root / name, into / name)
    shutil.copytree(root / "nnviz", into / "original" / "nnviz", ignore=without)
    return into


def _put(path: Path, text: str) -> None:
    """Writes a module; bytecode of the same second and size would be taken for its own."""
    path.write_text(text, "utf-8")
    Path(cache_from_source(str(path))).unlink(missing_ok=True)


def _test(root: Path, trial: Trial) -> None:
    """Runs the tests of a trial in this process, and ends it."""
    status = 4
    try:
        os.setsid()
        log = os.open(root / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for number in (1, 2):
            os.dup2(log, number)
        os.chdir(root)
        for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "nnviz")]:
            del sys.modules[name]
        # a new process would import the main module again
        sys.modules["__main__"] = types.ModuleType("__main__")
        sys.path[:] = [str(root), *(each for each in sys.path if "site-packages" in each)] + [
            each for each in sys.path if "site-packages" not in each and each
        ]
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        sys.dont_write_bytecode = False
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.pop("NNVIZ_DATA", None)  # the list must not depend on what lies there
        os.environ["PYTHONPATH"] = str(root)
        plain = ["-n0", "-q", "--tb=line", "-p", "no:cacheprovider", *["-x"] * trial.first]
        plugins: list[object] = [_Recorder(root, trial)]
        if trial.traced:
            plugins.append(Reach(root, root / "reach.json"))
        status = pytest.main([*plain, *map(str, trial.tests)], plugins=plugins)
    finally:
        sys.stdout.flush()
        os._exit(status)


class _Recorder:
    """Runs the tests that are asked for only, and writes down which of them fail."""

    def __init__(self, root: Path, trial: Trial) -> None:
        self._root, self._trial = root, trial
        self._record: dict[str, list[str]] = {"failed": [], "passed": []}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        import nnviz

        assert Path(nnviz.__file__).is_relative_to(self._root), "another nnviz was imported"
        names = set(self._trial.names)
        if names:
            missing = names - {item.name for item in items}
            alike = {name.partition("[")[0] for name in missing}
            items[:] = [item for item in items if item.name in names or item.originalname in alike]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def _note(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.failed or report.when == "call":
            known = self._record["failed" if report.failed else "passed"]
            if report.nodeid not in known:
                known.append(report.nodeid)
            (self._root / "record.json").write_text(json.dumps(self._record), "utf-8")
