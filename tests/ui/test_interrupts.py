"""Ctrl+C and being told to end: one orderly close, between two events."""

import signal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.session.autosave import Autosave
from nnviz.ui.app.interrupts import HEARD, STATUS, Interrupts
from tests.ui.conftest import Show


@pytest.mark.parametrize("number", HEARD)
def test_a_signal_closes_in_the_event_loop_and_gives_the_status(
    number: int, application: QApplication, qtbot: QtBot
) -> None:
    before = signal.getsignal(number)
    closed: list[str] = []
    interrupts = Interrupts(lambda: closed.append("closed"))
    assert interrupts.status is None
    signal.raise_signal(number)
    assert closed == []  # it may have come in the midst of anything
    qtbot.waitUntil(lambda: closed == ["closed"])
    assert interrupts.status == STATUS + number
    interrupts.stop()
    assert signal.getsignal(number) == before


def test_what_nobody_has_decided_about_is_kept_by_an_interrupted_window(
    show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = show(autosave=Autosave(tmp_path))
    opened.learn(3)
    steps = opened.session.state.work.position.steps
    interrupts = Interrupts(lambda: opened.window.leave(undecided=True))
    signal.raise_signal(signal.SIGINT)
    qtbot.waitUntil(lambda: not opened.window.isVisible())
    interrupts.stop()
    after = Autosave(tmp_path)
    assert [run.trained.position.steps for run in after.left_behind()] == [steps]
    after.stop()
