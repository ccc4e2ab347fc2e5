"""The other views of the Elimination page: the tree, all digits, savings, and the pair in each."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication

from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.lectures.line import looked_at
from nnviz.lectures.looking import look
from nnviz.questions.elimination import Saving, SurveyDepartures, SurveySavings
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.app.still import StillEngine
from nnviz.ui.elimination.boughs import SIGN
from nnviz.ui.elimination.departures import DeparturesOfAll
from nnviz.ui.elimination.path import walked
from nnviz.ui.elimination.savings import SavingsOfVariants, table_of
from nnviz.ui.elimination.savings_figure import strikes
from nnviz.ui.elimination.savings_words import savings_heading
from nnviz.ui.elimination.tree import TreeOfWalks
from nnviz.ui.elimination.words import (
    choice_of_variant,
    departures_heading,
    fate_of_pair,
    probability,
    variant_in_short,
)
from nnviz.verdicts.answers import Options
from nnviz.verdicts.work_per_answer import Taken
from nnviz.words import percent
from tests.ui.conftest import MISREAD, Show
from tests.ui.elimination_window import click_step, page_of, steps_of, view_of, walk_of
from tests.ui.votes_window import click_cell

# ---- the tree ------------------------------------------------------------------------------


def test_the_tree_counts_heads_and_leads_into_branches(look: Show) -> None:
    opened = look()
    view = view_of(opened, TreeOfWalks)
    tree = view.tree.view.steps
    assert view.headline.text.startswith("Of 2¹⁰ = 1,024 sets 1,013 need a head; 9 are asked.")
    heads = [int(level.heads.split()[-1]) for level in tree.levels]
    assert (heads, sum(heads)) == ([1, 10, 45, 120, 210, 252, 210, 120, 45], 1013)
    assert tree.levels[8].ghosts == {6: 8}
    places = view.tree.places
    assert [places.on_way(row).width() for row in (1, 5, 9)] == pytest.approx(
        [10 * places.unit * SIGN, 6 * places.unit * SIGN, 2 * places.unit * SIGN]
    )
    opened.click(view.tree, view.tree.region((9, 6)).place)
    assert opened.session.state.elimination.branch == ((9, 6),)
    assert (view.tree.view.steps.end, view.tree.view.steps.usual_end) == (8, 6)


def test_one_click_on_a_ghost_of_the_tree_follows_it_and_one_more_returns(look: Show) -> None:
    opened = look()
    grid, session = view_of(opened, TreeOfWalks).tree, opened.session
    levels = grid.view.steps.levels
    ghost = next(iter(levels[2].ghosts))
    opened.click(grid, grid.region((3, ghost)).place)
    assert (session.state.elimination.branch, session.state.step) == (((3, ghost),), 3)
    opened.click(grid, grid.region((3, levels[2].leaving[0])).place)
    assert session.state.elimination.branch == ()
    opened.click(grid, grid.region((1, levels[0].leaving[0])).place)
    assert session.state.step == 1
    assert "→ ?" in grid.view.steps.said(1, levels[0].in_play[-1])  # the end is still to come


# ---- all test digits -----------------------------------------------------------------------


def test_all_digits_of_a_class_lead_to_the_digits_behind_a_cell(look: Show) -> None:
    opened = look()
    session, view = opened.session, view_of(opened, DeparturesOfAll)
    opened.ticks_until(lambda: view.table.view is not None)
    left = session.surveys.found(SurveyDepartures).result.walk
    labels = session.state.digits.labels
    np.testing.assert_allclose(view.table.view.steps.shares.sum(axis=1), 1)
    lost = np.flatnonzero((labels == 8) & (left[:, 8] > 0))
    assert view.sheet.view.images == tuple(lost.tolist())
    assert MISREAD in view.sheet.view.images
    assert view.headline.text.endswith("percent of these digits.")
    assert view.behind.text() == f"Label 8, lost: {len(lost)} digits."
    click_step(opened, view.table, 9, 8)
    assert session.state.elimination.departure == (8, 9)
    assert view.table.view.steps.selected == view.table.at == (9, 8)
    behind = np.flatnonzero((labels == 8) & (left[:, 8] == 9)).tolist()
    assert view.sheet.view.images == tuple(behind)
    assert f": {len(behind)} digit" in view.behind.text()
    click_step(opened, view.table, 10, 8)
    kept = int(((labels == 8) & (left[:, 8] == 0)).sum())
    assert view.behind.text() == f"Label 8, 8 is left: {kept} digits, {kept} right."
    click_step(opened, view.table, 9, 8)
    opened.click(view.sheet, view.sheet.place(1))
    assert session.state.image == behind[1]
    opened.bot.keyClick(view.sheet, Qt.Key.Key_Left)
    assert session.state.image == behind[0]
    view.findChild(QAbstractButton, "true-class-3").click()
    assert session.state.label == 3
    assert view.table.view.steps.label == 3
    session.change(reading="duels")
    fought = session.surveys.found(SurveyDepartures).result.duels
    assert view.table.view.steps.shares[3, 9] == np.mean(fought[labels == 3][:, 3] == 0)


def test_steps_in_which_as_many_are_lost_are_both_named() -> None:
    shares = np.zeros((10, 10))
    assert departures_heading("3", 3, shares).startswith("Of all test digits 3, none is lost.")
    shares[3, [6, 8]] = 0.02
    assert "4.0 % are lost, most often in steps 7 and 9." in departures_heading("3", 3, shares)
    shares[3, 1] = 0.03
    assert "7.0 % are lost, most often in step 2." in departures_heading("3", 3, shares)


def struck_through(view: SavingsOfVariants) -> list[str]:
    """The names in the figure that a line goes through."""
    return [
        variant_in_short(options)
        for changed in (False, True)
        for options, place in view.figure.places_of_names(changed).items()
        if any(strikes(line, place) for line in view.figure.lines(changed)[0])
    ]


def test_the_savings_answer_the_question_and_choose_a_variant(look: Show) -> None:
    opened = look()
    session, view = opened.session, view_of(opened, SavingsOfVariants)
    opened.ticks_until(lambda: view.table.view is not None)
    savings = session.surveys.found(SurveySavings).result
    assert f"changes {probability(savings[1].changed)} of the answers" in view.headline.text
    assert len(view.table.view.rows) == 10
    assert view.table.view.rows[1].cells[4].text == "9.0"
    QApplication.processEvents()  # the view takes the room that others had
    places = [view.figure.point(saving, changed=False) for saving in savings]
    order = np.argsort([place.x() for place in places], kind="stable")
    heads = np.argsort([saving.taken.heads for saving in savings], kind="stable")
    assert order.tolist() == heads.tolist()
    for changed in (False, True):
        names = list(view.figure.places_of_names(changed).values())
        assert len(names) == 9
        assert not any(a.intersects(b) for a, b in combinations(names, 2))
    assert not struck_through(view)
    bounds = QRectF(view.figure.rect())
    assert all(bounds.contains(place) for place in places)
    for row in (0, 3):  # the first is no variant
        opened.click(view.table, view.table.row_place(row, view.table.view))
    assert session.state.options == view.table.view.selected == Options(drop=3)
    saved = savings[6].taken.saved(savings[1].taken)
    assert savings[6].options == Options(below=0.1)
    assert view.headline.text.endswith(
        f"saves {percent(saved.heads, 0)} of the heads and {percent(saved.outputs, 0)} of their "
        f"outputs, but only {percent(saved.multiply_adds)} of all multiply-adds."
    )
    shown = [cell.text for cell in view.table.view.rows[6].cells[1:4]]
    assert shown == ["5.2 %", "88 %", "81 %"]
    session.designs.choose("ten-outputs")
    opened.ticks_until(lambda: "No variant ever changes" in view.headline.text)
    assert "No multiply-adds are saved" in view.headline.text
    assert not struck_through(view)  # though all marks lie on one line
    assert {row.cells[1].text for row in view.table.view.rows} == {"0.0 %"}


def test_a_variant_that_is_no_walk_is_said_and_never_the_best() -> None:
    alone, whole = (
        Saving(each, 0.9, 0.1, 0.0, 0.0, Taken(9.0, 3, 9)) for each in (None, Options())
    )
    only = replace(whole, taken=Taken(8.0, 1, 2))
    assert "there is no walk, and nothing to save" in savings_heading((only, only), True)
    assert choice_of_variant(Options(drop=4), 5) == "leave: 4 per step, no walk"
    assert choice_of_variant(Options(drop=3), 5) == "leave: 3 per step"
    both = replace(alone, taken=Taken(8.0, 1, 5)), whole
    rows = table_of(both, whole, Options(), 5, "").rows
    assert [row.cells[0].text for row in rows] == ["4 at once: no walk", "1 per step"]


@pytest.mark.parametrize(
    ("name", "kind"), [("departures", SurveyDepartures), ("savings", SurveySavings)]
)
def test_the_numbers_of_all_digits_follow_a_run(look: Show, name: str, kind: type) -> None:
    opened = look()
    page, session = page_of(opened), opened.session
    session.designs.load("ten-outputs")
    session.controls.set(epochs=0, speed=20)  # at full speed it would measure most of the time
    page.choose_view(name)
    opened.ticks_until(lambda: session.surveys.found(kind) is not None)
    session.runs.run()
    first = session.surveys.found(kind)
    opened.ticks_until(lambda: session.surveys.found(kind) not in (None, first))
    assert session.state.running
    assert f"(at {session.surveys.found(kind).examples:,} digits seen)" in page.view.headline.text


def test_a_picture_can_show_a_walk_of_a_design_that_is_read_otherwise(
    digits: ShownDigits,
) -> None:
    session = make_session(StillEngine(digits), digits)

    def shown(line: str) -> None:
        look(session, looked_at(f"page={line}", KINDS), KINDS)

    walk = "image=5 design=four-bits reading=duels"
    shown(f"elimination {walk} step=4")
    assert (session.state.reading, session.state.step) == ("duels", 4)
    with pytest.raises(Refusal, match="shows no walk"):
        shown("votes drop=2")
    shown("elimination drop=2")
    assert session.state.options == Options(drop=2)
    with pytest.raises(Refusal, match="cannot be read by duels"):
        shown(f"train {walk} step=4")
    with pytest.raises(Refusal, match="between 0 and 9"):
        shown(f"elimination {walk} step=10")


# ---- two classes selected ------------------------------------------------------------------


def test_a_pair_clicked_on_votes_is_marked_in_every_view(look: Show) -> None:
    opened = look()
    opened.session.change(page="votes")
    click_cell(opened, 8, 6)
    opened.session.change(page="elimination")
    assert "8 against 6: 8 leaves first, in step 9." in page_of(opened).fate.text
    table = walk_of(opened).table
    table.tell()
    assert "8 against 6" in table.accessibleDescription()
    assert table.view.pair == (8, 6)
    assert view_of(opened, TreeOfWalks).tree.view.pair == (8, 6)
    departures = view_of(opened, DeparturesOfAll)
    opened.ticks_until(lambda: departures.table.view is not None)
    assert departures.table.view.pair == (8, 6)


def test_only_the_columns_of_the_pair_have_a_frame(look: Show) -> None:
    opened = look()
    table = walk_of(opened).table
    before = table.grab().toImage()
    opened.session.change(pair=(7, 2))
    after = table.grab().toImage()
    framed = QColor(opened.window.theme.colours.text)
    for one in (0, 1, 2, 4, 5, 6, 7, 9):  # 3 and 8 have the right edge of the pair in sight
        left = int(table.places.column(one).left()) - 2
        inked = any(
            after.pixelColor(left, y) == framed != before.pixelColor(left, y)
            for y in range(after.height())
        )
        assert inked == (one in (7, 2))


def test_a_duel_and_the_last_step_select_their_pair(look: Show) -> None:
    opened = look("all-pairs")
    table = walk_of(opened).table
    for row, why in ((9, "the step on screen stays as it is"), (3, "eight are in play there")):
        click_step(opened, table, row, 0)
        assert opened.session.state.pair is None, why
    click_step(opened, table, 9, 0)
    assert opened.session.state.pair == steps_of(opened).steps[8].in_play
    opened.session.change(reading="duels")
    click_step(opened, table, 1, 0)
    assert opened.session.state.pair == (0, 9)


def test_escape_leaves_the_branch_first_and_then_the_pair(look: Show) -> None:
    opened = look()
    session, table = opened.session, walk_of(opened).table
    session.change(pair=(8, 6))
    session.choose("elimination", branch=((9, 6),))
    opened.bot.keyClick(table, Qt.Key.Key_Escape)
    assert (session.state.elimination.branch, session.state.pair) == ((), (8, 6))
    opened.bot.keyClick(table, Qt.Key.Key_Escape)
    assert session.state.pair is None
    assert "against" not in page_of(opened).fate.text
    session.change(pair=(8, 6), page="votes")
    opened.bot.keyClick(opened.window.page, Qt.Key.Key_Escape)
    assert session.state.pair is None


def test_the_pair_in_words(look: Show) -> None:
    opened = look()
    first = walked(opened.session.state).steps[0].leaving[0]
    opened.session.change(pair=(first, 6), step=0)
    assert fate_of_pair(walked(opened.session.state)) == f"{first} against 6: both are in play."
    opened.session.change(step=1)
    said = fate_of_pair(walked(opened.session.state))
    assert said == f"{first} against 6: {first} leaves first, in step 1."


@pytest.mark.parametrize("pair", ["4,10", "12,3"])
def test_a_picture_refuses_classes_that_are_not_there(digits: ShownDigits, pair: str) -> None:
    session = make_session(StillEngine(digits), digits)
    with pytest.raises(Refusal, match="pair must name numbers from 0 to 9"):
        look(session, looked_at(f"page=train pair={pair}", KINDS), KINDS)
