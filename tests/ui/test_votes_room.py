"""The Votes page in the room: leaving, folding, following a run, choosing a class."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.questions.votes import SurveyVotes
from nnviz.ui.app.pages import PAGES
from nnviz.ui.votes.words import sentence
from tests.ui.conftest import Opened
from tests.ui.votes_window import click, page_of, until_surveyed, view_of

Votes = Callable[..., Opened]


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_escape_leaves_lecture_mode_then_a_message_then_the_pair(votes: Votes, page: str) -> None:
    opened = votes()
    window, session = opened.window, opened.session
    session.change(page=page, pair=(4, 9))
    session.say("info", "A message.")
    window.parts.lecture.enter(full_screen=False)

    def escape() -> tuple[bool, bool, bool]:
        opened.bot.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
        state = session.state
        return window.parts.lecture.on, state.notice is not None, state.pair is not None

    assert escape() == (False, True, True)
    assert escape() == (False, False, True)
    assert escape() == (False, False, not window.page.selects_pair)


def test_the_accuracy_of_a_pair_follows_a_run(votes: Votes) -> None:
    opened = votes("one-vs-rest")
    session = opened.session
    session.controls.set(epochs=0)
    session.runs.run()
    first = session.surveys.found(SurveyVotes)
    opened.ticks_until(lambda: session.surveys.found(SurveyVotes) not in (None, first))
    second = session.surveys.found(SurveyVotes)
    opened.ticks_until(lambda: session.surveys.found(SurveyVotes) is not second)
    opened.window.page.slow_tick(session.state)
    assert session.state.running
    survey, pair = session.surveys.found(SurveyVotes), page_of(opened).pair.view
    assert survey is not None
    assert pair is not None
    right = survey.result.accuracy(*pair.classes)
    assert f"right on {100 * right:.1f} %" in pair.fact
    assert len(pair.confused) == 4


def test_a_shade_never_contradicts_its_number(votes: Votes) -> None:
    opened = votes("one-vs-rest")
    matrix = page_of(opened).matrix
    view = view_of(opened)
    before = matrix.grab().toImage()
    # all that won now loses, but the numbers stay
    matrix.show_view(replace(view, newest=1 - view.beats))
    after = matrix.grab().toImage()
    background = opened.window.theme.colour("background")
    for row, column in ((0, 1), (1, 0), (4, 9), (9, 4)):
        inside = matrix.cells.matrix.place(row, column).topLeft().toPoint()
        inside += type(inside)(8, 8)
        filled = before.pixelColor(inside) != background
        assert filled == (view.beats[row, column] > 0.5)
        assert (after.pixelColor(inside) != background) == filled


def test_the_name_of_a_row_chooses_its_class(votes: Votes) -> None:
    opened = votes()
    page = page_of(opened)
    until_surveyed(opened)
    click(opened, page.matrix, page.matrix.cells.matrix.place(3, None))
    assert opened.session.state.pair is not None
    assert opened.session.state.pair[0] == 3
    page.choose_view("all")
    click(opened, page.matrix, page.matrix.cells.matrix.place(7, None))
    assert opened.session.state.label == 7
    assert "test digits of class 7" in page.sentence.text()


def test_a_search_without_a_find_says_among_which_digits(votes: Votes) -> None:
    opened = votes("all-pairs", image=0)
    session = opened.session
    session.picking.pick_label(1)
    page = page_of(opened)
    page.searching.failed.emit()
    assert session.state.notice is not None
    assert "every other test digit with the label 1 alike" in session.state.notice.sentence


def test_lists_of_pairs_draw_what_they_say(votes: Votes) -> None:
    opened = votes()
    page = page_of(opened)
    page.choose_view("all")
    until_surveyed(opened)
    for bars in (page.worst.view.bars, page.decisive.view.bars):
        shares = [bar.share for bar in bars]
        values = [float(bar.value.removesuffix(" %")) for bar in bars]
        assert shares[0] == 1
        np.testing.assert_allclose(shares, np.array(values) / values[0], atol=0.05)
        assert values == sorted(values, reverse=True)


def test_several_that_are_next_are_all_named(votes: Votes) -> None:
    opened = votes()
    opened.session.change(reading="votes")
    page = page_of(opened)
    for image in range(300):
        opened.session.change(image=image)
        counted = page._count
        scores = sorted(counted.scores.values(), reverse=True)
        behind = scores.count(scores[1])
        if len(counted.leaders) == 1 and behind > 1:
            words = sentence(opened.session.state.digits.class_names, counted, broken=False)
            assert " are next with " in words
            return
    pytest.fail("no digit with a tie for the second place")


def test_buttons_are_narrow_again_after_lecture_mode(votes: Votes) -> None:
    opened = votes()
    window, rules = opened.window, page_of(opened).rules
    before = rules.rules["coupling"].minimumWidth()
    window.parts.lecture.enter(full_screen=False)
    opened.session.change(step=4)
    assert rules.rules["coupling"].minimumWidth() > before
    window.parts.lecture.leave()
    opened.bot.waitUntil(lambda: rules.rules["coupling"].minimumWidth() == before)


def test_the_page_is_no_wider_than_its_room_beside_the_settings(votes: Votes) -> None:
    opened = votes()
    page = page_of(opened)
    area = page.parentWidget()
    assert area is not None
    opened.window.show_settings(True)
    opened.bot.waitUntil(lambda: page.width() <= area.width())
