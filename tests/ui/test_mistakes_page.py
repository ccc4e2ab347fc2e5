"""The Mistakes page: the confusion matrix, and every digit behind it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from nnviz.learning.answers import NOT_A_DIGIT
from nnviz.learning.designs import DESIGNS
from nnviz.learning.listing import EVERY, KINDS, ORDERS, SHOWN, Listing
from nnviz.ui.pages.mistake_views.confusion import ConfusionAndDigits
from nnviz.ui.pages.mistakes import MistakesPage
from tests.ui.conftest import Opened

Show = Callable[..., Opened]
Key, Button, Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


@pytest.fixture
def look(show: Show) -> Callable[..., tuple[Opened, ConfusionAndDigits]]:
    """Opens the view with every design judged: look(design, **window)."""

    def make(design: str = "ten-outputs", **how: object) -> tuple[Opened, ConfusionAndDigits]:
        opened = show(trained=True, **how)
        session = opened.session
        while session.load_next_trained():
            pass
        session.choose_design(design)
        session.change(page="mistakes")
        page = opened.window.page
        assert isinstance(page, MistakesPage)
        view = page.view
        assert isinstance(view, ConfusionAndDigits)
        opened.ticks_until(lambda: not session.unjudged and len(session.state.judged) > 1)
        return opened, view

    return make


Look = Callable[..., tuple[Opened, ConfusionAndDigits]]


def tiles(view: ConfusionAndDigits) -> list[int]:
    shown = view.grid.view
    assert shown is not None
    return [int(image) for image in shown.images]


def labels_and_answers(opened: Opened) -> tuple[np.ndarray, np.ndarray]:
    judged = opened.session.judged(opened.session.state.design)
    assert judged is not None
    return opened.session.state.digits.labels, judged.answers


def click(opened: Opened, view: ConfusionAndDigits, row: int | None, column: int | None) -> None:
    place = view.matrix.layout_now.place(row, column).center().toPoint()
    opened.bot.mouseClick(view.matrix, Button.LeftButton, pos=place)


def tile_point(view: ConfusionAndDigits, tile: int) -> QPoint:
    return view.grid.tile_place(tile).center().toPoint()


# ---- the matrix ----------------------------------------------------------------------


@pytest.mark.parametrize("design", DESIGNS)
def test_it_counts_every_digit_of_every_design(look: Look, design: str) -> None:
    opened, view = look(design)
    shown = view.matrix.view
    assert shown is not None
    labels, answers = labels_and_answers(opened)
    assert shown.counts.sum() == len(labels) == 1000
    assert shown.counts[4, 9] == np.count_nonzero((labels == 4) & (answers == 9))
    wrong = np.count_nonzero(labels != answers)
    assert view.headline.text.startswith(f"{wrong} of 1,000 test digits misread")
    assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_only_literal_bits_have_a_column_for_no_digit(look: Look) -> None:
    opened, view = look("four-bits")
    shown = view.matrix.view
    assert shown is not None
    assert shown.counts.shape == (10, 10)
    opened.session.change(reading="literal-bits")
    opened.ticks_until(lambda: not opened.session.unjudged)
    shown = view.matrix.view
    assert shown is not None
    assert shown.counts.shape == (10, 11)
    _, answers = labels_and_answers(opened)
    assert shown.counts[:, 10].sum() == np.count_nonzero(answers == NOT_A_DIGIT) > 0
    click(opened, view, None, 10)
    assert opened.session.state.listing.answer == NOT_A_DIGIT
    assert sorted(tiles(view)) == np.flatnonzero(answers == NOT_A_DIGIT).tolist()
    assert "read as –" not in view.headline.text


def test_a_cell_lists_its_digits_and_again_all_of_them(look: Look) -> None:
    opened, view = look()
    labels, answers = labels_and_answers(opened)
    click(opened, view, 7, 9)
    assert sorted(tiles(view)) == np.flatnonzero((labels == 7) & (answers == 9)).tolist()
    assert view.headline.text.endswith(f"{len(tiles(view))} listed")
    assert "digits of class 7 read as 9" in view.matrix.accessibleDescription()
    click(opened, view, 7, 9)
    assert opened.session.state.listing == Listing()


def test_headings_list_rows_and_columns(look: Look) -> None:
    opened, view = look()
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


def test_arrow_keys_go_over_cells_and_headings(look: Look) -> None:
    opened, view = look()
    session, matrix = opened.session, view.matrix
    keys = [Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left]
    places = []
    for key in keys:
        opened.bot.keyClick(matrix, key)
        places.append((session.state.listing.label, session.state.listing.answer))
    assert places == [(0, None), (0, 0), (0, 1), (None, 1), (None, 0)]
    opened.bot.keyClick(matrix, Key.Key_Home)
    assert session.state.listing == Listing()
    opened.bot.keyClick(matrix, Key.Key_Return)
    assert session.state.image == tiles(view)[0]


def test_percent_of_the_row_on_request(look: Look) -> None:
    opened, view = look()
    opened.bot.mouseClick(view.rates, Button.LeftButton)
    assert opened.session.state.rates
    shown = view.matrix.view
    assert shown is not None
    np.testing.assert_allclose(shown.values.sum(axis=1), 100)


def red_of(picture: QImage, view: ConfusionAndDigits, row: int, column: int) -> int:
    """Beside the number in a cell."""
    place = view.matrix.layout_now.place(row, column)
    corner = place.topLeft().toPoint() + QPoint(6, 6)
    return picture.pixelColor(corner).red()


def test_the_commonest_mistake_has_the_strongest_colour_and_the_diagonal_none(look: Look) -> None:
    _, view = look()
    picture = view.matrix.grab().toImage()
    shown = view.matrix.view
    assert shown is not None
    wrong = shown.wrong
    row, column = (int(place) for place in np.unravel_index(wrong.argmax(), wrong.shape))
    assert red_of(picture, view, row, column) > 200
    none = np.argwhere((wrong == 0) & ~np.eye(10, dtype=bool))[0].tolist()
    assert red_of(picture, view, *none) < 40
    assert red_of(picture, view, 1, 1) < 40


# ---- the digits ----------------------------------------------------------------------


def test_the_default_spreads_over_the_classes(look: Look) -> None:
    opened, view = look()
    labels, _ = labels_and_answers(opened)
    first = labels[tiles(view)[:8]].tolist()
    assert len(set(first)) == 8
    assert first == sorted(first)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_shows_the_same_digits(look: Look, order: str) -> None:
    opened, view = look()
    before = sorted(tiles(view))
    box = view.bar.boxes["order"]
    box.activated.emit(box.findData(order))
    assert opened.session.state.listing.order == order
    assert sorted(tiles(view)) == before
    forwards = tiles(view)
    opened.bot.mouseClick(view.bar.backwards, Button.LeftButton)
    assert tiles(view) == forwards[::-1]


@pytest.mark.parametrize("kind", KINDS)
def test_right_ones_on_request(look: Look, kind: str) -> None:
    opened, view = look()
    labels, answers = labels_and_answers(opened)
    opened.session.change(listing=Listing(kind))
    expected = {"misread": labels != answers, "right": labels == answers, "all": labels >= 0}
    assert len(tiles(view)) == np.count_nonzero(expected[kind])


def test_mistakes_of_another_design_and_of_all_at_once(look: Look) -> None:
    opened, view = look()
    session, labels = opened.session, opened.session.state.digits.labels
    wrong = {
        design: judged.answers != labels
        for design in session.state.representatives
        if (judged := session.judged(design)) is not None
    }
    assert len(wrong) == len(DESIGNS)
    box = view.bar.boxes["whose"]
    box.activated.emit(box.findData("four-bits"))
    assert sorted(tiles(view)) == np.flatnonzero(wrong["four-bits"]).tolist()
    assert "misread by 4 bits" in view.headline.text
    shown = view.matrix.view
    assert shown is not None
    assert shown.wrong.sum() == np.count_nonzero(wrong["four-bits"])
    session.change(listing=Listing(whose=EVERY))
    expected = np.flatnonzero(np.all(list(wrong.values()), axis=0)).tolist()
    assert sorted(tiles(view)) == expected
    click(opened, view, 7, 9)  # cells count the answers of one design
    assert session.state.listing.whose == SHOWN
    shown = view.matrix.view
    assert shown is not None
    assert len(tiles(view)) == shown.counts[7, 9]


def test_a_click_shows_the_digit_everywhere(look: Look) -> None:
    opened, view = look()
    opened.bot.mouseClick(view.grid.viewport(), Button.LeftButton, pos=tile_point(view, 3))
    assert opened.session.state.image == tiles(view)[3]
    described = view.grid.accessibleDescription()
    label = opened.session.state.shown_label
    assert f"digit {tiles(view)[3]}: label {label}, read as" in described


def test_arrows_home_and_end_move_through_the_list(look: Look) -> None:
    opened, view = look()
    listed, session = tiles(view), opened.session
    for key, expected in (
        (Key.Key_Home, 0),
        (Key.Key_Right, 1),
        (Key.Key_Down, 1 + view.grid.columns),
        (Key.Key_Left, view.grid.columns),
        (Key.Key_End, len(listed) - 1),
        (Key.Key_Down, len(listed) - 1),
        (Key.Key_Right, len(listed) - 1),
    ):
        opened.bot.keyClick(view.grid, key)
        assert session.state.image == listed[expected], key
    assert len(listed) - 1 in view.grid.seen


def test_shift_and_a_page_key_turn_a_screenful(look: Look) -> None:
    opened, view = look()
    listed, grid = tiles(view), view.grid
    opened.bot.keyClick(grid, Key.Key_Home)
    opened.bot.keyClick(grid, Key.Key_PageDown, Modifier.ShiftModifier)
    screenful = grid.columns * (grid.viewport().height() // grid.pitch)
    assert opened.session.state.image == listed[screenful]
    opened.bot.keyClick(grid, Key.Key_PageUp, Modifier.ShiftModifier)
    assert opened.session.state.image == listed[0]
    assert not opened.session.state.ticked


def test_page_keys_of_a_remote_go_from_mistake_to_mistake(look: Look) -> None:
    opened, view = look()
    listed = tiles(view)
    opened.window.step_page(1)
    assert opened.session.state.image == listed[0]
    opened.window.step_page(1)
    assert opened.session.state.image == listed[1]
    opened.window.step_page(-1)
    opened.window.step_page(-1)
    assert opened.session.state.image == listed[-1]


def test_a_number_typed_jumps_to_its_digit(look: Look) -> None:
    opened, view = look()
    wanted = tiles(view)[7]
    opened.bot.keyClicks(view.grid, str(wanted))
    assert opened.session.state.image == wanted


def test_scrolling_shows_all_of_ten_outputs_right_digits(look: Look) -> None:
    opened, view = look()
    opened.session.change(listing=Listing("all", order="number"))
    grid = view.grid
    assert grid.view is not None
    assert len(grid.seen) < 60
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    assert grid.seen.stop == 1000
    digits = opened.session.state.digits
    picture = grid.viewport().grab().toImage()
    place = grid.tile_place(999)
    brightest = max(
        picture.pixelColor(x, y).red()
        for x in range(int(place.x()) + 8, int(place.right()) - 24, 2)
        for y in range(int(place.y()) + 28, int(place.y()) + 60, 2)
    )
    assert digits.images[999].max() > 200
    assert brightest > 200


def test_the_digit_on_screen_stays_where_the_list_is_sorted_anew(look: Look) -> None:
    opened, view = look()
    opened.session.change(image=tiles(view)[-1])
    opened.session.change(listing=Listing(order="confidence"))
    assert opened.session.state.image in tiles(view)
    assert view.grid.tile_of(opened.session.state.image) is not None


def test_ticking_by_mouse_and_keys(look: Look) -> None:
    opened, view = look()
    listed, session, port = tiles(view), opened.session, view.grid.viewport()
    control, shift = Modifier.ControlModifier, Modifier.ShiftModifier
    opened.bot.mouseClick(port, Button.LeftButton, control, tile_point(view, 1))
    opened.bot.mouseClick(port, Button.LeftButton, shift, tile_point(view, 4))
    assert session.state.ticked == frozenset(listed[1:5])
    opened.bot.mouseClick(port, Button.LeftButton, control, tile_point(view, 2))
    assert session.state.ticked == frozenset(listed[1:5]) - {listed[2]}
    opened.bot.mouseClick(view.untick, Button.LeftButton)
    assert not session.state.ticked
    opened.bot.keyClick(view.grid, Key.Key_Home)
    opened.bot.keyClick(view.grid, Key.Key_T)
    opened.bot.keyClick(view.grid, Key.Key_Right, shift)
    assert session.state.ticked == frozenset(listed[:2])
    opened.bot.keyClick(view.grid, Key.Key_A, control)
    assert session.state.ticked == frozenset(listed)
    assert f"{len(listed)} ticked" in view.grid.accessibleDescription()


# ---- states --------------------------------------------------------------------------


def test_a_list_without_digits_says_why(look: Look) -> None:
    opened, view = look()
    opened.session.change(listing=Listing(label=1, answer=9))
    assert view.grid.isHidden()
    assert view.empty.text() == "No misread digit of class 1 read as 9."


def test_nothing_learned_offers_training(show: Show) -> None:
    opened = show()
    opened.session.change(page="mistakes")
    page = opened.window.page
    assert isinstance(page, MistakesPage)
    assert isinstance(page.view, ConfusionAndDigits)
    assert page.view.untrained.isVisible()


def test_designs_still_missing_are_named(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    for design in ("four-bits", "elimination"):
        session.load_trained(design)
    session.change(page="mistakes")
    page = opened.window.page
    assert isinstance(page, MistakesPage)
    view = page.view
    assert isinstance(view, ConfusionAndDigits)
    said = set()

    def done() -> bool:
        said.add(view.progress.text())
        return not session.unjudged

    opened.ticks_until(done)
    assert "still judging Elimination" in said
    opened.ticks_until(lambda: view.progress.text() == "")


def test_it_follows_a_run_and_comes_to_rest_with_it(show: Show) -> None:
    opened = show()
    session = opened.session
    session.change(page="mistakes")
    opened.learn(300)
    page = opened.window.page
    assert isinstance(page, MistakesPage)
    view = page.view
    assert isinstance(view, ConfusionAndDigits)

    def settled() -> bool:
        judged = session.judged("ten-outputs")
        return judged is not None and judged.examples == session.state.work.position.examples

    opened.ticks_until(settled)
    labels, answers = labels_and_answers(opened)
    shown = view.matrix.view
    assert shown is not None
    assert np.trace(shown.counts) == np.count_nonzero(labels == answers)
    assert sorted(tiles(view)) == np.flatnonzero(labels != answers).tolist()


def test_other_digits_begin_with_all_their_mistakes(look: Look) -> None:
    opened, _ = look()
    opened.session.change(listing=Listing(label=3), ticked=frozenset({5}))
    state = opened.session.state
    opened.session._use_digits(
        replace(state.digits, source=replace(state.digits.source, folder="x"))
    )
    assert opened.session.state.listing == Listing()
    assert not opened.session.state.ticked
    opened.window.step_page(1)  # while nothing is judged yet
    assert opened.session.state.image == 1
