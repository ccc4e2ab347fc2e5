"""Pages about one kind of network, opened from the list: they show one of that kind, and nothing
else knows of it."""

from collections.abc import Callable

import numpy as np
import pytest

from nnviz.session.session import Session
from nnviz.session.state import FIELDS
from tests.sessions import begun, learned

DIGIT = 35


@pytest.fixture(scope="module")
def session() -> Session:
    """Its network has learned a little."""
    made = begun()
    learned(made, "batch")
    made.change(image=DIGIT)
    return made


def opened(session: Session, page: str) -> Session:
    session.change(page="train", step=None)
    session.designs.open_page(page)
    return session


@pytest.mark.parametrize(("page", "design"), [("votes", "all-pairs"), ("elimination",) * 2])
def test_the_page_shows_a_network_of_its_kind_before_the_first_step(
    session: Session, page: str, design: str
) -> None:
    before = session.state
    state = opened(session, page).state
    here, shipped = state.here, state.trained[design]
    assert (here.design, here.work, state.step) == (design, shipped, 0)
    assert here.sure_verdict.answer == shipped.look(state.pixels, 10).answer
    assert before.work in here.works  # who compares still finds it
    kept = set(FIELDS) - {"page", "own_kind", "stand_in", "step", "trained", "answers"}
    assert all(getattr(state, name) == getattr(before, name) for name in kept)
    session.change(image=DIGIT + 1)
    expected = shipped.look(session.state.pixels, 10)
    np.testing.assert_array_equal(session.state.here.sure_verdict.pairs, expected.pairs)
    session.change(image=DIGIT, reading="duels")
    assert session.state.here.sure_verdict.reading == "duels"
    session.change(reading="")


def test_it_is_gone_with_the_page_and_back_with_the_list_alone(session: Session) -> None:
    opened(session, "votes").change(page="elimination")  # as a link or a lecture does
    assert session.state.here is session.state
    session.change(page="votes")
    assert session.state.here is session.state
    session.designs.open_page("elimination")
    assert session.state.here.design == "elimination"
    session.designs.open_page("mistakes")
    assert session.state.here is session.state


def test_the_one_chosen_is_a_key_away(session: Session) -> None:
    opened(session, "votes").designs.show_own(False)
    assert session.state.here.design == "ten-outputs"
    session.designs.show_own(True)
    assert session.state.here.design == "all-pairs"
    session.designs.choose("ten-outputs")  # the button of the design that is chosen
    assert session.state.here is session.state


@pytest.mark.parametrize(
    "do",
    [
        lambda session: session.controls.reset(),
        lambda session: session.runs.run(),
        lambda session: session.runs.step("batch"),
    ],
)
def test_what_is_done_to_the_network_chosen_is_seen(
    session: Session, do: Callable[[Session], object]
) -> None:
    do(opened(session, "votes"))
    assert session.state.here is session.state
    session.runs.pause()


def test_a_choice_of_the_same_kind_and_one_that_learns_are_shown_themselves() -> None:
    session = begun()
    session.designs.choose("all-pairs")
    assert opened(session, "votes").state.here is session.state
    assert session.state.step is None
    assert opened(session, "elimination").state.here.design == "elimination"
    session.runs.run()
    session.designs.open_page("votes")
    session.designs.open_page("elimination")
    assert session.state.here is session.state
