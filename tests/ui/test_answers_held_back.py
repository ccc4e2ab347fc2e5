"""While the steps that lead to an answer are counted, nothing beside them tells it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from nnviz.ui.kit.picture import Picture
from tests.ui.conftest import MISREAD, Opened, Show


def told(opened: Opened) -> Iterator[str]:
    """All that the window says, to the eye and aloud."""
    window = opened.window
    for part in (*window.findChildren(QLabel), *window.findChildren(QAbstractButton)):
        if part.isVisible():
            yield part.text()
            yield part.accessibleName()
    for picture in window.findChildren(Picture):
        if picture.isVisible() and picture.view is not None:
            yield picture.words(picture.view)


def tells(said: str, answer: str) -> bool:
    """Whether a text tells what the network says."""
    return f"says {answer}" in said or f"read as {answer}" in said


@pytest.mark.parametrize("lecture", [False, True])
def test_the_answer_comes_with_the_last_step(show: Show, lecture: bool) -> None:
    opened = show(trained=True)
    session, window = opened.session, opened.window
    session.designs.choose("elimination")
    session.change(image=MISREAD)
    answer = session.state.named(session.state.sure_verdict.answer)
    pages = (("votes", "digit"), ("elimination", "walk"), ("elimination", "tree"))
    if lecture:
        window.parts.lecture.enter(full_screen=False)
    for page, view in pages:
        session.change(page=page, step=0)
        window.page.choose_view(view)
        for step in (0, 3):
            session.change(step=step)
            assert window.page.holds_back(session.state)
            assert not [said for said in told(opened) if tells(said, answer)]
            if not lecture:
                card = window.parts.rail.card.picture.view
                assert (card.answer, card.right) == ("", None)
        session.change(step=None)
        assert not window.page.holds_back(session.state)
        assert [said for said in told(opened) if tells(said, answer)]


def test_a_page_that_counts_nothing_tells_the_answer_at_once(show: Show) -> None:
    opened = show(trained=True)
    session, window = opened.session, opened.window
    session.change(step=0, page="votes")
    card = window.parts.rail.card.picture
    assert not card.view.answer
    window.page.choose_view("all")
    assert card.view.answer
    window.page.choose_view("digit")
    assert not card.view.answer
    for page in ("train", "detectors", "designs", "mistakes", "draw"):
        session.change(page=page)
        assert card.view.answer
    session.change(page="elimination")
    assert not card.view.answer
    window.page.choose_view("savings")
    assert card.view.answer
