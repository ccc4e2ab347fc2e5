"""The clock of the window: what it starts, it also ends."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from nnviz.session.session import Session
from nnviz.ui.app.frame_clock import RESTS_AFTER, SLOW_EVERY, FrameClock
from tests.left_overs import Alive, left_overs
from tests.ui.conftest import Opened


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


@pytest.fixture
def session(show: Callable[..., Opened]) -> Session:
    return show().session


def test_numbers_come_once_in_so_many_pictures(
    session: Session, owner: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FrameClock(session, owner)
    told: list[str] = []
    monkeypatch.setattr(session, "refresh", lambda: told.append("picture"))
    clock.slow.connect(lambda: told.append("numbers"))
    clock.start()
    qtbot.waitUntil(lambda: told.count("numbers") >= 2)
    clock.stop()
    first, second, *_ = [at for at, each in enumerate(told) if each == "numbers"]
    assert (first, second - first) == (SLOW_EVERY, SLOW_EVERY + 1)


def test_a_clock_stopped_between_two_pictures_leaves_no_timer(
    session: Session, owner: QObject, qtbot: QtBot
) -> None:
    before = Alive.now()
    clock = FrameClock(session, owner)
    clock.start()
    qtbot.waitUntil(lambda: sum(timer.isActive() for timer in clock.findChildren(QTimer)) == 2)
    clock.stop()
    assert left_overs(before) == []


def test_a_clock_rests_where_nothing_changes_and_wakes_with_the_first_change(
    session: Session, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "refresh", lambda: None)
    clock = FrameClock(session, owner)
    for _ in range(RESTS_AFTER - 1):
        clock.tick()
    assert not clock.rests
    clock.tick()
    clock.tick()
    assert clock.rests
    session.say("info", "Something happened.")
    assert not clock.rests
    for _ in range(RESTS_AFTER):
        clock.tick()
    assert clock.rests
