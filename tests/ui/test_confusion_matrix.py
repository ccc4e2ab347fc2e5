"""The confusion matrix on the Mistakes page: what it counts, chooses and says."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import Judge
from nnviz.questions.listing import ANY, EVERY, Listing
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.mistakes.words import JUDGING
from nnviz.verdicts.answers import NOT_A_DIGIT
from tests.ui.mistakes_window import (
    Show,
    click,
    first_view,
    labels_and_answers,
    look,
    tiles,
)

Key, Button, Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


@pytest.mark.parametrize("design", DESIGNS)
def test_it_counts_every_digit_of_every_design(show: Show, design: str) -> None:
    opened, view = look(show, design)
    shown = view.matrix.view
    assert shown is not None
    labels, answers = labels_and_answers(opened)
    assert shown.counts.sum() == len(labels) == 1000
    assert shown.counts[4, 9] == np.count_nonzero((labels == 4) & (answers == 9))
    wrong = np.count_nonzero(labels != answers)
    assert view.headline.text.startswith(f"{wrong} of 1,000 test digits misread")
    assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_only_literal_bits_have_a_column_for_no_digit(show: Show) -> None:
    opened, view = look(show, "four-bits")
    shown = view.matrix.view
    assert shown is not None
    assert shown.counts.shape == (10, 10)
    opened.session.change(reading="literal-bits")
    opened.ticks_until(lambda: not opened.session.judgements.missing)
    shown = view.matrix.view
    assert shown is not None
    assert shown.counts.shape == (10, 11)
    _, answers = labels_and_answers(opened)
    assert shown.counts[:, 10].sum() == np.count_nonzero(answers == NOT_A_DIGIT) > 0
    click(opened, view, None, 10)
    assert opened.session.state.mistakes.listing.answer == NOT_A_DIGIT
    assert sorted(tiles(view)) == np.flatnonzero(answers == NOT_A_DIGIT).tolist()
    assert "read as –" not in view.headline.text


def test_it_appears_also_where_the_training_process_has_died(show: Show) -> None:
    opened = show(trained=True)
    opened.engine.die()
    opened.ticks_until(lambda: opened.session.state.engine == "dead")
    opened.session.change(page="mistakes")
    view = first_view(opened)
    opened.ticks_until(lambda: view.matrix.view is not None)
    labels, answers = labels_and_answers(opened)
    shown = view.matrix.view
    assert shown is not None
    assert shown.counts[4, 9] == np.count_nonzero((labels == 4) & (answers == 9))
    assert opened.session.state.engine == "dead"


def test_a_cell_lists_its_digits_and_again_all_of_them(show: Show) -> None:
    opened, view = look(show)
    labels, answers = labels_and_answers(opened)
    click(opened, view, 7, 9)
    assert sorted(tiles(view)) == np.flatnonzero((labels == 7) & (answers == 9)).tolist()
    assert view.headline.text.endswith(f"{len(tiles(view))} listed")
    view.matrix.tell()
    assert "digits of class 7 read as 9" in view.matrix.accessibleDescription()
    click(opened, view, 7, 9)
    assert opened.session.state.mistakes.listing == Listing()


def test_headings_list_rows_and_columns(show: Show) -> None:
    opened, view = look(show)
    labels, answers = labels_and_answers(opened)
    wrong = labels != answers
    click(opened, view, 5, None)
    assert sorted(tiles(view)) == np.flatnonzero((labels == 5) & wrong).tolist()
    click(opened, view, None, 7)
    assert sorted(tiles(view)) == np.flatnonzero((answers == 7) & wrong).tolist()
    click(opened, view, 2, 2)
    assert sorted(tiles(view)) == np.flatnonzero((labels == 2) & ~wrong).tolist()
    opened.bot.mouseClick(view.everything, Button.LeftButton)
    assert sorted(tiles(view)) == np.flatnonzero(wrong).tolist()


def test_arrow_keys_go_over_cells_and_headings(show: Show) -> None:
    opened, view = look(show)
    session, matrix = opened.session, view.matrix
    keys = [Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left]
    places = []
    for key in keys:
        opened.bot.keyClick(matrix, key)
        places.append((session.state.mistakes.listing.label, session.state.mistakes.listing.answer))
    assert places == [(0, None), (0, 0), (0, 1), (None, 1), (None, 0)]
    opened.bot.keyClick(matrix, Key.Key_Home)
    assert session.state.mistakes.listing == Listing()
    opened.bot.keyClick(matrix, Key.Key_Return)
    assert session.state.image == tiles(view)[0]


def test_percent_of_the_row_on_request(show: Show) -> None:
    opened, view = look(show)
    opened.bot.mouseClick(view.rates, Button.LeftButton)
    assert opened.session.state.mistakes.rates
    shown = view.matrix.view
    assert shown is not None
    np.testing.assert_allclose(shown.values.sum(axis=1), 100)


def red_of(picture: QImage, view: ConfusionAndDigits, row: int, column: int) -> int:
    """Beside the number in a cell."""
    place = view.matrix.matrix.place(row, column)
    corner = place.topLeft().toPoint() + QPoint(6, 6)
    return picture.pixelColor(corner).red()


def test_the_commonest_mistake_has_the_strongest_colour_and_the_diagonal_none(show: Show) -> None:
    _, view = look(show)
    picture = view.matrix.grab().toImage()
    shown = view.matrix.view
    assert shown is not None
    wrong = shown.wrong
    row, column = (int(place) for place in np.unravel_index(wrong.argmax(), wrong.shape))
    assert red_of(picture, view, row, column) > 200
    none = np.argwhere((wrong == 0) & ~np.eye(10, dtype=bool))[0].tolist()
    assert red_of(picture, view, *none) < 40
    assert red_of(picture, view, 1, 1) < 40


# ---- states --------------------------------------------------------------------------


def test_a_list_without_digits_says_why(show: Show) -> None:
    opened, view = look(show)
    opened.session.choose("mistakes", listing=Listing(label=1, answer=9))
    assert view.grid.view is None
    assert not view.digits.save.isEnabled()
    assert (
        view.grid.accessibleDescription()
        == "No digit is all of this: Misread, true 1 and read as 9."
    )


def test_nothing_learned_offers_training(show: Show) -> None:
    opened = show()
    opened.session.change(page="mistakes")
    assert first_view(opened).learned.untrained.isVisible()


def test_designs_still_missing_are_named(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    for design in ("four-bits", "elimination"):
        session.designs.load(design)
    session.change(page="mistakes")
    view = first_view(opened)
    said = set()

    def done() -> bool:
        said.add(view.progress.text())
        return not session.judgements.missing

    opened.ticks_until(done)
    assert "still judging Elimination" in said
    opened.ticks_until(lambda: view.progress.text() == "")


def test_it_follows_a_run_and_comes_to_rest_with_it(show: Show) -> None:
    opened = show()
    session = opened.session
    session.change(page="mistakes")
    opened.learn(300)
    view = first_view(opened)

    def settled() -> bool:
        state = session.state
        return session.answers.known(Judge(state.asked(state.shown_reading))) is not None

    opened.ticks_until(settled)
    labels, answers = labels_and_answers(opened)
    shown = view.matrix.view
    assert shown is not None
    assert np.trace(shown.counts) == np.count_nonzero(labels == answers)
    assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_other_digits_begin_with_all_their_mistakes(show: Show) -> None:
    opened, _ = look(show)
    opened.session.choose("mistakes", listing=Listing(label=3), ticked=frozenset({5}))
    state = opened.session.state
    opened.session.digits._use(
        replace(state.digits, source=replace(state.digits.source, folder="x"))
    )
    assert opened.session.state.mistakes.listing == Listing()
    assert not opened.session.state.mistakes.ticked
    opened.window.step_page(1)  # while nothing is judged yet
    assert opened.session.state.image == 1


def test_sentence_matrix_and_list_are_of_one_moment_while_it_learns(show: Show) -> None:
    opened, view = look(show)
    session = opened.session
    session.runs.run()
    opened.ticks_until(lambda: session.state.running and session.judgements.said is not None)
    seen = set()

    def agree() -> bool:
        shown, listed = view.matrix.view, tiles(view)
        assert shown is not None
        wrong = int(shown.wrong.sum())
        assert wrong == len(listed)
        assert view.headline.text.startswith(f"{wrong:,} of 1,000 test digits misread")
        seen.add(wrong)
        return len(seen) > 1

    opened.ticks_until(agree)


def test_nothing_old_stays_while_it_is_judged_and_the_keys_stay_in_the_list(show: Show) -> None:
    opened, view = look(show)
    view.grid.setFocus()
    opened.session.controls.set(seed=7)
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.running)
    assert opened.session.judgements.said is None
    assert view.matrix.view is None
    assert view.grid.view is None
    assert view.grid.accessibleDescription() == view.headline.text == JUDGING
    assert opened.window.focusWidget() is view.grid
    opened.ticks_until(lambda: opened.session.judgements.said is not None)
    assert view.grid.view is not None
    assert opened.window.focusWidget() is view.grid


def test_the_keys_go_to_the_button_that_trains_and_back(show: Show) -> None:
    opened, view = look(show)
    view.grid.setFocus()
    opened.session.controls.reset()
    assert opened.window.focusWidget() is view.learned.untrained.train
    opened.session.designs.choose("four-bits")
    assert opened.window.focusWidget() is view.grid


def test_the_matrix_says_whose_answers_it_counts(show: Show) -> None:
    opened, view = look(show)
    for whose, judge in ((EVERY, "10 outputs"), (ANY, "10 outputs"), ("four-bits", "4 bits")):
        opened.session.choose("mistakes", listing=Listing(whose=whose))
        assert view.matrix.view is not None
        assert view.matrix.view.judge == judge
        view.matrix.tell()
        assert view.matrix.accessibleDescription().endswith(f"misread by {judge}")


def test_what_stands_below_each_digit_is_said(show: Show) -> None:
    opened, view = look(show)
    assert view.below_each.text() == "below each: confidence"
    opened.session.choose("mistakes", listing=Listing(order="ambiguity"))
    assert view.below_each.text() == "below each: designs that agree"
    assert "divide the" in view.bar.boxes["order"].toolTip()
