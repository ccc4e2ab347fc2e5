"""Runs that earlier programs left are listed, and go on or go away as they are ticked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from nnviz.session.autosave import Autosave
from nnviz.ui.app.left_runs import FORGET, NOTHING_LEFT, LeftRuns
from tests.sessions import begun, killed, learned
from tests.ui.conftest import Opened, Show


@pytest.fixture
def three(show: Show, tmp_path: Path) -> Opened:
    """A window that is offered the runs of three programs, of 1, 2 and 3 batches."""
    for number in (1, 2, 3):
        session = begun(autosave=Autosave(tmp_path))
        for _ in range(number):
            learned(session, "batch")
        killed(session)
    opened = show(autosave=Autosave(tmp_path))
    opened.session.survival.offer()
    return opened


def listed(opened: Opened) -> LeftRuns:
    opened.window.parts.files.choose_left()
    (dialog,) = [each for each in opened.window.findChildren(LeftRuns) if each.isVisible()]
    return dialog


def steps(dialog: LeftRuns) -> list[int]:
    return [run.trained.position.steps for run, *_ in dialog.rows]


def test_what_is_ticked_goes_away_by_keys_and_the_rest_goes_on(three: Opened) -> None:
    three.window.parts.banner.action.click()
    dialog = three.window.findChild(LeftRuns, "left-runs")
    assert steps(dialog) == [3, 2, 1]
    assert [run.trained.position.steps for run in dialog.ticked] == [3]
    for _, box, _ in dialog.rows[:2]:
        box.setFocus()
        three.bot.keyClick(box, Qt.Key.Key_Space)
    dialog.forget.setFocus()
    three.bot.keyClick(dialog.forget, Qt.Key.Key_Space)
    question = dialog.findChild(QMessageBox, "question")
    three.bot.keyClick(question, Qt.Key.Key_Return)  # which is Cancel
    assert steps(dialog) == [3, 2, 1]
    three.bot.keyClick(dialog.forget, Qt.Key.Key_Space)
    question = next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())
    next(each for each in question.buttons() if each.text() == FORGET).click()
    assert steps(dialog) == [3, 1]
    assert three.session.state.notice is None
    dialog.reject()
    again = listed(three)
    again.rows[1][1].setChecked(True)
    again.go_on.click()
    found = [work.position.steps for work in three.session.state.works if work.learned]
    assert sorted(found) == [1, 3]
    three.window.parts.files.choose_left()
    assert three.session.state.notice.sentence == NOTHING_LEFT


def test_nothing_ticked_does_nothing(three: Opened) -> None:
    dialog = listed(three)
    dialog.rows[0][1].setChecked(False)
    assert not any(each.isEnabled() for each in (dialog.go_on, dialog.forget))
    three.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(three.session.survival.left) == 3
