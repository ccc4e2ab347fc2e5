"""The Draw page: the pad and its hands, undo, and what every design says of the drawing."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.questions.readers import support_of
from nnviz.ui.draw.pad import LIGHTEST, Pad
from nnviz.ui.draw.your_digit import YourDigit
from nnviz.ui.kit.design_table import NOTHING
from tests.ui.draw_window import FOUR, SEVEN, Show, at, draw, opened_pad

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
LINE = [[(0.2, 0.5), (0.8, 0.5)]]


def tablet(pad: QWidget, kind: QEvent.Type, point: QPoint, eraser: bool = False) -> None:
    """A pen, as the system tells of it."""
    pointer = getattr(QPointingDevice.PointerType, "Eraser" if eraser else "Pen")
    stylus, can = QInputDevice.DeviceType.Stylus, QInputDevice.Capability
    device = QPointingDevice("pen", 1, stylus, pointer, can.Position | can.Pressure, 1, 1)
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    places = QPointF(point), QPointF(pad.mapToGlobal(point))
    nothing = (0.0, 0, 0, 0.0, 0.0, 0, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, QTabletEvent(kind, device, *places, *nothing, LEFT, pressed))


def click(pad: Pad, button: Qt.MouseButton, place: tuple[float, float]) -> None:
    QTest.mouseClick(pad, button, pos=at(pad, place))


# ---- hands ---------------------------------------------------------------------------


def test_the_left_button_draws_where_it_goes_and_the_right_one_erases(show: Show) -> None:
    opened, view = opened_pad(show)
    draw(opened, view, LINE)
    ink = opened.session.state.pad.drawing.ink
    side = len(ink)
    assert (ink[side // 2, int(0.2 * side) : int(0.8 * side)] == 255).all()
    assert not ink[: int(0.4 * side)].any()
    click(view.pad, RIGHT, (0.5, 0.5))
    after = opened.session.state.pad.drawing.ink
    assert 0 < int(after.sum()) < int(ink.sum())
    assert not after[:, side // 2].any()


def test_no_corner_is_left_where_the_mouse_was_fast(show: Show) -> None:
    opened, view = opened_pad(show)
    pad, points = view.pad, [(0.2, 0.8), (0.5, 0.2), (0.8, 0.8)]
    opened.bot.mousePress(pad, LEFT, pos=at(pad, points[0]))
    for point in points[1:]:
        opened.bot.mouseMove(pad, at(pad, point))
    opened.bot.mouseRelease(pad, LEFT, pos=at(pad, points[-1]))
    ink = opened.session.state.pad.drawing.ink
    side = len(ink)
    assert ink[int(0.8 * side), int(0.2 * side)] == ink[int(0.8 * side), int(0.8 * side)] == 255
    assert not ink[: int(0.28 * side)].any()  # the corner itself is at 0.2
    assert ink[:, side // 2].any()


def test_a_pen_draws_by_its_pressure_and_its_other_end_erases(show: Show) -> None:
    opened, view = opened_pad(show)
    types = QEvent.Type
    for kind, x in ((types.TabletPress, 0.2), (types.TabletMove, 0.8), (types.TabletRelease, 0.8)):
        tablet(view.pad, kind, at(view.pad, (x, 0.5)))
    drawn = opened.session.state.pad.drawing
    thickness = np.count_nonzero(drawn.ink[:, len(drawn.ink) // 2])
    opened.session.pad.clear()
    draw(opened, view, LINE)
    usual = np.count_nonzero(opened.session.state.pad.drawing.ink[:, len(drawn.ink) // 2])
    # these events press with nothing
    assert thickness / usual == pytest.approx(LIGHTEST, abs=0.1)
    for kind in (types.TabletPress, types.TabletRelease):
        tablet(view.pad, kind, at(view.pad, (0.5, 0.5)), eraser=True)
    assert not opened.session.state.pad.drawing.ink[:, len(drawn.ink) // 2].any()


def test_a_finger_draws(show: Show) -> None:
    opened, view = opened_pad(show)
    device = QTest.createTouchDevice()
    begin, end = at(view.pad, (0.5, 0.2)), at(view.pad, (0.5, 0.8))
    QTest.touchEvent(view.pad, device).press(0, begin, view.pad).commit()
    QTest.touchEvent(view.pad, device).move(0, end, view.pad).commit()
    QTest.touchEvent(view.pad, device).release(0, end, view.pad).commit()
    ink = opened.session.state.pad.drawing.ink
    assert (ink[int(0.25 * len(ink)) : int(0.75 * len(ink)), len(ink) // 2] == 255).all()
    assert len(opened.session.state.pad.history.before) == 1


def test_keys_lower_the_pen_and_move_it(show: Show) -> None:
    opened, view = opened_pad(show)
    view.pad.setFocus()
    for _ in range(3):
        opened.bot.keyClick(view.pad, Qt.Key.Key_Down)
    assert opened.session.state.pad.drawing.empty
    opened.bot.keyClick(view.pad, Qt.Key.Key_Return)
    for _ in range(20):
        opened.bot.keyClick(view.pad, Qt.Key.Key_Down)
    opened.bot.keyClick(view.pad, Qt.Key.Key_Return)
    drawn = opened.session.state.pad.drawing
    opened.bot.keyClick(view.pad, Qt.Key.Key_Right)
    assert opened.session.state.pad.drawing is drawn
    assert view.answer.view.answer == "1"
    opened.bot.keyClick(view.pad, Qt.Key.Key_Delete)
    assert opened.session.state.pad.drawing.empty


def test_a_line_ends_where_the_page_is_left(show: Show) -> None:
    opened, view = opened_pad(show)
    pad = view.pad
    opened.bot.mousePress(pad, LEFT, pos=at(pad, (0.5, 0.2)))
    opened.session.change(page="train")
    opened.session.change(page="draw")
    drawn = opened.session.state.pad.drawing
    opened.bot.mouseMove(pad, at(pad, (0.5, 0.8)))
    opened.bot.mouseRelease(pad, LEFT, pos=at(pad, (0.5, 0.8)))
    assert opened.session.state.pad.drawing is drawn


# ---- undo ----------------------------------------------------------------------------


def test_each_stroke_is_undone_by_itself_and_clearing_too(show: Show) -> None:
    opened, view = opened_pad(show)
    draw(opened, view, FOUR)
    whole = opened.session.state.pad.drawing
    assert len(opened.session.state.pad.history.before) == len(FOUR)
    opened.bot.keyClick(view.pad, Qt.Key.Key_Z, CTRL)
    half = opened.session.state.pad.drawing
    assert not half.empty
    assert half.ink.sum() < whole.ink.sum()
    opened.bot.keyClick(view.pad, Qt.Key.Key_Z, CTRL | SHIFT)
    assert opened.session.state.pad.drawing is whole
    for _ in range(2):
        view.sheet.undo.click()
    assert opened.session.state.pad.drawing.empty
    assert not view.sheet.undo.isEnabled()
    opened.bot.keyClick(view.pad, Qt.Key.Key_Y, CTRL)
    np.testing.assert_array_equal(opened.session.state.pad.drawing.ink, half.ink)
    draw(opened, view, SEVEN)
    assert not view.sheet.redo.isEnabled()
    drawn = opened.session.state.pad.drawing
    view.sheet.clear.click()
    assert opened.session.state.pad.drawing.empty
    assert not view.sheet.clear.isEnabled()
    view.sheet.undo.click()
    assert opened.session.state.pad.drawing is drawn


def test_undo_of_the_pad_leaves_runs_alone_and_elsewhere_it_is_that_of_a_reset(show: Show) -> None:
    opened, view = opened_pad(show)
    session = opened.session
    session.files.train_further()
    opened.learn(1)
    session.controls.reset()
    fresh = session.state.work
    draw(opened, view)
    for _ in range(3):
        opened.bot.keyClick(view.pad, Qt.Key.Key_Z, CTRL)
    assert session.state.pad.drawing.empty
    assert session.state.work is fresh
    session.change(page="train")
    opened.bot.keyClick(opened.window.page, Qt.Key.Key_Z, CTRL)
    assert session.state.work.position.steps > 0


# ---- answers -------------------------------------------------------------------------


def test_every_design_answers_while_the_pen_is_down(show: Show) -> None:
    opened, view = opened_pad(show)
    assert view.answer.view.answer == ""
    assert [row.answer for row in view.rows] == [""] * len(DESIGNS)
    pad = view.pad
    opened.bot.mousePress(pad, LEFT, pos=at(pad, (0.5, 0.2)))
    for y in (0.7, 0.9):
        opened.bot.mouseMove(pad, at(pad, (0.5, y)))
    opened.bot.waitUntil(lambda: all(row.answer == "1" for row in view.rows))
    assert view.summary.text == f"All {len(DESIGNS)} designs say 1."
    opened.bot.mouseRelease(pad, LEFT, pos=at(pad, (0.5, 0.8)))
    state = opened.session.state
    for row, design in zip(view.rows, DESIGNS, strict=True):
        verdict = state.representatives[design].look(state.pad.drawing.seen(True), 10)
        assert row.confidence == f"{100 * verdict.confidence:.0f} %"
        assert row.right is None


def test_the_design_on_screen_answers_in_its_reading_and_with_operations(show: Show) -> None:
    opened, view = opened_pad(show)
    session = opened.session
    draw(opened, view)
    before = view.answer.view.confidence
    for neuron in range(session.state.work.network.hidden):
        session.operations.change(0, neuron, off=True)
    assert view.answer.view.confidence != before
    session.operations.end()
    assert view.answer.view.confidence == before
    session.designs.choose("all-pairs")
    summed = view.answer.view.confidence
    session.change(reading="votes")
    expected = session.state.work.look(session.state.drawn, 10, "votes")
    assert view.answer.view.confidence == expected.confidence != summed
    # the share and the output are two numbers, and each is called what it is
    output = support_of(expected.evidence).max()
    assert view.answer.view.output == f"output {output:.2f}"
    assert f"% sure, by an output of {output:.2f};" in view.answer.view.words
    session.picking.look_at_specimen(drawn=True)
    opened.window.page.choose_view("strange")
    (row,) = [row for row in opened.window.page.view.rows if row.shown]
    assert row.support == f"{output:.2f}"


def test_a_design_without_a_network_is_offered_one(show: Show) -> None:
    opened = show()
    session = opened.session
    session.change(page="draw")
    session.designs.forget()
    view = opened.window.page.view
    assert isinstance(view, YourDigit)
    draw(opened, view)
    shown = DESIGNS[session.state.design].label
    says = view.answer.view.answer
    assert view.summary.text == f"{shown} says {says}; no other design has a network yet."
    others = [row for row in view.rows if not row.shown]
    assert {row.nothing for row in others} == {NOTHING}
    assert not any(row.answer for row in others)


def test_a_row_that_disagrees_is_marked(show: Show) -> None:
    opened, view = opened_pad(show)
    session = opened.session
    digits = session.state.digits
    works = session.state.representatives
    said = {
        name: [work.look(image, 10).answer for image in digits.images[:200]]
        for name, work in works.items()
    }
    table = np.array(list(said.values()))
    split = int(np.flatnonzero((table != table[0]).any(axis=0))[0])
    session.change(image=split)
    view.take.click()
    differing = [row.differs for row in view.rows]
    assert differing == (table[:, split] != table[0, split]).tolist()
    assert "differs from that of the design on screen" in view.rows[differing.index(True)].in_words
    assert view.summary.text.count("say") >= 2


def test_a_click_on_a_row_shows_the_design_with_the_same_drawing(show: Show) -> None:
    opened, view = opened_pad(show)
    draw(opened, view)
    drawn = opened.session.state.pad.drawing
    row = list(DESIGNS).index("four-bits")
    opened.click(view.table, view.table.row_place(row, view.table.view))
    assert opened.session.state.design == "four-bits"
    assert opened.session.state.pad.drawing is drawn
    assert view.answer.view.title == "4 bits"
    opened.session.change(page="train")
    opened.session.change(page="draw")
    assert view.pad.view.drawing is drawn


def test_the_drawing_is_read_again_while_a_network_trains(show: Show) -> None:
    opened, view = opened_pad(show)
    session = opened.session
    draw(opened, view)
    session.controls.set(design="four-bits", hidden=10, epochs=1)
    before = view._answered["four-bits"].values
    session.runs.run()
    opened.ticks_until(lambda: view._answered["four-bits"].values != before)
    work = session.state.work
    np.testing.assert_array_equal(
        view._answered["four-bits"].values, work.look(session.state.drawn, 10).bits
    )
    opened.ticks_until(lambda: session.runs.settled)
    expected = session.state.work.look(session.state.drawn, 10)
    assert view.answer.view.confidence == expected.confidence
    assert view.answer.view.answer == session.state.named(expected.answer)


def test_a_hidden_page_does_not_answer(show: Show) -> None:
    opened, view = opened_pad(show)
    draw(opened, view)
    known = view._answered
    opened.session.change(page="train")
    opened.session.pad.clear()
    assert view._answered is known
    opened.session.change(page="draw")
    assert view._answered == {}


# ---- normalising ---------------------------------------------------------------------


def test_a_test_digit_on_the_pad_is_seen_bit_for_bit(show: Show) -> None:
    opened, view = opened_pad(show)
    state = opened.session.state
    view.take.click()
    assert view.seen.view.pixels is not None
    np.testing.assert_array_equal(view.seen.view.pixels, state.digits.images[state.image])
    assert view.seen.view.lines[0].startswith("as it was")
    assert view.answer.view.confidence == state.sure_verdict.confidence


def test_normalising_moves_the_ink_and_can_be_switched_off(show: Show) -> None:
    opened, view = opened_pad(show)
    draw(opened, view, [[(0.1, 0.1), (0.1, 0.5)]])
    centred = view.seen.view.pixels
    assert centred is not None
    moved = view.seen.view.lines[1].split()
    assert moved[2::2] == ["→", "↓"]
    # from 2.8 and 8.4 to the middle of pixel 14, which no box can have exactly
    assert [float(far) for far in moved[1::2]] == pytest.approx([11.7, 6.1], abs=1)
    view.normalise.click()
    assert not opened.session.state.pad.normalising
    plain = view.seen.view.pixels
    columns = np.flatnonzero(plain.reshape(28, 28).any(axis=0))
    assert columns.max() < 6
    assert view.seen.view.placed is None
    assert "Dashed" not in view.seen.tip_at(QPointF(9, 9))
    view.normalise.click()
    assert "Dashed" in view.seen.tip_at(QPointF(9, 9))
    np.testing.assert_array_equal(view.seen.view.pixels, centred)


@pytest.mark.parametrize(
    ("size", "scale", "theme"), [((1280, 720), 1.0, "dark"), ((1024, 768), 1.5, "light")]
)
def test_everything_can_be_seen(show, size, scale, theme) -> None:
    opened, view = opened_pad(show, size=size, scale=scale, theme=theme)
    draw(opened, view)
    if scale == 1:
        area = opened.window.parts.stack.currentWidget()
        assert area.verticalScrollBar().maximum() == 0
        assert area.horizontalScrollBar().maximum() == 0
