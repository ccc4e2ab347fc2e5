"""The window: keys, themes, sizes, and nothing lost by accident."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMessageBox,
    QScrollBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnviz.data.digits import ShownDigits
from nnviz.ui.app.actions import ACTIONS
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.unsaved import Unsaved
from nnviz.ui.app.window import Window
from nnviz.ui.kit.theme import TEXT
from tests.in_process import InProcess
from tests.ui.conftest import Opened, Show

CTRL = Qt.KeyboardModifier.ControlModifier


def press(opened: Opened, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    target = QApplication.focusWidget() or opened.window
    combined = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        combined |= modifier
    QTest.keyClick(target, key, combined)


def question(opened: Opened) -> QMessageBox:
    opened.bot.waitUntil(lambda: bool(opened.window.findChildren(QMessageBox, "question")))
    box = opened.window.findChildren(QMessageBox, "question")[0]
    assert isinstance(box, QMessageBox)
    return box


def answer(opened: Opened, words: str) -> None:
    box = question(opened)
    chosen = next(b for b in box.buttons() if b.text().replace("&", "") == words)
    opened.click(chosen)
    opened.bot.waitUntil(lambda: not opened.window.findChildren(QMessageBox, "question"))


def unsaved(opened: Opened) -> Unsaved:
    """The list of networks in no file that is open."""
    lists = opened.window.findChildren(Unsaved, "unsaved")
    (found,) = (each for each in lists if each.isVisible())
    return found


def help_text(opened: Opened) -> str:
    """What the help dialog says; closes it."""
    opened.bot.waitUntil(lambda: bool(opened.window.findChildren(QDialog, "help")))
    dialog = opened.window.findChildren(QDialog, "help")[0]
    text = dialog.findChild(QTextBrowser).toPlainText()  # type: ignore[union-attr]
    dialog.accept()
    opened.bot.waitUntil(lambda: not opened.window.findChildren(QDialog, "help"))
    return str(text)


def test_every_menu_entry_says_what_it_does(show: Show) -> None:
    opened = show()
    assert [a.text() for a in opened.window.actions_by_text.values() if not a.toolTip()] == []
    assert {entry.text for entry in ACTIONS} <= set(opened.window.actions_by_text)


def test_no_two_actions_share_a_key(show: Show) -> None:
    opened = show()
    keys = [k.toString() for a in opened.window.actions() for k in a.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("field", ["setting-seed", "setting-rate", "window"])
def test_keys_of_the_window_work_from_any_focused_widget(show: Show, field: str) -> None:
    opened = show()
    opened.window.show_settings(True)
    if field != "window":
        widget = opened.window.findChild(QWidget, field)
        widget.setFocus()
    session = opened.session
    press(opened, Qt.Key.Key_PageDown)
    assert session.state.image == 1
    press(opened, Qt.Key.Key_PageUp)
    assert session.state.image == 0
    press(opened, Qt.Key.Key_R, CTRL)
    assert session.state.running
    press(opened, Qt.Key.Key_R, CTRL)
    assert not session.state.running
    opened.ticks_until(lambda: session.runs.settled)
    before = session.state.work.position.steps
    press(opened, Qt.Key.Key_Period, CTRL)
    opened.ticks_until(lambda: session.runs.settled)
    assert session.state.work.position.steps == before + 1
    press(opened, Qt.Key.Key_1, CTRL)
    press(opened, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert session.state.page == "train"


@pytest.mark.parametrize(("page", "view"), [("draw", "rows"), ("mistakes", "confusion")])
def test_tab_and_shift_tab_come_to_everything_that_takes_the_focus(
    show: Show, page: str, view: str
) -> None:
    opened = show(trained=True, page=page)
    window, tab = opened.window, Qt.FocusPolicy.TabFocus
    window.page.choose_view(view)

    def round_trip(key: Qt.Key) -> list[QWidget]:
        found: list[QWidget] = []
        while QApplication.focusWidget() not in found:
            found.append(QApplication.focusWidget())
            opened.bot.keyClick(found[-1], key)
        return found

    window.parts.top_bar.run.setFocus()
    forth, back = round_trip(Qt.Key.Key_Tab), round_trip(Qt.Key.Key_Backtab)
    assert set(forth) == set(back)
    # of several of which one is chosen, arrows go to the others
    expected = {
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & tab
        if each.focusProxy() is None and not getattr(each, "group", lambda: None)()
    }
    assert expected <= set(forth)
    assert any(each.objectName().startswith("view-") for each in forth)


def test_space_runs_and_pauses_unless_a_field_has_the_focus(show: Show) -> None:
    opened = show()
    opened.window.page.setFocus()
    press(opened, Qt.Key.Key_Space)
    assert opened.session.state.running
    press(opened, Qt.Key.Key_Space)
    assert not opened.session.state.running
    seed, more = (
        opened.window.findChild(QAbstractSpinBox, "setting-seed"),
        opened.window.parts.footer.more,
    )
    assert not seed.isVisible()
    more.setChecked(True)
    seed.setFocus()
    press(opened, Qt.Key.Key_Space)
    more.setChecked(False)  # it is remembered
    assert not opened.session.state.running


def test_a_click_on_a_button_leaves_the_space_bar_to_the_run(show: Show) -> None:
    opened = show()
    opened.window.page.setFocus()
    opened.click(opened.window.parts.top_bar.run)
    assert opened.session.state.running
    press(opened, Qt.Key.Key_Space)
    assert not opened.session.state.running


@pytest.mark.parametrize("key", [Qt.Key.Key_F5, Qt.Key.Key_F11])
def test_lecture_mode_shows_only_the_picture_and_esc_returns_exactly(
    show: Show, key: Qt.Key
) -> None:
    opened = show(size=(1100, 700))
    window = opened.window
    window.show_settings(True)
    bars = (
        window.parts.top_bar,
        window.parts.footer,
        window.parts.rail,
        window.parts.settings,
        window.menuBar(),
    )
    before = (window.geometry(), window.theme, [bar.isVisible() for bar in bars])
    press(opened, key)
    opened.bot.waitUntil(window.isFullScreen)
    assert not any(bar.isVisible() for bar in bars)
    press(opened, Qt.Key.Key_B)
    assert window.parts.lecture.blank.isVisible()
    press(opened, Qt.Key.Key_Period)
    assert not window.parts.lecture.blank.isVisible()
    press(opened, Qt.Key.Key_PageDown)
    assert opened.session.state.image == 1
    press(opened, Qt.Key.Key_Escape)
    opened.bot.waitUntil(lambda: window.geometry() == before[0])
    assert (window.geometry(), window.theme, [bar.isVisible() for bar in bars]) == before
    press(opened, Qt.Key.Key_Escape)
    assert window.isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768), (1366, 768)])
def test_nothing_is_clipped_or_off_the_window(show: Show, size: tuple[int, int]) -> None:
    opened = show(size=size, trained=True)
    window = opened.window
    assert (window.width(), window.height()) == size
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget, QAbstractButton | QLabel | QComboBox):
            hint = (
                widget.sizeHint() if not isinstance(widget, QComboBox) else widget.minimumSizeHint()
            )
            assert widget.width() >= hint.width(), widget.objectName()
            place = widget.mapTo(window, widget.rect().bottomRight())
            assert place.x() <= window.width(), widget.objectName()
            assert place.y() <= window.height(), widget.objectName()


def test_text_is_at_least_20_pixels_at_1280_by_720(show: Show) -> None:
    opened = show()
    opened.window.parts.lecture.enter(full_screen=False)
    for widget in [opened.window.page, *opened.window.page.findChildren(QWidget)]:
        assert QFontInfo(widget.font()).pixelSize() >= TEXT


@pytest.mark.parametrize("scale", [0.8, 1.5, 2.0])
def test_at_every_text_scale_the_bars_stay_inside_the_window(show: Show, scale: float) -> None:
    opened = show(scale=scale)
    window = opened.window
    for button in (
        window.parts.top_bar.run,
        window.parts.top_bar.reset,
        window.parts.footer.settings,
    ):
        corner = button.mapTo(window, button.rect().bottomRight())
        assert window.rect().contains(corner)
    assert window.page.picture.height() >= 300  # type: ignore[attr-defined]


def test_the_text_scale_goes_from_80_to_200_percent(show: Show) -> None:
    opened = show()
    for _ in range(12):
        press(opened, Qt.Key.Key_Plus, CTRL)
    assert opened.window.scale == 2.0
    for _ in range(12):
        press(opened, Qt.Key.Key_Minus, CTRL)
    assert opened.window.scale == 0.8
    press(opened, Qt.Key.Key_0, CTRL)
    assert opened.window.scale == 1.0


def test_theme_scale_and_size_are_remembered(show: Show) -> None:
    first = show()
    first.window.recall()
    press(first, Qt.Key.Key_D, CTRL)
    first.window.zoom(1)
    first.window.resize(1111, 700)
    first.window.show_settings(True)
    first.window.leave()
    kept = QSettings()
    assert kept.value("theme") == "light"
    assert kept.value("scale", 0.0, float) == 1.1
    second = show()
    second.window.recall()
    assert second.window.width() == 1111
    assert second.window.settings_shown


def test_closing_asks_before_an_unsaved_run_is_lost(show: Show) -> None:
    opened = show()
    opened.learn(3)
    opened.window.close()
    assert opened.window.isVisible()
    opened.click(unsaved(opened).cancel)
    assert opened.window.isVisible()
    opened.window.close()
    opened.click(unsaved(opened).drop)
    opened.bot.waitUntil(lambda: not opened.window.isVisible())


def test_closing_asks_nothing_when_nothing_would_be_lost(show: Show) -> None:
    opened = show(trained=True)
    opened.window.close()
    assert not opened.window.isVisible()


def test_the_banner_says_what_happened_and_its_button_acts(show: Show) -> None:
    opened = show()
    opened.learn(5)
    steps = opened.session.state.work.position.steps
    opened.session.controls.reset()
    banner = opened.window.parts.banner
    assert banner.isVisible()
    assert "starts again" in banner.sentence.text()
    opened.click(banner.action)
    assert opened.session.state.work.position.steps == steps
    assert not banner.isVisible()


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_the_banner_covers_nothing_of_the_page(show: Show, size: tuple[int, int]) -> None:
    opened = show(size=size, trained=True)
    window = opened.window
    sentences = ("Short.", "A sentence that is much too long for one line of this window. " * 5)
    for sentence in sentences:
        opened.session.say("info", sentence)
        opened.bot.waitUntil(
            lambda: window.parts.banner.isVisible() and window.parts.banner.height() > 20
        )
        for _ in range(3):
            QApplication.processEvents()
        label = window.parts.banner.sentence
        assert label.height() >= label.heightForWidth(label.width())
        banner = QRect(window.parts.banner.mapTo(window, QPoint()), window.parts.banner.size())
        page = QRect(window.parts.stack.mapTo(window, QPoint()), window.parts.stack.size())
        assert not banner.intersects(page)
        assert window.page.picture.height() > 250  # type: ignore[attr-defined]


def test_keys_and_about_open(show: Show) -> None:
    opened = show()
    press(opened, Qt.Key.Key_F1)
    assert "Lecture mode" in help_text(opened)
    opened.window.actions_by_text["About nnviz"].trigger()
    assert "MNIST" in help_text(opened)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("keys", [(Qt.Key.Key_F11,), (Qt.Key.Key_Plus, CTRL)])
def test_a_new_size_of_everything_is_painted_when_it_is_final(
    show: Show, keys: tuple[Any, ...]
) -> None:
    opened = show(trained=True)
    for _ in range(2):  # there and back
        paints = Paints(opened.window.page.picture)  # type: ignore[attr-defined]
        press(opened, *keys)
        opened.bot.waitUntil(lambda paints=paints: paints.count > 0)
        for _ in range(5):
            QApplication.processEvents()
        assert paints.count <= 2


def test_the_window_goes_on_painting_after_full_screen(show: Show) -> None:
    opened = show(trained=True)
    press(opened, Qt.Key.Key_F11)
    press(opened, Qt.Key.Key_Escape)
    for _ in range(5):
        QApplication.processEvents()
    paints = Paints(opened.window.page.picture)  # type: ignore[attr-defined]
    opened.session.picking.pick("next")
    opened.bot.waitUntil(lambda: paints.count > 0)


def test_a_hidden_page_takes_the_theme_when_it_is_shown(show: Show) -> None:
    opened = show()
    window = opened.window
    page = window.parts.pages["votes"]
    window.other_theme()
    assert page.theme.name == "dark"
    opened.session.change(page="votes")
    assert page.theme == window.theme
    assert page.theme.name == "light"


def test_a_page_and_a_view_are_made_when_they_are_first_needed(show: Show) -> None:
    opened = show()
    window = opened.window
    assert list(window.parts.stack.made) == ["train"]
    assert len(window.parts.pages) == len(PAGES)
    opened.session.change(page="designs")
    assert list(window.parts.stack.made) == ["train", "designs"]
    page = window.page
    assert page is window.parts.pages["designs"] is window.parts.stack.made["designs"]
    assert page.isVisible()
    assert list(page.shown.made) == ["compare"]
    page.choose_view("codes")
    assert list(page.shown.made) == ["compare", "codes"]
    assert page.view is page.shown["codes"]
    assert page.view.isVisible()
    # Tab goes on from the buttons of the views to what the new one holds
    last = page.views.findChildren(QAbstractButton)[-1]
    last.setFocus()
    opened.bot.keyClick(last, Qt.Key.Key_Tab)
    assert page.view.isAncestorOf(QApplication.focusWidget())


def test_why_the_network_named_at_the_start_is_not_shown_stands_on_the_banner(
    application: QApplication, digits: ShownDigits, qtbot: QtBot, tmp_path: Path
) -> None:
    session = make_session(InProcess(), digits, tmp_path / "nowhere.safetensors")
    window = Window(session)
    window.show()
    qtbot.waitExposed(window)
    assert "nowhere.safetensors cannot be opened" in window.parts.banner.sentence.text()
    assert window.parts.banner.isVisible()
    window.leave()
    window.deleteLater()


def test_run_is_taken_back_by_its_button_while_the_process_loads(show: Show) -> None:
    opened = show()
    session, run, banner = (
        opened.session,
        opened.window.parts.top_bar.run,
        opened.window.parts.banner,
    )
    session.change(engine="starting")
    for _ in range(2):
        opened.click(run)
        assert session.state.awaiting
        assert "Pause" in run.text()
        assert banner.sentence.text().endswith("learning begins in a moment.")
        opened.click(run)
        assert not session.state.awaiting
        assert "Run" in run.text()
        assert not banner.isVisible()
    session.change(engine="ready")
    session.refresh()
    assert not session.state.running


def test_what_was_saved_is_said_on_one_page_only(show: Show, tmp_path: Path) -> None:
    opened = show(trained=True)
    opened.window.parts.take_home.save_picture(tmp_path / "pic.png")
    assert "pic.png" in opened.said
    opened.session.change(page="votes")
    assert opened.session.state.notice is None


def test_a_long_name_of_digits_needs_no_second_row_of_the_bar(show: Show) -> None:
    opened = show(trained=True, size=(1280, 720))
    session, bar = opened.session, opened.window.parts.top_bar
    height = bar.heightForWidth(bar.width())
    session.change(digits=replace(session.state.digits, name="fashion-mnist"))
    bar.show_state(session.state)
    assert bar.heightForWidth(bar.width()) == height
    assert "Fashion-MNIST<br>test" in bar.accuracy.text()
