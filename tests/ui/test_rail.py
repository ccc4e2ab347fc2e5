"""The column of pages and the digit: everything in sight, and nothing cut off."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from nnviz.ui.app import actions, page_stack, rail
from nnviz.ui.app.application import SMALLEST
from nnviz.ui.app.pages import PAGES
from nnviz.ui.pages.page import PageKind
from tests.ui.conftest import Show
from tests.ui.study_window import worked_out


@pytest.mark.parametrize("film", [False, True])
def test_pages_and_digit_fit_beside_a_film(show: Show, film: bool) -> None:
    opened = show(trained=True)
    opened.window.show_film(film)
    rail = opened.window.parts.rail
    opened.bot.waitUntil(lambda: rail.verticalScrollBar().maximum() == 0)
    assert rail.card.picture.side >= opened.window.theme.px(50)


def with_more(monkeypatch: pytest.MonkeyPatch, more: int) -> tuple[PageKind, ...]:
    """The window has so many pages more, with titles as long as the longest."""
    made = tuple(
        replace(PAGES[number], id=f"more-{number}", title="Elimination") for number in range(more)
    )
    pages = PAGES + made
    for module in (rail, actions):
        monkeypatch.setattr(module, "PAGES", pages)
    monkeypatch.setattr(page_stack, "KINDS", {page.id: page for page in pages})
    return pages


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
@pytest.mark.parametrize(("more", "scale"), [(0, 1.5), (1, 1.0), (1, 1.5)])
def test_there_is_room_for_more_pages(
    show: Show, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], scale: float, more: int
) -> None:
    pages = with_more(monkeypatch, more)
    opened = show(trained=True, scale=scale, size=size)
    window = opened.window
    window.show_film(True)
    area = window.parts.rail
    if scale == 1:
        opened.bot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    names = area.findChildren(QPushButton)[: len(pages)]
    assert [name.objectName() for name in names] == [f"page-{page.id}" for page in pages]
    room = area.viewport().rect()
    opened.bot.waitUntil(lambda: all(room.contains(name.geometry()) for name in names))
    assert all(name.width() >= name.sizeHint().width() for name in names)
    assert all(name.font().pixelSize() >= window.theme.px(20) // 1.5 for name in names)
    assert (window.width(), window.height()) == size


def test_each_of_more_pages_has_a_key(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = with_more(monkeypatch, 1)
    opened = show(trained=True)
    for number, page in enumerate(pages, start=1):
        opened.bot.keyClick(opened.window, str(number), Qt.KeyboardModifier.ControlModifier)
        assert opened.session.state.page == page.id
    worked_out(opened)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nine_pages_need_no_larger_window(
    show: Show, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    with_more(monkeypatch, 1)
    window = show(trained=True, scale=scale, size=SMALLEST).window
    window.show_film(True)
    assert (window.width(), window.height()) == SMALLEST
    assert window.minimumSizeHint().height() <= SMALLEST[1]


def test_the_list_is_as_large_as_there_is_room_for(show: Show) -> None:
    opened = show(trained=True, scale=1.5, size=(1280, 720))
    area, window = opened.window.parts.rail, opened.window
    low = area.findChild(QPushButton).height()
    window.resize(1280, 1100)
    opened.bot.waitUntil(lambda: area.findChild(QPushButton).height() > 1.2 * low)
    window.resize(1280, 720)
    opened.bot.waitUntil(lambda: area.findChild(QPushButton).height() <= low + 1)
    assert area.card.width() <= area.viewport().width()
