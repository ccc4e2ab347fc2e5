"""What lies over the page in lecture mode: black, white, the spotlight, one picture alone."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.ui.votes.matrix import VoteMatrix
from tests.ui.conftest import Opened, Show


def seen(opened: Opened, at: QPoint) -> QColor:
    return opened.window.grab().toImage().pixelColor(at)


def test_black_white_and_the_picture_again(show: Show) -> None:
    opened = show()
    window, lecture = opened.window, opened.window.parts.lecture
    lecture.enter(full_screen=False)
    QApplication.processEvents()
    corner = QPoint(5, 5)
    as_it_was = seen(opened, corner)
    lecture.toggle_blank()
    assert seen(opened, corner) == QColor("#000000")
    lecture.toggle_blank()
    assert seen(opened, corner) == as_it_was
    lecture.toggle_blank(white=True)
    assert seen(opened, corner) == QColor("#ffffff")
    window.resize(1300, 760)
    assert lecture.blank.geometry() == window.rect()
    window.resize(1280, 720)
    QApplication.processEvents()
    opened.bot.keyClick(window, Qt.Key.Key_Escape)
    assert lecture.on
    assert seen(opened, corner) == as_it_was
    for key in (Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_Z):  # in the dark they only end it
        lecture.toggle_blank()
        opened.bot.keyClick(window, key)
        assert not (lecture.blank.lies)
        assert not (lecture.spotlight.lies)
        assert not lecture.zoom.lies
        assert not opened.session.state.answer_hidden
    lecture.toggle_blank()
    lecture.leave()
    assert not lecture.blank.lies


def test_the_spotlight_follows_the_mouse_which_goes_on_working(votes: Show) -> None:
    opened = votes()
    window, lecture = opened.window, opened.window.parts.lecture
    lecture.enter(full_screen=False)
    QApplication.processEvents()
    matrix = window.page.findChild(VoteMatrix)
    place = matrix.region((4, 9)).place.center().toPoint()
    at, handle = matrix.mapTo(window, place), window.windowHandle()
    there, far = at + QPoint(30, 0), QPoint(10, 10)
    QTest.mouseMove(handle, QPoint(1, 700))
    bright = seen(opened, there), seen(opened, far)
    lecture.toggle_spotlight()
    assert seen(opened, there).lightness() < bright[0].lightness()
    QTest.mouseMove(handle, at)
    assert seen(opened, there) == bright[0]
    assert seen(opened, far).lightness() < bright[1].lightness()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)
    assert opened.session.state.pair == (4, 9)
    before = lecture.spotlight.circle.width()
    turn = QWheelEvent(
        QPointF(at),
        QPointF(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(handle, turn)
    assert lecture.spotlight.circle.width() > before
    assert lecture.put_away()
    assert seen(opened, far) == bright[1]


def test_the_picture_under_the_mouse_is_painted_large_and_follows(votes: Show) -> None:
    opened = votes()
    window, session = opened.window, opened.session
    lecture = window.parts.lecture
    lecture.enter(full_screen=False)
    QApplication.processEvents()
    matrix = window.page.findChild(VoteMatrix)
    QTest.mouseMove(window.windowHandle(), matrix.mapTo(window, matrix.rect().center()))
    lecture.toggle_picture_zoom()
    large = lecture.zoom.findChild(VoteMatrix)
    assert large.width() > 1.2 * matrix.width()
    assert window.rect().contains(large.geometry())
    larger = large.height() / matrix.height()
    assert large.theme.scale / matrix.theme.scale == pytest.approx(larger, abs=0.01)
    session.change(image=1)
    QApplication.processEvents()
    assert large.view is matrix.view
    opened.bot.keyClick(window, Qt.Key.Key_Escape)
    assert not lecture.zoom.lies
    assert lecture.on
    QTest.mouseMove(window.windowHandle(), QPoint(1, 300))  # no picture is there
    lecture.toggle_picture_zoom()
    assert lecture.zoom.lies
    session.change(page="study")
    QApplication.processEvents()
    assert not lecture.zoom.lies
