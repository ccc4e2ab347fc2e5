"""What is there in lecture mode, and that all is as it was afterwards."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from nnviz.ui.kit.in_lectures import (
    NONE,
    OF_THE_PICTURE,
    for_operator,
    for_picture,
    show_controls,
    wanted,
)
from nnviz.ui.kit.picture import Picture
from tests.ui.conftest import Show


def test_controls_are_there_as_their_page_and_the_lecture_want_them(show: Show) -> None:
    window = show().window
    box = QWidget(window)
    parts = sort, clear, words, never = [QPushButton(name, box) for name in "abcd"]
    column = QVBoxLayout(box)
    for part in parts:
        column.addWidget(part)
    for_operator(sort, words)
    for_picture(clear, never)
    never.hide()
    box.setGeometry(0, 0, 300, 300)
    box.show()
    places = [part.geometry() for part in parts]

    def there() -> list[bool]:
        return [part.isVisible() for part in parts]

    assert there() == [True, True, True, False]
    show_controls(window, NONE)
    assert there() == [False] * 4
    assert [wanted(part) for part in parts] == [True, True, True, False]
    show_controls(window, OF_THE_PICTURE)
    assert there() == [False, True, False, False]
    sort.show()  # its page knows of no lecture
    clear.setVisible(True)
    words.hide()
    assert there() == [False, True, False, False]
    show_controls(window, NONE)
    made = QPushButton("made meanwhile")
    for_operator(made)
    column.addWidget(made)
    QApplication.processEvents()  # Qt shows it
    box.hide()
    box.show()
    assert there() == [False] * 4
    assert not made.isVisible()
    show_controls(window, None)
    assert there() == [True, True, False, False]
    assert made.isVisible()
    words.show()
    made.hide()
    column.activate()
    assert [part.geometry() for part in parts] == places
    box.deleteLater()


def test_only_the_picture_is_left_and_all_comes_back(show: Show) -> None:
    opened = show(trained=True)
    window, session = opened.window, opened.session
    parts = window.parts
    bars = (window.menuBar(), parts.top_bar, parts.footer, parts.rail, parts.head.strip)
    before = [bar.isVisible() for bar in bars]
    window.show_settings(True)
    session.say("info", "A network is waiting.")
    session.operations.change(0, 2, off=True)
    parts.rail.card.labels.setFocus()
    parts.lecture.enter(full_screen=False)
    assert session.state.lecturing
    own = (*bars, parts.settings, parts.banner, parts.altered)
    window.show_film(True)
    session.say("info", "Something else.")
    session.change(page="designs")  # is made only now
    assert not [bar for bar in (*own, parts.timeline) if bar.isVisible()]
    session.change(answer_hidden=True)
    parts.lecture.leave()
    assert (session.state.lecturing, session.state.answer_hidden) == (False, False)
    assert [bar.isVisible() for bar in bars] == before
    assert all(bar.isVisible() for bar in (parts.settings, parts.altered, parts.banner))
    assert parts.timeline.isVisible()
    assert opened.said == "Something else."
    assert parts.rail.card.labels.hasFocus()


def test_controls_of_the_picture_come_with_the_mouse_and_with_tab(show: Show) -> None:
    opened = show(trained=True)
    window, lecture = opened.window, opened.window.parts.lecture
    window.activateWindow()
    clear = QPushButton("Clear", window.page)
    for_picture(clear)
    clear.move(300, 300)
    clear.show()
    handle, middle = window.windowHandle(), QPoint(600, 400)
    QTest.mouseMove(handle, middle - QPoint(20, 0))  # wherever tests before have left it
    buttons = Qt.MouseButton
    for pressed in (buttons.LeftButton, buttons.RightButton, buttons.MiddleButton):
        QTest.mouseRelease(handle, pressed, pos=middle - QPoint(20, 0))
    lecture.enter(full_screen=False)
    assert not clear.isVisible()
    QTest.mouseMove(handle, middle)
    assert clear.isVisible()
    lecture._resting.timeout.emit()
    in_use = QApplication.mouseButtons(), QApplication.activePopupWidget(), window.focusWidget()
    assert not clear.isVisible(), in_use
    QTest.mouseMove(handle, middle + QPoint(1, 0))  # a lectern shakes
    assert not clear.isVisible()
    opened.bot.keyClick(window, Qt.Key.Key_Tab)
    assert clear.isVisible()
    clear.setFocus()
    lecture._resting.timeout.emit()
    assert clear.isVisible()
    window.page.setFocus()
    lecture._resting.timeout.emit()
    assert not clear.isVisible()
    lecture.leave()
    assert clear.isVisible()


class Reached(QObject):
    """Counts the tooltips that are asked of a widget."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.ToolTip
        return False


def test_no_tooltip_lies_over_the_page_in_a_lecture(show: Show) -> None:
    opened = show(trained=True)
    picture, reached = opened.window.page.findChildren(Picture)[0], Reached()
    picture.installEventFilter(reached)
    point, mode = picture.rect().center(), opened.window.parts.lecture
    counts = []
    for change in (lambda: None, lambda: mode.enter(full_screen=False), mode.leave):
        change()
        event = QHelpEvent(QEvent.Type.ToolTip, point, picture.mapToGlobal(point))
        QApplication.sendEvent(picture, event)
        counts.append(reached.count)
    assert counts == [1, 1, 2]
    assert picture.accessibleDescription()
