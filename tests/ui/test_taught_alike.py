"""On every view that puts designs side by side, one that learned from other digits counts apart."""

from PySide6.QtWidgets import QApplication

from nnviz.ui.draw.morph import MorphView
from nnviz.ui.draw.strange import StrangeView
from nnviz.ui.draw.your_digit import YourDigit
from nnviz.ui.mistakes.one_digit import OneDigit
from tests.ui.conftest import Show

NOT_COUNTED = "7 more learned from other digits."


def test_a_run_of_a_few_digits_is_counted_with_no_shipped_network(show: Show) -> None:
    opened = show(trained=True)
    session, window = opened.session, opened.window
    opened.load_all()
    session.runs.start_over(session.state.settings)
    opened.learn()

    def view_of(page: str, id: str):
        session.change(page=page)
        window.page.choose_view(id)
        window.page.view.look(session.state, words=True)
        return window.page.view

    digit = view_of("mistakes", OneDigit.id)
    assert digit.right.text().endswith(" of 1 right, 7 of other digits")
    session.pad.put_shown_digit()
    pad = view_of("draw", YourDigit.id)
    assert NOT_COUNTED in pad.summary.text
    assert [row.design for row in pad.rows if not row.grey] == ["ten-outputs"]
    assert not any(row.differs for row in pad.rows)
    morph = view_of("draw", MorphView.id)
    assert NOT_COUNTED in morph.words.text()
    assert "First to turn" not in morph.words.text()
    strange = view_of("draw", StrangeView.id)
    assert NOT_COUNTED in strange.headline.text


def test_what_is_concluded_stays_in_sight_beside_what_is_offered(show: Show) -> None:
    opened = show(trained=True, size=(1280, 720))
    session, window = opened.session, opened.window
    opened.load_all()
    session.runs.start_over(session.state.settings)
    opened.learn()
    session.change(page="designs")
    page = window.page
    page.choose_view("compare")
    opened.ticks_until(page.view.alike.isVisible)
    for _ in range(3):  # layouts that ask for another layout
        QApplication.processEvents()
    sentence = page.conclusion
    assert sentence.visibleRegion().boundingRect() == sentence.rect()
