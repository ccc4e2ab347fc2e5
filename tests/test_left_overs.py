"""The guard against left-overs reports each kind, by name, and lets a tidy test pass."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PLANTED = """
import multiprocessing, subprocess, sys, threading
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QLabel, QWidget

kept = []
end = threading.Event()

def teardown_module():
    end.set()

def test_window(qapp):
    window = QWidget()
    window.setObjectName("forgotten")
    window.show()
    kept.append(window)

def test_hidden_window(qapp):
    kept.append(QLabel("never shown"))

def test_timer(qapp):
    timer = QTimer(objectName="clock")
    timer.start(1000)
    kept.append(timer)

def test_qt_thread(qapp):
    thread = QThread(objectName="worker")
    thread.start()
    kept.append(thread)

def test_thread():
    threading.Thread(target=end.wait, name="listener").start()

def test_daemon_thread():
    threading.Thread(target=end.wait, name="idler", daemon=True).start()

def test_process():
    command = [sys.executable, "-c", "input()", "planted"]
    kept.append(subprocess.Popen(command, stdin=subprocess.PIPE))

def test_tidy_for_all_that_went_before():
    pass

def test_tidy_with_all_kinds(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QTimer(window).start(1000)
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
    process = multiprocessing.get_context("spawn").Process(target=print)
    process.start()
    process.join()
    process.close()

def test_tidy_when_python_deletes(qapp):
    QWidget().show()
    window = QWidget()
    window.itself = window  # a cycle, gone with the next collection
    window.show()
"""

COMPLAINTS = {
    "test_window": "window QWidget 'forgotten', held by list",
    "test_hidden_window": "window QLabel, held by list",
    "test_timer": "running QTimer 'clock'",
    "test_qt_thread": "running QThread 'worker'",
    "test_thread": "thread 'listener'",
    "test_daemon_thread": "daemon thread 'idler'",
    "test_process": "process * (*input() planted)",
}


def test_planted_left_overs_are_reported_by_name_and_nothing_else_is(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini("[pytest]\nqt_api = pyside6\n")
    pytester.makepyfile(test_planted=PLANTED)
    result = pytester.runpytest_subprocess("-p", "tests.left_overs")
    result.assert_outcomes(passed=PLANTED.count("def test_"), errors=len(COMPLAINTS))
    for test, complaint in COMPLAINTS.items():
        result.stdout.fnmatch_lines(
            [f"*ERROR at teardown of {test} *", f"left behind: {complaint}"]
        )
