"""Mistakes: a guess before the networks tell, mistakes by bits, and outputs that say yes."""

import re

import numpy as np

from nnviz.questions.bits_apart import binary_words, bits_apart
from nnviz.session.slices import LectureShown, SceneWords
from nnviz.ui.kit.picture import Picture
from nnviz.ui.mistakes.bits_apart import BitsApart
from nnviz.ui.mistakes.guess import Guess
from nnviz.ui.mistakes.one_digit import OneDigit
from nnviz.ui.mistakes.unsure import Unsure
from tests.ui.conftest import Show
from tests.ui.mistakes_window import listed_in, looked_at, told_by, view_of

HARD = 612
"""A 9 that looks like a 4."""
TELLING = re.compile(r"\d %|says|misread by|\d (misread|digit|mistake)")


def test_a_guess_comes_before_what_the_label_is_and_what_the_designs_say(show: Show) -> None:
    opened, view = looked_at(show, Guess)
    session, picture = opened.session, view.picture
    session.change(image=HARD)
    names = {choice.name for choice in picture.view.choices}
    assert {"4", "9"} <= names
    assert len(names) == 4
    assert picture.view.told == ()
    assert view.asks_first(session.state)
    assert all(each.right is None and not each.told for each in picture.view.choices)
    order = [choice.key for choice in picture.view.choices]
    session.change(image=0)
    session.change(image=HARD)
    assert [choice.key for choice in picture.view.choices] == order
    opened.click(picture, picture.place(order.index(4)))
    assert session.state.mistakes.guess == (HARD, 4)
    marks = {choice.key: choice.right for choice in picture.view.choices}
    assert marks[9]
    assert not marks[4]
    assert "You guessed 4, which is wrong." in told_by(picture)
    said = [judged.answers[HARD] for judged in session.judgements.known.values()]
    nine = next(choice for choice in picture.view.choices if choice.key == 9)
    assert nine.told.startswith(f"{said.count(9)} of {len(said)}")
    session.change(answer_hidden=True)
    assert picture.view.told == ()
    assert all(each.right is None for each in picture.view.choices)
    session.change(answer_hidden=False, image=0)
    assert picture.view.told == ()  # of another digit nothing was guessed


def test_in_a_lecture_the_choices_and_the_hands_are_those_of_its_scene(show: Show) -> None:
    opened, view = looked_at(show, Guess)
    scene = SceneWords("Four or nine?", choices=("four", "nine"), right=1)
    lecture = LectureShown("Ten", 45, 0, 1, scene, revealed=False, hands=(12, None))
    opened.session.change(lecture=lecture, answer_hidden=True, image=HARD)
    first, second = view.picture.view.choices
    assert (first.name, first.told, first.right) == ("four", "12 hands", None)
    assert (second.name, second.told) == ("nine", "")
    assert "9" not in told_by(view.picture)
    opened.session.change(answer_hidden=False)
    assert [each.right for each in view.picture.view.choices] == [False, True]
    assert view.picture.view.told[0] == "The label is 9."
    opened.session.change(lecture=None)


def test_a_bar_counts_mistakes_so_many_bits_apart_and_lists_them(show: Show) -> None:
    opened, view = looked_at(show, BitsApart)
    labels, known = opened.session.state.digits.labels, opened.session.judgements.known
    words = binary_words(10)
    for row, design in enumerate(("four-bits", "ten-outputs")):
        apart = bits_apart(known[design].answers, labels, words)
        shown = view.bars.view.rows[row]
        assert shown.counts == tuple(np.count_nonzero(apart == bits) for bits in (1, 2, 3, 4))
        opened.click(view.bars, view.bars.place(row, 2))
        assert listed_in(view.digits.grid) == np.flatnonzero(apart == 2).tolist()
    assert dict(view.bags.view.bits)["bit 2"] == (2, 3, 6, 7)
    told = told_by(view.bars)
    opened.session.change(answer_hidden=True)
    assert listed_in(view.digits.grid) == []
    assert view.sentence.text() == ""
    assert told_by(view.bars) != told
    assert not any(each.isdigit() for each in told_by(view.bars))
    opened.session.change(answer_hidden=False)

    # the same digits by how many outputs say yes, and one digit in three presses
    unsure = view_of(opened, Unsure)
    opened.session.designs.choose("one-vs-rest")
    unsure.by_yes.click()
    opened.ticks_until(lambda: unsure.yes.view is not None)
    outputs = opened.session.judgements.of("one-vs-rest").outputs
    assert outputs is not None
    several = np.flatnonzero((outputs > 0.5).sum(axis=1) > 1)
    assert unsure.yes.view.said["several"].digits == len(several)
    opened.click(unsure.yes, unsure.yes.place(2))
    assert set(listed_in(unsure.digits.grid)) == set(several.tolist())
    opened.session.change(answer_hidden=True)
    assert str(len(several)) not in told_by(unsure.yes)
    opened.session.change(answer_hidden=False)

    digit = view_of(opened, OneDigit)
    parts = digit.answers, digit.pushes, digit.by_pixels
    assert all(part.isVisible() for part in parts)
    opened.session.change(lecturing=True)
    seen = []
    for _ in range(3):
        seen.append([part.isVisible() for part in parts])
        digit.step(1)
    assert seen == [[True, False, False], [False, True, False], [False, False, True]]
    opened.session.change(answer_hidden=True)
    assert digit.alone.isVisible()
    assert not digit.headline.isVisible()


def test_no_view_tells_what_networks_say_while_the_answer_is_hidden(show: Show) -> None:
    opened, _ = looked_at(show, Guess)
    session, window = opened.session, opened.window
    session.change(answer_hidden=True, neuron=16)
    telling = []
    for page in ("mistakes", "detectors"):
        session.change(page=page)
        for view in window.page.shown:
            window.page.choose_view(view)
            opened.ticks_until(lambda: window.page.view.isVisible())
            shown = [each for each in window.page.findChildren(Picture) if each.isVisible()]
            told = [f"{page} {view} {type(each).__name__}: {told_by(each)}" for each in shown]
            telling += filter(TELLING.search, told)
    assert not telling
