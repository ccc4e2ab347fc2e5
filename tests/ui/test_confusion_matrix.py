"""The confusion matrix on the Mistakes page: what it counts, chooses and says."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import Judge
from nnviz.questions.listing import ANY, EVERY, Listing
from nnviz.ui.mistakes.confidence import Confidence
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.mistakes.one_digit import OneDigit
from nnviz.ui.mistakes.words import JUDGING
from nnviz.verdicts.answers import NOT_A_DIGIT
from tests.ui.mistakes_window import (
    Show,
    click,
    labels_and_answers,
    look,
    tiles,
    told_by,
    view_of,
)

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_it_counts_every_digit_of_every_design(show: Show) -> None:
    opened, view = look(show)
    for design in DESIGNS:
        opened.session.designs.choose(design)
        counts = view.matrix.view.counts
        labels, answers = labels_and_answers(opened)
        assert counts.sum() == len(labels) == 1000
        assert counts[4, 9] == np.count_nonzero((labels == 4) & (answers == 9))
        wrong = np.count_nonzero(labels != answers)
        assert view.headline.text.startswith(f"{wrong} of 1,000 test digits misread")
        assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_only_literal_bits_have_a_column_for_no_digit(show: Show) -> None:
    opened, view = look(show, "four-bits")
    assert view.matrix.view.counts.shape == (10, 10)
    opened.session.change(reading="literal-bits")
    opened.ticks_until(lambda: not opened.session.judgements.missing)
    counts = view.matrix.view.counts
    assert counts.shape == (10, 11)
    _, answers = labels_and_answers(opened)
    assert counts[:, 10].sum() == np.count_nonzero(answers == NOT_A_DIGIT) > 0
    click(opened, view, None, 10)
    assert opened.session.state.mistakes.listing.answer == NOT_A_DIGIT
    assert sorted(tiles(view)) == np.flatnonzero(answers == NOT_A_DIGIT).tolist()
    assert "read as –" not in view.headline.text


def test_it_appears_also_where_the_training_process_has_died(show: Show) -> None:
    opened = show(trained=True)
    opened.engine.die()
    opened.ticks_until(lambda: opened.session.state.engine == "dead")
    view = view_of(opened, ConfusionAndDigits)
    opened.ticks_until(lambda: view.matrix.view is not None)
    labels, answers = labels_and_answers(opened)
    counted = view.matrix.view.counts[4, 9]
    assert counted == np.count_nonzero((labels == 4) & (answers == 9))
    assert opened.session.state.engine == "dead"


def test_a_cell_lists_its_digits_and_again_all_of_them(show: Show) -> None:
    opened, view = look(show)
    labels, answers = labels_and_answers(opened)
    click(opened, view, 7, 9)
    assert sorted(tiles(view)) == np.flatnonzero((labels == 7) & (answers == 9)).tolist()
    assert view.headline.text.endswith(f"{len(tiles(view))} listed")
    assert "digits of class 7 read as 9" in told_by(view.matrix)
    click(opened, view, 7, 9)
    assert opened.session.state.mistakes.listing == Listing()


def test_both_ways_are_one_choice_and_ctrl_adds_any_cell(show: Show) -> None:
    opened, view = look(show)
    labels, answers = labels_and_answers(opened)

    def of(*cells: tuple[int, int]) -> list[int]:
        found = [(labels == label) & (answers == answer) for label, answer in cells]
        return np.flatnonzero(np.any(found, axis=0)).tolist()

    click(opened, view, 4, 9)
    cell = view.matrix.matrix.place(9, 4).center().toPoint()
    opened.bot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, Ctrl, cell)
    assert sorted(tiles(view)) == of((4, 9), (9, 4))
    assert view.bar.together.currentText() == "4 and 9, both ways"
    opened.bot.keyClick(view.matrix, Key.Key_Up, Ctrl)
    assert sorted(tiles(view)) == of((4, 9), (9, 4))
    opened.bot.keyClick(view.matrix, Key.Key_Space)
    assert sorted(tiles(view)) == of((4, 9), (9, 4), (8, 4))
    opened.bot.keyClick(view.matrix, Key.Key_Space)
    view.bar.together.activated.emit(view.bar.together.findText("any mistake"))
    assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_headings_list_rows_and_columns(show: Show) -> None:
    opened, view = look(show)
    labels, answers = labels_and_answers(opened)
    wrong = labels != answers
    for place, expected in (
        ((5, None), (labels == 5) & wrong),
        ((None, 7), (answers == 7) & wrong),
        ((2, 2), (labels == 2) & ~wrong),
    ):
        click(opened, view, *place)
        assert sorted(tiles(view)) == np.flatnonzero(expected).tolist()
    opened.click(view.everything)
    assert sorted(tiles(view)) == np.flatnonzero(wrong).tolist()


def test_arrow_keys_go_over_cells_and_headings(show: Show) -> None:
    opened, view = look(show)
    session, places = opened.session, []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left):
        opened.bot.keyClick(view.matrix, key)
        listing = session.state.mistakes.listing
        places.append((listing.label, listing.answer))
    assert places == [(0, None), (0, 0), (0, 1), (None, 1), (None, 0)]
    opened.bot.keyClick(view.matrix, Key.Key_Home)
    assert session.state.mistakes.listing == Listing()
    opened.bot.keyClick(view.matrix, Key.Key_Return)
    assert session.state.image == tiles(view)[0]


def test_percent_of_the_row_on_request(show: Show) -> None:
    opened, view = look(show)
    opened.click(view.rates)
    assert opened.session.state.mistakes.rates
    np.testing.assert_allclose(view.matrix.view.values.sum(axis=1), 100)


def test_the_commonest_mistake_has_the_strongest_colour_and_the_diagonal_none(show: Show) -> None:
    _, view = look(show)
    picture, wrong = view.matrix.grab().toImage(), view.matrix.view.wrong

    def red(row: int, column: int) -> int:
        """Beside the number in a cell."""
        corner = view.matrix.matrix.place(row, column).topLeft().toPoint()
        return picture.pixelColor(corner + QPoint(6, 6)).red()

    assert red(*map(int, np.unravel_index(wrong.argmax(), wrong.shape))) > 200
    assert red(*np.argwhere((wrong == 0) & ~np.eye(10, dtype=bool))[0].tolist()) < 40
    assert red(1, 1) < 40


# ---- states --------------------------------------------------------------------------


def test_a_list_without_digits_says_why(show: Show) -> None:
    opened, view = look(show)
    opened.session.choose("mistakes", listing=Listing(label=1, answer=9))
    assert view.grid.view is None
    assert not view.digits.save.isEnabled()
    assert told_by(view.grid) == "No digit is all of this: Misread, true 1 and read as 9."


def test_nothing_learned_offers_training(show: Show) -> None:
    opened = show()
    for kind in (ConfusionAndDigits, OneDigit, Confidence):
        assert view_of(opened, kind).learned.untrained.isVisible()


def test_designs_still_missing_are_named(show: Show) -> None:
    opened = show(trained=True)
    for design in ("four-bits", "elimination"):
        opened.session.designs.load(design)
    view, said = view_of(opened, ConfusionAndDigits), set()

    def done() -> bool:
        said.add(view.progress.text())
        return not opened.session.judgements.missing

    opened.ticks_until(done)
    assert "still judging Elimination" in said
    opened.ticks_until(lambda: view.progress.text() == "")
    # its place stays free, in the row of the buttons: the sentence below has its room
    assert view.progress.y() < view.everything.geometry().bottom()


def test_it_follows_a_run_and_comes_to_rest_with_it(show: Show) -> None:
    opened = show()
    view, session = view_of(opened, ConfusionAndDigits), opened.session
    opened.learn(300)

    def settled() -> bool:
        state = session.state
        return session.answers.known(Judge(state.asked(state.shown_reading))) is not None

    opened.ticks_until(settled)
    labels, answers = labels_and_answers(opened)
    assert np.trace(view.matrix.view.counts) == np.count_nonzero(labels == answers)
    assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_other_digits_begin_with_all_their_mistakes(show: Show) -> None:
    opened, _ = look(show)
    opened.session.choose("mistakes", listing=Listing(label=3), ticked=frozenset({5}))
    digits = opened.session.state.digits
    opened.session.digits._use(replace(digits, source=replace(digits.source, folder="x")))
    assert opened.session.state.mistakes.listing == Listing()
    assert not opened.session.state.mistakes.ticked
    opened.window.step_page(1)  # while nothing is judged yet
    assert opened.session.state.image == 1


def test_sentence_matrix_and_list_are_of_one_moment_while_it_learns(show: Show) -> None:
    opened, view = look(show)
    session, seen = opened.session, set()
    session.runs.run()
    opened.ticks_until(lambda: session.state.running and session.judgements.said is not None)

    def agree() -> bool:
        wrong = int(view.matrix.view.wrong.sum())
        assert wrong == len(tiles(view))
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
    assert told_by(view.grid) == view.headline.text == JUDGING
    assert opened.window.focusWidget() is view.grid
    opened.ticks_until(lambda: opened.session.judgements.said is not None)
    assert tiles(view)
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
        assert view.matrix.view.judge == judge
        assert told_by(view.matrix).endswith(f"misread by {judge}")


def test_what_stands_below_each_digit_is_said(show: Show) -> None:
    opened, view = look(show)
    assert view.below_each.text() == "below each: confidence"
    opened.session.choose("mistakes", listing=Listing(order="ambiguity"))
    assert view.below_each.text() == "below each: designs that agree"
    assert "divide the" in view.bar.boxes["order"].toolTip()
