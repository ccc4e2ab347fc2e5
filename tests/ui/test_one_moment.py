"""While a network learns, all that the window says of the digit and of the network is of one
moment: in every frame, on every page."""

import re

import numpy as np

from nnviz.ui.app.pages import PAGES
from nnviz.ui.designs.compare import CompareView
from nnviz.ui.draw.your_digit import YourDigit
from nnviz.ui.train.page import TrainPage
from nnviz.ui.votes.page import VotesPage
from tests.ui.conftest import Opened, Show

FRAMES = 13
"""Two slow ticks, and what lies between."""


def header(opened: Opened) -> str:
    """The accuracy there."""
    told = re.sub("<[^>]*>", "", opened.window.parts.top_bar.accuracy.text())
    return re.findall(r"[\d.–]+ %", told)[-1]


def of_one_moment(opened: Opened) -> None:
    """Whether all parts on screen say what the verdict says, and one accuracy."""
    state, page = opened.session.state, opened.window.page
    verdict, names = state.sure_verdict, state.digits.class_names
    card = opened.window.parts.rail.card.picture.view
    assert (card.answer, card.right) == (state.named(verdict.answer), state.right)
    scores = verdict.scores
    match getattr(page, "view", page):
        case TrainPage() as train:
            view, legend = train.picture.view, train.curves.legend.view
            assert view.strong == {verdict.answer} == {int(view.outputs.argmax())}
            assert view.percents == tuple(f"{100 * each:.0f} %" for each in view.outputs)
            assert np.array_equal(view.outputs, np.array(scores, np.float32))
            assert f"says {names[verdict.answer]}" in view.sentence or state.right
            if legend:
                assert legend[0].value.split(",")[0] == header(opened)
        case CompareView() as compare:
            row = next(each for each in compare.rows if each.design == state.design)
            values = compare.values()[[each.design for each in compare.rows].index(state.design)]
            assert row.answer == card.answer
            assert np.allclose(values, scores)
            told = row.cells[0].splitlines()[0]
            assert told == header(opened) or not any(map(str.isdigit, told + header(opened)))
        case YourDigit() as drawn:
            row = next(each for each in drawn.rows if each.shown)
            assert (row.answer, drawn.answer.view.answer) == (card.answer, card.answer)
            assert np.allclose(drawn.table.view.rows[0].cells[-1].values, scores)
        case _ if isinstance(page, VotesPage):
            assert np.array_equal(page.matrix.view.beats, verdict.pairs)


def test_every_page_is_of_one_moment_in_every_frame_of_a_run(show: Show) -> None:
    opened = show()
    session, clock = opened.session, opened.window.parts.clock
    session.controls.set(speed=0)
    session.pad.draw(np.array([(0.3, 0.1), (0.6, 0.9)]), 0.05)
    session.runs.run()
    seen: set[object] = set()
    for kind in PAGES:
        session.change(page=kind.id)
        session.pad.show(kind.id == "draw")
        for _ in range(FRAMES):
            clock.tick()
            of_one_moment(opened)
            seen.add(session.state.sure_verdict)
        session.change(neuron=3)  # whatever is pressed between two ticks
        of_one_moment(opened)
    assert len(seen) > len(PAGES)
    session.runs.pause()
    of_one_moment(opened)
