"""A page is drawn when what it shows of the state differs, and only while it can be seen."""

from dataclasses import dataclass, field

import numpy as np

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.seeing import differences
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, Page
from nnviz.verdicts.verdict import Verdict
from tests.ui.conftest import Show


@dataclass(frozen=True)
class Seen:
    """Two things that can be chosen, and what the network says."""

    neuron: int | None
    pair: tuple[int, int] | None
    pixels: np.ndarray | None
    verdict: Verdict = field(metadata=MOVING)


class Drawn(Page):
    """Keeps what it has drawn."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Theme("dark", 1.0))
        self.drawn: list[tuple[Seen, bool]] = []

    def see(self, state: State) -> Seen:
        return Seen(state.neuron, state.pair, state.pixels, state.sure_verdict)

    def draw(self, view: Seen, only_moving: bool) -> None:
        self.drawn.append((view, only_moving))


class Asking(Drawn):
    """Changes what it shows while it draws, as a page does that asks for what is known."""

    def draw(self, view: Seen, only_moving: bool) -> None:
        self.session.change(pair=(1, 2))
        super().draw(view, only_moving)


def test_what_changes_while_a_page_draws_is_what_it_shows_in_the_end(show: Show) -> None:
    opened = show()
    page = Asking(opened.session)
    opened.bot.addWidget(page)
    page.show()
    assert page.drawn[-1][0].pair == (1, 2)


def test_arrays_are_alike_in_the_same_memory() -> None:
    images, verdict = np.zeros((2, 4), np.uint8), object()
    old = Seen(1, None, images[0], verdict)  # type: ignore[arg-type]
    assert not differences(old, Seen(1, None, images[0], verdict))  # type: ignore[arg-type]
    other = Seen(2, None, images[1], verdict)  # type: ignore[arg-type]
    assert differences(old, other) == {"neuron", "pixels"}
    assert differences(None, other) == {"neuron", "pair", "pixels", "verdict"}
    empty = Seen(2, None, None, verdict)  # type: ignore[arg-type]
    assert differences(other, empty) == differences(empty, other) == {"pixels"}


def test_a_page_draws_what_differs_and_nothing_while_hidden(show: Show) -> None:
    opened = show()
    session, page = opened.session, Drawn(opened.session)
    opened.bot.addWidget(page)
    session.change(neuron=1)
    assert page.drawn == []
    page.show()
    session.say("info", "Nothing that it shows.")
    assert [view.neuron for view, _ in page.drawn] == [1]
    session.change(neuron=2)
    page.hide()
    session.change(neuron=3)
    session.change(neuron=2)
    page.show()
    assert [view.neuron for view, _ in page.drawn] == [1, 2]
    assert page.leave() is False
    session.change(pair=(4, 9))
    assert page.leave() is True
    assert session.state.pair is None


def test_what_a_page_sees_of_one_state_is_alike(show: Show) -> None:
    opened = show(trained=True)
    session, seen = opened.session, set()
    for kind in PAGES:
        page = opened.window.parts.stack.page(kind.id)
        views = page.views.shown.values() if hasattr(page, "views") else ()
        for each in (page, *views):
            one, other = each.see(session.state), each.see(session.state)
            if one is not None:
                assert not differences(one, other), each
                seen.add(type(each).__name__)
    assert {"TrainPage", "VotesPage", "EliminationPage", "WalkView", "CompareView"} <= seen
    assert {"AllNeurons", "OneNeuron", "SettingsCompared", "ZeroOfTheBook"} <= seen
    assert {"YourDigit", "RowsOfDigits", "MorphView", "StrangeView"} <= seen
    assert {"ConfusionAndDigits", "Confidence", "Disagree", "OneDigit", "Unsure"} <= seen
