"""From digit to digit of a list, whichever view of the Mistakes page shows them."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from nnviz.questions.listing import Listing
from nnviz.questions.reliability import Trust
from nnviz.ui.mistakes.disagree import Disagree
from nnviz.ui.mistakes.one_digit import OneDigit
from nnviz.ui.mistakes.unsure import Unsure
from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened
from tests.ui.mistakes_window import (
    Show,
    listed_in,
    look,
    looked_at,
    tile_point,
    tiles,
    view_of,
)

Key = Qt.Key
OTHERS = pytest.mark.parametrize("kind", [Disagree, Unsure])


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
    buttons, tile = Qt.MouseButton, tile_point(view, 3)
    opened.bot.mouseDClick(view.grid.viewport(), buttons.RightButton, pos=tile)
    assert shown(opened) is view
    opened.bot.mouseDClick(view.grid.viewport(), buttons.LeftButton, pos=tile)
    assert isinstance(shown(opened), OneDigit)


@OTHERS
def test_the_lists_of_other_views_are_walked_as_well(
    show: Show, kind: type[Disagree | Unsure]
) -> None:
    opened, view = looked_at(show, kind)
    listed, session = listed_in(view.digits.grid), opened.session
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
    session, listed = opened.session, tiles(view)
    other = int(np.setdiff1d(np.arange(100, 1000), listed)[0])
    session.change(image=listed[3])
    opened.bot.keyClicks(view.grid, str(other))
    said = f"Digit {other} is not among the {len(listed)} listed."
    opened.bot.waitUntil(
        lambda: session.state.notice is not None and session.state.notice.sentence == said
    )
    assert session.state.image == listed[3]
    session.change(image=other)
    place = view_of(opened, OneDigit).place
    assert place.text() == f"digit {other}, not among the {len(listed)} listed"


def test_space_ticks_in_the_grid_and_starts_no_run(show: Show) -> None:
    opened, view = look(show)
    listed, session = tiles(view), opened.session
    opened.bot.keyClick(view.grid, Key.Key_Home)
    for ticked in ({listed[0]}, set()):
        opened.bot.keyClick(view.grid, Key.Key_Space)
        assert session.state.mistakes.ticked == ticked
    session.choose("mistakes", listing=Listing(label=1, answer=9))
    assert not tiles(view)
    opened.bot.keyClick(view.grid, Key.Key_Space)
    assert not session.state.running


def test_another_list_begins_at_its_top(show: Show) -> None:
    opened, view = looked_at(show, Unsure)
    bar = view.digits.grid.verticalScrollBar()

    def lists(threshold: float, which: str) -> None:
        opened.session.choose("mistakes", trust=Trust(threshold=threshold, listed=which))

    lists(0.99, "refused")
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    lists(0.96, "refused")
    assert bar.value() > 0  # the same list, a little shorter
    lists(0.96, "kept")
    lists(0.96, "refused")
    assert bar.maximum() > 0
    assert bar.value() == 0


@OTHERS
def test_the_lists_of_other_views_can_be_saved(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Disagree | Unsure]
) -> None:
    opened, view = looked_at(show, kind)
    listed, export = listed_in(view.digits.grid), opened.window.parts.digits_export
    assert view.digits.save.text() == f"Save {len(listed)} listed…"
    path = tmp_path / "digits.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    opened.click(view.digits.save)
    opened.bot.waitUntil(lambda: not export.running)
    with path.open(newline="", encoding="utf-8") as file:
        assert [int(row["index"]) for row in csv.DictReader(file)] == listed
    export.save(tmp_path / "digits.png", False)
    opened.bot.waitUntil(lambda: not export.running)
    assert (tmp_path / "digits.png").is_file()
