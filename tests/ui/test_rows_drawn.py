"""Rows that are drawn or opened, and what is said of them: too long, unsure, runners-up."""

import re
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from tests.ui.rows_window import Show, answer_of, cut_of, opened_rows, spelled

LEFT = Qt.MouseButton.LeftButton


def test_a_row_is_drawn_on_the_pad(show: Show) -> None:
    opened, view = opened_rows(show)
    view.sheet.clear.click()
    view.controls.draw.click()
    assert view.pad.isVisible()
    for x in (0.4, 1.1):
        side = view.pad.place.height()
        top, bottom = (QPoint(round(x * side), round(y * side)) for y in (0.2, 0.8))
        opened.bot.mousePress(view.pad, LEFT, pos=top)
        opened.bot.mouseMove(view.pad, (top + bottom) / 2)
        opened.bot.mouseRelease(view.pad, LEFT, pos=bottom)
    opened.bot.waitUntil(lambda: view.answer is not None and len(view.answer.way.digits) == 2)
    assert answer_of(view).way.digits == (1, 1)
    assert opened.session.state.row.written.labels is None


def test_drawing_begins_on_an_empty_sheet_and_undo_brings_the_row_back(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "3")
    composed = opened.session.state.row.written
    view.controls.draw.click()
    assert opened.session.state.row.written.empty
    side = view.pad.place.height()
    opened.bot.mouseClick(view.pad, LEFT, pos=QPoint(round(4 * side), round(side / 2)))
    drawn = opened.session.state.row.written
    assert not drawn.ink[:, :280].any()
    assert drawn.ink[:, 1050:1200].any()
    view.controls.draw.click()
    view.controls.draw.click()
    assert opened.session.state.row.written is drawn
    view.sheet.undo.click()
    view.sheet.undo.click()
    assert opened.session.state.row.written is composed


def test_what_was_tried_stays_in_sight_while_one_draws(show: Show) -> None:
    opened, view = opened_rows(show)
    opened.session.choose("row", score="sum", network="ten-outputs")
    spelled(opened, view, "123456789012")
    assert view.controls.length.value() == 12
    view.controls.draw.click()
    opened.session.row.undo()
    opened.bot.waitUntil(lambda: view.answer is not None)
    layout = view.picture.layout_of(cut_of(view))
    assert layout.tried.height() > 20
    assert layout.tried.bottom() <= view.picture.height()
    assert all(tile.bottom() <= layout.title.top() for tile in layout.tiles)


def test_a_row_that_is_too_long_is_told_of_and_changes_nothing(show: Show) -> None:
    opened, view = opened_rows(show)
    before = opened.session.state.row.written
    opened.session.row.put_picture(np.full((24, 4000), 255, np.uint8))
    assert opened.session.state.row.written is before
    assert "The row is too long: up to about 130 digits are read" in opened.said
    assert view.answer is not None


def test_the_runners_up_of_a_long_row_show_where_they_differ(show: Show) -> None:
    opened, view = opened_rows(show)
    opened.session.choose("row", score="sum", network="ten-outputs")
    spelled(opened, view, "135792468013")
    strings = [row.string for row in view.ways.view.rows]
    assert len(set(strings)) == len(strings) == 5
    assert all(len(string) <= 12 for string in strings)
    assert "as every further piece adds to the sum" in view.summary.text


def test_the_baseline_stays_in_sight_beside_cuts_by_hand(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    opened.session.row.cut((3,))
    count = len(view.ways.view.rows) + len(view.ways.view.others)
    assert view.ways.view.others[1].heading == "split at blank columns only"
    assert view.ways.place(count - 1).bottom() <= view.ways.height()


def test_keys_go_through_the_scores_of_all_pieces(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "26")
    view.picture.setFocus()
    tried = answer_of(view).read.judged
    told = set()
    for _ in range(len(tried.pieces)):
        opened.bot.keyClick(view.picture, Qt.Key.Key_Period)
        told.add(view.picture.words(view.picture.view).partition(".")[0])
    assert len(told) == len(tried.pieces)
    opened.bot.keyClick(view.picture, Qt.Key.Key_Comma)
    assert view.picture.words(view.picture.view).startswith("columns ")


def test_a_row_of_which_it_is_not_sure_is_said_to_be_so(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    assert "not sure" not in view.summary.text
    framed = opened.session.state.row.written.ink[:, :30].copy()
    framed[[1, -2], 1:-1] = 255
    framed[1:-1, [1, -2]] = 255
    opened.session.row.put_picture(framed)
    assert re.search(r"pieces?. It is not sure: .*\d+ %", view.summary.text)


def test_marks_are_left_out_and_taken_back_in(show: Show) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    ink = np.pad(opened.session.state.row.written.ink, ((0, 0), (30, 0)))
    ink[17:20, 8:19] = 255  # a minus sign
    opened.session.row.put_picture(ink)
    assert answer_of(view).way.digits == (2, 0, 2, 6)
    assert "Left out: 1 dash." in view.summary.text
    assert any("left out: dash" in row[0] for row in view.picture.twin.rows)
    mark = view.picture.layout_of(cut_of(view)).whole
    place = QPoint(round(mark.x()) + 8, round(mark.center().y()))
    opened.bot.mouseClick(view.picture, LEFT, pos=place)
    assert opened.session.state.row.left_out == frozenset()
    assert "Left out" not in view.summary.text
    assert len(answer_of(view).way.digits) == 5
    view.sheet.undo.click()
    assert opened.session.state.row.left_out is None
    assert answer_of(view).way.digits == (2, 0, 2, 6)
    view.picture.setFocus()
    for key in (Qt.Key.Key_S, Qt.Key.Key_S, Qt.Key.Key_X):
        opened.bot.keyClick(view.picture, key)
    assert answer_of(view).way.digits == (0, 2, 6)
    assert "Left out: 1 dash and 1 other sign." in view.summary.text
    opened.bot.keyClick(view.picture, Qt.Key.Key_X)
    assert opened.session.state.row.left_out is None
    layout = view.picture.layout_of(cut_of(view))
    centre = layout.x_of(answer_of(view).shown.pieces.spans[3].mean())
    right = QPoint(round(centre), round(layout.row.center().y()))
    opened.bot.mouseClick(view.picture, Qt.MouseButton.RightButton, pos=right)
    assert answer_of(view).way.digits == (2, 0, 2)


def test_answers_stand_under_their_pieces_and_an_empty_row_says_how_to_begin(show: Show) -> None:
    opened, view = opened_rows(show)
    for text in ("2117", "123456789012"):
        spelled(opened, view, text)
        answer, layout = answer_of(view), view.picture.layout_of(cut_of(view))
        for tile, (start, end) in zip(layout.tiles, answer.shown.pieces.spans, strict=True):
            assert layout.x_of(start) <= tile.center().x() <= layout.x_of(end)
    view.sheet.clear.click()
    assert view.answer is None
    assert "Type digits and press Enter" in view.picture.words(view.picture.view)


def test_a_picture_of_a_row_is_opened(show: Show, tmp_path: Path) -> None:
    opened, view = opened_rows(show)
    spelled(opened, view, "2026")
    path = tmp_path / "row.png"
    Image.fromarray(255 - opened.session.state.row.written.ink).save(path)
    view.sheet.clear.click()
    view.sheet.source.read_file(path)
    opened.bot.waitUntil(lambda: view.answer is not None)
    assert answer_of(view).way.digits == (2, 0, 2, 6)
    assert opened.session.state.row.written.labels is None
