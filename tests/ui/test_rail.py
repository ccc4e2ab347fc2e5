"""The column of pages and the digit: everything in sight, and nothing cut off."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from nnviz.ui.app import actions, page_stack, rail
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.sizes import SMALLEST
from nnviz.ui.pages.page import Page, PageKind
from tests.ui.conftest import Opened

Show = Callable[..., Opened]
SIZES = [(1280, 720), (1024, 768)]


@pytest.fixture
def nine(monkeypatch: pytest.MonkeyPatch) -> tuple[PageKind, ...]:
    """Nine pages: those that there are, and more with titles as long as the longest."""
    more = [PageKind(f"more-{number}", "Elimination", "What else?", Page) for number in (8, 9)]
    pages = (*PAGES, *more)[:9]
    for module in (actions, rail):
        monkeypatch.setattr(module, "PAGES", pages)
    monkeypatch.setattr(page_stack, "KINDS", {page.id: page for page in pages})
    return pages


def entries(opened: Opened) -> list[QPushButton]:
    return opened.window.parts.rail.entries


def in_sight(opened: Opened, entry: QPushButton) -> bool:
    """Whether the whole of an entry can be seen."""
    column = opened.window.parts.rail.viewport()
    place = QRect(entry.mapTo(column, QPoint()), entry.size())
    return column.rect().contains(place)


def settled(opened: Opened) -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("film", [False, True])
def test_pages_and_digit_fit_beside_a_film(show: Show, film: bool) -> None:
    opened = show(trained=True)
    opened.window.show_film(film)
    rail = opened.window.parts.rail
    opened.bot.waitUntil(lambda: rail.verticalScrollBar().maximum() == 0)
    assert rail.card.picture.side >= opened.window.theme.px(50)


def test_a_scroll_bar_takes_no_room_from_the_digit(show: Show) -> None:
    opened = show(trained=True, scale=1.5)
    rail = opened.window.parts.rail
    opened.bot.waitUntil(lambda: rail.verticalScrollBar().maximum() > 0)
    opened.bot.waitUntil(lambda: rail.widget().width() <= rail.viewport().width())
    assert rail.card.width() <= rail.viewport().width()


@pytest.mark.parametrize("size", SIZES)
def test_nine_pages_and_the_digit_fit_beside_a_film(
    show: Show, nine: tuple[PageKind, ...], size: tuple[int, int]
) -> None:
    opened = show(trained=True, size=size)
    opened.window.show_film(True)
    rail = opened.window.parts.rail
    opened.bot.waitUntil(lambda: rail.verticalScrollBar().maximum() == 0)
    settled(opened)
    assert len(entries(opened)) == len(nine) == 9
    for one, next_one in zip(entries(opened), entries(opened)[1:], strict=False):
        assert in_sight(opened, one)
        assert one.geometry().bottom() < next_one.y()
        assert one.height() >= one.fontMetrics().height()
    assert rail.card.picture.side >= opened.window.theme.px(50)


@pytest.mark.parametrize("size", SIZES)
def test_at_150_percent_every_page_is_reached(
    show: Show, nine: tuple[PageKind, ...], size: tuple[int, int]
) -> None:
    opened = show(trained=True, size=size, scale=1.5)
    window, session = opened.window, opened.session
    window.show_film(True)
    settled(opened)
    assert (window.width(), window.height()) == size
    for number, page in enumerate(nine, start=1):
        key = Qt.Key(Qt.Key.Key_0 + number)
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        settled(opened)
        assert session.state.page == page.id
        assert in_sight(opened, entries(opened)[number - 1])
    for entry in entries(opened):  # by keys
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        settled(opened)
        assert in_sight(opened, entry)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nine_pages_need_no_larger_window(
    show: Show, nine: tuple[PageKind, ...], scale: float
) -> None:
    opened = show(size=SMALLEST, scale=scale)
    opened.window.show_film(True)
    settled(opened)
    assert (opened.window.width(), opened.window.height()) == SMALLEST
    assert opened.window.parts.rail.minimumSizeHint().height() < SMALLEST[1] / 2


def test_a_page_more_stands_in_the_menu_with_its_key(
    show: Show, nine: tuple[PageKind, ...]
) -> None:
    opened = show()
    for number, page in enumerate(nine, start=1):
        shortcuts = [
            key.toString()
            for action in opened.window.actions()
            if action.text() == page.title
            for key in action.shortcuts()
        ]
        assert f"Ctrl+{number}" in shortcuts
