"""Lists stay where they are: on the way through lecture mode, and when one comes back to them."""

from collections.abc import Hashable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.app.lecture.keeping import Scrolled
from nnviz.ui.app.window import Window
from nnviz.ui.detectors.one_neuron import OneNeuron
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.mistakes.one_digit import OneDigit
from tests.ui.conftest import Opened, Show
from tests.ui.mistakes_window import look

DESK = (1920, 1080)
"""As large as the screen of the tests."""


def places(window: Window) -> dict[Hashable, object]:
    """Where everything lies, and how far what scrolls is scrolled."""
    shown = [part for part in window.findChildren(QWidget) if part.isVisible()]
    bars = [part for part in shown if isinstance(part, QScrollBar)]
    grids = [part for part in shown if isinstance(part, DigitGrid)]
    return (
        {part: part.geometry() for part in shown}
        | {(part, "scrolled"): (part.value(), part.maximum()) for part in bars}
        | {(part, "columns"): part.columns for part in grids}
    )


def settled(opened: Opened) -> dict[Hashable, object]:
    """The places, once nothing moves any more."""
    last: list[dict[Hashable, object]] = [{}]
    alike = [0]

    def rests() -> bool:
        QApplication.processEvents()
        now = places(opened.window)
        still = now == last[0] and opened.window.parts.body.updatesEnabled()
        alike[0], last[0] = alike[0] + 1 if still else 0, now
        return alike[0] > 3  # one layout may ask for another

    opened.bot.waitUntil(rests)
    return last[0]


def scroll(window: Window) -> list[QScrollBar]:
    """Scrolls all that can be scrolled two thirds of the way; -> those."""
    bars = [bar for bar in window.findChildren(QScrollBar) if bar.isVisible() and bar.maximum()]
    for bar in bars:
        bar.setValue(2 * bar.maximum() // 3)
    return bars


def list_all(opened: Opened) -> None:
    """All test digits behind the confusion matrix."""
    listing = opened.session.state.mistakes.listing
    opened.session.choose("mistakes", listing=replace(listing, kind="all"))


@pytest.mark.parametrize("size", [(1280, 720), DESK])
def test_esc_from_lecture_mode_returns_to_where_one_was(show: Show, size: tuple[int, int]) -> None:
    opened, _ = look(show, size=size)
    session, window = opened.session, opened.window
    list_all(opened)
    session.designs.choose("one-vs-rest")
    session.choose("detectors", all_members=True)
    for page in ("mistakes", "detectors"):
        session.change(page=page)
        window.show_settings(page == "mistakes")  # which scroll, too
        settled(opened)
        assert scroll(window)
        before = places(window)
        window.activateWindow()  # which the offscreen platform does not do by itself
        opened.bot.waitUntil(window.isActiveWindow)
        opened.bot.keyClick(window, Qt.Key.Key_F5)
        opened.bot.waitUntil(window.isFullScreen)
        assert settled(opened) != before
        opened.bot.keyClick(window, Qt.Key.Key_Escape)
        opened.bot.waitUntil(lambda: not window.isFullScreen())
        after = settled(opened)
        assert {part: after.get(part) for part in before} == before


def in_sight(grid: DigitGrid, image: int) -> bool:
    """Whether all of a digit can be seen in the list."""
    tile = grid.tile_of(image)
    return tile is not None and grid.viewport().rect().contains(grid.tile_place(tile).toRect())


def test_the_digit_chosen_is_in_sight_after_esc_from_one_digit(show: Show) -> None:
    opened, view = look(show, size=(1024, 768))
    list_all(opened)
    session, window, grid = opened.session, opened.window, view.grid
    bar = grid.verticalScrollBar()
    for walked, away in ((0, bar.maximum()), (150, 0), (0, bar.maximum())):
        bar.setValue(away)  # the list is left while the digit is out of sight
        window.page.choose_view(OneDigit.id)
        for _ in range(walked):
            window.page.step(1)
        window.resize(1280 if walked else 1024, 720)
        opened.bot.keyClick(window, Qt.Key.Key_Escape)
        assert window.page.view is view
        opened.bot.waitUntil(lambda: in_sight(grid, session.state.image))


def test_the_neuron_chosen_is_in_sight_after_esc_from_one_neuron(show: Show) -> None:
    opened = show(trained=True)
    session, window = opened.session, opened.window
    session.designs.choose("one-vs-rest")
    session.choose("detectors", all_members=True)
    session.change(page="detectors", neuron=3, member=0)
    window.page.choose_view("all")
    mosaic = window.page.shown["all"].mosaic
    mosaic.bar.setValue(mosaic.bar.maximum())
    window.page.choose_view(OneNeuron.id)
    opened.bot.keyClick(window, Qt.Key.Key_Escape)
    tile = mosaic.view.selected
    opened.bot.waitUntil(lambda: mosaic.inside.contains(mosaic.place(tile)))


def test_a_page_of_one_size_has_one_layout(show: Show) -> None:
    opened, _ = look(show, size=(800, 560), scale=1.5)
    window = opened.window
    window.show_settings(True)
    before = settled(opened)
    window.resize(1800, 560)
    assert settled(opened) != before
    window.resize(800, 560)
    after = settled(opened)
    assert {part: after.get(part) for part in before} == before


def test_what_gets_its_room_back_late_is_scrolled_as_before_until_a_hand_scrolls(
    application: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = QScrollBar(window)
    bar.setRange(0, 1000)
    bar.setValue(500)
    scrolled = Scrolled(window)
    scrolled.keep()
    bar.setRange(0, 100)
    scrolled.bring_back()
    assert bar.value() == 100
    for room in (200, 1000):  # as one layout after the other
        bar.setRange(0, room)
        qtbot.waitUntil(lambda room=room: bar.value() == min(room, 500))
    assert scrolled.returning
    bar.triggerAction(QScrollBar.SliderAction.SliderToMaximum)
    assert not scrolled.returning
    bar.setRange(0, 2000)
    QApplication.processEvents()
    assert bar.value() == 1000
