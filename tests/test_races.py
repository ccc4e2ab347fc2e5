"""Races: designs learn side by side from the same seed, and nothing of the user's is lost."""

import numpy as np
import pytest

from nnviz.learning.digits import ShownDigits, bundled_digits
from nnviz.learning.network import initial_network
from nnviz.learning.settings import Settings
from nnviz.session import Session
from nnviz.state import State
from tests.in_process import InProcess
from tests.test_session import until


@pytest.fixture(scope="module")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


@pytest.fixture
def session(digits: ShownDigits) -> Session:
    made = Session(InProcess(), digits, Settings(images=200, epochs=0, seed=5))
    made.start_engine()
    made.refresh()
    return made


def seen(state: State) -> list[int]:
    return [work.position.examples for work in state.racing]


def test_all_begin_at_the_random_start_of_the_seed_on_screen(session: Session) -> None:
    assert session.begin_race(["ten-outputs", "four-bits", "all-pairs"])
    for work in session.state.racing:
        assert (work.settings.seed, work.settings.images) == (5, 200)
        start = initial_network(work.settings, 784, 10)
        np.testing.assert_array_equal(work.network.hidden_weights, start.hidden_weights)
    ten, bits, _ = session.state.racing
    # the same hidden layer to begin with
    np.testing.assert_array_equal(ten.network.hidden_weights, bits.network.hidden_weights)


def test_all_learn_in_step_and_pause_together(session: Session) -> None:
    session.begin_race(["ten-outputs", "four-bits", "all-pairs"])
    session.run()
    until(session, lambda state: min(seen(state)) >= 400)
    session.pause()
    state = until(session, lambda _: session.settled)
    assert not state.running
    first = seen(state)
    # at most one slice apart
    assert max(first) - min(first) <= 400
    for _ in range(50):
        session.refresh()
    assert seen(session.state) == first


def test_one_epoch_is_one_epoch_for_all(session: Session) -> None:
    session.begin_race(["ten-outputs", "one-vs-rest"])
    session.step("epoch")
    until(session, lambda state: not state.running and session.settled)
    assert seen(session.state) == [200, 200]
    assert all(work.measured is not None for work in session.state.racing)
    assert all(work.points for work in session.state.racing)


def test_another_lane_comes_on_screen_without_stopping_the_race(session: Session) -> None:
    session.begin_race(["ten-outputs", "four-bits"])
    session.run()
    until(session, lambda state: min(seen(state)) > 0)
    session.choose_design("four-bits")
    assert session.state.running
    assert session.state.design == "four-bits"
    before = seen(session.state)
    until(session, lambda state: all(a > b for a, b in zip(seen(state), before, strict=True)))


def test_a_race_equals_the_same_runs_alone(session: Session) -> None:
    session.begin_race(["ten-outputs", "all-pairs"])
    session.step("epoch")
    until(session, lambda state: not state.running and session.settled)
    raced = {work.design: work for work in session.state.racing}
    session.end_race()
    for design, work in raced.items():
        alone = Session(InProcess(), session.state.digits, work.settings)
        alone.start_engine()
        alone.refresh()
        alone.step("epoch")
        until(alone, lambda state, alone=alone: not state.running and alone.settled)
        network = alone.state.work.network
        assert alone.state.design == design
        np.testing.assert_array_equal(network.hidden_weights, work.network.hidden_weights)
        np.testing.assert_array_equal(network.output_weights, work.network.output_weights)


def test_a_run_that_no_file_holds_stays_open(session: Session) -> None:
    session.step("batch")
    kept = until(session, lambda state: state.work.position.steps == 1).work
    session.begin_race(["ten-outputs", "four-bits"])
    assert kept.key in {work.key for work in session.state.works}
    session.end_race()
    assert kept.key in {work.key for work in session.state.works}


def test_reset_takes_all_of_them_back_to_the_start(session: Session) -> None:
    session.begin_race(["ten-outputs", "four-bits"])
    session.step("epoch")
    until(session, lambda state: not state.running and session.settled)
    session.reset()
    assert seen(session.state) == [0, 0]
    session.step("batch")
    until(session, lambda state: all(work.position.steps == 1 for work in state.racing))


def test_a_fair_race_gives_the_baseline_as_many_parameters(session: Session) -> None:
    session.begin_race(["ten-outputs", "one-vs-rest"], fair=True)
    ten, ensemble = session.state.racing
    assert ensemble.network.parameters == 235_810
    assert abs(ten.network.parameters - ensemble.network.parameters) <= 795


def test_a_run_outside_the_race_ends_it(session: Session) -> None:
    session.begin_race(["ten-outputs", "four-bits"])
    session.choose_design("one-vs-rest")
    session.step("batch")
    until(session, lambda state: state.work.position.steps == 1)
    assert session.state.race == ()


def test_a_lane_that_diverges_is_said_and_pauses_the_others(session: Session) -> None:
    session.set(rate=100.0, decay=1000.0)
    session.begin_race(["ten-outputs", "four-bits"])
    session.run()
    state = until(session, lambda state: state.notice is not None)
    assert "diverged" in state.notice.sentence
    assert not state.running
