"""The column of pages and the digit: everything in sight, and nothing cut off."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Opened

Show = Callable[..., Opened]


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
