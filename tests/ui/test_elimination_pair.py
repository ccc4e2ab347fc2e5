"""Two classes selected anywhere are marked on the Elimination page, and selected there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from nnviz.data.digits import bundled_digits
from nnviz.networks.settings import SettingError
from nnviz.ui.app.still import Picture, draw
from nnviz.ui.elimination.departures import DeparturesOfAll
from nnviz.ui.elimination.path import walked
from nnviz.ui.elimination.tree import TreeOfWalks
from nnviz.ui.elimination.words import fate_of_pair
from tests.ui.conftest import Opened
from tests.ui.elimination_window import click, page_of, walk_of
from tests.ui.votes_window import click_cell

Show = Callable[..., Opened]


def test_a_pair_clicked_on_votes_is_marked_in_every_view(look: Show) -> None:
    opened = look()
    opened.session.change(page="votes")
    click_cell(opened, 8, 6)
    opened.session.change(page="elimination")
    page = page_of(opened)
    assert "8 against 6: 8 leaves first, in step 9." in page.fate.text
    assert "8 against 6" in walk_of(opened).table.accessibleDescription()
    for name, view in page.shown.items():
        page.choose_view(name)
        if isinstance(view, TreeOfWalks):
            assert view.tree.pair == (8, 6)
        elif isinstance(view, DeparturesOfAll):
            assert view.table.pair == (8, 6)
    assert walk_of(opened).table.pair == (8, 6)


def test_only_the_columns_of_the_pair_have_a_frame(look: Show) -> None:
    opened = look()
    table = walk_of(opened).table
    before = table.grab().toImage()
    opened.session.change(pair=(7, 2))
    after = table.grab().toImage()
    assert before != after
    framed = QColor(opened.window.theme.colours.text)
    for one in (0, 1, 2, 4, 5, 6, 7, 9):  # 3 and 8 have the right edge of the pair in sight
        left = int(table.column_place(one).left()) - 2
        inked = any(
            after.pixelColor(left, y) == framed != before.pixelColor(left, y)
            for y in range(after.height())
        )
        assert inked == (one in (7, 2))


def test_a_duel_and_the_last_step_select_their_pair(look: Show) -> None:
    opened = look("all-pairs")
    table = walk_of(opened).table
    click(opened, table, table.cell(9, 0))
    assert opened.session.state.pair is None, "the step on screen stays as it is"
    click(opened, table, table.cell(3, 0))
    assert opened.session.state.pair is None, "eight are in play there"
    click(opened, table, table.cell(9, 0))
    last = walk_of(opened).table.view
    assert last is not None
    assert opened.session.state.pair == last.steps[8].in_play
    opened.session.change(reading="duels")
    click(opened, table, table.cell(1, 0))
    assert opened.session.state.pair == (0, 9)


def test_escape_leaves_the_branch_first_and_then_the_pair(look: Show) -> None:
    opened = look()
    opened.session.change(pair=(8, 6))
    opened.session.choose("elimination", branch=((9, 6),))
    table = walk_of(opened).table
    opened.bot.keyClick(table, Qt.Key.Key_Escape)
    assert (opened.session.state.elimination.branch, opened.session.state.pair) == ((), (8, 6))
    opened.bot.keyClick(table, Qt.Key.Key_Escape)
    assert opened.session.state.pair is None
    assert "against" not in page_of(opened).fate.text
    opened.session.change(pair=(8, 6), page="votes")
    opened.bot.keyClick(opened.window.page, Qt.Key.Key_Escape)
    assert opened.session.state.pair is None


def test_the_pair_in_words(look: Show) -> None:
    opened = look()
    first = walked(opened.session.state).steps[0].leaving[0]
    opened.session.change(pair=(first, 6), step=0)
    assert fate_of_pair(walked(opened.session.state)) == f"{first} against 6: both are in play."
    opened.session.change(step=1)
    said = fate_of_pair(walked(opened.session.state))
    assert said == f"{first} against 6: {first} leaves first, in step 1."


@pytest.mark.parametrize("pair", [(4, 10), (12, 3)])
def test_a_picture_refuses_classes_that_are_not_there(
    pair: tuple[int, int], tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match="--pair must name two classes from 0 to 9"):
        draw(Picture(tmp_path / "x.png", pair=pair), bundled_digits())
