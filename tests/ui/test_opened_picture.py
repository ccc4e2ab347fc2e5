"""A picture on the pad: what of it is read, and what one can choose of it."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from nnviz.data.normalising import Box
from nnviz.data.opened_picture import OpenedPicture
from nnviz.data.picture_files import Picture
from nnviz.ui.app.action_words import OPEN_PICTURE
from nnviz.ui.draw.rows import RowsOfDigits
from nnviz.ui.draw.your_digit import YourDigit
from tests.ui.conftest import Opened, Show
from tests.ui.draw_window import draw, drop, opened_pad

TIMES, PAPER = 6, 230
LEFT_BUTTON, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def at_pad(show: Show) -> tuple[Opened, YourDigit]:
    return opened_pad(show)


def glyph(opened: Opened, label: int) -> np.ndarray:
    """A digit that all designs read, (28, 28)."""
    digits = opened.session.state.digits
    works = opened.session.state.representatives.values()
    of_class = digits.images[digits.labels == label]
    clear = next(i for i in of_class if all(w.look(i, 10).answer == label for w in works))
    return clear.reshape(28, 28)


def page_of(opened: Opened, rows: list[list[int]], path: Path) -> Path:
    """A picture of lines of digits, dark on light, each in a square of 34 x 34."""
    lines = [np.hstack([np.pad(glyph(opened, each), 3) for each in line]) for line in rows]
    ink = np.vstack(lines).repeat(TIMES, 0).repeat(TIMES, 1)
    Image.fromarray((PAPER - ink * 0.8).astype(np.uint8)).save(path)
    return path


def open_file(opened: Opened, view: YourDigit, path: Path) -> None:
    view.sheet.source.read_file(path)
    opened.bot.waitUntil(lambda: not view.sheet.source.reading)


def settle(opened: Opened) -> None:
    """Waits until what was chosen is read."""
    opened.ticks_until(lambda: not opened.session.pad.reads)


def taken(opened: Opened) -> list[int]:
    """The places of the pieces that are read."""
    source = opened.session.state.pad.drawing.source
    return [place for place, piece in enumerate(source.pieces) if piece.taken]


def middle(view: YourDigit, place: int):
    region = view.board.region(place)
    return region.place.center().toPoint()


def press(opened: Opened, view: YourDigit, key: Key, modifier=NO_KEY) -> None:
    QTest.keyClick(view.board, key, modifier)
    settle(opened)


def test_pieces_are_chosen_by_mouse_and_keys_and_every_choice_is_undone(
    at_pad: tuple[Opened, YourDigit], tmp_path: Path
) -> None:
    opened, view = at_pad
    draw(opened, view)
    drawn = opened.session.state.pad.drawing
    open_file(opened, view, page_of(opened, [[7, 3, 6]], tmp_path / "three.png"))
    assert view.board.isVisible()
    assert not view.pad.isVisible()
    assert "digits stand apart: double-click the one you mean." in view.summary.text
    assert view.of_picture.row.isVisible()
    pieces = opened.session.state.pad.drawing.source.pieces
    digits = [place for place, piece in enumerate(pieces) if piece.box.height > 10 * TIMES]
    seven, three, six = sorted(digits, key=lambda place: pieces[place].box.left)
    found = taken(opened)
    opened.bot.mouseClick(view.board, LEFT_BUTTON, SHIFT, middle(view, seven))
    settle(opened)
    assert taken(opened) == [seven]
    assert view.answer.view.answer == "7"
    assert "stand apart" not in view.summary.text
    opened.bot.mouseClick(view.board, LEFT_BUTTON, NO_KEY, middle(view, three))
    settle(opened)
    assert taken(opened) == sorted([seven, three])
    assert len(view.seen.view.frames) == 2
    assert "2 pieces that stand apart are read as one digit." in view.summary.text
    told = view.board.words(view.board.view)
    assert "2 pieces of the picture are read. Left out: 1 " in told
    assert [row[2] for row in view.board.twin.rows].count("yes") == 2
    view.board.setFocus(Qt.FocusReason.TabFocusReason)
    view.board.move_to(three)
    press(opened, view, Key.Key_Space)
    assert taken(opened) == [seven]
    view.board.move_to(six)
    press(opened, view, Key.Key_Return, SHIFT)
    assert taken(opened) == [six]
    for expected in ([seven], sorted([seven, three]), [seven], found):
        view.sheet.undo.click()
        assert taken(opened) == expected
    view.sheet.redo.click()
    assert taken(opened) == [seven]
    view.of_picture.found.click()
    settle(opened)
    assert taken(opened) == found
    while view.sheet.undo.isEnabled():
        view.sheet.undo.click()
        if opened.session.state.pad.drawing is drawn:
            break
    assert view.pad.isVisible()
    assert not view.of_picture.isVisible()
    assert opened.session.state.pad.drawing is drawn


def test_two_lines_say_so_and_a_part_is_cut_out_by_mouse_or_keys(
    at_pad: tuple[Opened, YourDigit], tmp_path: Path
) -> None:
    opened, view = at_pad
    open_file(opened, view, page_of(opened, [[7, 3], [6, 0]], tmp_path / "lines.png"))
    assert "2 lines of digits: crop" in view.summary.text
    assert not view.of_picture.row.isVisible()
    opened.click(view.of_picture.crop)
    place = view.board.place
    start, end = place.topLeft() + QPointF(4, 4), place.center() - QPointF(2, 2)
    opened.bot.mousePress(view.board, LEFT_BUTTON, NO_KEY, start.toPoint())
    opened.bot.mouseMove(view.board, end.toPoint())
    opened.bot.mouseRelease(view.board, LEFT_BUTTON, NO_KEY, end.toPoint())
    settle(opened)
    source = opened.session.state.pad.drawing.source
    assert not opened.session.state.pad.cropping
    assert 180 < source.opened.crop.width < 204
    assert len(source.pieces) == 1
    assert view.answer.view.answer == "7"
    view.of_picture.crop.setFocus(Qt.FocusReason.TabFocusReason)
    opened.bot.keyClick(view.of_picture.crop, Key.Key_Space)
    assert view.board.view.part == source.opened.crop
    assert view.board.shows_cursor  # the next keys choose the part
    for _ in range(30):
        press(opened, view, Key.Key_Right)
    press(opened, view, Key.Key_Left, SHIFT)
    press(opened, view, Key.Key_Return)
    again = opened.session.state.pad.drawing.source.opened.crop
    assert again.right == 2 * 34 * TIMES - 8
    assert again.width == source.opened.crop.width - 8
    assert view.answer.view.answer == "3"
    opened.click(view.of_picture.crop)
    assert view.leave()
    assert not view.of_picture.crop.isChecked()
    view.sheet.undo.click()
    assert opened.session.state.pad.drawing.source is source


def test_a_picture_is_turned_and_inverted_and_drawn_on(
    at_pad: tuple[Opened, YourDigit], tmp_path: Path
) -> None:
    opened, view = at_pad
    upright = page_of(opened, [[7]], tmp_path / "upright.png")
    Image.open(upright).rotate(90, expand=True).save(tmp_path / "lies.png")
    open_file(opened, view, tmp_path / "lies.png")
    opened.click(view.of_picture.right)
    settle(opened)
    assert view.answer.view.answer == "7"
    seen = view.seen.view.pixels
    opened.click(view.of_picture.invert)
    settle(opened)
    assert view.of_picture.invert.isChecked()
    assert view.seen.view.pixels.sum() > 2 * seen.sum()
    opened.click(view.of_picture.invert)
    opened.click(view.of_picture.left)
    view.sheet.undo.click()  # neither had been read yet
    assert view.of_picture.invert.isChecked()
    view.sheet.undo.click()
    assert np.array_equal(view.seen.view.pixels, seen)
    opened.click(view.of_picture.shows["ink"])
    assert view.pad.isVisible()
    assert not view.board.isVisible()
    draw(opened, view, (((0.1, 0.5), (0.9, 0.5)),))
    assert view.of_picture.isVisible()
    assert view.seen.view.pixels.sum() > seen.sum()
    opened.click(view.of_picture.shows["picture"])
    assert view.board.isVisible()
    opened.click(view.of_picture.found)
    settle(opened)
    assert not view.of_picture.found.isEnabled()
    press(opened, view, Key.Key_Delete)
    assert not view.of_picture.isVisible()
    assert view.pad.isVisible()


def test_a_picture_without_ink_is_refused_and_can_be_shown_all_the_same(
    at_pad: tuple[Opened, YourDigit], tmp_path: Path
) -> None:
    opened, view = at_pad
    draw(opened, view)
    drawn = opened.session.state.pad.drawing
    Image.new("L", (60, 40), 128).save(tmp_path / "blank.png")
    open_file(opened, view, tmp_path / "blank.png")
    assert "blank.png shows no ink" in opened.said
    assert "cut the picture" in opened.said
    assert opened.session.state.pad.drawing is drawn
    opened.click(opened.window.parts.banner.action)
    assert view.board.isVisible()
    assert "turn it, crop it or invert it" in view.summary.text
    assert view.answer.view.answer == ""
    view.sheet.undo.click()
    assert opened.session.state.pad.drawing is drawn


def test_several_digits_are_carried_over_to_rows(
    at_pad: tuple[Opened, YourDigit], tmp_path: Path
) -> None:
    opened, view = at_pad
    open_file(opened, view, page_of(opened, [[7, 3, 6]], tmp_path / "three.png"))
    opened.click(view.of_picture.row)
    opened.ticks_until(lambda: not opened.session.row.reads)
    rows = opened.window.page.view
    assert isinstance(rows, RowsOfDigits)
    assert "Reads 736" in rows.summary.text
    assert len(opened.session.state.row.history.before) == 1


def test_a_picture_is_opened_from_any_page(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show(trained=True, page="votes")
    path = page_of(opened, [[7]], tmp_path / "seven.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(path), ""))
    opened.window.actions_by_text[OPEN_PICTURE[0]].trigger()
    view = opened.window.page.view
    assert isinstance(view, YourDigit)
    opened.bot.waitUntil(lambda: not view.sheet.source.reading)
    first = opened.session.state.pad.drawing
    assert first.source.opened.name == "seven.png"
    opened.session.change(page="votes")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop(opened.window, data)
    assert opened.session.state.page == "draw"
    opened.bot.waitUntil(lambda: not view.sheet.source.reading)
    assert opened.session.state.pad.drawing is not first


def test_how_digits_were_written_is_shown_instead_of_the_answers(
    at_pad: tuple[Opened, YourDigit], tmp_path: Path
) -> None:
    opened, view = at_pad
    page = np.full((300, 300), PAPER, np.uint8)
    page[60:240, 150:152] = 20
    Image.fromarray(page).save(tmp_path / "thin.png")
    open_file(opened, view, tmp_path / "thin.png")
    assert "Its lines are thin" in view.summary.text
    opened.session.pad.clear()
    opened.session.pad.draw(np.array([[0.5, 0.2], [0.5, 0.8]]), 0.01)
    assert "thin" not in view.summary.text
    opened.click(view.read_wrong)
    assert view.writers.isVisible()
    assert not view.table.isVisible()
    assert "thinner than usual" in view.writers.words(view.writers.view)
    digits = opened.session.state.digits
    first = digits.images[digits.labels == 4][0]
    assert np.array_equal(view.writers.view.hands.images[4, 0], first)
    opened.click(view.read_wrong)
    assert view.table.isVisible()


def test_a_part_follows_the_turns() -> None:
    levels = np.arange(200 * 160, dtype=np.int64).reshape(200, 160).astype(np.uint8)
    part = OpenedPicture(Picture(levels, 160, 200), "any").cut(Box(10, 20, 100, 500))
    assert part.crop == Box(10, 20, 100, 160)
    turned = part
    for quarters in range(1, 5):
        turned = turned.turn(1)
        assert np.array_equal(turned.looked_at, np.rot90(part.looked_at, -quarters))
    assert turned == part
    assert part.turn(-1) == part.turn(3)
    assert part.swap().swap() == part
    assert part.cut(Box(0, 0, 999, 999)).as_found
