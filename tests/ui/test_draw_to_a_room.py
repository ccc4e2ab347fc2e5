"""The Draw page before a room: few rows, hidden answers, and what "next" goes through."""

from nnviz.ui.draw.morph import MorphView
from nnviz.ui.draw.rows import RowsOfDigits
from nnviz.ui.draw.your_digit import YourDigit
from tests.ui.conftest import Show
from tests.ui.draw_window import opened_view


def test_a_drawing_is_judged_without_a_word_while_the_answer_is_hidden(show: Show) -> None:
    opened, view = opened_view(show, YourDigit, 8)
    session = opened.session
    view.step(1)
    assert session.state.pad.drawing.ink.ravel().tolist() == session.state.pixels.tolist()
    before = view.rows, view.summary.text, view.answer.view
    session.change(answer_hidden=True)
    assert {row.answer for row in view.rows} == {""}
    assert {row.nothing for row in view.rows} == {"?"}
    assert (view.answer.view.answer, view.answer.view.then) == ("?", "")
    assert view.summary.text == "The answer is hidden."
    session.change(answer_hidden=False)
    assert (view.rows, view.summary.text, view.answer.view) == before
    session.change(lecturing=True)
    assert len(view.rows) == 3
    assert not view.seen.isVisible()
    session.change(lecturing=False)
    assert view.rows == before[0]


def test_a_room_sees_three_lanes_and_none_while_the_answer_is_hidden(show: Show) -> None:
    opened, view = opened_view(show, MorphView, 8)
    session = opened.session
    session.change(lecturing=True)
    shown = ["ten-outputs", "one-vs-rest", "four-bits"]
    assert [lane.id for lane in view.lanes.view.lanes] == shown
    lane, answer = view.lanes.line(0).toRect(), view.headline.text
    before = view.lanes.grab(lane).toImage()
    session.change(answer_hidden=True)
    assert view.headline.text == "The answer is hidden."
    assert view.lanes.words(view.lanes.view) == "The answer is hidden."
    hidden = view.lanes.grab(lane).toImage()
    assert hidden != before
    session.choose("morph", first=view.see(session.state).ends[1])  # other answers, same picture
    assert view.lanes.grab(lane).toImage() == hidden
    session.choose("morph", first=None)
    session.change(answer_hidden=False)
    assert view.headline.text == answer
    assert view.lanes.grab(lane).toImage() == before


def test_next_goes_through_the_pieces_of_a_row(show: Show) -> None:
    opened, view = opened_view(show, RowsOfDigits, 1)
    session = opened.session
    opened.ticks_until(lambda: view.answer is not None)
    pieces = len(view.answer.shown.digits)
    assert pieces > 1
    for wanted in (*range(pieces), pieces - 1):  # at the end it stays
        view.step(1)
        assert session.state.row.piece == view.picture.view.piece == wanted
    told = view.picture.words(view.picture.view)
    start, end = view.answer.shown.pieces.spans[-1].tolist()
    assert told.startswith(f"columns {start} to {end - 1}: ")
    for _ in range(pieces + 1):
        view.step(-1)
    assert session.state.row.piece is None
    session.change(answer_hidden=True)
    assert view.ways.view.rows == ()
    assert view.summary.text == view.picture.words(view.picture.view) == "The answer is hidden."
