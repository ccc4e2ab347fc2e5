"""What every test stands on: a fixed environment and folders of its own.

Pictures of the windows of a failed test go to the folder that ARTIFACTS names, else to
.artifacts.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    # the tests start many programs: what they import is compiled once, out of the way
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(HERE.parent / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

# made once for all workers and programs, and kept
os.environ.setdefault("NUMBA_CACHE_DIR", str(HERE.parent / ".pytest_cache" / "kernels"))
os.environ |= {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "QT_QPA_PLATFORM": f"offscreen:configfile={HERE / 'screens.json'}",
    "QT_SCALE_FACTOR": "1",
    "LC_ALL": "C.UTF-8",
}

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from tests.patience import OF_A_TEST, patience

if TYPE_CHECKING:
    from nnviz.session.session import Session

os.environ.setdefault("PYTEST_TIMEOUT", str(OF_A_TEST * patience()))

pytest_plugins = ["tests.costs", "tests.garbage", "tests.left_overs"]

HOMES = count()

settings.register_profile("ci", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, with its data and settings; -> the home."""
    # not one of pytest's numbered folders: to number one it looks through all of them
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(HOMES))
    home.mkdir(parents=True)
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(home))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    # kept for the whole session: fonts are indexed there
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    if core := sys.modules.get("PySide6.QtCore"):
        formats = core.QSettings.Format
        core.QSettings.setDefaultFormat(formats.IniFormat)
        for kind in (formats.IniFormat, formats.NativeFormat):
            core.QSettings.setPath(kind, core.QSettings.Scope.UserScope, str(home / "settings"))
    return home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take longest first, so that no worker is left with one at the end.

    Before all others comes one that makes every kernel: those made in one go share their parts,
    which two workers with some kernels each would both compile.
    """
    sizes = Counter(item.path for item in items)
    makers = {item.path for item in items if "all_kernels" in getattr(item, "fixturenames", ())}
    maker = max(makers, key=lambda path: sizes[path], default=None)

    def rank(item: pytest.Item) -> tuple[bool, bool, int, Path]:
        starts_programs = {"subprocess", "ran_alone"} & vars(item.module).keys()  # type: ignore[attr-defined]
        return (item.path != maker, not starts_programs, -sizes[item.path], item.path)

    items.sort(key=rank)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a file that is not there yet."""
    return tmp_path / "network.safetensors"


@pytest.fixture
def session() -> "Session":
    """Ready to learn from 200 digits, for as many epochs as it is let."""
    from tests.sessions import begun  # most tests need no session, and no torch

    return begun()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], "Session"]]:
    """Starts a program on the same data folder: start() -> its session."""
    from tests.sessions import started  # as above

    sessions: list[Session] = []

    def make() -> "Session":
        sessions.append(started(tmp_path / "runs"))
        return sessions[-1]

    yield make
    for session in sessions:
        session.stop(give_up=True)


class PatientBot(QtBot):
    """Waits as long as every other test."""

    def waitUntil(self, callback: Callable[[], bool | None]) -> None:  # type: ignore[override]
        super().waitUntil(callback, timeout=int(1000 * patience()))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def small_numbers() -> Iterator[None]:
    """Lets the next test have denormal numbers, which training in this process turns off."""
    yield
    if torch := sys.modules.get("torch"):
        torch.set_flush_denormal(False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and report.when == "call":
        trouble = list(_keep_pictures(item.nodeid))
        if trouble:
            report.sections.append(("pictures that could not be made", "\n".join(trouble)))
    return report


def _keep_pictures(test: str) -> Iterator[str]:
    """Keeps a picture of every window on screen; -> what went wrong with that."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    folder = Path(os.environ.get("ARTIFACTS") or HERE.parent / ".artifacts")
    name = re.sub(r"[^\w.-]+", "-", test.removeprefix("tests/"))[:150]
    shown = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    for number, window in enumerate(shown):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            window.grab().save(str(folder / f"{name}-{number}.png"))
        except Exception as error:  # noqa: BLE001 - a broken window must not hide the failure
            yield f"{type(window).__name__}: {error!r}"
