"""The strip of lecture mode: who says what, and what a scene says, where the back row reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.session.slices import LectureShown, SceneWords
from nnviz.session.state import State
from nnviz.ui.app.lecture.scene_picture import fitted
from nnviz.ui.app.lecture.strip import said_of
from nnviz.ui.kit import fitted_text
from tests.ui.conftest import MISREAD, Show

ASKED = SceneWords(
    "The same three, asked in bits",
    "A clean 3. Ten outputs are 99 % sure.",
    "Three is 0011. Which lamp will fail?",
    ("bit 8", "bit 4", "bit 2", "bit 1"),
    2,
    "The lamp for 2 stands at 41 %, so it is read as dark, and 3 becomes 1.",
)
SCENE = LectureShown("Why ten outputs?", 45, 2, 14, ASKED, revealed=False)


@contextmanager
def nothing_cut_off() -> Iterator[None]:
    fitted_text.cut_off = []
    yield
    assert fitted_text.cut_off == []
    fitted_text.cut_off = None


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_the_strip_tells_who_says_what_and_leaves_the_page_room(
    show: Show, size: tuple[int, int]
) -> None:
    opened = show(trained=True, size=size)
    window, session, fit = opened.window, opened.session, size[0] / 1280
    session.designs.choose("elimination")
    session.change(image=MISREAD)
    window.parts.lecture.enter(full_screen=False)
    strip = window.parts.lecture.strip
    QApplication.processEvents()
    with nothing_cut_off():
        strip.grab()
    assert strip.height() <= 84 * fit
    assert strip.said.words(strip.said.view) == (
        "label 8, read as 6, wrong (Elimination). bundled test: – %."
    )
    session.change(lecture=SCENE, answer_hidden=True)
    QApplication.processEvents()
    asked = strip.height()
    hidden = strip.said.words(strip.said.view)
    assert hidden.startswith("a test digit; what it says is still to come (Elimination)")
    assert strip.scene.words(strip.scene.view) == (
        "Scene 3 of 14. The same three, asked in bits. A clean 3. Ten outputs are 99 % sure. "
        "Three is 0011. Which lamp will fail? a) bit 8; b) bit 4; c) bit 2; d) bit 1"
    )
    session.change(lecture=replace(SCENE, revealed=True, hands=(1, 22, 3, 5)), answer_hidden=False)
    QApplication.processEvents()
    with nothing_cut_off():
        strip.grab()
    assert strip.height() == asked <= 190 * fit
    told = strip.scene.words(strip.scene.view)
    assert "b) bit 4, 22 hands; c) bit 2, 3 hands, right; d)" in told
    assert told.endswith(ASKED.answer)
    lines = fitted(
        strip.scene._lines(strip.scene.view, strip.scene.width()), strip.scene.room, window.theme
    )
    assert {line.size for line in lines if line.kind in ("question", "answer")} == {20}


def test_a_hidden_answer_is_no_other_whoever_is_right(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session

    def told(state: State) -> object:
        return replace(said_of(state, False), design="", accuracy="", progress="", pixels=None)

    session.change(image=MISREAD)
    right = session.state
    session.designs.choose("elimination")
    wrong = session.state
    assert (right.right, wrong.right) == (True, False)
    assert told(right) != told(wrong)
    right, wrong = (replace(each, answer_hidden=True) for each in (right, wrong))
    assert told(right) == told(wrong)


def test_who_reads_better_and_a_digit_that_is_not_looked_at_are_not_told(show: Show) -> None:
    opened = show(trained=True)
    session, said = opened.session, opened.window.parts.lecture.strip.said
    opened.window.parts.lecture.enter(full_screen=False)
    QApplication.processEvents()
    told, wide = said.words(said.view), said.needed_width()
    session.change(lecture=SCENE, answer_hidden=True)
    QApplication.processEvents()
    assert said.words(said.view).endswith("bundled test: ?.")
    assert abs(said.needed_width() - wide) < 1
    session.change(lecture=None, answer_hidden=False)
    for page, view in (("designs", "size"), ("votes", "rules"), ("elimination", "heaps")):
        session.change(page=page, views={page: view})
        QApplication.processEvents()
        assert said.view.of_digit is False
        assert "label" not in said.words(said.view)
    for page, view in (("designs", "compare"), ("elimination", "walk"), ("train", "")):
        session.change(page=page, views={page: view})
        QApplication.processEvents()
        assert said.view.of_digit is True
    assert said.words(said.view) == told
