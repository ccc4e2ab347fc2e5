"""The page for newcomers: by keys, never in the way, and only where nobody has been before."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.lectures.collection import ORDER, SHIPPED
from nnviz.lectures.files import title_of
from nnviz.ui.app.opening import picture_of
from nnviz.ui.app.start import nothing_kept
from nnviz.ui.app.start_here import StartHere
from nnviz.ui.app.start_here_words import QUESTIONS
from tests.ui.conftest import Opened, Show

Key = Qt.Key


def laid(opened: Opened) -> StartHere:
    opened.window.actions_by_text["Start here"].trigger()
    here = opened.window.start_here
    assert here is not None
    assert here.lies
    return here


def focused(here: StartHere) -> int:
    return here.choices.index(here.focusWidget())  # type: ignore[arg-type]


def test_the_questions_are_those_of_the_lectures_that_come_along() -> None:
    own = {name: title_of(SHIPPED / f"{name}.md") for name in ORDER if name != "attract"}
    assert {name: title for name, (title, _) in QUESTIONS.items()} == own


def test_whoever_knows_the_program_is_left_alone(show: Show) -> None:
    QSettings().clear()
    assert nothing_kept()
    opened = show()
    here = laid(opened)
    without = opened.window.grab()  # as the opening picture is
    assert without.toImage() != picture_of(opened.window)
    assert here.lies
    ways: list[Callable[[], object]] = [
        lambda: QTest.keyClick(here.focusWidget(), Key.Key_Escape),
        lambda: QTest.keyClick(opened.window, Key.Key_1, Qt.KeyboardModifier.ControlModifier),
        lambda: QTest.keyClick(opened.window, Key.Key_6, Qt.KeyboardModifier.ControlModifier),
        lambda: opened.session.picking.pick("next"),
        lambda: here.close_it.click(),
    ]
    for way in ways:
        laid(opened)
        way()
        assert not here.lies
    assert opened.session.state.page == "mistakes"
    assert not nothing_kept()


def test_keys_go_round_and_choose(show: Show) -> None:
    opened = show()
    here = laid(opened)
    assert focused(here) == 0
    QTest.keyClick(here.focusWidget(), Key.Key_Tab)
    QTest.keyClick(here.focusWidget(), Key.Key_Down)
    assert focused(here) == 2
    QTest.keyClick(here.focusWidget(), Key.Key_Up)
    QTest.keyClick(here.focusWidget(), Key.Key_Return)
    assert not here.lies
    lecture = opened.window.parts.player.lecture
    assert lecture is not None
    assert lecture.title == "One network or ten?"
    opened.window.parts.player.leave()

    QTest.keyClick(laid(opened).focusWidget(), Key.Key_5)
    assert opened.session.state.page == "draw"

    seed = opened.session.state.settings.seed
    QTest.keyClick(laid(opened).focusWidget(), Key.Key_4)
    state = opened.session.state
    assert (state.page, state.settings.seed) == ("train", seed + 1)
    assert state.running or state.awaiting
    opened.session.runs.pause()
    opened.ticks_until(lambda: not opened.session.state.running)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_can_be_read_at_every_size(show: Show, scale: float) -> None:
    opened = show(size=(800, 560), scale=scale)
    here = laid(opened)
    QApplication.processEvents()
    assert here.horizontalScrollBar().maximum() == 0
    tops = [each.geometry() for each in here.choices]
    assert all(one.bottom() < other.top() for one, other in pairwise(tops))
    assert all(each.height() >= each.heightForWidth(each.width()) for each in here.choices)
