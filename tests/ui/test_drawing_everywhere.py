"""The drawing as the digit on screen: every page shows it, and none says right or wrong."""

import re
from itertools import product

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.ui.app.pages import PAGES
from nnviz.ui.elimination.path import walked
from nnviz.ui.elimination.words import fate_of_true, place_of_true
from nnviz.ui.kit.picture import Picture
from nnviz.ui.train.page import TrainPage
from tests.ui.draw_window import FOUR, Show, draw, opened_pad

VIEWS = [
    (page.id, view) for page in PAGES for view in (page.views or {"": ""}) if page.id != "draw"
]
JUDGED = re.compile(r"(says [^,.]*,|which is|is left:|are|is) (right|wrong)\b|label \d", re.I)


def words_on(page: QWidget) -> list[str]:
    """What can be read or heard of a page."""
    parts = [part for part in page.findChildren(QWidget) if part.isVisible()]
    for part in parts:
        if isinstance(part, Picture):
            part.tell()
    heard = [part.accessibleDescription() for part in parts]
    read = [part.text() for part in parts if isinstance(part, QLabel)]
    said = [str(part.text) for part in parts if isinstance(getattr(part, "text", None), str)]
    return [words for words in (*heard, *read, *said) if words]


ABOUT_OTHERS = ("test digits", "a real 0", "the 0 moved")
"""What is said of other digits than the one on screen may be right or wrong."""
DRAWN_BY = {
    "ten-outputs": {page for page, _ in VIEWS},
    "four-bits": {"train", "mistakes", "compare"},
    "all-pairs": {"train", "votes", "compare"},
    "elimination": {"train", "elimination", "mistakes"},
}
"""Design -> pages and views: all for the first, for others those that say of a digit what is said
of no other design."""


def test_every_view_shows_the_drawing_and_judges_nothing(show: Show) -> None:
    opened, pad = opened_pad(show)
    session = opened.session
    draw(opened, pad, FOUR)
    for design, (page, view) in product(DRAWN_BY, VIEWS):
        if not {page, view} & DRAWN_BY[design]:
            continue
        if session.state.design != design:
            session.designs.choose(design)
        session.change(page=page)
        shown = opened.window.page
        if view:
            shown.choose_view(view)
        opened.ticks_until(lambda: session.runs.settled)
        shown.slow_tick(session.state)
        assert not shown.grab().isNull()
        judged = [words for words in words_on(shown) if JUDGED.search(words)]
        assert not [
            words for words in judged if not any(each in words.lower() for each in ABOUT_OTHERS)
        ], (design, page, view)


def test_the_train_page_draws_its_pixels_and_its_verdict(show: Show) -> None:
    opened, pad = opened_pad(show)
    session = opened.session
    draw(opened, pad, FOUR)
    session.change(page="train")
    page = opened.window.page
    assert isinstance(page, TrainPage)
    shown = page.picture.view
    np.testing.assert_array_equal(shown.pixels, session.state.pad.drawing.seen(True))
    assert set(shown.marks) == {None}
    outputs = session.state.work.look(session.state.pad.drawing.seen(True), 10).outputs
    np.testing.assert_array_equal(shown.outputs, outputs)
    assert page.picture.words(shown).startswith("Of your drawing the network says 4")


def test_the_rail_says_that_it_is_a_drawing(show: Show) -> None:
    opened, pad = opened_pad(show)
    card = opened.window.parts.rail.card

    def said() -> str:
        return card.picture.words(card.picture.view)

    assert "label 4" in said()
    draw(opened, pad, [[(0.5, 0.2), (0.5, 0.8)]])
    assert said() == "your drawing, read as 1"
    opened.click(card.picture)
    assert said().startswith("label ")
    assert not pad.everywhere.isChecked()
    assert not opened.session.state.pad.drawing.empty


def test_choosing_a_test_digit_ends_it_and_the_button_brings_it_back(show: Show) -> None:
    opened, pad = opened_pad(show)
    session = opened.session
    draw(opened, pad, FOUR)
    assert pad.everywhere.isChecked()
    for choose in (
        lambda: session.picking.pick("next"),
        lambda: session.picking.pick_label(3),
        lambda: session.change(image=session.state.image),
    ):
        choose()
        assert session.state.shown_drawing is None
        assert session.state.shown_label == session.state.digits.labels[session.state.image]
        pad.everywhere.click()
        assert session.state.shown_label is None
    pad.everywhere.click()
    assert session.state.shown_drawing is None
    pad.sheet.clear.click()
    assert not pad.everywhere.isEnabled()
    assert session.state.shown_label is not None


def test_other_digits_are_shown_instead_of_the_drawing(show: Show) -> None:
    opened, pad = opened_pad(show)
    session = opened.session
    draw(opened, pad, FOUR)
    drawn = session.state.pad.drawing
    session.change(digits=session.state.digits, image=0)
    assert session.state.shown_drawing is None
    assert session.state.pad.drawing is drawn


def test_a_walk_of_a_drawing_has_no_true_class(show: Show) -> None:
    opened, pad = opened_pad(show)
    session = opened.session
    session.designs.choose("elimination")
    draw(opened, pad, FOUR)
    session.change(page="elimination")
    found = walked(session.state)
    assert found.names[found.end] == "4"
    assert [place_of_true(found, number) for number in range(1, found.total + 1)] == [
        ""
    ] * found.total
    assert fate_of_true(found) == "Only you know what the drawing is."


def test_all_pages_follow_the_drawing_while_a_network_trains(show: Show) -> None:
    opened, pad = opened_pad(show)
    session = opened.session
    draw(opened, pad, FOUR)
    session.controls.set(hidden=10, epochs=1, speed=100)
    session.change(page="train")
    page = opened.window.page
    assert isinstance(page, TrainPage)
    session.runs.run()

    def is_shown() -> bool:
        work, seen = session.state.work, session.state.pad.drawing.seen(True)
        now = work.look(seen, 10).outputs
        return work.position.steps > 0 and np.array_equal(page.picture.view.outputs, now)

    opened.ticks_until(is_shown)
    assert session.state.running
    session.controls.set(speed=0)
    opened.ticks_until(lambda: session.runs.settled)
