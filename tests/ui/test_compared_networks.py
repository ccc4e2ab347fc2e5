"""Two networks of one design side by side: in a menu of ticks, in the five places that compare, in
the line, and in the menu of networks that come along."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from nnviz.lectures.line import LineError, line_of, looked_at
from nnviz.lectures.looking import look
from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import CELLS
from nnviz.session.entrants import design_of
from nnviz.session.judging import designs_compared
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.designs.compare import CompareView
from nnviz.ui.designs.race import RaceView
from nnviz.ui.draw.morph import MorphView
from nnviz.ui.draw.rows import RowsOfDigits
from nnviz.ui.draw.strange import StrangeView
from nnviz.ui.draw.your_digit import YourDigit
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.mistakes.disagree import Disagree
from nnviz.ui.mistakes.one_digit import OneDigit
from nnviz.ui.pages.compared import ComparedMenu
from nnviz.ui.pages.page import Page
from tests.swapped import FOUR, NINE, said_by, swapped_file
from tests.ui.conftest import Opened, Show
from tests.ui.mistakes_window import listed_in


def view(opened: Opened, page: str, kind: type[Page]) -> Page:
    """A view of a page, drawn anew."""
    opened.session.change(page=page)
    opened.window.page.choose_view(kind.id)
    opened.window.page.view.look(opened.session.state, words=True)
    return opened.window.page.view


def tick(opened: Opened, menu: ComparedMenu, text: str) -> None:
    """By the keys, which leave the menu open."""
    action = next(each for each in menu.actions() if each.text() == text)
    menu.setActiveAction(action)
    opened.bot.keyClick(menu, Qt.Key.Key_Space)


def ticks(menu: ComparedMenu) -> set[str]:
    """The entries with a tick that can be taken away."""
    return {each.text() for each in menu.actions() if each.isChecked() and each.isEnabled()}


def test_mine_against_the_one_that_comes_along(show: Show, tmp_path: Path) -> None:
    opened = show(trained=True, page="mistakes")
    session = opened.session
    session.files.open(swapped_file(tmp_path))
    disagree = view(opened, "mistakes", Disagree)
    menu = disagree.networks.menu()
    menu.fill()
    tick(opened, menu, "10 outputs")
    assert ticks(menu) == {"10 outputs", "10 outputs: trained network that comes with nnviz"}
    opened.ticks_until(lambda: not session.judgements.missing)
    state = session.state
    two = {name: work for name, work in state.entrants.items() if design_of(name) == state.design}
    names = list(two)
    assert designs_compared(state) == tuple(names)

    # Designs disagree: the counts are those of the two networks, worked out here
    disagree = view(opened, "mistakes", Disagree)
    said = [said_by(work.network, state.digits.images) for work in two.values()]
    right = [each == state.digits.labels for each in said]
    shown = disagree.table.view
    assert (shown.first, shown.second) == ("swapped", "shipped")
    for cell, count in zip(CELLS, shown.counts, strict=True):
        ours, theirs = CELLS[cell]
        assert count == np.count_nonzero((right[0] == ours) & (right[1] == theirs)) > 0
    fours = state.digits.labels == FOUR
    assert shown.counts[2] >= np.count_nonzero(right[1] & fours) > 50
    assert "shipped gets" in disagree.sentence.text()

    # Mistakes: whose mistakes are listed, by its name
    confusion = view(opened, "mistakes", ConfusionAndDigits)
    box = confusion.bar.boxes["whose"]
    box.activated.emit(box.findText("by 10 outputs, shipped"))
    assert sorted(listed_in(confusion.grid)) == np.flatnonzero(~right[1]).tolist()
    assert confusion.headline.text.startswith(f"{np.count_nonzero(~right[1])} of 1,000")

    # One digit, Draw and All designs: a row for each, with its own answer
    session.change(image=int(np.flatnonzero(fours & right[1])[0]))
    digit = view(opened, "mistakes", OneDigit)
    told = {row.key: row.words for row in digit.answers.view.rows}
    assert told[names[0]].startswith("10 outputs, swapped says 9, wrong")
    assert told[names[1]].startswith("10 outputs, shipped says 4, right")
    pad = view(opened, "draw", YourDigit)
    session.pad.put_shown_digit()
    rows = {row.design: row for row in pad.rows}
    assert [rows[name].answer for name in names] == [str(NINE), str(FOUR)]
    assert rows[names[1]].differs
    session.pad.show(False)
    compare = view(opened, "designs", CompareView)
    assert [(row.design, row.origin) for row in compare.rows[:2]] == [
        (names[0], "swapped"),
        (names[1], "shipped"),
    ]

    # Morph, Not a digit and Rows: a lane, a row and a reader of its own
    morph = view(opened, "draw", MorphView)
    mine, shipped = morph.lanes.view.lanes[:2]
    assert (mine.own, shipped.own) == ("swapped", "shipped")
    # half-way both are in doubt between them, and at the ends they say the opposite
    assert mine.turn.said.answers[[0, -1]].tolist() == [NINE, FOUR]
    assert shipped.turn.said.answers[[0, -1]].tolist() == [FOUR, NINE]
    strange = view(opened, "draw", StrangeView)
    assert [(row.id, row.own) for row in strange.rows[:2]] == [
        (names[0], "swapped"),
        (names[1], "shipped"),
    ]
    rows_view = view(opened, "draw", RowsOfDigits)
    session.row.spell("4949")
    readers = rows_view.controls.network
    for label, said in (("10 outputs, swapped", "9494"), ("10 outputs, shipped", "4949")):
        readers.activated.emit(readers.findText(label))
        assert "".join(map(str, rows_view.answer.blanks)) == said
        assert readers.currentText() == label

    # Race: both curves before the start, and a run of each settings after it
    race = view(opened, "designs", RaceView)
    assert [lane.name for lane in race._lanes] == ["10 outputs, swapped", "10 outputs, shipped"]
    assert len({lane.style for lane in race._lanes}) == 2
    assert "have the same settings, so they learn the same" in race.words.text()

    # the line says all of that, to a window that has none of it
    session.choose("besides", alone=True)
    session.comparisons.choose_baseline(names[1])
    line = line_of(session.state)
    assert "with=ten-outputs " in line
    assert "baseline=ten-outputs+1" in line
    assert "alone=yes" in line
    assert "row-network=ten-outputs+1" in line
    session.shelf.compare_none()
    session.shelf.add()
    look(session, looked_at(line, KINDS), KINDS)
    state = session.state
    assert [state.labels[name] for name in state.listed_entrants] == [
        "10 outputs, swapped",
        "10 outputs, shipped",
    ]
    assert state.labels[state.base] == "10 outputs, shipped"
    before = session.state
    with pytest.raises(LineError, match=r"ten-outputs\+2"):
        look(session, looked_at("page=mistakes with=wide first=ten-outputs+2", KINDS), KINDS)
    assert session.state is before

    # a room sees the two instead of designs
    session.change(lecturing=True)
    pad = view(opened, "draw", YourDigit)
    assert len(pad.rows) == 2


def test_networks_that_come_along_are_always_in_the_menu(show: Show, tmp_path: Path) -> None:
    opened = show()
    session, menu = opened.session, opened.window.parts.networks_menu
    session.files.open(swapped_file(tmp_path))
    session.shelf.add()
    session.shelf.close()

    def entry(text: str) -> QAction:
        menu.fill()
        return next(each for each in menu.actions() if each.text() == text)

    assert all(entry(design.label).isEnabled() for design in DESIGNS.values())
    here = session.state.work.key
    entry("4 bits").trigger()
    assert (session.state.design, session.state.work.shipped) == ("four-bits", True)
    assert session.state.notice.action == "shelf.back"
    session.shelf.back()
    assert session.state.work.key == here
    entry("4 bits").trigger()
    assert [work.design for work in session.state.works].count("four-bits") == 1

    menu.compare()
    assert session.state.work.key in session.state.besides.keys
    menu.compare()
    assert session.state.besides.keys == ()
