"""Rows of digits on the Draw page: composing, cutting by hand, and what it says of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.questions.rows import SCORES
from nnviz.session.slices import ROW_READER
from nnviz.ui.draw.row_layout import lanes_of, spread
from tests.ui.rows_window import Show, answer_of, cut_of, opened_rows, place_of_cut, spelled

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


# ---- rows ------------------------------------------------------------------------------


def test_a_row_is_there_at_once_and_typed_digits_are_composed_and_read(show: Show) -> None:
    opened, view = opened_rows(show)
    row = opened.session.state.row
    assert len(row.written.labels or ()) == row.length == 4
    assert answer_of(view).read.ways[0].total > 0.5
    assert not row.history.undone
    spelled(opened, view, "20 26")
    assert opened.session.state.row.written.labels == (2, 0, 2, 6)
    assert answer_of(view).way.digits == (2, 0, 2, 6)
    assert view.summary.text == "Reads 2026 ✓ right, 4 pieces."
    assert [row.mark for row in view.ways.view.rows][:2] == [True, False]


@pytest.mark.parametrize("typed", ["", "2a", "1234567890123", "½"])
def test_what_is_no_row_is_told_and_changes_nothing(show: Show, typed: str) -> None:
    opened, view = opened_rows(show)
    before = opened.session.state.row.written
    spelled(opened, view, typed)
    state = opened.session.state
    assert state.row.written is before
    assert state.notice.sentence.startswith("A row is typed as 1 to 12 signs from 0 to 9")


def test_length_and_gaps_make_other_rows(show: Show) -> None:
    opened, view = opened_rows(show)
    view.controls.length.setValue(7)
    assert len(opened.session.state.row.written.labels or ()) == 7
    view.controls.gaps.setCurrentIndex(view.controls.gaps.findData("touching"))
    view.controls.gaps.activated.emit(view.controls.gaps.currentIndex())
    state = opened.session.state
    assert (state.row.gaps, len(state.row.written.labels or ())) == ("touching", 7)
    before = state.row.written
    view.controls.new.click()
    assert opened.session.state.row.written is not before


def test_everything_can_be_undone_and_done_again(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "31")
    first = opened.session.state.row.written
    view.sheet.clear.click()
    assert opened.session.state.row.written.empty
    assert view.answer is None
    assert not view.sheet.clear.isEnabled()
    QTest.keyClick(view.picture, Qt.Key.Key_Z, CTRL)
    assert opened.session.state.row.written is first
    view.sheet.redo.click()
    assert opened.session.state.row.written.empty
    view.sheet.undo.click()
    assert answer_of(view).way.digits == (3, 1)


# ---- cuts ------------------------------------------------------------------------------


def test_a_dragged_cut_changes_the_score_and_is_one_undo(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    best, start = answer_of(view), place_of_cut(view, 1)
    bot, depth = opened.bot, len(opened.session.state.row.history.before)
    bot.mousePress(view.picture, LEFT, pos=start)
    for step in (8, 16, 24, 32):
        bot.mouseMove(view.picture, start + QPoint(step, 0))
    bot.mouseRelease(view.picture, LEFT, pos=start + QPoint(32, 0))
    moved = answer_of(view)
    assert moved.by_hand
    assert moved.columns[1] > best.columns[1]
    assert (moved.columns[0], moved.columns[2]) == (best.columns[0], best.columns[2])
    assert moved.way.total < best.way.total
    assert view.ways.view.others[0].heading == "by hand"
    assert len(opened.session.state.row.history.before) == depth + 1
    bot.mousePress(view.picture, LEFT, pos=start + QPoint(32, 0))
    bot.mouseMove(view.picture, QPoint(view.picture.width(), start.y()))
    bot.mouseRelease(view.picture, LEFT, pos=start)
    columns = answer_of(view).columns
    assert columns[1] == columns[2] - 1  # it stays between its neighbours
    view.sheet.undo.click()
    assert answer_of(view).columns == moved.columns
    view.controls.best.click()
    assert answer_of(view).columns == best.columns
    view.sheet.undo.click()
    assert answer_of(view).columns == moved.columns
    view.sheet.undo.click()
    assert answer_of(view).columns == best.columns


def test_cuts_are_added_and_taken_away_by_mouse(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "27")
    (only,) = answer_of(view).columns
    layout = view.picture.layout_of(cut_of(view))
    half = only // 2
    inside = QPointF(layout.x_of(half), layout.row.center().y()).toPoint()
    opened.bot.mouseDClick(view.picture, LEFT, pos=inside)
    assert len(answer_of(view).columns) == 2
    opened.bot.mouseClick(view.picture, Qt.MouseButton.RightButton, pos=place_of_cut(view, 1))
    assert answer_of(view).columns == (half,)


def test_cuts_are_moved_added_and_taken_away_by_keys(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    view.picture.setFocus()
    before, keys = answer_of(view).columns, Qt.Key
    QTest.keyClick(view.picture, keys.Key_Down)
    QTest.keyClick(view.picture, keys.Key_Right)
    assert answer_of(view).columns == (before[0], before[1] + 1, before[2])
    QTest.keyClick(view.picture, keys.Key_Left)
    assert answer_of(view).columns == before
    QTest.keyClick(view.picture, keys.Key_Plus)
    assert len(answer_of(view).columns) == 4
    QTest.keyClick(view.picture, keys.Key_Delete)
    assert answer_of(view).columns == before
    for _ in range(3):
        QTest.keyClick(view.picture, keys.Key_Delete)
    assert answer_of(view).columns == ()
    QTest.keyClick(view.picture, keys.Key_Plus)
    assert len(answer_of(view).columns) == 1


def test_another_way_is_shown_by_click_and_keys(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    ways = answer_of(view).read.ways
    opened.click(view.ways, view.ways.place(2))
    assert answer_of(view).way.digits == ways[2].digits
    QTest.keyClick(view.ways, Qt.Key.Key_Up)
    assert answer_of(view).way.digits == ways[1].digits
    view.controls.best.click()
    assert answer_of(view).way.digits == ways[0].digits


def test_the_mouse_on_a_piece_tried_says_what_it_is(show: Show) -> None:
    opened, view = opened_rows(show)
    bar = view.picture.layout_of(cut_of(view)).bars[5]
    opened.bot.mouseMove(view.picture, bar.center().toPoint())
    assert view.picture.hovered == 5
    assert view.picture.words(view.picture.view).startswith("columns ")
    opened.bot.mouseMove(view.picture, QPoint(2, 2))
    assert view.picture.hovered is None


# ---- networks and scores ----------------------------------------------------------------


def test_the_sum_of_confidences_of_a_plain_network_cuts_into_slivers(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    for box, value in ((view.controls.network, "ten-outputs"), (view.controls.score, "sum")):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    answer = answer_of(view)
    assert len(answer.way.digits) > 10
    assert view.summary.text.endswith("as every further piece adds to the sum.")
    assert "sum of confidences" in view.ways.words(view.ways.view)


def test_every_network_reads_by_every_score(show: Show) -> None:
    opened, view = opened_rows(show)
    opened.load_all()
    for name, score in product([ROW_READER, *DESIGNS], SCORES):
        opened.session.choose("row", network=name, score=score)
        assert answer_of(view).read.score is SCORES[score], name
        assert answer_of(view).read.ways, name


def test_a_row_is_read_again_while_the_network_learns(show: Show) -> None:
    opened, view = opened_rows(show)
    opened.session.choose("row", network="ten-outputs")
    before = answer_of(view)
    opened.session.controls.reset()
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 20)
    opened.bot.waitUntil(lambda: answer_of(view).read.judged is not before.read.judged)
    assert answer_of(view).row is before.row
    opened.session.runs.pause()


# ---- how it looks -----------------------------------------------------------------------


def test_it_paints_whatever_there_is_to_see(show: Show) -> None:
    opened, view = opened_rows(show)
    opened.session.designs.load("ten-outputs")
    for changes in (
        {},
        {"network": "ten-outputs", "score": "sum"},
        {"cuts": ()},
        {"cuts": (1, 2, 3)},
    ):
        opened.session.choose("row", **changes)
        picture = view.picture.grab().toImage()
        assert not picture.isNull()
        assert len({picture.pixel(x, 60) for x in range(0, picture.width(), 3)}) > 3


def test_the_row_says_where_it_is_cut(show: Show) -> None:
    _, view = opened_rows(show)
    assert view.picture.words(view.picture.view).startswith("The row is cut at columns ")


def test_classes_that_are_no_digits_ask_for_another_network(show: Show) -> None:
    opened, view = opened_rows(show)
    opened.session.choose("row", reader=None)
    assert view.answer is None
    assert "choose another network" in view.summary.text


def test_tiles_are_moved_apart_but_not_out() -> None:
    random = np.random.default_rng(1)
    for _ in range(100):
        count = int(random.integers(1, 12))
        centres = np.sort(random.uniform(0, 600, count)).tolist()
        found = spread(centres, 50, 600)
        assert (np.diff(found) >= 50 - 1e-9).all()
        assert found[0] >= 25 - 1e-9
        assert found[-1] <= 575 + 1e-9
    assert spread([100, 300], 50, 600) == [100, 300]


def test_no_two_pieces_lie_above_each_other_in_a_lane() -> None:
    random = np.random.default_rng(2)
    starts = random.integers(0, 50, 80)
    spans = np.stack([starts, starts + random.integers(1, 20, 80)], axis=1)
    lanes = lanes_of(spans)
    for lane in set(lanes.tolist()):
        inside = spans[lanes == lane]
        inside = inside[np.argsort(inside[:, 0])]
        assert (inside[1:, 0] > inside[:-1, 1]).all()


def test_a_first_row_on_other_digits_is_seen_when_the_page_comes_back(
    show: Show, digits: ShownDigits
) -> None:
    opened, view = opened_rows(show)
    opened.session.change(page="train")
    opened.session.change(digits=replace(digits))
    assert opened.session.state.row.written.empty
    opened.session.change(page="draw")
    assert not opened.session.state.row.written.empty
    assert answer_of(view).row is not None
    assert view.sheet.clear.isEnabled()
