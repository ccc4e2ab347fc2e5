"""The Elimination page: what is drawn is what the state says, and clicks lead where they should."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton

from nnviz.networks.designs import DESIGNS
from nnviz.ui.elimination.page import NO_NUMBERS
from nnviz.ui.elimination.tree import TreeOfWalks
from nnviz.ui.elimination.words import listed, percent
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import Ends, path, rule
from nnviz.verdicts.walks import walk_steps
from tests.ui.conftest import MISREAD, Opened
from tests.ui.elimination_window import click, middle, page_of, walk_of

Show = Callable[..., Opened]


def moved(opened: Opened, steps: int) -> bool:
    """Looks at the run without letting the clock tick."""
    opened.session.refresh()
    return opened.session.state.work.position.steps > steps


def test_the_table_shows_every_step_with_its_probabilities(look):
    opened = look()
    state, view = opened.session.state, walk_of(opened).table.view
    steps = walk_steps(state.sure_verdict.evidence)
    assert view.steps == steps
    assert (len(steps), view.shown, view.label) == (9, 9, 8)
    for row, step in enumerate(steps):
        np.testing.assert_array_equal(view.bars[row, list(step.in_play)], step.scores)
        gone = [one for one in range(10) if one not in step.in_play]
        assert not view.bars[row, gone].any()
    assert view.places[-1] == "falls here"
    assert "falls in step 9" in page_of(opened).fate.text
    assert walk_of(opened).headline.text.endswith("6 is left: wrong.")


def test_a_right_digit_ends_with_the_true_class(look):
    opened = look(image=0)
    view, label = walk_of(opened).table.view, opened.session.state.shown_label
    assert view.steps[-1].staying == (label,)
    assert walk_of(opened).headline.text.endswith("is left: right.")
    assert page_of(opened).fate.text.endswith("is left.")
    table = walk_of(opened).table
    end = table.cell(10, label)
    image = table.grab().toImage()
    corner = end.topLeft().toPoint() + QPoint(8, 8)
    assert image.pixelColor(corner) == QColor(opened.window.theme.colours.right)


def test_a_bar_is_as_long_as_its_probability(look):
    opened = look()
    table = walk_of(opened).table
    image, bars = table.grab().toImage(), table.view.bars
    bar = table.bar(1, 8, bars[0, 8])
    assert image.pixelColor(middle(bar)) == opened.window.theme.digit(8)
    beyond = QPoint(int(bar.right()) + 4, int(bar.center().y()))
    assert image.pixelColor(beyond) == QColor(opened.window.theme.colours.track)


def test_pages_walk_through_the_steps_and_on_to_the_next_digit(look):
    opened = look()
    session, page = opened.session, page_of(opened)
    page.step(1)
    assert (session.state.image, session.state.step) == (MISREAD + 1, 0)
    for shown in range(1, 9):
        page.step(1)
        assert session.state.step == shown
        assert walk_of(opened).table.view.shown == shown
    page.step(1)
    assert session.state.step is None
    assert walk_of(opened).table.view.shown == 9
    for _ in range(9):
        page.step(-1)
    assert session.state.step == 0
    page.step(-1)
    assert (session.state.image, session.state.step) == (MISREAD, None)


def test_keys_move_through_steps_and_classes_and_follow_a_branch(look):
    opened = look()
    table, session = walk_of(opened).table, opened.session
    table.setFocus()
    opened.bot.keyClick(table, Qt.Key.Key_Home)
    assert session.state.step == 0
    for _ in range(2):
        opened.bot.keyClick(table, Qt.Key.Key_Down)
    opened.bot.keyClick(table, Qt.Key.Key_Up)
    assert session.state.step == 1
    while table.column != 6:
        opened.bot.keyClick(table, Qt.Key.Key_Right)
    opened.bot.keyClick(table, Qt.Key.Key_Return)
    assert session.state.elimination.branch == ((1, 6),)
    assert walk_of(opened).table.view.steps[0].leaving == (6,)
    assert "the end would be 8, not 6" in walk_of(opened).headline.text
    opened.bot.keyClick(table, Qt.Key.Key_Escape)
    assert session.state.elimination.branch == ()
    opened.bot.keyClick(table, Qt.Key.Key_End)
    assert session.state.step is None


def test_clicking_a_row_goes_to_its_step_and_a_ghost_follows_its_branch(look):
    opened = look()
    session, view = opened.session, walk_of(opened)
    click(opened, view.table, view.table.cell(3, 5))
    assert session.state.step == 3
    assert session.state.elimination.branch == ()
    ghosts = view.card.view.ghosts
    evidence = session.state.sure_verdict.evidence
    follow = rule(evidence, "walk", Options())
    expected = Ends(follow).beside(path(follow, 10)[2])
    assert {ghost.one: int(ghost.end) for ghost in ghosts} == expected
    click(opened, view.card, view.card.ghost(len(ghosts) - 1))
    gone = ghosts[-1].one
    assert session.state.elimination.branch == ((3, gone),)
    assert view.table.view.forced == {3}
    assert view.table.view.steps == path(follow, 10, ((3, gone),))
    back = page_of(opened).back
    assert back.isVisible()
    back.click()
    assert session.state.elimination.branch == ()


def test_another_digit_ends_the_branch(look):
    opened = look()
    opened.session.change(step=1)
    opened.session.choose("elimination", branch=((1, 6),))
    opened.session.picking.pick("next")
    assert opened.session.state.elimination.branch == ()


def test_the_tree_counts_heads_and_leads_into_branches(look):
    opened = look()
    page = page_of(opened)
    page.choose_view("tree")
    tree = page.shown["tree"]
    assert isinstance(tree, TreeOfWalks)
    view = tree.tree.view
    assert tree.headline.text.startswith("1,013 heads exist; 9 are visited.")
    heads = [int(level.heads.split()[-1]) for level in view.levels]
    assert (heads, sum(heads)) == ([1, 10, 45, 120, 210, 252, 210, 120, 45], 1013)
    assert view.levels[8].ghosts == {6: 8}
    click(opened, tree.tree, tree.tree.node(9, 6))
    assert opened.session.state.elimination.branch == ((9, 6),)
    assert (tree.tree.view.end, tree.tree.view.usual_end) == (8, 6)


def test_one_click_on_a_ghost_of_the_tree_follows_it_and_one_more_returns(look):
    opened = look()
    page = page_of(opened)
    page.choose_view("tree")
    tree = page.shown["tree"].tree
    usual = tree.view.levels[2].leaving[0]
    ghost = next(iter(tree.view.levels[2].ghosts))
    click(opened, tree, tree.node(3, ghost))
    assert (opened.session.state.elimination.branch, opened.session.state.step) == (
        ((3, ghost),),
        3,
    )
    click(opened, tree, tree.node(3, usual))
    assert opened.session.state.elimination.branch == ()
    click(opened, tree, tree.node(1, tree.view.levels[0].leaving[0]))
    assert opened.session.state.step == 1


def test_duels_are_the_second_kind_on_every_design(look):
    opened = look("all-pairs")
    page = page_of(opened)
    button = page.findChild(QAbstractButton, "kind-duels")
    button.click()
    state = opened.session.state
    assert (state.reading, state.sure_verdict.reading) == ("duels", "duels")
    view = walk_of(opened).table.view
    assert view.steps[0].rivals == (0, 9)
    assert walk_of(opened).card.view.footer[0] == "9 of 45 duels fought"
    assert not page.variants.isVisible()
    opened.session.designs.choose("four-bits")
    assert opened.session.state.sure_verdict.reading == "nearest-code"
    assert all(step.rivals for step in walk_of(opened).table.view.steps)
    assert walk_of(opened).card.view.note.startswith("Derived from the class scores")


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_walks_and_says_where_its_probabilities_come_from(look, design):
    opened = look(design)
    state, view = opened.session.state, walk_of(opened)
    assert len(view.table.view.steps) == 9
    layout = state.layout
    note = view.card.view.note
    assert ("can never change the answer" in note) == (not layout.heads and not layout.has_pairs)
    assert ("pairs of those in play" in note) == (layout.has_pairs and not layout.heads)
    if "Derived" in note:
        assert view.table.view.steps[-1].staying == (int(state.sure_verdict.scores.argmax()),)
    for name in page_of(opened).shown:
        page_of(opened).choose_view(name)
        opened.window.grab()


def test_variants_save_heads_and_say_how_much(look):
    opened = look()
    page = page_of(opened)
    page.variants.setCurrentIndex(2)
    page.variants.activated.emit(2)
    assert opened.session.state.options == Options(drop=3)
    card, table = walk_of(opened).card.view, walk_of(opened).table.view
    assert len(table.steps) == 3
    assert card.footer == (
        "3 of 1,013 heads asked",
        "21 outputs worked out",
        "61 % saved by this variant",
    )
    opened.session.change(options=Options(below=0.2))
    assert page.variants.currentText() == "leave: all below 20 %"
    assert all(
        share >= 0.2 or len(step.staying) == 1
        for step in walk_of(opened).table.view.steps[:1]
        for one, share in zip(step.in_play, step.scores, strict=True)
        if one in step.staying
    )


def test_nothing_learned_and_no_numbers_are_said_in_words(show):
    opened = show()
    opened.session.change(page="elimination")
    page = page_of(opened)
    message = page._message
    assert page.untrained.sentence.text().endswith("Train this design first.")
    assert page.untrained.train.hasFocus()
    opened.learn()
    assert not page.untrained.isVisible()
    assert walk_of(opened).table.hasFocus()
    work = opened.session.state.work
    broken = dataclasses.replace(
        work.network, hidden_weights=np.full_like(work.network.hidden_weights, np.nan)
    )
    opened.session.change(work=dataclasses.replace(work, network=broken))
    assert message._words.text() == NO_NUMBERS
    assert message.isVisible()
    message.reset.click()
    assert page.untrained.isVisible()


def test_bars_follow_at_once_and_words_wait_while_it_learns(look):
    opened = look("ten-outputs")
    opened.session.runs.run()
    table = walk_of(opened).table
    opened.ticks_until(lambda: table.isVisible())
    view = table.view
    before = opened.session.state.work.position.steps
    opened.bot.waitUntil(lambda: moved(opened, before))
    assert table.view is view  # rows and numbers as they were
    state = opened.session.state
    expected = state.sure_verdict.evidence.head(view.steps[0].in_play)[0]
    np.testing.assert_allclose(table._bars[0], expected)
    opened.session.runs.pause()
    opened.ticks_until(lambda: table.view is not view)


@pytest.mark.parametrize("trunk", ["frozen", "scratch"])
def test_it_follows_heads_that_learn_on_either_trunk(look, trunk):
    opened = look("elimination")
    opened.session.designs.load("ten-outputs")
    opened.session.controls.set(trunk=trunk)
    opened.session.controls.reset()
    assert page_of(opened).untrained.isVisible()
    opened.learn()
    state = opened.session.state
    assert state.settings.trunk == trunk
    assert walk_of(opened).table.view.steps == state.sure_verdict.steps
    assert walk_of(opened).table.isVisible()


def test_a_set_of_five_classes_has_five_places_and_four_steps(look, digits):
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
    assert (table.classes, len(table.view.steps)) == (5, 4)
    assert table.at(table.cell(5, 4).center()) == (5, 4)
    assert walk_of(opened).card.view.footer[0] == "4 of 26 sets asked"
    variants = page_of(opened).variants
    assert "5 per step" not in [variants.itemText(row) for row in range(variants.count())]
    assert variants.currentText() == "leave: 1 per step"
    opened.window.grab()


def test_the_description_tells_the_walk(look):
    opened = look()
    words = walk_of(opened).table.accessibleDescription()
    assert words.startswith("Elimination, 9 of 9 steps shown. Step 1: 7 leaves, with <0.1 %.")
    assert "The true class 8 falls in step 9." in words
    assert words.endswith("The end is 6.")


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_nothing_is_cut_off(look, size):
    opened = look(size=size)
    page = page_of(opened)
    for name in page.shown:
        page.choose_view(name)
        for widget in page.findChildren(QAbstractButton):
            if widget.isVisible():
                assert widget.width() >= widget.sizeHint().width(), widget.objectName()
                assert widget.toolTip()
                assert widget.accessibleName()
    assert page.height() <= opened.window.parts.stack.height()
    assert page.width() <= opened.window.parts.stack.width()


def test_words():
    assert [percent(share) for share in (0, 0.0004, 0.034, 0.5, 0.9999, 1)] == [
        "0 %",
        "<0.1 %",
        "3.4 %",
        "50 %",
        ">99.9 %",
        "100 %",
    ]
    assert listed(["a", "b", "c"]) == "a, b and c"
