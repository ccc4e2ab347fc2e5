"""All test digits on the Elimination page: departures, and what variants save."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from nnviz.errors import Refusal
from nnviz.questions.elimination import SurveyDepartures, SurveySavings
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.still import Picture, StillEngine, _look_at
from nnviz.ui.elimination.departures import DeparturesOfAll, _headline
from nnviz.ui.elimination.page import EliminationPage
from nnviz.ui.elimination.savings import SavingsOfVariants
from nnviz.ui.elimination.words import percent
from nnviz.verdicts.answers import Options
from tests.ui.conftest import Opened

MISREAD = 35
"""An 8 that the shipped elimination network takes for a 6."""


@pytest.fixture
def opened(show) -> Opened:
    """The page on the misread digit."""
    made = show(trained=True)
    made.session.designs.choose("elimination")
    made.session.change(image=MISREAD, page="elimination")
    return made


def page_of(opened: Opened) -> EliminationPage:
    page = opened.window.page
    assert isinstance(page, EliminationPage)
    return page


def click(opened: Opened, widget: QWidget, place: QRectF) -> None:
    middle = place.center().toPoint()
    opened.bot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)


def test_all_digits_of_a_class_lead_to_the_digits_behind_a_cell(opened):
    page, session = page_of(opened), opened.session
    page.choose_view("departures")
    view = page.shown["departures"]
    assert isinstance(view, DeparturesOfAll)
    opened.ticks_until(lambda: view.table.view is not None)
    left = session.surveys.found(SurveyDepartures).result.walk
    labels = session.state.digits.labels
    np.testing.assert_allclose(view.table.view.shares.sum(axis=1), 1)
    lost = np.flatnonzero((labels == 8) & (left[:, 8] > 0))
    assert view.sheet.images == lost.tolist()
    assert MISREAD in view.sheet.images
    click(opened, view.table, view.table.cell(9, 8))
    assert session.state.elimination.departure == (8, 9)
    behind = np.flatnonzero((labels == 8) & (left[:, 8] == 9)).tolist()
    assert view.sheet.images == behind
    assert f": {len(behind)} digit" in view.behind.text()
    click(opened, view.sheet, view.sheet.place(1))
    assert session.state.image == behind[1]
    opened.bot.keyClick(view.sheet, Qt.Key.Key_Left)
    assert session.state.image == behind[0]
    view.findChild(QAbstractButton, "true-class-3").click()
    assert session.state.label == 3
    assert view.table.view.label == 3
    session.change(reading="duels")
    fought = session.surveys.found(SurveyDepartures).result.duels
    shares = view.table.view.shares
    threes = fought[labels == 3]
    assert shares[3, 9] == np.mean(threes[:, 3] == 0)


def test_the_savings_answer_the_question_and_choose_a_variant(opened):
    page, session = page_of(opened), opened.session
    page.choose_view("savings")
    view = page.shown["savings"]
    assert isinstance(view, SavingsOfVariants)
    opened.ticks_until(lambda: view.table.rowCount() == 10)
    savings = session.surveys.found(SurveySavings).result
    assert f"changes {percent(savings[1].changed)} of the answers" in view.headline.text
    assert view.table.item(1, 1).text() == "9.0"
    places = [view.figure.point(saving, changed=False) for saving in savings]
    heads = [saving.heads for saving in savings]
    assert np.argsort([place.x() for place in places], kind="stable").tolist() == (
        np.argsort(heads, kind="stable").tolist()
    )
    for changed in (False, True):
        names = list(view.figure.places_of_names(changed).values())
        assert len(names) == 9
        assert not any(a.intersects(b) for a, b in combinations(names, 2))
    bounds = QRectF(view.figure.rect())
    assert all(bounds.contains(place) for place in places)
    view.table.selectRow(3)
    assert session.state.options == Options(drop=3)
    session.designs.choose("ten-outputs")
    opened.ticks_until(lambda: "No variant ever changes" in view.headline.text)


def test_a_picture_can_show_a_walk_of_a_design_that_is_read_otherwise(digits, tmp_path):
    session = make_session(StillEngine(digits), digits)
    wanted = Picture(tmp_path / "walk.png", image=5, design="four-bits", reading="duels", step=4)
    _look_at(session, replace(wanted, page="elimination"))
    assert (session.state.reading, session.state.step) == ("duels", 4)
    with pytest.raises(Refusal, match="shows no walk"):
        _look_at(session, Picture(out=tmp_path / "x.png", page="votes", options=Options(drop=2)))
    _look_at(session, Picture(out=tmp_path / "x.png", page="elimination", options=Options(drop=2)))
    assert session.state.options == Options(drop=2)
    with pytest.raises(Refusal, match="cannot be read by duels"):
        _look_at(session, replace(wanted, page="train"))
    with pytest.raises(Refusal, match="between 0 and 9"):
        _look_at(session, replace(wanted, page="elimination", step=10))


@pytest.mark.parametrize(
    ("name", "kind"), [("departures", SurveyDepartures), ("savings", SurveySavings)]
)
def test_the_numbers_of_all_digits_follow_a_run(opened, name, kind):
    page, session = page_of(opened), opened.session
    session.designs.load("ten-outputs")
    session.controls.set(epochs=0)
    page.choose_view(name)
    opened.ticks_until(lambda: session.surveys.found(kind) is not None)
    session.runs.run()
    first = session.surveys.found(kind)
    opened.ticks_until(lambda: session.surveys.found(kind) not in (None, first))
    second = session.surveys.found(kind)
    opened.ticks_until(lambda: session.surveys.found(kind) is not second)
    assert session.state.running
    assert f"(at {session.surveys.found(kind).examples:,} digits seen)" in page.view.headline.text


def test_a_click_selects_one_cell_and_leaves_the_cursor_there(opened):
    page = page_of(opened)
    page.choose_view("departures")
    view = page.shown["departures"]
    opened.ticks_until(lambda: view.table.view is not None)
    assert view.headline.text.endswith("Cells in %.")
    assert view.behind.text().startswith("Label 8, lost: ")
    assert "right" not in view.behind.text()
    click(opened, view.table, view.table.cell(9, 8))
    assert view.table.view.selected == (view.table.column, view.table.row) == (8, 9)


def test_steps_in_which_as_many_are_lost_are_both_named(opened):
    name = opened.session.state.digits.class_names[3]
    shares = np.zeros((10, 10))
    shares[3, [6, 8]] = 0.02
    assert "4.0 % are lost, most often in steps 7 and 9." in _headline(name, 3, shares)
    shares[3, 1] = 0.03
    assert "7.0 % are lost, most often in step 2." in _headline(name, 3, shares)
