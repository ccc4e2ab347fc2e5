"""The clock of the window: what it starts, it also ends."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from nnviz.session.session import Session
from nnviz.ui.app.frame_clock import PHASES, FrameClock
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


def test_every_phase_comes_in_turn(session: Session, owner: QObject, qtbot: QtBot) -> None:
    clock = FrameClock(session, owner)
    phases: list[int] = []
    clock.slow.connect(phases.append)
    clock.start()
    qtbot.waitUntil(lambda: len(phases) >= 2 * PHASES)
    clock.stop()
    first = phases[0]
    assert phases == [(first + turn) % PHASES for turn in range(len(phases))]


def test_a_clock_stopped_between_two_pictures_leaves_no_timer(
    session: Session, owner: QObject, qtbot: QtBot
) -> None:
    before = Alive.now()
    clock = FrameClock(session, owner)
    clock.start()
    qtbot.waitUntil(lambda: sum(timer.isActive() for timer in clock.findChildren(QTimer)) == 2)
    clock.stop()
    assert left_overs(before) == []
