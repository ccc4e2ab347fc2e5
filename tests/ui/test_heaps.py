"""Two heaps: what a walk, or one rule in the place of another, rescues and loses."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from nnviz.networks.designs import ONE_NETWORK
from nnviz.questions.comparison import sign_test
from nnviz.questions.votes import RULES
from nnviz.ui.elimination.heaps import RescuedAndLost
from nnviz.ui.pages.heaps import TwoHeaps
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.readings import READINGS
from tests.ui.conftest import MISREAD, Opened, Show
from tests.ui.elimination_window import page_of, view_of
from tests.ui.votes_window import page_of as votes_page


def split(first: np.ndarray, last: np.ndarray, labels: np.ndarray) -> tuple[list[int], ...]:
    """Digit by digit: rescued, lost, and wrong both times but otherwise."""
    found: tuple[list[int], ...] = ([], [], [])
    for image, (before, after, label) in enumerate(zip(first, last, labels, strict=True)):
        if before != after:
            found[0 if after == label else 1 if before == label else 2].append(image)
    return found


def shown(opened: Opened, picture: TwoHeaps) -> tuple[list[int], ...]:
    opened.ticks_until(lambda: picture.view is not None and picture.view.heaps is not None)
    heaps = picture.view.heaps
    return heaps.rescued.tolist(), heaps.lost.tolist(), heaps.between.tolist()


def test_the_walk_against_its_first_head(look: Show) -> None:
    opened = look()
    session, panel = opened.session, view_of(opened, RescuedAndLost).panel
    state = session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    first = evidence.head(tuple(range(10))).argmax(axis=1)
    walked = READINGS["walk"].read(evidence, Options()).classes
    expected = split(first, walked, state.digits.labels)
    assert shown(opened, panel.heaps) == expected
    assert MISREAD in expected[1]  # so that it is known to be a loss
    counts = len(expected[0]), len(expected[1])
    assert panel.heaps.words(panel.heaps.view).startswith("{} rescued; {} lost".format(*counts))
    said = f"p {sign_test(*counts):.2f}"
    assert said in panel.details.text()
    assert panel.details.isHidden()  # until it is asked for
    image, place = panel.heaps.placed(right=True)[0]
    opened.click(panel.heaps, place)
    assert session.state.image == image
    session.change(answer_hidden=True)
    assert panel.heaps.words(panel.heaps.view) == ""
    assert list(panel.heaps.regions(panel.heaps.view)) == []
    assert not any(character.isdigit() for character in panel.headline.text)
    session.change(answer_hidden=False)
    session.designs.choose("ten-outputs")
    opened.ticks_until(lambda: "None of 1,000 answers" in panel.headline.text)


def test_a_rule_against_a_rule_and_the_pairs_against_one_network(votes: Show) -> None:
    opened = votes()
    session, page = opened.session, votes_page(opened)
    page.choose_view("rules")
    state, view = session.state, page.against
    work = state.representatives["all-pairs"]
    evidence = evidence_of(work.network, work.layout(10), state.digits.images)
    answers = {rule: READINGS[rule].read(evidence, Options()).classes for rule in RULES}
    labels = state.digits.labels
    for first, last in (("summed", "votes"), ("duels", "coupling")):
        session.choose("votes", compared=(first, last))
        assert shown(opened, view.panel.heaps) == split(answers[first], answers[last], labels)
    session.choose("votes", compared=(ONE_NETWORK, "summed"))
    base = session.state.representatives[ONE_NETWORK]
    alone = evidence_of(base.network, base.layout(10), state.digits.images).scores.argmax(axis=1)
    opened.ticks_until(lambda: view.panel.heaps.view.heaps is not None)
    assert shown(opened, view.panel.heaps) == split(alone, answers["summed"], labels)
    box = view.last
    box.setCurrentIndex(box.findData("votes"))
    box.activated.emit(box.currentIndex())
    assert session.state.votes.compared == (ONE_NETWORK, "votes")


def test_before_a_room_next_stays_and_there_is_no_more_than_needed(look: Show) -> None:
    opened = look()
    session, page = opened.session, page_of(opened)
    session.change(lecturing=True, step=8)
    for _ in range(3):
        page.step(1)
    assert (session.state.step, session.state.image) == (None, MISREAD)
    assert not page.conclusion.isVisible()
    assert page.fate.text.endswith("6 is left: wrong.")
    session.change(answer_hidden=True)
    assert page.holds_back(session.state)
    assert "6" not in page.fate.text
    session.change(lecturing=False, answer_hidden=False)
    assert page.conclusion.isVisible()
    page.step(1)
    assert (session.state.step, session.state.image) == (0, MISREAD + 1)


def test_only_two_rows_of_the_votes_are_strong_before_a_room(votes: Show) -> None:
    opened = votes(image=MISREAD)
    session, page = opened.session, votes_page(opened)
    session.change(lecturing=True)
    assert not page.pair.isVisible()
    session.change(pair=(8, 6))
    assert page.pair.isVisible()
    assert page.matrix.view.only == (8, 6)
    session.change(answer_hidden=True)
    assert not page.matrix.view.shown.any()
    assert page.pair.view is None


def test_the_list_opens_a_page_with_its_own_network_and_a_key_leads_to_the_one_chosen(
    show: Show,
) -> None:
    opened = show(trained=True)
    session, window = opened.session, opened.window
    rail = window.parts.rail
    opened.click(window.findChild(QAbstractButton, "page-votes"))
    page = votes_page(opened)
    assert session.state.here.design == "all-pairs"
    assert not page.matrix.view.shown.any()
    assert page.pair.view is None
    assert rail.card.picture.view.answer == ""
    assert "the design chosen is 10 outputs" in page.own_kind.sentence.text()
    assert window.parts.top_bar.designs.buttons["ten"].isChecked()
    opened.bot.keyClick(page.matrix, Qt.Key.Key_End)
    said = session.state.trained["all-pairs"].look(session.state.pixels, 10)
    np.testing.assert_array_equal(page.matrix.view.beats, said.pairs)
    assert rail.card.picture.view.answer == str(said.answer)
    opened.bot.keyClick(page.matrix, Qt.Key.Key_D)
    np.testing.assert_array_equal(page.matrix.view.beats, session.state.sure_verdict.pairs)
    assert "derived" in page.matrix.view.caption
    opened.bot.keyClick(page.matrix, Qt.Key.Key_D)
    assert "derived" not in page.matrix.view.caption
    window.parts.top_bar.designs.press("ten")
    assert "derived" in page.matrix.view.caption
    opened.click(window.findChild(QAbstractButton, "page-train"))
    assert session.state.here is session.state
