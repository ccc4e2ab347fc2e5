"""The Votes page: what is drawn is what the pairs say, and clicks lead where they should."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from nnviz.networks.designs import DESIGNS
from nnviz.questions.votes import RULES, SurveyVotes, answers_by_rule
from nnviz.ui.kit.contrast import contrast
from nnviz.ui.votes.count import Count
from nnviz.ui.votes.words import decimals_apart, total_in_words
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.leads import pair_evidence
from nnviz.verdicts.readings import READINGS
from tests.ui.conftest import Show
from tests.ui.votes_window import click_cell, differing, page_of, until_surveyed, view_of

# ---- the digit on screen -----------------------------------------------------------------


def test_the_matrix_shows_the_pairs_of_any_design(votes: Show) -> None:
    opened = votes(image=3)
    for design in DESIGNS:
        opened.session.designs.choose(design)
        state, view = opened.session.state, view_of(opened)
        np.testing.assert_array_equal(view.beats, state.sure_verdict.pairs)
        np.testing.assert_array_equal(view.shown, ~np.eye(10, dtype=bool))
        assert ("derived" in view.caption) == state.sure_verdict.evidence.derived_pairs, design
        assert not page_of(opened).grab().isNull()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_cell_is_filled_where_the_row_wins_and_outlined_where_it_loses(
    votes: Show, theme: str
) -> None:
    opened = votes(image=3, theme=theme)
    matrix, view = page_of(opened).matrix, view_of(opened)
    opened.session.change(pair=(0, 1))
    image, colours = matrix.grab().toImage(), opened.window.theme
    answer = opened.session.state.sure_verdict.answer
    beaten = next(each for each in range(2, 10) if view.beats[answer, each] > 0.995)

    def corner(row: int, column: int, inset: int) -> QColor:
        cell = matrix.cells.matrix.place(row, column)
        return image.pixelColor(cell.topLeft().toPoint() + QPoint(inset, inset))

    won = corner(answer, beaten, 6)  # in light colours paler, or nothing could be read on it
    assert abs(won.hslHue() - colours.colour("positive").hslHue()) <= 5
    assert max(contrast(won, colours.colour(ink)) for ink in ("text", "on_accent")) >= 7
    assert corner(beaten, answer, 7) == colours.colour("background")
    assert colours.colour("negative") in [corner(beaten, answer, each) for each in range(1, 6)]
    assert corner(answer, answer, 7) == colours.colour("background")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("design", ["all-pairs", "four-bits"])
def test_every_rule_ranks_the_classes_by_its_totals(votes: Show, design: str, rule: str) -> None:
    opened = votes(design, 55)
    page = page_of(opened)
    usual = opened.session.state.sure_verdict.answer
    opened.click(page.rules.rules[rule])
    evidence = opened.session.state.sure_verdict.evidence
    said = READINGS[rule].read(evidence, Options())
    bars = page.totals.view.bars
    assert bars[0].key == int(said.classes[0])
    assert bars[0].frame == "solid"
    assert [bar.share for bar in bars] == sorted((bar.share for bar in bars), reverse=True)
    if said.scores is not None:
        whole = 1 if rule == "coupling" else 9
        for bar in bars:
            assert bar.share == pytest.approx(said.scores[0, bar.key] / whole)
    assert page.rules.rules[rule].isChecked()
    if design == "four-bits":
        assert opened.session.state.sure_verdict.answer == usual


def test_rules_that_disagree_are_marked_and_named_and_no_button_moves(votes: Show) -> None:
    opened = votes()
    page, rules = page_of(opened), page_of(opened).rules

    def places() -> list[int]:
        QApplication.processEvents()
        return [rules.flow.itemAt(number).geometry().x() for number in range(rules.flow.count())]

    before = places()
    opened.session.change(image=differing(opened)[0])
    evidence = opened.session.state.sure_verdict.evidence
    answers = dict(zip(RULES, answers_by_rule(evidence)[0].tolist(), strict=True))
    for rule, answer in answers.items():
        text = rules.rules[rule].text()
        assert text.split()[1] == str(answer)
        assert ("≠" in text) == (answer != answers["summed"])
    other = next(answer for answer in answers.values() if answer != answers["summed"])
    assert f" {other}." in page.sentence.text()
    assert places() == before
    opened.session.change(step=1)
    assert places() == before
    rules.show_searching(True)
    assert places() == before


def test_a_lead_has_the_decimals_that_show_it() -> None:
    assert decimals_apart("summed", (1.991, 1.994, 0.5)) == 3
    assert decimals_apart("summed", (3.0, 1.0)) == 2
    assert decimals_apart("summed", (1.0, 1.00001)) is None
    assert decimals_apart("coupling", (0.211, 0.208)) == 1
    assert decimals_apart("coupling", (1.0,)) == 0
    assert total_in_words("coupling", 0.211, 1) == "21.1 %"


def test_a_narrow_lead_is_seen_in_the_sentence_and_in_the_list(
    votes: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = votes(image=55)
    close = dict.fromkeys(range(10), 0.5) | {8: 1.994, 9: 1.991}
    monkeypatch.setattr(Count, "scores", close)
    page = page_of(opened)
    opened.session.change(reading="summed")
    assert page.sentence.text().startswith("8 wins with 1.994 of 9. Next is 9 with 1.991.")
    assert [bar.value for bar in page.totals.view.bars][:3] == ["1.994", "1.991", "0.50"]
    close[9] = 1.99399
    opened.session.change(reading="")
    assert "Next is 9, less than 0.0001 behind." in page.sentence.text()


def test_ties_and_all_that_are_next_are_said_and_the_winner_is_marked(votes: Show) -> None:
    opened = votes()
    session, page = opened.session, page_of(opened)
    state = session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    wrong = READINGS["summed"].read(evidence, Options()).classes != state.digits.labels
    session.change(image=int(np.flatnonzero(wrong)[0]))
    marks = view_of(opened).marks
    assert marks[session.state.sure_verdict.answer] is False
    assert marks[session.state.shown_label] is True
    session.change(image=int(np.flatnonzero(~wrong)[0]))
    assert [mark for mark in view_of(opened).marks if mark is not None] == [True]
    said = READINGS["votes"].read(evidence, Options())
    session.change(image=int(np.flatnonzero(said.ties)[0]), reading="votes")
    assert "tie at" in page.sentence.text()
    assert "the larger sum decides" in page.sentence.text()
    ranked = np.sort(said.scores, axis=1)
    alone = (ranked[:, -1] > ranked[:, -2]) & (ranked[:, -2] == ranked[:, -3])
    alone &= ranked[:, -3] > ranked[:, -5]  # four of them are only counted
    session.change(image=int(np.flatnonzero(alone)[0]))
    assert "Next are " in page.sentence.text()


def test_the_next_digit_where_rules_differ_is_found_and_shown(votes: Show) -> None:
    opened = votes()
    page, wanted = page_of(opened), differing(opened)
    opened.click(page.rules.search)
    opened.bot.waitUntil(lambda: opened.session.state.image == wanted[0])
    opened.click(page.rules.search)
    opened.bot.waitUntil(lambda: opened.session.state.image == wanted[1])
    labels = opened.session.state.digits.labels
    label = int(labels[wanted[-1]])
    opened.session.change(image=0, label=label)
    opened.click(page.rules.search)
    first = next(image for image in wanted if labels[image] == label)
    opened.bot.waitUntil(lambda: opened.session.state.image == first)


def test_the_search_can_be_stopped_and_says_when_it_finds_nothing(votes: Show) -> None:
    opened = votes()
    page, session = page_of(opened), opened.session
    for stop in (page.search, lambda: session.change(page="train")):
        page.search()
        assert page.searching.active
        assert "stop" in page.rules.search.text()
        stop()
        assert not page.searching.active
    assert session.state.image == 0
    session.picking.pick_label(1)
    page.searching.failed.emit()
    assert "every other test digit with the label 1 alike" in session.state.notice.sentence
    session.designs.choose("ten-outputs")
    page.search()
    assert "derived" in session.state.notice.sentence
    assert differing(opened) == []


# ---- a pair ------------------------------------------------------------------------------


@pytest.mark.parametrize("design", ["all-pairs", "elimination", "ten-outputs", "four-bits"])
def test_clicking_a_cell_shows_what_decides_that_pair(votes: Show, design: str) -> None:
    opened = votes(design, 3)
    click_cell(opened, 4, 9)
    state, shown = opened.session.state, page_of(opened).pair.view
    assert state.pair == (4, 9)
    assert shown.names == ("4", "9")
    assert shown.beats == state.sure_verdict.pairs[4, 9]
    expected = pair_evidence(state.work.network, state.layout, 4, 9)
    np.testing.assert_array_equal(shown.template, expected.template)
    for (network, neuron), weights in zip(shown.neurons, shown.weights, strict=True):
        np.testing.assert_array_equal(weights, state.work.network.hidden_weights[network, neuron])
    click_cell(opened, 4, 4)
    assert opened.session.state.pair == (4, 9)


def test_arrows_move_between_cells_and_jump_over_the_diagonal(votes: Show) -> None:
    opened = votes()
    matrix, verdict = page_of(opened).matrix, opened.session.state.sure_verdict
    assert opened.session.state.pair is None
    assert view_of(opened).selected == (verdict.answer, verdict.runner_up)
    opened.session.change(pair=(4, 3))
    for key, expected in (
        (Qt.Key.Key_Right, (4, 5)),
        (Qt.Key.Key_Down, (6, 5)),
        (Qt.Key.Key_Left, (6, 4)),
        (Qt.Key.Key_Up, (5, 4)),
    ):
        opened.bot.keyClick(matrix, key)
        assert opened.session.state.pair == expected
    opened.session.change(pair=(9, 8))
    opened.bot.keyClick(matrix, Qt.Key.Key_Right)
    assert opened.session.state.pair == (9, 8)
    opened.session.change(pair=(9, 0))
    opened.bot.keyClick(matrix, Qt.Key.Key_Left)
    assert (matrix.at, opened.session.state.pair) == ((9, None), (9, 0))
    opened.bot.keyClick(matrix, Qt.Key.Key_Right)
    assert opened.session.state.pair == (9, 0)


@pytest.mark.parametrize("pair", [(4, 9), (3, 5), (5, 8)])
def test_pairs_that_are_often_confused_are_one_click_away(
    votes: Show, pair: tuple[int, int]
) -> None:
    opened = votes()
    made = page_of(opened).steps.pairs[str(pair[0]), str(pair[1])]
    opened.click(made)
    assert opened.session.state.pair == pair
    assert made.isChecked()


def test_a_pair_tells_its_accuracy_and_leads_to_the_digits_it_confuses(votes: Show) -> None:
    opened = votes()
    session, picture = opened.session, page_of(opened).pair
    session.change(pair=(4, 9))
    until_surveyed(opened)
    found = session.surveys.found(SurveyVotes)
    assert f"{100 * found.result.accuracy(4, 9):.1f} %" in picture.view.fact
    worst = picture.view.confused[0]
    assert session.state.digits.labels[worst.image] in (4, 9)
    opened.click(picture, picture.places.confused[0])
    assert session.state.image == worst.image
    opened.click(picture, picture.places.neurons[0])
    assert (session.state.member, session.state.neuron) == picture.view.neurons[0]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        opened.bot.keyClick(picture, key)
    assert (session.state.member, session.state.neuron) == picture.view.neurons[2]


def test_a_total_and_the_name_of_a_row_show_that_class_against_the_answer(votes: Show) -> None:
    opened = votes(image=3)
    totals = page_of(opened).totals
    answer = opened.session.state.sure_verdict.answer
    third = totals.view.bars[2].key
    matrix = page_of(opened).matrix
    for picture, place in (
        (totals, totals.place(2)),
        (matrix, matrix.cells.matrix.place(third, None)),
    ):
        opened.session.change(pair=None)
        opened.click(picture, place)
        assert opened.session.state.pair == (third, answer)
