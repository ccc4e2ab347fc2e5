"""The Elimination page: what is drawn is what the state says, and clicks lead where they should."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication

from nnviz.networks.designs import DESIGNS
from nnviz.ui.elimination.path import walked
from nnviz.ui.elimination.walk_steps import TWO_LINES, beside_words
from nnviz.ui.elimination.words import NO_NUMBERS, probability, source_of_heads
from nnviz.ui.kit.theme import Theme
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import Ends, path, rule
from nnviz.verdicts.walks import walk_steps
from tests.ui.conftest import MISREAD, Opened, Show
from tests.ui.elimination_window import click_step, page_of, steps_of, walk_of


def with_network(opened: Opened, **arrays: np.ndarray) -> None:
    """Puts a network with some other arrays on screen."""
    work = opened.session.state.work
    network = dataclasses.replace(work.network, **arrays)
    opened.session.change(work=dataclasses.replace(work, network=network))


def test_the_table_shows_every_step_with_its_probabilities(look: Show) -> None:
    opened = look()
    state, walk = opened.session.state, steps_of(opened)
    steps = walk_steps(state.sure_verdict.evidence)
    assert walk.steps == steps
    assert (len(steps), walk.shown, walk.label) == (9, 9, 8)
    for row, step in enumerate(steps):
        np.testing.assert_array_equal(walk.shares[row, list(step.in_play)], step.scores)
        gone = [one for one in range(10) if one not in step.in_play]
        assert not walk.shares[row, gone].any()
    assert walk.places[-1] == "falls here"
    assert "falls in step 9" in page_of(opened).fate.text
    assert walk_of(opened).headline.text.endswith("6 is left: wrong.")
    begins = "Elimination, 9 of 9 steps shown. Step 1 of 9: 7 leaves, with <0.1 %."
    table = walk_of(opened).table
    opened.bot.waitUntil(lambda: table.accessibleDescription().startswith(begins))
    words = table.accessibleDescription()
    assert "The true class 8 falls in step 9." in words
    assert words.endswith("The end is 6.")


def test_a_right_digit_ends_with_the_true_class(look: Show) -> None:
    opened = look(image=0)
    label, table = opened.session.state.shown_label, walk_of(opened).table
    assert steps_of(opened).steps[-1].staying == (label,)
    assert walk_of(opened).headline.text.endswith("is left: right.")
    assert page_of(opened).fate.text.endswith("is left.")
    corner = table.places.cell(10, label).topLeft().toPoint() + QPoint(8, 8)
    right = QColor(opened.window.theme.colours.right)
    assert table.grab().toImage().pixelColor(corner) == right


def test_a_bar_is_as_long_as_its_probability(look: Show) -> None:
    opened = look()
    table = walk_of(opened).table
    image, bar = table.grab().toImage(), table.view.moving.bar(table.places, 1, 8)
    assert image.pixelColor(bar.center().toPoint()) == opened.window.theme.digit(8)
    beyond = QPoint(int(bar.right()) + 4, int(bar.center().y()))
    assert image.pixelColor(beyond) == QColor(opened.window.theme.colours.track)


def test_pages_walk_through_the_steps_and_on_to_the_next_digit(look: Show) -> None:
    opened = look()
    session, page = opened.session, page_of(opened)
    page.step(1)
    assert (session.state.image, session.state.step) == (MISREAD + 1, 0)
    for shown in range(1, 9):
        page.step(1)
        assert session.state.step == steps_of(opened).shown == shown
    page.step(1)
    assert (session.state.step, steps_of(opened).shown) == (None, 9)
    for _ in range(9):
        page.step(-1)
    assert session.state.step == 0
    page.step(-1)
    assert (session.state.image, session.state.step) == (MISREAD, None)


def test_keys_move_through_steps_and_classes_and_follow_a_branch(look: Show) -> None:
    opened = look()
    table, session, keys = walk_of(opened).table, opened.session, Qt.Key
    table.setFocus()
    opened.bot.keyClick(table, keys.Key_Home)
    assert session.state.step == 0
    for key in (keys.Key_Down, keys.Key_Down, keys.Key_Up):
        opened.bot.keyClick(table, key)
    assert session.state.step == 1
    while table.keys_on[1] != 6:
        opened.bot.keyClick(table, keys.Key_Right)
    opened.bot.keyClick(table, keys.Key_Return)
    assert session.state.elimination.branch == ((1, 6),)
    assert steps_of(opened).steps[0].leaving == (6,)
    assert "the end would be 8, not 6" in walk_of(opened).headline.text
    opened.bot.keyClick(table, keys.Key_Escape)
    assert session.state.elimination.branch == ()
    opened.bot.keyClick(table, keys.Key_End)
    assert session.state.step is None
    opened.bot.keyClick(table, keys.Key_Down)
    assert session.state.step is None
    opened.bot.keyClick(table, keys.Key_Left)
    opened.bot.keyClick(table, keys.Key_Up)
    opened.bot.keyClick(table, keys.Key_Up)
    assert session.state.step == 8
    assert table.keys_on == (8, 5)


def test_clicking_a_row_goes_to_its_step_and_a_ghost_follows_its_branch(look: Show) -> None:
    opened = look()
    session, view = opened.session, walk_of(opened)
    click_step(opened, view.table, 3, 5)
    assert session.state.step == 3
    assert session.state.elimination.branch == ()
    ghosts = view.card.view.ghosts
    follow = rule(session.state.sure_verdict.evidence, "walk", Options())
    assert {ghost.end for ghost in ghosts} == {"?"}, "the end is still to come"
    opened.click(view.card, view.card.ghost(len(ghosts) - 1))
    gone = ghosts[-1].one
    expected = Ends(follow).beside(path(follow, 10, ((3, gone),))[2])
    assert {each.one: int(each.end) for each in view.card.view.ghosts} == expected
    assert session.state.elimination.branch == ((3, gone),)
    assert steps_of(opened).forced == {3}
    assert steps_of(opened).steps == path(follow, 10, ((3, gone),))
    back = page_of(opened).back
    assert back.isVisible()
    back.click()
    assert session.state.elimination.branch == ()
    session.choose("elimination", branch=((1, 6),))
    session.picking.pick("next")
    assert session.state.elimination.branch == (), "another digit ends the branch"


def test_duels_are_the_second_kind_on_every_design(look: Show) -> None:
    opened = look("all-pairs")
    page = page_of(opened)
    page.findChild(QAbstractButton, "kind-duels").click()
    state = opened.session.state
    assert (state.reading, state.sure_verdict.reading) == ("", "summed"), "only looked at"
    assert steps_of(opened).steps[0].rivals == (0, 9)
    assert walk_of(opened).card.view.footer[0] == "9 of 45 duels fought"
    assert not page.variants.isVisible()
    opened.session.designs.choose("four-bits")
    assert opened.session.state.sure_verdict.reading == "nearest-code"
    assert all(step.rivals for step in steps_of(opened).steps)
    assert walk_of(opened).card.view.note.startswith("Derived from the class scores")


def test_every_design_walks_and_says_where_its_probabilities_come_from(look: Show) -> None:
    opened = look()
    for design in DESIGNS:
        opened.session.designs.choose(design)
        page_of(opened).choose_view("walk")
        state, steps, note = (
            opened.session.state,
            steps_of(opened).steps,
            walk_of(opened).card.view.note,
        )
        layout = state.layout
        assert len(steps) == 9
        assert ("can never change the answer" in note) == (
            not layout.heads and not layout.has_pairs
        )
        assert ("pairs of those in play" in note) == (layout.has_pairs and not layout.heads)
        if "Derived" in note:
            assert steps[-1].staying == (int(state.sure_verdict.scores.argmax()),)
        for name in page_of(opened).shown:
            page_of(opened).choose_view(name)
            opened.window.grab()


def test_another_answer_on_the_left_is_explained(look: Show) -> None:
    opened = look("all-pairs", image=55)
    found = walked(opened.session.state)
    assert found.end != opened.session.state.sure_verdict.answer
    assert "The answer on the left is read by summed probabilities." in source_of_heads(found)
    assert walk_of(opened).card.view.note == source_of_heads(found)


def test_variants_save_heads_and_say_how_much(look: Show) -> None:
    opened = look()
    variants = page_of(opened).variants
    variants.setCurrentIndex(2)
    variants.activated.emit(2)
    assert opened.session.state.options == Options(drop=3)
    card, steps = walk_of(opened).card.view, steps_of(opened).steps
    assert len(steps) == 3
    assert card.footer[:3] == (
        "3 of 1,013 heads asked",
        "21 outputs worked out",
        "This variant saves 3.9 % of the multiply-adds, 61 % of the outputs.",
    )
    opened.session.change(step=1)
    leaving = [one for one, _, leaves in walk_of(opened).card.view.large if leaves]
    assert tuple(leaving) == steps[0].leaving
    assert len(leaving) == 3
    opened.window.grab()
    opened.session.change(options=Options(below=0.2), step=None)
    assert variants.currentText() == "leave: all below 20 %"
    first = steps_of(opened).steps[0]
    shares = dict(zip(first.in_play, first.scores, strict=True))
    assert len(first.staying) == 1 or all(shares[one] >= 0.2 for one in first.staying)


def test_nothing_learned_and_no_numbers_are_said_in_words(show: Show) -> None:
    opened = show()
    opened.session.change(page="elimination")
    page = page_of(opened)
    assert page.untrained.sentence.text().endswith("Train this design first.")
    assert page.untrained.train.hasFocus()
    opened.learn()
    assert not page.untrained.isVisible()
    assert walk_of(opened).table.hasFocus()
    weights = opened.session.state.work.network.hidden_weights
    with_network(opened, hidden_weights=np.full_like(weights, np.nan))
    assert page.trouble.text() == NO_NUMBERS
    assert page.message.isVisible()
    page.reset.click()
    assert page.untrained.isVisible()


def test_bars_and_words_are_of_one_moment_while_it_learns(look: Show) -> None:
    opened = look("ten-outputs")
    session, table = opened.session, walk_of(opened).table
    session.runs.run()
    opened.ticks_until(lambda: table.isVisible())
    seen, judged = table.view.steps, set()
    while len(judged) < 3:
        opened.window.parts.clock.tick()
        verdict, steps = session.state.sure_verdict, table.view.steps
        judged.add(verdict)
        expected = verdict.evidence.head(steps.steps[0].in_play)[0]
        np.testing.assert_allclose(steps.steps[0].scores, expected)
        np.testing.assert_allclose(table.view.moving.shares[0], expected)
    assert table.view.steps is not seen
    session.runs.pause()


@pytest.mark.parametrize("trunk", ["frozen", "scratch"])
def test_it_follows_heads_that_learn_on_either_trunk(look: Show, trunk: str) -> None:
    opened = look("elimination")
    opened.session.designs.load("ten-outputs")
    opened.session.controls.set(trunk=trunk)
    opened.session.controls.reset()
    assert page_of(opened).untrained.isVisible()
    opened.learn()
    state = opened.session.state
    assert state.settings.trunk == trunk
    assert steps_of(opened).steps == state.sure_verdict.steps
    assert walk_of(opened).table.isVisible()


def test_a_set_of_five_classes_has_five_places_and_four_steps(look: Show, digits) -> None:
    opened = look()
    five = dataclasses.replace(
        digits,
        class_names=digits.class_names[:5],
        images=digits.images[digits.labels < 5],
        labels=digits.labels[digits.labels < 5],
    )
    session = opened.session
    network = session.state.work.network
    own = session.state.layout.heads[(0, 1, 2, 3, 4)]
    settings = session.state.settings.change(design="ten-outputs")
    small = dataclasses.replace(
        network,
        output_weights=network.output_weights[own],
        output_biases=network.output_biases[own],
        output_networks=np.zeros(5, np.intp),
        output_groups=np.zeros(5, np.intp),
    )
    work = dataclasses.replace(session.state.work, network=small, settings=settings, opened=None)
    work = dataclasses.replace(work, position=dataclasses.replace(work.position, steps=1))
    session.change(digits=five, work=work, image=0, label=None)
    table = walk_of(opened).table
    assert (table.places.classes, len(steps_of(opened).steps)) == (5, 4)
    assert table.region_at(table.places.cell(5, 4).center()).key == (5, 4)
    assert walk_of(opened).card.view.footer[0] == "4 of 26 sets asked"
    variants = page_of(opened).variants
    assert "5 per step" not in [variants.itemText(row) for row in range(variants.count())]
    assert variants.currentText() == "leave: 1 per step"
    opened.window.grab()


def test_a_tie_is_said(look: Show) -> None:
    opened = look()
    network = opened.session.state.work.network
    names = ("output_weights", "output_biases")
    with_network(opened, **{name: np.zeros_like(getattr(network, name)) for name in names})
    opened.session.change(step=1)
    assert "all are even, with 10 %: the last one, 9, leaves." in walk_of(opened).headline.text
    opened.session.change(reading="duels", step=1)
    assert "0 and 9 are even, with 50 %: the last one, 9, leaves." in walk_of(opened).headline.text


def test_a_probability_is_never_certain_that_only_comes_near() -> None:
    shares = (0, 0.0004, 0.034, 0.5, 0.9999, 1)
    said = ["0 %", "<0.1 %", "3.4 %", "50 %", ">99.9 %", "100 %"]
    assert [probability(share) for share in shares] == said


# ---- room ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_nothing_is_cut_off(look: Show, size: tuple[int, int]) -> None:
    opened = look(size=size)
    page = page_of(opened)
    for name in page.shown:
        page.choose_view(name)
        QApplication.processEvents()  # widths are given with the next layout
        for widget in page.findChildren(QAbstractButton):
            if widget.isVisible():
                assert widget.width() >= widget.sizeHint().width(), widget.objectName()
    assert page.height() <= opened.window.parts.stack.height()
    assert page.width() <= opened.window.parts.stack.width()


def test_a_view_that_is_hidden_asks_for_no_room(look: Show) -> None:
    opened = look()
    page = page_of(opened)
    least = page.minimumSizeHint().height()
    assert least + 50 <= opened.window.parts.stack.height()  # a message above still fits
    for name in ("departures", "savings", "walk"):
        page.choose_view(name)
    assert page.minimumSizeHint().height() == least


@pytest.mark.parametrize("height", [720, 640, 560])
def test_what_stands_on_the_card_never_overlaps(look: Show, height: int) -> None:
    opened = look("bit-layer", image=0, size=(1280, height))
    opened.session.change(step=3)
    card = walk_of(opened).card
    lines = card.lines_below()
    assert lines[0][1] == "3 of 1,013 sets asked"
    assert card.ghost(len(card.view.ghosts) - 1).bottom() <= lines[0][0].top()
    assert lines[-1][0].bottom() <= card.height()


def test_a_name_that_is_a_word_leaves_room_for_its_cross_or_percentage() -> None:
    theme = Theme()
    high = QRectF(0, 0, 80, theme.px(TWO_LINES))
    name, below = beside_words(high, theme, leaves=False, tells=True)
    assert below.top() >= name.bottom() - theme.px(2)
    assert below.bottom() == high.bottom()
    name, beside = beside_words(high, theme, leaves=True, tells=True)
    assert name.right() < high.right() == beside.right()
    low = QRectF(0, 0, 80, theme.px(TWO_LINES) - 1)
    assert beside_words(low, theme, leaves=False, tells=True)[1].isEmpty()
