"""Runs tests on a mutated copy of the tree, in processes that have the large imports already."""

import json
import os
import shutil
import signal
import sys
import time
import types
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import cache_from_source
from multiprocessing import active_children, get_context
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


_copy = Path()
"""Of the tree, of this process alone."""


@contextmanager
def workers(root: Path, scratch: Path, jobs: int) -> Iterator[Executor]:
    """So many processes in which `tried` works."""
    for name in LARGE:
        import_module(name)
    # other signals than that of the keyboard leave processes behind
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ProcessPoolExecutor(jobs, get_context("fork"), _begin, (root, scratch)) as pool:
        try:
            yield pool
        except BaseException:
            for worker in active_children():
                worker.terminate()
            raise


def _begin(root: Path, scratch: Path) -> None:
    global _copy
    _copy = _copied(root, scratch / str(os.getpid()))


def tried(trial: Trial) -> Outcome:
    """What the tests of a trial say, in a process of their own on the copy of this one."""
    for told in ("record.json", "reach.json"):
        (_copy / told).unlink(missing_ok=True)
    if trial.changed is not None:
        _put(_copy / trial.changed, trial.text)
    sys.stdout.flush()
    since, done = time.monotonic(), False
    process = os.fork()
    if process == 0:
        _test(_copy, trial)
    try:
        while not done and time.monotonic() - since < trial.limit:
            time.sleep(BREATH)
            done = bool(os.waitpid(process, os.WNOHANG)[0])
    finally:
        with suppress(ProcessLookupError):  # and what it may have left
            os.killpg(process, signal.SIGKILL)
    seconds = time.monotonic() - since
    if not done:
        os.waitpid(process, 0)
    if trial.changed is not None:
        _put(_copy / trial.changed, (_copy / "original" / trial.changed).read_text("utf-8"))
    record = _told(_copy / "record.json", {"failed": [], "passed": []})
    failed = record["failed"] if done else []
    reached = _told(_copy / "reach.json", {})
    return Outcome(tuple(failed), tuple(record["passed"]), seconds, reached)


def passing(root: Path, tests: Iterable[str]) -> set[str]:
    """Those of the tests, as pytest names them, that pass on the tree as it is."""
    split = [test.partition("::") for test in tests]
    files = [Path(file) for file in sorted({file for file, _, _ in split})]
    there = [file for file in files if (root / file).exists()]
    outcome = tried(Trial(there, [name for _, _, name in split], first=False, limit=1200))
    return set(outcome.passed) - set(outcome.failed)


def _told(file: Path, otherwise: Any) -> Any:
    return json.loads(file.read_text("utf-8")) if file.exists() else otherwise


def _copied(root: Path, into: Path) -> Path:
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
