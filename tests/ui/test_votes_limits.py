"""The Votes page at its limits: nothing learned, diverged, few classes, names, sizes, runs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import DigitSet, Source, bundled_digits
from nnviz.questions.votes import RULES, SurveyVotes
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.contrast import contrast
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes.matrix import INKS, win_colours
from tests.idx_files import write_colour_folder, write_folder
from tests.ui.conftest import Show
from tests.ui.votes_window import page_of, until_surveyed, view_of

# ---- bad input, live, size ---------------------------------------------------------------


def test_a_design_that_learned_nothing_offers_to_train_it(show: Show) -> None:
    opened = show()
    opened.session.change(page="votes")
    page = page_of(opened)
    assert page.untrained.isVisible()
    assert "Train this design first" in page.untrained.sentence.text()
    assert page.untrained.train.hasFocus()
    opened.window.step_page(1)
    assert opened.session.state.image == 1
    opened.click(page.untrained.train)
    assert opened.session.state.running
    assert page.matrix.isVisible()


def test_weights_that_are_no_numbers_are_said_in_words(votes: Show) -> None:
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
    assert "no evidence" in page.pair.view.trouble
    page.pair.tell()
    assert "no evidence" in page.pair.accessibleDescription()
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
    opened.session.digits.open(Source("folder", str(folder)))
    opened.ticks_until(lambda: opened.session.state.digits.classes == classes)
    opened.session.designs.choose("all-pairs")
    opened.learn(30)
    opened.session.change(page="votes")
    until_surveyed(opened)
    page = page_of(opened)
    assert view_of(opened).beats.shape == (classes, classes)
    assert len(page.totals.view.bars) == classes
    for rule in RULES:
        opened.session.change(reading=rule)
        assert not page.grab().isNull()
    assert all(made.isHidden() for made in page.steps.pairs.values())


def test_class_names_that_are_words_fit(show: Show, tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    images = chance.integers(0, 255, (40, 32, 32, 3))
    names = DATA_SETS["cifar-10"].class_names
    folder = write_colour_folder(tmp_path / "colour", images, np.arange(40) % 10, names)
    opened = show()
    opened.session.digits.open(Source("folder", str(folder)))
    opened.ticks_until(lambda: opened.session.state.digits.class_names == names)
    opened.learn(3)
    opened.session.change(page="votes")
    until_surveyed(opened)
    matrix = page_of(opened).matrix
    assert matrix.cells.matrix.turned
    assert QRectF(matrix.rect()).contains(matrix.cells.matrix.cells)
    assert not page_of(opened).grab().isNull()


def test_cells_and_numbers_wait_for_the_slow_tick_while_weights_move(show: Show) -> None:
    opened = show()
    opened.session.change(page="votes")
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 3)
    page, session = page_of(opened), opened.session
    session.store.judge()
    page.slow_tick(session.state)
    words, numbers, weights = page.sentence.text(), view_of(opened).beats, page.pair.view.weights
    before = session.state.work.position.steps
    while session.state.work.position.steps <= before:
        session.refresh()
    view, pair = view_of(opened), page.pair.view
    assert view.newest is None  # the shades are those of the numbers
    for shown in (view.beats, session.state.sure_verdict.pairs):
        np.testing.assert_array_equal(shown, numbers)
    assert pair.said == pair.beats == numbers[pair.classes]
    assert page.sentence.text() == words
    assert not np.array_equal(pair.weights, weights)
    session.store.judge()
    page.slow_tick(session.state)
    assert not np.array_equal(view_of(opened).beats, numbers)
    np.testing.assert_array_equal(view_of(opened).beats, session.state.sure_verdict.pairs)
    assert page.pair.view.said == page.pair.view.beats
    session.runs.pause()


def test_a_hidden_page_does_not_draw(votes: Show) -> None:
    opened = votes()
    page, view = page_of(opened), view_of(opened)
    opened.session.change(page="train")
    opened.session.change(image=9)
    assert page.matrix.view is view
    opened.session.change(page="votes")
    assert page.matrix.view is not view


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("view", ["digit", "all"])
def test_everything_fits_and_can_be_read(votes: Show, size: tuple[int, int], view: str) -> None:
    opened = votes(image=55, size=size)
    page, window = page_of(opened), opened.window
    page.choose_view(view)
    opened.bot.waitUntil(lambda: page.height() <= window.parts.stack.height())
    QApplication.processEvents()  # parts in parts have their sizes one after the other
    assert page.width() <= window.parts.stack.width()
    matrix = page.matrix
    assert QRectF(matrix.rect()).contains(matrix.cells.matrix.cells)
    assert size[0] < 1280 or matrix.cells.numeral >= 24


def test_the_table_has_the_numbers_of_the_matrix(votes: Show) -> None:
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
        assert item.text() == f"{100 * pairs[row, column]:.0f}"
    dialog.close()


def test_the_page_folds_again_when_the_text_grows_and_unfolds_when_it_shrinks(votes: Show) -> None:
    opened = votes()
    page, window = page_of(opened), opened.window
    seen = []
    for zooms in (0, 3, 2, -5):
        for _ in range(abs(zooms)):
            window.zoom(1 if zooms > 0 else -1)
        opened.bot.waitUntil(lambda: page.width() <= window.parts.stack.width())
        seen.append(page.pictures.columns)
        opened.bot.waitUntil(lambda: (page.pair.x() == 0) == (page.pictures.columns < 3))
    assert seen == [3, 2, 1, 3]


def test_escape_leaves_lecture_mode_then_a_message_then_the_pair(votes: Show) -> None:
    opened = votes()
    window, session = opened.window, opened.session

    def escape() -> tuple[bool, bool, bool]:
        opened.bot.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
        state = session.state
        return window.parts.lecture.on, state.notice is not None, state.pair is not None

    for page in PAGES:
        session.change(page=page.id, pair=(4, 9))
        session.say("info", "A message.")
        window.parts.lecture.enter(full_screen=False)
        assert escape() == (False, True, True), page.id
        assert escape() == (False, False, True), page.id
        assert escape() == (False, False, not window.page.selects_pair), page.id


def test_the_accuracy_of_a_pair_follows_a_run(votes: Show) -> None:
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
    right = survey.result.accuracy(*pair.classes)
    assert f"right on {100 * right:.1f} %" in pair.fact
    assert len(pair.confused) == 4


def test_a_shade_never_contradicts_its_number(votes: Show) -> None:
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


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_number_on_every_shade_can_be_read(application: object, name: str) -> None:
    theme, (fills, better) = Theme(name), win_colours(name)
    inks = [theme.colour(ink) for ink in INKS[1:]]
    for percent in range(50, 101):
        said = [contrast(QColor.fromRgb(int(fills[percent])), ink) for ink in inks]
        assert max(said) == said[better[percent]] > 3.9


def test_buttons_are_narrow_again_after_lecture_mode(votes: Show) -> None:
    opened = votes()
    window, rules = opened.window, page_of(opened).rules
    before = rules.rules["coupling"].minimumWidth()
    window.parts.lecture.enter(full_screen=False)
    opened.session.change(step=4)
    assert rules.rules["coupling"].minimumWidth() > before
    window.parts.lecture.leave()
    opened.bot.waitUntil(lambda: rules.rules["coupling"].minimumWidth() == before)


def test_the_page_is_no_wider_than_its_room_beside_the_settings(votes: Show) -> None:
    opened = votes()
    page = page_of(opened)
    area = page.parentWidget()
    assert area is not None
    opened.window.show_settings(True)
    opened.bot.waitUntil(lambda: page.width() <= area.width())
