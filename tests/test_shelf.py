"""Several networks open at once: nothing is lost by switching."""

import dataclasses
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnviz.paths import TRAINED
from nnviz.session.history import MOST, History
from nnviz.session.session import Session
from tests.sessions import learned, steps, until


def titles(session: Session) -> list[str]:
    return [work.title for work in session.state.works]


def test_a_run_put_aside_goes_on_as_if_it_had_never_left(session: Session) -> None:
    learned(session)
    session.shelf.add()
    assert titles(session) == ["run 1", "run 2"]
    assert session.state.work.position.steps == 0
    learned(session, "batch")
    session.shelf.switch(0)
    assert session.state.work.position.steps == 100
    went_on = learned(session)

    session.controls.reset()
    straight = learned(session, times=2)
    np.testing.assert_array_equal(went_on.network.hidden_weights, straight.network.hidden_weights)
    session.shelf.switch(1)
    assert session.state.work.position.steps == 1


def test_switching_pauses_the_run_on_screen(session: Session) -> None:
    learned(session, "batch")
    session.shelf.add()
    session.runs.run()
    until(session, steps(3))
    session.shelf.switch(0)
    assert not session.state.running
    before = session.state.work
    for _ in range(30):
        session.refresh()
    assert session.state.work.position == before.position


def test_opening_a_file_leaves_the_run_open(session: Session, tmp_path: Path) -> None:
    before = learned(session)
    session.files.open(TRAINED / "ten-outputs.safetensors")
    assert titles(session) == ["run 1", "ten-outputs.safetensors"]
    session.shelf.switch(0)
    assert session.state.work.network is before.network
    assert session.state.work.key == before.key


def test_a_network_nobody_worked_on_makes_way(session: Session) -> None:
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    session.shelf.add()
    assert len(session.state.works) == 1


def test_closing_shows_the_neighbour_and_the_last_one_a_fresh_run(session: Session) -> None:
    for _ in range(3):
        learned(session, "batch")
        session.shelf.add()
    learned(session, "batch")
    assert titles(session) == ["run 1", "run 2", "run 3", "run 4"]
    session.shelf.switch(1)
    session.shelf.close()
    assert titles(session) == ["run 1", "run 3", "run 4"]
    assert session.state.work.title == "run 3"
    session.shelf.switch(2)
    session.shelf.close()
    assert session.state.work.title == "run 3"
    session.shelf.close()
    session.shelf.close()
    assert len(session.state.works) == 1
    assert session.state.work.position.steps == 0


def test_a_network_can_be_renamed_and_keeps_its_name_through_a_reset(session: Session) -> None:
    session.shelf.rename("  of the lecture ")
    learned(session, "batch")
    session.controls.reset()
    assert session.state.work.title == "of the lecture"
    session.shelf.rename("")
    assert session.state.work.title == "run 1"


def test_undo_reaches_past_several_new_starts_and_loses_nothing_learned_since(
    session: Session,
) -> None:
    first = learned(session, "batch")
    session.controls.reset()
    session.controls.new_seed()
    second = learned(session)
    session.controls.undo_reset()
    assert session.state.work.network is first.network
    session.controls.undo_reset()
    assert session.state.work.network is second.network
    assert session.state.settings.seed == 2


def test_a_change_of_one_network_leaves_the_others_alone(session: Session) -> None:
    first = learned(session, "batch")
    session.shelf.add()
    session.controls.set(hidden=15, rate=0.5)
    assert session.state.works[0] is first
    assert session.state.settings == dataclasses.replace(first.settings, hidden=15, rate=0.5)


# ---- undo and redo of anything -------------------------------------------------------


@given(st.lists(st.sampled_from(["do", "back", "forth"]), max_size=120))
def test_undo_and_redo_walk_along_what_was_done(orders: list[str]) -> None:
    """Against a list with a place in it."""
    history, value = History[int](), 0
    done, place = [0], 0
    for number, order in enumerate(orders, start=1):
        if order == "do":
            history, value = history.after(value, f"step {number}"), number
            done, place = [*done[: place + 1], number][-MOST - 1 :], min(place + 1, MOST)
        elif order == "back":
            value, history = history.back(value)
            place = max(0, place - 1)
        else:
            value, history = history.forth(value)
            place = min(len(done) - 1, place + 1)
        assert value == done[place]
        assert history.undoes == (f"step {value}" if place else "")
        assert history.redoes == (f"step {done[place + 1]}" if place + 1 < len(done) else "")
