"""Experiments run in networks of their own: what is on screen stays, and no run takes them over."""

import numpy as np
import pytest

from nnviz.networks.experiments import SETUPS, settings_of
from nnviz.paths import TRAINED
from nnviz.session.session import Session
from nnviz.session.state import State
from tests.sessions import learned, settled, until

SPEED = 400


def chosen(session: Session) -> tuple[object, ...]:
    state = session.state
    return state.design, state.settings, state.work.key, state.reading, state.options, state.neuron


def compare(session: Session) -> None:
    """Begins four runs whose settings are compared."""
    own = session.state.own_settings.change(hidden=5)
    settings = [settings_of(setup, own, 200) for setup in SETUPS.values()]
    assert session.experiments.compare(settings, list(SETUPS))


def try_a_code(session: Session) -> None:
    assert session.experiments.run(design="four-bits")


def beside(session: Session) -> list[int]:
    """Steps of the networks of experiments."""
    return [work.position.steps for work in session.state.works if work.aside]


def moving(state: State) -> bool:
    return all(work.position.steps for work in state.works if work.aside)


@pytest.fixture
def opened(session: Session) -> Session:
    """With a network on screen that comes with the program, and settings for the next run."""
    session.controls.set(speed=SPEED, hidden=20, decay=1.0)
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    return session


@pytest.mark.parametrize("begin", [compare, try_a_code])
def test_an_experiment_learns_beside_what_is_on_screen(opened: Session, begin) -> None:
    stood, network = chosen(opened), opened.state.work.network
    begin(opened)
    state = until(opened, moving)
    assert chosen(opened) == stood
    assert state.work.network is network
    assert (state.running, state.learns) == (True, False)
    assert state.representatives["ten-outputs"] is state.work
    assert not any(work.aside for work in state.representatives.values())


@pytest.mark.parametrize("begin", [compare, try_a_code])
def test_the_next_run_has_the_settings_that_were_there(opened: Session, begin) -> None:
    before = opened.state.settings
    begin(opened)
    until(opened, moving)
    opened.runs.pause()
    until(opened, lambda _: opened.runs.settled)
    stood = beside(opened)
    opened.runs.run()
    state = until(opened, lambda state: state.work.position.steps > 1)
    assert (state.settings, state.learns, beside(opened)) == (before, True, stood)
    opened.controls.new_seed()
    assert opened.state.settings == before.change(seed=before.seed + 1)
    opened.designs.choose("four-bits")
    assert not opened.state.work.experiment
    assert opened.state.settings.speed == SPEED


def test_a_network_of_an_experiment_on_screen_gives_nothing_to_later_runs(opened: Session) -> None:
    before, own = opened.state.settings, opened.state.work
    compare(opened)
    until(opened, moving)
    book = len(opened.state.works) - len(SETUPS)
    opened.shelf.switch(book)
    assert opened.state.work.name == next(iter(SETUPS))
    assert opened.state.running, "what learns beside goes on"
    assert opened.state.settings.initial == "normal"
    assert opened.state.own_settings == before
    opened.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    assert opened.state.settings == before
    opened.shelf.switch(book)
    opened.designs.choose("four-bits")
    assert opened.state.settings.speed == SPEED
    opened.shelf.switch(book)
    opened.shelf.back()
    assert not opened.state.work.experiment
    assert own.key in [work.key for work in opened.state.works]


def test_from_an_experiment_the_way_leads_back_to_exactly_what_was_open(opened: Session) -> None:
    stood, network = chosen(opened), opened.state.work.network
    compare(opened)
    for lane in (1, 2):
        opened.shelf.visit(opened.state.works[-lane].key)
        assert opened.state.notice.action == "shelf.back"
    opened.shelf.back()
    assert opened.state.notice is None
    assert chosen(opened) == stood
    assert opened.state.work.network is network


def test_a_race_leaves_what_was_on_screen_open_and_its_settings_as_they_were(
    opened: Session,
) -> None:
    before, stood = opened.state.settings, chosen(opened)
    assert opened.race.begin(["ten-outputs", "one-vs-rest"], fair=True)
    assert opened.state.settings.hidden > 200
    assert opened.state.own_settings == before
    opened.race.end()
    opened.shelf.back()
    assert chosen(opened) == stood


def test_a_run_that_goes_on_is_not_stopped_by_an_experiment(session: Session) -> None:
    session.runs.run()
    until(session, lambda state: state.work.position.steps > 1)
    try_a_code(session)
    until(session, moving)
    assert session.state.learns
    stood = session.state.work.position.steps
    until(session, lambda state: state.work.position.steps > stood)


def test_experiments_begin_one_after_the_other_and_go_on_together(session: Session) -> None:
    session.controls.set(epochs=1)
    try_a_code(session)
    until(session, moving)
    first = session.experiments.run(design="any-code", code="gray")
    again = session.experiments.run(design="any-code", code="gray")
    assert first is not None
    assert again is not None
    assert first.key == again.key
    until(session, lambda state: not state.running and session.runs.settled)
    assert beside(session) == [20, 20]
    assert "experiment is complete" in session.state.notice.sentence
    assert session.state.work.position.steps == 0


def test_a_frozen_trunk_of_a_run_is_never_that_of_an_experiment(session: Session) -> None:
    own = learned(session, "batch")
    trunk = session.experiments.run(design="ten-outputs", hidden=30)
    until(session, moving)
    on_it = session.experiments.run(design="four-bits", trunk="frozen", trunk_from="ten-outputs")
    session.runs.pause()
    assert trunk is not None
    assert on_it is not None
    newest = next(work for work in session.state.works if work.key == trunk.key)
    np.testing.assert_array_equal(on_it.network.hidden_weights, newest.network.hidden_weights)
    until(session, lambda _: session.runs.settled)
    session.controls.set(design="four-bits", trunk="frozen", trunk_from="ten-outputs")
    here = session.state.work.network.hidden_weights
    np.testing.assert_array_equal(here, own.network.hidden_weights)


def test_how_a_network_is_read_is_one_thing_wherever_it_is_asked(session: Session) -> None:
    learned(session, "batch")
    assert settled(session.state)
    session.change(reading="votes")
    assert session.state.read_as("ten-outputs")[0] == "votes"
    assert session.state.read_as("all-pairs")[0] == "summed"
