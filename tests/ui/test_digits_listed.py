"""The digits behind the confusion matrix: which, in which order, chosen and ticked."""

import numpy as np
from PySide6.QtCore import Qt

from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import EVERY, KINDS, ORDERS, SHOWN, Listing
from tests.ui.mistakes_window import (
    Show,
    click,
    labels_and_answers,
    look,
    tile_point,
    tiles,
    told_by,
)

Key, Button, Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


def test_the_default_spreads_over_the_classes(show: Show) -> None:
    opened, view = look(show)
    labels, _ = labels_and_answers(opened)
    first = labels[tiles(view)[:8]].tolist()
    assert len(set(first)) == 8
    assert first == sorted(first)


def test_every_order_shows_the_same_digits(show: Show) -> None:
    opened, view = look(show)
    before, box = sorted(tiles(view)), view.bar.boxes["order"]
    for order in ORDERS:
        box.activated.emit(box.findData(order))
        assert opened.session.state.mistakes.listing.order == order
        forwards = tiles(view)
        assert sorted(forwards) == before, order
        opened.click(view.bar.backwards)
        assert tiles(view) == forwards[::-1], order
        opened.click(view.bar.backwards)


def test_right_ones_on_request(show: Show) -> None:
    opened, view = look(show)
    labels, answers = labels_and_answers(opened)
    expected = {"misread": labels != answers, "right": labels == answers, "all": labels >= 0}
    for kind in KINDS:
        opened.session.choose("mistakes", listing=Listing(kind))
        assert len(tiles(view)) == np.count_nonzero(expected[kind]), kind


def test_mistakes_of_another_design_and_of_all_at_once(show: Show) -> None:
    opened, view = look(show)
    session, labels = opened.session, opened.session.state.digits.labels
    wrong = {name: each.answers != labels for name, each in session.judgements.known.items()}
    assert wrong.keys() == DESIGNS.keys()
    box = view.bar.boxes["whose"]
    box.activated.emit(box.findData("four-bits"))
    assert sorted(tiles(view)) == np.flatnonzero(wrong["four-bits"]).tolist()
    assert "misread by 4 bits" in view.headline.text
    assert view.matrix.view.wrong.sum() == np.count_nonzero(wrong["four-bits"])
    session.choose("mistakes", listing=Listing(whose=EVERY))
    expected = np.flatnonzero(np.all(list(wrong.values()), axis=0)).tolist()
    assert sorted(tiles(view)) == expected
    click(opened, view, 7, 9)  # cells count the answers of one design
    assert session.state.mistakes.listing.whose == SHOWN
    assert len(tiles(view)) == view.matrix.view.counts[7, 9]


def test_a_click_shows_the_digit_everywhere(show: Show) -> None:
    opened, view = look(show)
    image = tiles(view)[3]
    opened.bot.mouseClick(view.grid.viewport(), Button.LeftButton, pos=tile_point(view, 3))
    assert opened.session.state.image == image
    label = opened.session.state.shown_label
    assert f"Digit {image}: label {label}, read as" in told_by(view.grid)


def test_arrows_home_and_end_move_through_the_list(show: Show) -> None:
    opened, view = look(show)
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


def test_shift_and_a_page_key_turn_a_screenful(show: Show) -> None:
    opened, view = look(show)
    listed, grid = tiles(view), view.grid
    screenful = grid.columns * (grid.viewport().height() // grid.pitch)
    opened.bot.keyClick(grid, Key.Key_Home)
    for key, expected in ((Key.Key_PageDown, screenful), (Key.Key_PageUp, 0)):
        opened.bot.keyClick(grid, key, Modifier.ShiftModifier)
        assert opened.session.state.image == listed[expected]
    assert not opened.session.state.mistakes.ticked


def test_page_keys_of_a_remote_go_from_mistake_to_mistake(show: Show) -> None:
    opened, view = look(show)
    listed = tiles(view)
    for direction, expected in ((1, 0), (1, 1), (-1, 0), (-1, -1)):
        opened.window.step_page(direction)
        assert opened.session.state.image == listed[expected]


def test_a_number_typed_jumps_to_its_digit(show: Show) -> None:
    opened, view = look(show)
    wanted = tiles(view)[7]
    opened.bot.keyClicks(view.grid, str(wanted))
    assert opened.session.state.image == wanted


def test_scrolling_shows_all_of_ten_outputs_right_digits(show: Show) -> None:
    opened, view = look(show)
    opened.session.choose("mistakes", listing=Listing("all", order="number"))
    grid = view.grid
    assert 0 < len(grid.seen) < 60
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    assert grid.seen.stop == 1000
    picture, place = grid.viewport().grab().toImage(), grid.tile_place(999)
    brightest = max(
        picture.pixelColor(x, y).red()
        for x in range(int(place.x()) + 8, int(place.right()) - 24, 2)
        for y in range(int(place.y()) + 28, int(place.y()) + 60, 2)
    )
    assert opened.session.state.digits.images[999].max() > 200
    assert brightest > 200


def test_the_digit_on_screen_stays_where_the_list_is_sorted_anew(show: Show) -> None:
    opened, view = look(show)
    image = tiles(view)[-1]
    opened.session.change(image=image)
    opened.session.choose("mistakes", listing=Listing(order="confidence"))
    assert opened.session.state.image == image
    assert view.grid.tile_of(image) is not None


def test_the_ring_of_the_grid_is_for_the_keyboard(show: Show) -> None:
    opened, view = look(show)
    port, corner = view.grid.viewport(), (1, 1)
    without = port.grab().toImage().pixelColor(*corner)
    opened.bot.mouseClick(port, Button.LeftButton, pos=tile_point(view, 3))
    assert view.grid.hasFocus()
    assert port.grab().toImage().pixelColor(*corner) == without
    opened.bot.keyClick(view.grid, Key.Key_Right)
    assert port.grab().toImage().pixelColor(*corner) != without


def test_ticking_by_mouse_and_keys(show: Show) -> None:
    opened, view = look(show)
    listed, session, port = tiles(view), opened.session, view.grid.viewport()
    control, shift = Modifier.ControlModifier, Modifier.ShiftModifier
    opened.bot.mouseClick(port, Button.LeftButton, control, tile_point(view, 1))
    opened.bot.mouseClick(port, Button.LeftButton, shift, tile_point(view, 4))
    assert session.state.mistakes.ticked == frozenset(listed[1:5])
    opened.bot.mouseClick(port, Button.LeftButton, control, tile_point(view, 2))
    assert session.state.mistakes.ticked == frozenset(listed[1:5]) - {listed[2]}
    opened.click(view.digits.untick)
    assert not session.state.mistakes.ticked
    opened.bot.keyClick(view.grid, Key.Key_Home)
    opened.bot.keyClick(view.grid, Key.Key_T)
    opened.bot.keyClick(view.grid, Key.Key_Right, shift)
    assert session.state.mistakes.ticked == frozenset(listed[:2])
    opened.bot.keyClick(view.grid, Key.Key_A, control)
    assert session.state.mistakes.ticked == frozenset(listed)
    assert f"{len(listed)} are ticked" in told_by(view.grid)


def test_the_arrow_says_whether_the_numbers_rise_or_fall(show: Show) -> None:
    opened, view = look(show)
    arrows = {"confidence": "↓", "margin": "↑", "number": "↑", "label": "↑"}
    for order, arrow in arrows.items():
        opened.session.choose("mistakes", listing=Listing(order=order))
        assert view.bar.backwards.text() == arrow, order
        opened.click(view.bar.backwards)
        assert view.bar.backwards.text() == {"↓": "↑", "↑": "↓"}[arrow], order
