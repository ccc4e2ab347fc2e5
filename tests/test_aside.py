"""What is open stands aside while a lecture shows what it wants, and comes back as it was."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np

from nnviz.session.aside import LIVE
from nnviz.session.session import Session
from nnviz.session.state import State
from tests.sessions import killed, learned, steps, taken_up, until

OF_THE_RUN = ("run", "shown")


def test_everything_comes_back_as_it_was(session: Session) -> None:
    learned(session)
    session.designs.choose("four-bits")
    session.shelf.rename("mine")
    session.pad.draw(np.array([[0.2, 0.2], [0.7, 0.8]]), 0.05)
    session.change(page="votes", views={"votes": "all"}, image=7, neuron=3, step=2, dense=True)
    before = session.state
    session.aside.begin()
    assert session.state.page == "train"
    assert session.state.work.shipped
    assert not session.state.shelf
    session.designs.choose("one-vs-rest")
    session.change(page="designs", image=9, answer_hidden=True)
    session.choose("mistakes", rates=True)
    session.pad.clear()
    session.aside.end()
    after = session.state
    assert {name for name in names() if getattr(after, name) != getattr(before, name)} == set()
    assert after.verdict.answer == before.verdict.answer


def names() -> list[str]:
    return [item.name for item in fields(State) if item.name not in LIVE - {"running"}]


def test_a_run_goes_on_where_it_was_and_what_learned_meanwhile_is_offered(
    session: Session,
) -> None:
    session.runs.run()
    until(session, steps(20))
    mine = session.state.work
    session.aside.begin()
    session.runs.start_over(session.state.settings.change(seed=5, images=200))
    session.aside.taught(session.state.work)
    session.aside.stands()
    session.runs.run()
    until(session, steps(30))
    session.aside.gather(0, "Watch it learn")
    made = session.aside.end()
    state = session.state
    assert state.running
    assert state.work.key == mine.key
    assert state.work.position == mine.position
    assert [work.title for work in state.shelf] == ["Watch it learn"]
    assert state.representatives["ten-outputs"].key == mine.key
    assert made.works[0].settings.seed == 5
    assert not state.shelf[0].would_be_lost
    until(session, steps(mine.position.steps + 20))
    session.aside.take()
    assert session.state.work.title == "Watch it learn"
    session.shelf.back()
    assert session.state.work.key == mine.key


def test_whoever_is_killed_in_a_lecture_finds_what_was_open_before(
    start: Callable[[], Session],
) -> None:
    session = start()
    mine = learned(session)
    session.aside.begin()
    session.runs.start_over(session.state.settings.change(seed=5, images=200))
    session.aside.taught(session.state.work)
    learned(session)
    killed(session)
    again = taken_up(start)
    assert again.state.work.position == mine.position
    assert again.state.settings.seed == mine.settings.seed
    assert not again.state.shelf


def test_what_was_drawn_in_a_lecture_is_offered_and_can_be_undone(session: Session) -> None:
    session.pad.draw(np.array([[0.2, 0.2], [0.7, 0.8]]), 0.05)
    before = session.state.pad
    session.aside.begin()
    session.pad.draw(np.array([[0.5, 0.1], [0.5, 0.9]]), 0.05)
    drawn = session.state.pad.drawing
    session.aside.gather(0, "Draw")
    session.aside.fresh()
    assert session.state.pad.drawing.empty
    session.aside.end()
    assert session.state.pad == before
    session.aside.take()
    assert (session.state.page, session.state.pad.drawing) == ("draw", drawn)
    session.pad.undo()
    assert session.state.pad.drawing is before.drawing


def test_other_digits_come_back_with_what_learned_from_them(session: Session) -> None:
    part = replace(session.state.digits.source, classes=("3", "8"))
    session.digits.open(part)
    until(session, lambda state: state.digits.classes == 2)
    mine = learned(session)
    session.aside.begin()
    assert session.state.digits.classes == 10
    until(session, lambda state: state.engine == "ready")
    session.aside.end()
    assert session.state.digits.class_names == ("3", "8")
    assert session.state.work is mine or session.state.work.position == mine.position
    session.runs.step("hundred")
    until(session, steps(mine.position.steps + 100))
