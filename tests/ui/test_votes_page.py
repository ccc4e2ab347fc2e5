"""The Votes page: what is drawn is what the pairs say, and clicks lead where they should."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTableWidget, QWidget

from nnviz.learning.answers import Options
from nnviz.learning.data_sets import DATA_SETS
from nnviz.learning.designs import DESIGNS
from nnviz.learning.digits import DigitSet, Source, bundled_digits
from nnviz.learning.disagreement import RULES, answers_by_rule, disagree
from nnviz.learning.evidence import evidence_of
from nnviz.learning.pair_evidence import pair_evidence
from nnviz.learning.readings import READINGS
from nnviz.ui.pages.votes import VotesPage
from nnviz.ui.pictures.percents import numeral_size
from nnviz.ui.pictures.vote_matrix import MatrixView
from tests.idx_files import write_colour_folder, write_folder
from tests.ui.conftest import Opened

Show = Callable[..., Opened]


@pytest.fixture
def votes(show: Show) -> Callable[..., Opened]:
    """votes(design, image, **window) -> a window with a trained network on the page."""

    def opened(design: str = "all-pairs", image: int = 0, **how: object) -> Opened:
        window = show(trained=True, **how)
        window.session.choose_design(design)
        window.session.change(page="votes", image=image)
        window.window.page.setFocus()
        return window

    return opened


def page_of(opened: Opened) -> VotesPage:
    page = opened.window.page
    assert isinstance(page, VotesPage)
    return page


def view_of(opened: Opened) -> MatrixView:
    view = page_of(opened).matrix.view
    assert view is not None
    return view


def click(opened: Opened, widget: QWidget, place: QRectF) -> None:
    opened.bot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place.center().toPoint())


def click_cell(opened: Opened, row: int, column: int) -> None:
    matrix = page_of(opened).matrix
    click(opened, matrix, matrix.layout_now.cell(row, column))


def differing(opened: Opened) -> list[int]:
    """The test digits that the rules do not all read alike."""
    state = opened.session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    return np.flatnonzero(disagree(answers_by_rule(evidence))).tolist()


def until_surveyed(opened: Opened) -> None:
    opened.ticks_until(lambda: opened.session.surveyed("votes") is not None)


# ---- the digit on screen -----------------------------------------------------------------


@pytest.mark.parametrize("design", DESIGNS)
def test_the_matrix_shows_the_pairs_of_any_design(
    votes: Callable[..., Opened], design: str
) -> None:
    opened = votes(design, 3)
    state, view = opened.session.state, view_of(opened)
    np.testing.assert_array_equal(view.beats, state.sure_verdict.pairs)
    np.testing.assert_array_equal(view.shown, ~np.eye(10, dtype=bool))
    assert ("derived" in view.caption) == state.sure_verdict.evidence.derived_pairs
    assert not page_of(opened).grab().isNull()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_cell_is_filled_where_the_row_wins_and_outlined_where_it_loses(
    votes: Callable[..., Opened], theme: str
) -> None:
    opened = votes(image=3, theme=theme)
    matrix, view = page_of(opened).matrix, view_of(opened)
    opened.session.change(pair=(0, 1))
    image, colours = matrix.grab().toImage(), opened.window.theme
    answer = opened.session.state.sure_verdict.answer
    beaten = next(each for each in range(2, 10) if view.beats[answer, each] > 0.995)

    def corner(row: int, column: int, inset: int) -> QColor:
        cell = matrix.layout_now.cell(row, column)
        return image.pixelColor(cell.topLeft().toPoint() + QPoint(inset, inset))

    assert corner(answer, beaten, 6) == colours.colour("positive")
    assert corner(beaten, answer, 7) == colours.colour("background")
    assert colours.colour("negative") in [corner(beaten, answer, each) for each in range(1, 6)]
    assert corner(answer, answer, 7) == colours.colour("background")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("design", ["all-pairs", "four-bits"])
def test_every_rule_ranks_the_classes_by_its_totals(
    votes: Callable[..., Opened], design: str, rule: str
) -> None:
    opened = votes(design, 55)
    page = page_of(opened)
    usual = opened.session.state.sure_verdict.answer
    opened.bot.mouseClick(page.rules.rules[rule], Qt.MouseButton.LeftButton)
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


def test_ties_are_said_in_words(votes: Callable[..., Opened]) -> None:
    opened = votes()
    state = opened.session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    ties = READINGS["votes"].read(evidence, Options()).ties
    assert ties is not None
    opened.session.change(image=int(np.flatnonzero(ties)[0]), reading="votes")
    words = page_of(opened).sentence.text()
    assert "tie at" in words
    assert "the larger sum decides" in words


def test_rules_that_disagree_are_marked_and_named(votes: Callable[..., Opened]) -> None:
    opened = votes()
    image = differing(opened)[0]
    opened.session.change(image=image)
    page, state = page_of(opened), opened.session.state
    answers = dict(
        zip(RULES, answers_by_rule(state.sure_verdict.evidence)[0].tolist(), strict=True)
    )
    for rule, answer in answers.items():
        text = page.rules.rules[rule].text()
        assert text.split()[1] == str(answer)
        assert ("≠" in text) == (answer != answers["summed"])
    other = next(answer for answer in answers.values() if answer != answers["summed"])
    assert page.sentence.text().rstrip(".").count(f" {other}")


def test_the_next_digit_where_rules_differ_is_found_and_shown(
    votes: Callable[..., Opened],
) -> None:
    opened = votes()
    page, wanted = page_of(opened), differing(opened)
    opened.bot.mouseClick(page.rules.search, Qt.MouseButton.LeftButton)
    opened.bot.waitUntil(lambda: opened.session.state.image == wanted[0])
    opened.bot.mouseClick(page.rules.search, Qt.MouseButton.LeftButton)
    opened.bot.waitUntil(lambda: opened.session.state.image == wanted[1])
    labels = opened.session.state.digits.labels
    label = int(labels[wanted[-1]])
    opened.session.change(image=0, label=label)
    opened.bot.mouseClick(page.rules.search, Qt.MouseButton.LeftButton)
    first = next(image for image in wanted if labels[image] == label)
    opened.bot.waitUntil(lambda: opened.session.state.image == first)


def test_the_search_can_be_stopped_and_ends_when_the_page_is_left(
    votes: Callable[..., Opened],
) -> None:
    opened = votes()
    page = page_of(opened)
    for stop in (page.search, lambda: opened.session.change(page="train")):
        page.search()
        assert page.searching.active
        assert "stop" in page.rules.search.text()
        stop()
        assert not page.searching.active
    assert opened.session.state.image == 0


def test_a_search_says_when_rules_cannot_differ(votes: Callable[..., Opened]) -> None:
    opened = votes("ten-outputs")
    page_of(opened).search()
    notice = opened.session.state.notice
    assert notice is not None
    assert "derived" in notice.sentence
    assert differing(opened) == []


def test_marks_say_whether_the_winner_is_right(votes: Callable[..., Opened]) -> None:
    opened = votes()
    state = opened.session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    wrong = READINGS["summed"].read(evidence, Options()).classes != state.digits.labels
    opened.session.change(image=int(np.flatnonzero(wrong)[0]))
    state, marks = opened.session.state, view_of(opened).marks
    assert marks[state.sure_verdict.answer] is False
    assert marks[state.shown_label] is True
    opened.session.change(image=int(np.flatnonzero(~wrong)[0]))
    assert [mark for mark in view_of(opened).marks if mark is not None] == [True]


# ---- a pair ------------------------------------------------------------------------------


def test_without_a_choice_the_pair_is_the_answer_and_its_runner_up(
    votes: Callable[..., Opened],
) -> None:
    opened = votes(image=3)
    verdict = opened.session.state.sure_verdict
    assert view_of(opened).selected == (verdict.answer, verdict.runner_up)
    assert opened.session.state.pair is None


@pytest.mark.parametrize("design", ["all-pairs", "elimination", "ten-outputs", "four-bits"])
def test_clicking_a_cell_shows_what_decides_that_pair(
    votes: Callable[..., Opened], design: str
) -> None:
    opened = votes(design)
    click_cell(opened, 4, 9)
    state, shown = opened.session.state, page_of(opened).pair.view
    assert state.pair == (4, 9)
    assert shown is not None
    assert shown.names == ("4", "9")
    assert shown.beats == state.sure_verdict.pairs[4, 9]
    expected = pair_evidence(state.work.network, state.layout, 4, 9)
    np.testing.assert_array_equal(shown.template, expected.template)
    for (network, neuron), weights in zip(shown.neurons, shown.weights, strict=True):
        np.testing.assert_array_equal(weights, state.work.network.hidden_weights[network, neuron])
    click_cell(opened, 4, 4)
    assert opened.session.state.pair == (4, 9)


def test_arrows_move_between_cells_and_jump_over_the_diagonal(
    votes: Callable[..., Opened],
) -> None:
    opened = votes()
    matrix = page_of(opened).matrix
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


@pytest.mark.parametrize("pair", [(4, 9), (3, 5), (5, 8)])
def test_pairs_that_are_often_confused_are_one_click_away(
    votes: Callable[..., Opened], pair: tuple[int, int]
) -> None:
    opened = votes()
    made = page_of(opened).steps.pairs[str(pair[0]), str(pair[1])]
    opened.bot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert opened.session.state.pair == pair
    assert made.isChecked()


def test_a_pair_tells_its_accuracy_and_leads_to_the_digits_it_confuses(
    votes: Callable[..., Opened],
) -> None:
    opened = votes()
    opened.session.change(pair=(4, 9))
    until_surveyed(opened)
    found = opened.session.surveyed("votes")
    assert found is not None
    picture = page_of(opened).pair
    assert picture.view is not None
    assert f"{100 * found.result.accuracy(4, 9):.1f} %" in picture.view.fact
    worst = picture.view.confused[0]
    labels = opened.session.state.digits.labels
    assert labels[worst.image] in (4, 9)
    click(opened, picture, picture.layout_now.confused[0])
    assert opened.session.state.image == worst.image
    click(opened, picture, picture.layout_now.neurons[1])
    state = opened.session.state
    assert (state.member, state.neuron) == picture.view.neurons[1]


def test_arrows_and_enter_choose_in_the_picture_of_a_pair(votes: Callable[..., Opened]) -> None:
    opened = votes()
    picture = page_of(opened).pair
    assert picture.view is not None
    opened.bot.keyClick(picture, Qt.Key.Key_Right)
    opened.bot.keyClick(picture, Qt.Key.Key_Right)
    opened.bot.keyClick(picture, Qt.Key.Key_Return)
    state = opened.session.state
    assert (state.member, state.neuron) == picture.view.neurons[2]


def test_clicking_a_total_shows_that_class_against_the_answer(
    votes: Callable[..., Opened],
) -> None:
    opened = votes(image=3)
    totals = page_of(opened).totals
    answer = opened.session.state.sure_verdict.answer
    third = totals.view.bars[2].key
    click(opened, totals, totals.place(2))
    assert opened.session.state.pair == (third, answer)


# ---- steps -------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "steps"), [("summed", 10), ("votes", 10), ("coupling", 9)])
def test_totals_grow_column_by_column(votes: Callable[..., Opened], rule: str, steps: int) -> None:
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


def test_duels_show_nine_cells_in_their_order(votes: Callable[..., Opened]) -> None:
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


def test_page_keys_step_through_and_lead_to_the_next_and_the_previous_digit(
    votes: Callable[..., Opened],
) -> None:
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


def test_play_counts_on_by_itself_to_the_end(votes: Callable[..., Opened]) -> None:
    opened = votes(image=3)
    player = page_of(opened).player
    player.toggle()
    assert opened.session.state.step == 0
    player._timer.setInterval(0)
    opened.bot.waitUntil(lambda: opened.session.state.step is None)
    assert not player.playing
    assert opened.session.state.image == 3


def test_no_step_gives_the_end_away(votes: Callable[..., Opened]) -> None:
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


def test_all_test_digits_of_a_class_show_their_mean_votes(votes: Callable[..., Opened]) -> None:
    opened = votes()
    page = page_of(opened)
    opened.bot.mouseClick(page.rules.views["all"], Qt.MouseButton.LeftButton)
    until_surveyed(opened)
    found = opened.session.surveyed("votes")
    assert found is not None
    state = opened.session.state
    np.testing.assert_allclose(view_of(opened).beats, found.result.means[state.shown_label])
    opened.session.pick_label(5)
    np.testing.assert_allclose(view_of(opened).beats, found.result.means[5])
    assert view_of(opened).first == 5
    assert "class 5" in page.sentence.text()
    worst = found.result.worst(5)
    assert [divmod(bar.key, 10) for bar in page.worst.view.bars] == worst
    click(opened, page.worst, page.worst.place(1))
    assert opened.session.state.pair == worst[1]
    opened.session.change(reading="duels")
    often = found.result.most_decisive("duels", 5)
    assert [divmod(bar.key, 10) for bar in page.decisive.view.bars] == [pair for pair, _ in often]
    opened.bot.keyClick(page.decisive, Qt.Key.Key_Down)
    assert opened.session.state.pair == often[1][0]


def test_before_the_survey_it_is_said_when_it_comes(show: Show) -> None:
    opened = show()
    opened.session.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 2)
    opened.session.change(page="votes")
    page = page_of(opened)
    page.choose_view("all")
    assert "once the run pauses" in page.sentence.text()
    assert not view_of(opened).shown.any()
    opened.session.pause()
    until_surveyed(opened)
    assert view_of(opened).shown.sum() == 90


# ---- bad input, live, size ---------------------------------------------------------------


def test_a_design_that_learned_nothing_offers_to_train_it(show: Show) -> None:
    opened = show()
    opened.session.change(page="votes")
    page = page_of(opened)
    assert page.untrained.isVisible()
    assert "Train this design first" in page.untrained.sentence.text()
    opened.window.step_page(1)
    assert opened.session.state.image == 1
    opened.bot.mouseClick(page.untrained.train, Qt.MouseButton.LeftButton)
    assert opened.session.state.running
    assert page.matrix.isVisible()


def test_weights_that_are_no_numbers_are_said_in_words(votes: Callable[..., Opened]) -> None:
    opened = votes(image=3)
    session = opened.session
    network = session.state.work.network
    hidden = np.full_like(network.hidden_weights, np.nan)
    broken = replace(
        network,
        hidden_weights=hidden,
        output_weights=np.full_like(network.output_weights, np.nan),
        hidden_biases=network.hidden_biases.copy(),
        output_biases=network.output_biases.copy(),
    )
    session.change(work=replace(session.state.work, network=broken))
    page = page_of(opened)
    assert "no longer numbers" in page.sentence.text()
    assert set(view_of(opened).beats[view_of(opened).shown].tolist()) == {0.5}
    assert not page.grab().isNull()


def fewer(digits: DigitSet, classes: int) -> DigitSet:
    train, test = digits.train_labels < classes, digits.test_labels < classes
    return replace(
        digits,
        class_names=digits.class_names[:classes],
        train_images=digits.train_images[train],
        train_labels=digits.train_labels[train],
        test_images=digits.test_images[test],
        test_labels=digits.test_labels[test],
    )


@pytest.mark.parametrize("classes", [2, 5])
def test_fewer_classes_show_a_smaller_matrix(show: Show, tmp_path: Path, classes: int) -> None:
    opened = show()
    folder = write_folder(tmp_path / "few", fewer(bundled_digits(), classes))
    opened.session.open_digits(Source("folder", str(folder)))
    opened.ticks_until(lambda: opened.session.state.digits.classes == classes)
    opened.session.choose_design("all-pairs")
    opened.learn(30)
    opened.session.change(page="votes")
    until_surveyed(opened)
    page = page_of(opened)
    assert view_of(opened).beats.shape == (classes, classes)
    assert len(page.totals.view.bars) == classes
    for rule in RULES:
        opened.session.change(reading=rule)
        assert not page.grab().isNull()
    shown = [made for made in page.steps.pairs.values() if not made.isHidden()]
    assert shown == []


def test_class_names_that_are_words_fit(show: Show, tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    images = chance.integers(0, 255, (40, 32, 32, 3))
    names = DATA_SETS["cifar-10"].class_names
    folder = write_colour_folder(tmp_path / "colour", images, np.arange(40) % 10, names)
    opened = show()
    opened.session.open_digits(Source("folder", str(folder)))
    opened.ticks_until(lambda: opened.session.state.digits.class_names == names)
    opened.learn(3)
    opened.session.change(page="votes")
    until_surveyed(opened)
    layout = page_of(opened).matrix.layout_now
    assert not layout.upright
    assert QRectF(page_of(opened).matrix.rect()).contains(layout.cells)
    assert not page_of(opened).grab().isNull()


def test_cells_follow_the_weights_while_numbers_wait_for_the_slow_tick(show: Show) -> None:
    opened = show()
    opened.session.change(page="votes")
    opened.session.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 3)
    page, session = page_of(opened), opened.session
    page.slow_tick(session.state)
    words, numbers = page.sentence.text(), page.matrix._percents.copy()
    before = session.state.work.position.steps
    while session.state.work.position.steps <= before:
        session.refresh()
    np.testing.assert_array_equal(view_of(opened).beats, session.state.sure_verdict.pairs)
    np.testing.assert_array_equal(page.matrix._percents, numbers)
    assert page.sentence.text() == words
    page.slow_tick(session.state)
    rounded = np.rint(100 * session.state.sure_verdict.pairs)
    np.testing.assert_array_equal(page.matrix._percents, rounded)
    session.pause()


def test_a_hidden_page_does_not_draw(votes: Callable[..., Opened]) -> None:
    opened = votes()
    page, view = page_of(opened), view_of(opened)
    opened.session.change(page="train")
    opened.session.change(image=9)
    assert page.matrix.view is view
    opened.session.change(page="votes")
    assert page.matrix.view is not view


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("view", ["digit", "all"])
def test_everything_fits_and_can_be_read(
    votes: Callable[..., Opened], size: tuple[int, int], view: str
) -> None:
    opened = votes(image=55, size=size)
    page, window = page_of(opened), opened.window
    page.choose_view(view)
    opened.bot.waitUntil(lambda: page.height() <= window.stack.height())
    assert page.width() <= window.stack.width()
    matrix = page.matrix
    assert QRectF(matrix.rect()).contains(matrix.layout_now.cells)
    if size[0] >= 1280:
        cell = matrix.layout_now.cell_width
        assert numeral_size(window.theme, cell) >= 24


def test_large_text_folds_the_page(votes: Callable[..., Opened]) -> None:
    opened = votes(scale=1.5)
    page = page_of(opened)
    opened.bot.waitUntil(lambda: page.pair.y() > page.matrix.geometry().bottom())
    assert page.width() <= opened.window.stack.width()


def test_the_table_has_the_numbers_of_the_matrix(votes: Callable[..., Opened]) -> None:
    opened = votes(image=3)
    page = page_of(opened)
    opened.bot.keyClick(page.matrix, Qt.Key.Key_T)
    dialog = page.findChild(QWidget, "vote-table")
    assert isinstance(dialog, QWidget)
    table = dialog.findChild(QTableWidget)
    assert isinstance(table, QTableWidget)
    pairs = opened.session.state.sure_verdict.pairs
    for row, column in ((0, 1), (8, 3), (9, 8)):
        item = table.item(row, column)
        assert item is not None
        assert item.text() == f"{100 * pairs[row, column]:.0f}"
    dialog.close()


def test_descriptions_say_what_a_person_would_say(votes: Callable[..., Opened]) -> None:
    opened = votes(image=3)
    page, verdict = page_of(opened), opened.session.state.sure_verdict
    words = page.matrix.accessibleDescription()
    assert words.startswith(f"{verdict.answer} wins with ")
    assert f"{verdict.runner_up} is next" in words
    for widget in (page.matrix, page.totals, page.worst, page.decisive, page.pair):
        assert widget.accessibleName()
        assert widget.toolTip()
