"""Fails a test that leaves something behind: a window, a timer, a thread, a process."""

import gc
import multiprocessing
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.patience import SECONDS, patience

LAST_WORDS = 1.0
"""Seconds for threads that have been told to end, more where the cores are busy; rich tells its
own and does not wait."""


@dataclass(frozen=True)
class Alive:
    """What lived at one moment. Holds numbers, so that it keeps nothing alive itself."""

    windows: frozenset[int]
    qt_workers: frozenset[int]
    threads: frozenset[int]
    processes: frozenset[int]

    @classmethod
    def now(cls) -> "Alive":
        return cls(
            frozenset(map(_address, _windows())),
            frozenset(map(_address, _qt_workers())),
            frozenset(map(id, threading.enumerate())),
            frozenset(process.pid for process in _processes()),
        )


@pytest.fixture(autouse=True)
def leaves_nothing_behind() -> Iterator[None]:
    """Looks at the end of each test, after the test's own fixtures have tidied up."""
    before = Alive.now()
    yield
    if found := left_overs(before):
        pytest.fail("left behind: " + "; ".join(found), pytrace=False)


def left_overs(before: Alive) -> list[str]:
    """Names what has come to life since, and ends what can be ended."""
    _let_qt_delete()
    if found := list(_ended(before)):
        _let_qt_delete()
    return found


def _ended(before: Alive) -> Iterator[str]:
    for window in _windows():
        if _address(window) not in before.windows:
            yield f"window {_named(window)}, held by {_holders(window)}"
            window.close()
            window.deleteLater()
    for worker in _qt_workers():
        if _address(worker) not in before.qt_workers:
            yield f"running {_named(worker)}"
            worker.stop() if hasattr(worker, "stop") else worker.quit()
    for thread in threading.enumerate():
        if id(thread) not in before.threads and _goes_on(thread):
            yield f"{'daemon ' if thread.daemon else ''}thread {thread.name!r}"
    for process in _processes():
        if process.pid not in before.processes:
            yield f"process {process.pid} ({' '.join(process.cmdline())[:120]})"
            process.kill()
            process.wait()


def _goes_on(thread: threading.Thread) -> bool:
    if thread.name.startswith("second-learner"):
        return False  # one for all learners, as long as the process lives
    thread.join(LAST_WORDS * patience() / SECONDS)
    return thread.is_alive()


def _processes() -> list[psutil.Process]:
    """Children that run, but for the clerk that multiprocessing keeps for itself."""
    multiprocessing.active_children()  # takes note of those that have ended
    if _childless():
        return []
    running = []
    for process in psutil.Process().children(recursive=True):
        try:
            ended = process.status() == psutil.STATUS_ZOMBIE
            clerk = any("resource_tracker" in word for word in process.cmdline())
        except psutil.NoSuchProcess:
            continue
        if not (ended or clerk):
            running.append(process)
    return running


def _childless() -> bool:
    """Whether the system lists no child but the clerk; a search of all processes takes long."""
    children = []
    for each in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # of a thread that has just ended
            children.append({int(pid) for pid in each.read_text().split()})
    if not children:  # no such lists here
        return False
    tracker = sys.modules.get("multiprocessing.resource_tracker")
    clerk = tracker._resource_tracker._pid if tracker else None
    return not set().union(*children) - {clerk}


def _qt_application() -> Any:
    """The application, if there is one; otherwise nothing of Qt can live."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets is not None else None


def _let_qt_delete() -> None:
    if app := _qt_application():
        app.processEvents()
        app.sendPostedEvents(None, sys.modules["PySide6.QtCore"].QEvent.Type.DeferredDelete)
        gc.collect()


def _windows() -> list[Any]:
    """Widgets that no other widget owns, shown or not, and every other window on screen."""
    app = _qt_application()
    return [
        window
        for window in (app.topLevelWidgets() if app else [])
        # Qt keeps one label for all tool tips
        if window.isVisible() or (window.parentWidget() is None and not _is_tool_tip(window))
    ]


def _is_tool_tip(window: Any) -> bool:
    return bool(window.metaObject().className() == "QTipLabel")


def _qt_workers() -> list[Any]:
    """Running threads of Qt, and running timers that no widget owns (others go with theirs)."""
    if not _qt_application():
        return []
    core, shiboken = sys.modules["PySide6.QtCore"], sys.modules["shiboken6"]
    kinds = {core.QTimer, core.QThread, *_below(core.QTimer), *_below(core.QThread)}
    # by its type: to ask an object for its class may run code of its own, and takes long
    known = [item for item in gc.get_objects() if type(item) in kinds]
    return [
        item
        for item in known
        if shiboken.isValid(item)
        and (item.isRunning() if isinstance(item, core.QThread) else _runs_alone(item))
        and item is not core.QThread.currentThread()
    ]


def _below(kind: type) -> Iterator[type]:
    """All classes that stand on one."""
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _runs_alone(timer: Any) -> bool:
    owner = timer.parent()
    while owner is not None and not owner.isWidgetType():
        owner = owner.parent()
    return timer.isActive() and owner is None


def _address(item: Any) -> int:
    """Where Qt has it: Python's own object may be made anew for each look."""
    address: int = sys.modules["shiboken6"].getCppPointer(item)[0]
    return address


def _named(item: Any) -> str:
    words = [type(item).__name__, item.objectName()]
    if item.isWidgetType():
        words.append(item.windowTitle())
    return " ".join(repr(word) if number else word for number, word in enumerate(words) if word)


def _holders(window: Any) -> str:
    """Kinds of the objects that refer to a window, the first clue to why it lives."""
    kinds = {type(holder).__name__ for holder in gc.get_referrers(window)}
    return ", ".join(sorted(kinds - {"frame", "list_iterator", "generator"})) or "Qt alone"
