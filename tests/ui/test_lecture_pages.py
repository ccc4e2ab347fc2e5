"""Lecture mode and large type on the pages about one digit: what is needed stays in sight."""

import pytest
from PySide6.QtCore import Qt

from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.steps import StepGrid
from nnviz.ui.pages.conclusion import ASKING, Conclusion
from tests.ui.conftest import Show


def test_a_step_in_the_dark_first_shows_the_picture_again(show: Show) -> None:
    opened = show(trained=True)
    window = opened.window
    window.parts.lecture.enter(full_screen=False)
    opened.bot.keyClick(window, Qt.Key.Key_B)
    assert window.parts.lecture.blank.isVisible()
    window.step_page(1)
    assert not window.parts.lecture.blank.isVisible()
    assert opened.session.state.image == 0
    window.step_page(1)
    assert opened.session.state.image == 1


@pytest.mark.parametrize("page", ["votes", "elimination"])
def test_the_buttons_of_steps_stay_in_sight_in_large_type(show: Show, page: str) -> None:
    opened = show(trained=True, scale=1.5)
    opened.session.change(page=page)
    window, shown = opened.window, opened.window.page
    opened.bot.waitUntil(lambda: shown.height() <= window.parts.stack.height())
    for part in (shown.player.play, shown.player.on):
        corner = part.mapTo(window.parts.stack, part.rect().bottomRight())
        assert window.parts.stack.rect().contains(corner)


def test_the_step_on_screen_is_scrolled_into_sight(show: Show) -> None:
    opened = show(trained=True, scale=1.5)
    opened.session.change(page="elimination", step=1)
    table = opened.window.page.findChild(StepGrid, "elimination-table")
    area = opened.window.page.findChild(Scrolled)
    opened.bot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    for step in (9, 1):
        opened.session.change(step=step)
        place = table.places.line(step)
        for corner in (place.topLeft(), place.bottomRight()):
            at = table.mapTo(area.viewport(), corner.toPoint())
            assert 0 <= at.y() <= area.viewport().height()


def test_what_a_page_concludes_stands_in_one_place_in_sight_and_never_moves(show: Show) -> None:
    opened = show(trained=True, size=(1024, 768))
    window, stack = opened.window, opened.window.parts.stack
    for page in ("votes", "elimination", "detectors", "designs"):
        if page == "designs":
            opened.load_all()
        opened.session.change(page=page)
        opened.bot.waitUntil(lambda: window.page.height() <= stack.height())
        line = window.page.findChild(Conclusion)
        before = line.geometry()
        opened.ticks_until(lambda line=line: line.text not in ("", ASKING))
        assert line.geometry() == before
        assert stack.rect().contains(line.mapTo(stack, line.rect().bottomRight()))
    window.parts.lecture.enter(full_screen=False)
    assert line.isVisible()
