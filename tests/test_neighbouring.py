"""The neighbours of the digit on screen, as the session asks for them and keeps them."""

import numpy as np
import pytest

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.piecemeal import at_once
from nnviz.session.answers import PAUSE
from nnviz.session.session import Session
from nnviz.ui.app.first_session import make_session
from tests.in_process import InProcess
from tests.test_session import until


@pytest.fixture(scope="module")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


@pytest.fixture
def session(digits: ShownDigits) -> Session:
    made = make_session(InProcess(), digits)
    made.controls.set(epochs=0)
    made.process.start()
    made.refresh()
    return made


def questions(session: Session) -> list[FindNeighbours]:
    return session.process._engine.questions(FindNeighbours)


def found(session: Session) -> None:
    session.neighbours.ask()
    until(session, lambda _: session.neighbours.found is not None)


def test_they_belong_to_the_digit_on_screen(session: Session) -> None:
    found(session)
    session.change(image=35)
    assert session.neighbours.found is None
    found(session)
    whole, told = bundled_digits(), session.neighbours.found
    expected = at_once(questions(session)[-1].work(whole, {}))
    assert told is not None
    np.testing.assert_array_equal(told.by_pixels.numbers, expected.by_pixels.numbers)
    np.testing.assert_array_equal(told.by_activity.numbers, expected.by_activity.numbers)


def test_a_digit_seen_before_is_known_at_once(session: Session) -> None:
    found(session)
    first = session.neighbours.found
    session.change(image=1)
    found(session)
    session.change(image=0)
    session.neighbours.ask()
    assert session.neighbours.found is first
    assert len(questions(session)) == 2


def test_neurons_that_are_shifted_make_other_neighbours(session: Session) -> None:
    found(session)
    first = questions(session)[0]
    for neuron in range(10):
        session.operations.change(0, neuron, shift=10.0)
    session.neighbours.ask()
    until(session, lambda _: session.answers.known(questions(session)[-1]) is not None)
    asked = questions(session)[-1].subject.altered
    np.testing.assert_array_equal(asked.hidden_biases, session.state.operated_network.hidden_biases)
    assert session.neighbours.found is not None
    assert session.neighbours.found.by_pixels.numbers.tolist() == [
        int(each) for each in session.answers.known(first).result.by_pixels.numbers
    ]


def test_a_run_is_asked_about_once_a_second_and_never_before_the_answer(session: Session) -> None:
    now = [0.0]
    session.answers.clock = lambda: now[0]
    session.runs.run()
    until(session, lambda state: state.running and state.work.position.steps > 0)
    found(session)
    asked = len(questions(session))
    steps = session.state.work.position.steps
    until(session, lambda state: state.work.position.steps > steps)
    session.neighbours.ask()
    assert len(questions(session)) == asked
    now[0] += PAUSE
    session.neighbours.ask()
    assert len(questions(session)) == asked + 1
    now[0] += PAUSE
    steps = session.state.work.position.steps
    session.process._engine._loop._to_do.clear()  # the answer never comes
    until(session, lambda state: state.work.position.steps > steps)
    session.neighbours.ask()
    assert len(questions(session)) == asked + 1
    session.change(image=3)
    session.neighbours.ask()
    assert len(questions(session)) == asked + 2


def test_a_process_that_starts_again_is_asked_again(session: Session) -> None:
    session.neighbours.ask()
    session.process._engine.die()
    session.refresh()
    session.process.start()
    session.refresh()
    session.neighbours.ask()
    assert len(questions(session)) == 2
    until(session, lambda _: session.neighbours.found is not None)
