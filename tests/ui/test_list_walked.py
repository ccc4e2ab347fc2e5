"""From digit to digit of a list, whichever view of the Mistakes page shows them."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from nnviz.questions.listing import Listing
from nnviz.questions.reliability import Trust
from nnviz.ui.mistakes.one_digit import OneDigit
from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened
from tests.ui.mistakes_window import Show, look, tile_point, tiles

Key = Qt.Key


def shown(opened: Opened) -> object:
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    return page.view


def test_page_keys_walk_the_list_on_one_digit(show: Show) -> None:
    opened, view = look(show)
    opened.session.choose("mistakes", listing=Listing(order="confidence"))
    listed, session = tiles(view), opened.session
    opened.bot.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=tile_point(view, 2))
    opened.bot.keyClick(view.grid, Key.Key_Return)
    one = shown(opened)
    assert isinstance(one, OneDigit)
    assert one.place.text() == f"digit {listed[2]}, 3 of {len(listed)} listed"
    for direction, expected in ((1, 3), (1, 4), (-1, 3), (-1, 2), (-1, 1), (-1, 0), (-1, -1)):
        opened.window.step_page(direction)
        assert session.state.image == listed[expected]
    assert one.place.text().endswith(f", {len(listed)} of {len(listed)} listed")
    opened.bot.keyClick(one.answers, Key.Key_Escape)
    assert shown(opened) is view
    opened.window.step_page(1)
    assert session.state.image == listed[0]


def test_a_double_click_opens_one_digit(show: Show) -> None:
    opened, view = look(show)
    opened.bot.mouseDClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=tile_point(view, 3))
    assert isinstance(shown(opened), OneDigit)


@pytest.mark.parametrize("name", ["disagree", "unsure"])
def test_the_lists_of_other_views_are_walked_as_well(show: Show, name: str) -> None:
    opened, _ = look(show)
    session, page = opened.session, opened.window.page
    page.choose_view(name)
    view = page.view  # type: ignore[attr-defined]
    listed = view.digits.grid.view.images.tolist()
    assert len(listed) > 1
    opened.window.step_page(1)
    assert session.state.image == listed[0]
    opened.bot.keyClick(view.digits.grid, Key.Key_Return)
    one = shown(opened)
    assert isinstance(one, OneDigit)
    opened.window.step_page(1)
    assert session.state.image == listed[1]
    assert one.place.text() == f"digit {listed[1]}, 2 of {len(listed)} listed"


def test_a_digit_that_is_not_listed_is_said_to_be_none_of_them(show: Show) -> None:
    opened, view = look(show)
    listed, page = tiles(view), opened.window.page
    other = int(np.setdiff1d(np.arange(1000), listed)[0])
    opened.session.change(image=other)
    page.choose_view("digit")
    place = page.view.place  # type: ignore[attr-defined]
    assert place.text() == f"digit {other}, not among the {len(listed)} listed"


def test_space_ticks_in_the_grid_and_starts_no_run(show: Show) -> None:
    opened, view = look(show)
    listed, session = tiles(view), opened.session
    opened.bot.keyClick(view.grid, Key.Key_Home)
    opened.bot.keyClick(view.grid, Key.Key_Space)
    assert session.state.mistakes.ticked == {listed[0]}
    opened.bot.keyClick(view.grid, Key.Key_Space)
    assert not session.state.mistakes.ticked
    session.choose("mistakes", listing=Listing(label=1, answer=9))
    assert not tiles(view)
    opened.bot.keyClick(view.grid, Key.Key_Space)
    assert not session.state.running


def test_a_number_that_is_not_listed_is_said_to_be_none_of_them(show: Show) -> None:
    opened, view = look(show)
    listed, session = tiles(view), opened.session
    session.change(image=listed[3])
    other = int(np.setdiff1d(np.arange(100, 1000), listed)[0])
    opened.bot.keyClicks(view.grid, str(other))
    said = f"Digit {other} is not among the {len(listed)} listed."
    opened.bot.waitUntil(
        lambda: session.state.notice is not None and session.state.notice.sentence == said
    )
    assert session.state.image in listed


def test_another_list_begins_at_its_top(show: Show) -> None:
    opened, _ = look(show)
    session = opened.session
    opened.window.page.choose_view("unsure")
    view = opened.window.page.view  # type: ignore[attr-defined]
    bar = view.digits.grid.verticalScrollBar()
    session.choose("mistakes", trust=Trust(threshold=0.99, listed="refused"))
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    session.choose("mistakes", trust=Trust(threshold=0.98, listed="refused"))
    assert bar.value() > 0  # the same list, a little shorter
    session.choose("mistakes", trust=Trust(threshold=0.98, listed="kept"))
    session.choose("mistakes", trust=Trust(threshold=0.98, listed="refused"))
    assert bar.maximum() > 0
    assert bar.value() == 0


@pytest.mark.parametrize("name", ["disagree", "unsure"])
def test_the_lists_of_other_views_can_be_saved(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    opened, _ = look(show)
    opened.window.page.choose_view(name)
    view = opened.window.page.view  # type: ignore[attr-defined]
    listed = view.digits.grid.view.images.tolist()
    assert view.digits.save.text() == f"Save {len(listed)} listed…"
    path = tmp_path / "digits.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    opened.bot.mouseClick(view.digits.save, Qt.MouseButton.LeftButton)
    opened.bot.waitUntil(lambda: not opened.window.parts.digits_export.running)
    with path.open(newline="", encoding="utf-8") as file:
        assert [int(row["index"]) for row in csv.DictReader(file)] == listed
    opened.window.parts.digits_export.save(tmp_path / "digits.png", False)
    opened.bot.waitUntil(lambda: not opened.window.parts.digits_export.running)
    assert (tmp_path / "digits.png").is_file()
