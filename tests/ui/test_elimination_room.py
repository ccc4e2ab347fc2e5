"""The Elimination page where there is little room, and what it says of ties."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from nnviz.ui.elimination.path import walked
from nnviz.ui.elimination.walk_table import TWO_LINES
from nnviz.ui.elimination.words import source_of_heads
from nnviz.verdicts.answers import Options
from tests.ui.conftest import Opened
from tests.ui.elimination_window import page_of, walk_of


def test_a_view_that_is_hidden_asks_for_no_room(look):
    opened = look()
    page = page_of(opened)
    least = page.minimumSizeHint().height()
    assert least + 50 <= opened.window.parts.stack.height()  # a message above still fits
    for name in ("departures", "savings", "walk"):
        page.choose_view(name)
    assert page.minimumSizeHint().height() == least


@pytest.mark.parametrize("height", [720, 640, 560])
def test_what_stands_on_the_card_never_overlaps(look, height):
    opened = look("bit-layer", image=0, size=(1280, height))
    opened.session.change(step=3)
    card = walk_of(opened).card
    lowest = card.ghost(len(card.view.ghosts) - 1).bottom()
    lines = card.lines_below()
    assert lines[0][1] == "3 of 1,013 sets asked"
    assert lowest <= lines[0][0].top()
    assert lines[-1][0].bottom() <= card.height()


def test_the_card_names_all_that_leave_at_once(look):
    opened = look()
    opened.session.change(options=Options(drop=3), step=1)
    step = walk_of(opened).table.view.steps[0]
    assert (
        tuple(one for one, _, leaves in walk_of(opened).card.view.large if leaves) == step.leaving
    )
    assert len(step.leaving) == 3
    opened.window.grab()


def even_heads(opened: Opened) -> None:
    """Gives the network on screen the same for every digit and class."""
    work = opened.session.state.work
    zeros = {
        name: np.zeros_like(getattr(work.network, name))
        for name in ("output_weights", "output_biases")
    }
    network = dataclasses.replace(work.network, **zeros)
    opened.session.change(work=dataclasses.replace(work, network=network))


def test_a_tie_is_said(look):
    opened = look()
    even_heads(opened)
    opened.session.change(step=1)
    assert "all are even, with 10 %: the last one, 9, leaves." in walk_of(opened).headline.text
    opened.session.change(reading="duels", step=1)
    assert "0 and 9 are even: the last one, 9, leaves." in walk_of(opened).headline.text


def test_another_answer_on_the_left_is_explained(look):
    opened = look("all-pairs", image=55)
    found = walked(opened.session.state)
    assert found.end != opened.session.state.sure_verdict.answer
    assert "The answer on the left is read by summed probabilities." in source_of_heads(found)
    assert walk_of(opened).card.view.note == source_of_heads(found)


def test_a_name_that_is_a_word_leaves_room_for_its_cross_or_percentage(look):
    table = walk_of(look()).table
    high = QRectF(0, 0, 80, table.theme.px(TWO_LINES))
    name = QRectF(high)
    below = table._beside_words(name, leaves=False, tells=True)
    assert below.top() >= name.bottom() - table.theme.px(2)
    assert below.bottom() == high.bottom()
    name = QRectF(high)
    beside = table._beside_words(name, leaves=True, tells=True)
    assert name.right() < high.right() == beside.right()
    low = QRectF(0, 0, 80, table.theme.px(TWO_LINES) - 1)
    assert table._beside_words(low, leaves=False, tells=True).isEmpty()
