"""Morph: the way between two digits, where each design turns, and many pairs."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from nnviz.questions.morphs import BLENDS, FindTurns, compared_places, turn_of
from nnviz.session.asking import readers_of
from nnviz.ui.draw.morph import MorphView
from nnviz.ui.draw.morph_seen import ends_of
from nnviz.words import listed
from tests.ui.conftest import Opened
from tests.ui.draw_window import Show, opened_view

SEPARATE = "one-vs-rest"
CODE = "four-bits"


def morph(show: Show, designs: int = 8, **how: object) -> tuple[Opened, MorphView]:
    """The view with so many designs loaded."""
    return opened_view(show, MorphView, designs, **how)


def pressed(opened: Opened, view: MorphView, x: float, y: float) -> None:
    point = QPoint(round(x), round(y))
    opened.bot.mouseClick(view.lanes, Qt.MouseButton.LeftButton, pos=point)


def test_it_goes_from_a_four_to_a_nine(show: Show) -> None:
    opened, view = morph(show)
    state = opened.session.state
    assert [int(state.digits.labels[end]) for end in ends_of(state)] == [4, 9]
    assert [lane.id for lane in view.lanes.view.lanes] == list(state.representatives)
    assert view.headline.text == "10 outputs: 4 turns into 9 at 30 %."


def test_each_lane_is_what_its_network_says(show: Show) -> None:
    opened, view = morph(show)
    state = opened.session.state
    way = BLENDS["fade"].images(*(state.digits.images[end] for end in ends_of(state)))
    for lane in view.lanes.view.lanes:
        work = state.representatives[lane.id]
        verdicts = [work.look(way[step], 10) for step in (0, 37, 55, 70, 100)]
        assert [verdict.answer for verdict in verdicts] == [
            int(lane.turn.said.answers[step]) for step in (0, 37, 55, 70, 100)
        ]


def test_a_third_answer_is_said_in_words(show: Show) -> None:
    opened, view = morph(show)
    opened.session.designs.choose(CODE)
    turn = next(lane.turn for lane in view.lanes.view.lanes if lane.id == CODE)
    (third,) = turn.others
    assert view.headline.text.endswith(f"with 5 from {third.start} to {third.end} %.")
    assert "A third answer on the way: 4 bits." in view.words.text()
    assert view.headline.text in view.lanes.words(view.lanes.view)


def test_arrows_and_page_keys_go_along(show: Show) -> None:
    opened, view = morph(show, designs=1)
    session = opened.session
    for key, expected in (
        (Qt.Key.Key_Right, 51),
        (Qt.Key.Key_Up, 61),
        (Qt.Key.Key_End, 100),
        (Qt.Key.Key_Right, 100),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_PageDown, 10),
    ):
        opened.bot.keyClick(view.lanes, key)
        assert session.state.morph.step == expected
    assert view.digit.view.title == "10 % of the way"
    assert session.state.image == 0  # the page key moved the morph, not the digit


def test_a_drag_goes_where_the_mouse_is_and_a_name_chooses_the_design(show: Show) -> None:
    opened, view = morph(show)
    track = view.lanes.track(2)
    pressed(opened, view, track.x() + 0.25 * track.width(), track.center().y())
    assert opened.session.state.morph.step == 25
    name = view.lanes.line(4)
    pressed(opened, view, 20, name.center().y())
    assert opened.session.state.design == view.lanes.view.lanes[4].id


def test_other_digits_can_be_taken(show: Show) -> None:
    opened, view = morph(show, designs=1)
    session, labels = opened.session, opened.session.state.digits.labels
    before, (usual, _) = view.headline.text, ends_of(session.state)
    view.ends[0].next.click()
    fours = np.flatnonzero(labels == 4)
    assert session.state.morph.first == fours[fours > usual][0]
    view.ends[1].labels.activated.emit(3)
    assert labels[ends_of(session.state)[1]] == 3
    session.change(image=7)
    view.ends[0].shown.click()
    assert session.state.morph.first == 7
    assert view.headline.text != before


def test_moving_the_ink_makes_other_images(show: Show) -> None:
    opened, view = morph(show, designs=1)
    before = view.lanes.view.lanes[0].turn
    view.blends["move"].click()
    state = opened.session.state
    images = [state.digits.images[end] for end in ends_of(state)]
    expected = turn_of(readers_of(state)[0], BLENDS["move"].images(*images), 4, 9)
    now = view.lanes.view.lanes[0].turn
    assert now.place == expected.place
    assert not np.array_equal(now.said.support, before.said.support)


def test_playing_ends_at_the_end(show: Show) -> None:
    opened, view = morph(show, designs=1)
    session = opened.session
    session.choose("morph", step=97)
    view.play.click()
    opened.bot.waitUntil(lambda: session.state.morph.step == 100)
    opened.bot.waitUntil(lambda: view.play.text() == "Play")


def test_the_lane_follows_a_network_that_learns(show: Show) -> None:
    opened, view = morph(show, designs=2)
    before = {lane.id: lane.turn for lane in view.lanes.view.lanes}
    opened.session.controls.reset()
    opened.learn(200)
    after = {lane.id: lane.turn for lane in view.lanes.view.lanes}
    changed = opened.session.state.design
    assert after[changed] is not before[changed]
    assert all(after[name] is before[name] for name in before if name != changed)


def test_many_pairs_answer_whether_separate_networks_differ(show: Show) -> None:
    opened, view = morph(show)
    view.many.click()
    question = partial(FindTurns, first=4, second=9, blend="fade")
    opened.ticks_until(lambda: len(opened.session.inquiries.answers(question)) == 8)
    turns = {name: each.result for name, each in opened.session.inquiries.answers(question).items()}
    found = compared_places(turns[SEPARATE], turns["ten-outputs"])
    assert f"in {found.less} of {found.pairs} pairs" in view.headline.text
    assert view.headline.text.startswith("One-vs-rest against 10 outputs: turns earlier")
    assert "not significant" in view.words.text()  # of third answers
    assert view.words.text().startswith("100 random pairs of a 4 and a 9")
    both = turns[SEPARATE].read & turns["ten-outputs"].read
    assert np.count_nonzero(both) == found.pairs
    assert f"In the {found.pairs} that both read right" in view.words.text()
    for row in view.rows:
        own = turns[row.id]
        assert row.numbers[0] == str(np.count_nonzero(own.read))
        assert row.numbers[3] == f"{100 * own.unsure[own.read].mean():.0f} %"
    opened.bot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.headline.text.startswith("All pairs ")


def test_the_words_about_one_half_are_about_what_the_lanes_draw(show: Show) -> None:
    opened, view = morph(show)
    lanes = view.lanes.view.lanes
    weakest = np.min([lane.turn.said.for_answer for lane in lanes], axis=0)
    step = int(weakest.argmin())
    opened.session.choose("morph", step=step)
    weak = [lane.name for lane in lanes if lane.turn.said.for_answer[step] < 0.5]
    assert weak
    assert view.silent.text() == f"Answers with no output above 0.5: {listed(weak)}."
    opened.session.choose("morph", step=0)
    assert view.silent.text() == "Each answer has an output above 0.5."


@pytest.mark.parametrize("many", [False, True])
def test_it_fits_into_a_small_window_with_large_text(show: Show, many: bool) -> None:
    opened, view = morph(show, scale=1.5, size=(1280, 720))
    opened.session.choose("morph", many=many)
    opened.ticks_until(lambda: not many or len(view.rows) == 8)
    opened.bot.waitUntil(lambda: view.visibleRegion().boundingRect().width() == view.width())


def test_two_digits_of_one_label_have_no_many_pairs(show: Show) -> None:
    _, view = morph(show, designs=1)
    view.ends[1].labels.activated.emit(4)
    view.many.click()
    assert view.headline.text == "Choose two different labels: both digits are 4."
    assert not view.rows
    view.many.click()
    assert view.headline.text == "10 outputs: 4 all the way."


def test_without_the_training_process_it_says_so_and_asks_by_itself(show: Show) -> None:
    opened, view = morph(show, designs=1)
    opened.session.change(engine="starting")
    view.many.click()
    assert "training process" in view.headline.text
    opened.engine.die()
    opened.session.refresh()
    assert "0 of 1 have answered" in view.headline.text
    opened.ticks_until(lambda: len(view.rows) == 1)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_colour_under_the_answer_is_that_of_its_digit(show: Show, theme: str) -> None:
    opened, view = morph(show, theme=theme)
    image = view.lanes.grab().toImage()
    track = view.lanes.track(0)
    ratio = image.width() / view.lanes.width()
    for share, label in ((0.1, 4), (0.97, 9)):
        x = (track.x() + share * track.width()) * ratio
        found = image.pixelColor(QPoint(round(x), round((track.bottom() - 3) * ratio)))
        assert found == opened.window.theme.digit(label)
