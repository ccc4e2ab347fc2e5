"""The votes step by step, and those of all test digits."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.lectures.line import looked_at
from nnviz.lectures.looking import look
from nnviz.questions.votes import SurveyVotes
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.app.still import StillEngine
from tests.ui.conftest import Show
from tests.ui.votes_window import page_of, until_surveyed, view_of

# ---- steps -------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "steps"), [("summed", 10), ("votes", 10), ("coupling", 9)])
def test_totals_grow_column_by_column(votes: Show, rule: str, steps: int) -> None:
    opened = votes(image=3)
    opened.session.change(reading=rule)
    page, pairs = page_of(opened), opened.session.state.sure_verdict.pairs
    counted = {"summed": pairs, "votes": np.where(pairs == 0.5, 0.5, pairs > 0.5)}
    opened.session.change(step=0)
    assert not view_of(opened).shown.any()
    assert all(bar.share == 0 for bar in page.totals.view.bars)
    for step in range(1, steps):
        opened.window.step_page(1)
        assert opened.session.state.step == step
        size = step + 1 if rule == "coupling" else step
        assert not view_of(opened).shown[:, size:].any()
        assert view_of(opened).shown.sum() > 0
        if rule in counted:
            for bar in page.totals.view.bars:
                total = counted[rule][bar.key, :step].sum()
                assert bar.share == pytest.approx(total / 9)
    opened.window.step_page(1)
    assert opened.session.state.step is None
    assert view_of(opened).shown.sum() == 90


def test_duels_show_nine_cells_in_their_order(votes: Show) -> None:
    opened = votes(image=3)
    opened.session.change(reading="duels")
    state, view = opened.session.state, view_of(opened)
    fought = [step.rivals for step in state.sure_verdict.steps]
    assert view.shown.sum() == 9
    assert [view.turns[pair] for pair in fought] == list(range(1, 10))
    opened.session.change(step=4)
    assert np.argwhere(view_of(opened).shown).tolist() == sorted(map(list, fought[:4]))
    assert view_of(opened).selected == fought[3]
    words = page_of(opened).sentence.text()
    assert words.startswith(f"Duel 4 of 9, {fought[3][0]} against {fought[3][1]}:")


def test_page_keys_step_through_and_lead_to_the_next_and_the_previous_digit(votes: Show) -> None:
    opened = votes(image=3)
    session, page = opened.session, page_of(opened)
    opened.bot.keyClick(page.matrix, Qt.Key.Key_PageDown)
    assert (session.state.image, session.state.step) == (4, 0)
    opened.bot.keyClick(page.matrix, Qt.Key.Key_PageUp)
    assert (session.state.image, session.state.step) == (3, None)
    opened.bot.keyClick(page.matrix, Qt.Key.Key_PageUp)
    assert (session.state.image, session.state.step) == (3, 9)
    opened.bot.keyClick(page.matrix, Qt.Key.Key_Home)
    assert session.state.step == 0
    opened.bot.keyClick(page.matrix, Qt.Key.Key_End)
    assert session.state.step is None
    page.choose_view("all")
    opened.bot.keyClick(page.matrix, Qt.Key.Key_PageDown)
    assert (session.state.image, session.state.step) == (4, None)


def test_play_counts_on_by_itself_to_the_end(votes: Show) -> None:
    opened = votes(image=3)
    player = page_of(opened).player
    player.toggle()
    assert opened.session.state.step == 0
    player._timer.setInterval(0)
    opened.bot.waitUntil(lambda: opened.session.state.step is None)
    assert not player.playing
    assert opened.session.state.image == 3


def test_no_step_gives_the_end_away(votes: Show) -> None:
    opened = votes(image=55)
    page = page_of(opened)
    opened.session.change(step=0)
    assert view_of(opened).first is None
    assert not any(view_of(opened).marks)
    for rule, made in page.rules.rules.items():
        assert made.text().lower() == rule
    opened.session.change(step=3)
    assert view_of(opened).now == 2


# ---- all test digits ---------------------------------------------------------------------


def test_all_test_digits_of_a_class_show_their_mean_votes(votes: Show) -> None:
    opened = votes()
    page = page_of(opened)
    opened.click(page.rules.views["all"])
    until_surveyed(opened)
    found = opened.session.surveys.found(SurveyVotes)
    state = opened.session.state
    np.testing.assert_allclose(view_of(opened).beats, found.result.means[state.shown_label])
    opened.click(page.matrix, page.matrix.cells.matrix.place(5, None))
    assert opened.session.state.label == 5
    np.testing.assert_allclose(view_of(opened).beats, found.result.means[5])
    assert view_of(opened).first == 5
    assert "class 5" in page.sentence.text()
    for bars in (page.worst.view.bars, page.decisive.view.bars):
        shares = [bar.share for bar in bars]
        values = [float(bar.value.removesuffix(" %")) for bar in bars]
        assert shares[0] == 1
        np.testing.assert_allclose(shares, np.array(values) / values[0], atol=0.05)
        assert values == sorted(values, reverse=True)
    worst = found.result.worst(5)
    assert [divmod(bar.key, 10) for bar in page.worst.view.bars] == worst
    opened.click(page.worst, page.worst.place(1))
    assert opened.session.state.pair == worst[1]
    opened.session.change(reading="duels")
    often = found.result.most_decisive("duels", 5)
    assert [divmod(bar.key, 10) for bar in page.decisive.view.bars] == [pair for pair, _ in often]
    opened.bot.keyClick(page.decisive, Qt.Key.Key_Down)
    assert opened.session.state.pair == often[1][0]


def test_before_the_survey_it_is_said_when_it_comes(show: Show) -> None:
    opened = show()
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 2)
    opened.session.change(page="votes")
    page = page_of(opened)
    page.choose_view("all")
    assert "are asked now" in page.sentence.text()
    assert not view_of(opened).shown.any()
    opened.session.runs.pause()
    until_surveyed(opened)
    assert view_of(opened).shown.sum() == 90


@pytest.mark.parametrize(("reading", "steps"), [("votes", 10), ("coupling", 9), (None, 10)])
def test_a_picture_can_show_the_votes_of_any_design_up_to_a_step(
    digits: ShownDigits, reading: str | None, steps: int
) -> None:
    session = make_session(StillEngine(digits), digits)
    line = "page=votes image=5 design=four-bits" + (f" reading={reading}" if reading else "")
    look(session, looked_at(f"{line} step={steps}", KINDS), KINDS)
    assert (session.state.reading, session.state.step) == (reading or "", steps)
    with pytest.raises(Refusal, match=f"between 0 and {steps}"):
        look(session, looked_at(f"{line} step={steps + 1}", KINDS), KINDS)
