"""What all networks say of all test digits, as the session asks for it and keeps it."""

import numpy as np
import pytest

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import judge
from nnviz.questions.judged import Judge, Judged
from nnviz.session.answers import PAUSE
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.verdicts.answers import Options
from tests.in_process import InProcess
from tests.test_session import until


@pytest.fixture(scope="module")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


@pytest.fixture
def session(digits: ShownDigits) -> Session:
    made = Session(InProcess(), digits, Settings(images=200, epochs=0))
    made.process.start()
    made.refresh()
    while made.designs.load_next():
        pass
    made.designs.choose("four-bits")
    return made


def questions(session: Session) -> list[Judge]:
    return session.process._engine.questions(Judge)


def all_judged(session: Session) -> None:
    session.judgements.ask()
    until(session, lambda _: not session.judgements.missing)


def test_every_representative_is_judged_the_one_on_screen_first(session: Session) -> None:
    session.judgements.ask()
    assert len(session.judgements.missing) == len(session.state.representatives) == 8
    assert questions(session)[0].subject.run == session.state.run
    all_judged(session)
    state = session.state
    for design, work in state.representatives.items():
        told = session.judgements.of(design)
        assert told is not None
        layout = work.layout(10)
        expected = judge(work.network, layout, state.digits.images, work.readings[0])
        np.testing.assert_array_equal(told.answers, expected.classes)


def test_nothing_is_asked_twice(session: Session) -> None:
    all_judged(session)
    asked = len(questions(session))
    session.judgements.ask()
    session.designs.choose("one-vs-rest")  # the same weights, as another run
    session.judgements.ask()
    assert session.judgements.of("one-vs-rest") is not None
    session.change(image=3, page="votes")
    session.judgements.ask()
    assert len(questions(session)) == asked


def test_the_chosen_reading_counts_on_screen_only(session: Session) -> None:
    all_judged(session)
    session.change(reading="literal-bits")
    assert session.judgements.of("four-bits") is None
    assert session.judgements.missing == ("four-bits",)
    all_judged(session)
    told = session.judgements.of("four-bits")
    assert told is not None
    assert judged_on_screen(session).about.reading == "literal-bits"
    assert (told.answers == -1).any()
    bit_layer = session.state.representatives["bit-layer"]
    assert session.answers.known(Judge(bit_layer.asked("literal-bits")))  # its usual one
    asked = len(questions(session))
    session.change(reading="")
    session.judgements.ask()
    session.change(reading="literal-bits")
    session.judgements.ask()
    assert len(questions(session)) == asked


def test_a_walk_is_judged_with_its_options(session: Session) -> None:
    session.designs.choose("elimination")
    all_judged(session)
    session.change(options=Options(drop=5))
    assert session.judgements.missing == ("elimination",)
    all_judged(session)
    told = session.judgements.of("elimination")
    assert told is not None
    assert judged_on_screen(session).about.options == Options(drop=5)


def test_neurons_switched_off_change_what_is_said(session: Session) -> None:
    all_judged(session)
    before = session.judgements.of("four-bits")
    for neuron in range(5):
        session.operations.change(0, neuron, off=True)
    all_judged(session)
    until(session, lambda _: session.judgements.of("four-bits") is not before)
    state = session.state
    expected = judge(state.operated_network, state.layout, state.digits.images, "nearest-code")
    np.testing.assert_array_equal(session.judgements.of("four-bits").answers, expected.classes)


def test_a_run_that_goes_on_is_asked_about_once_a_second(digits: ShownDigits) -> None:
    now = [0.0]
    session = Session(InProcess(), digits, Settings(images=200, epochs=0))
    session.answers.clock = lambda: now[0]
    session.process.start()
    session.runs.run()
    until(session, lambda state: state.work.position.steps > 3)
    session.judgements.ask()
    until(session, lambda _: session.judgements.of("ten-outputs") is not None)
    first, examples = session.judgements.of("ten-outputs"), examples_known(session)
    moved = session.state.work.position.steps
    until(session, lambda state: state.work.position.steps > moved + 3)
    session.judgements.ask()
    assert len(questions(session)) == 1
    now[0] += PAUSE
    session.judgements.ask()
    session.judgements.ask()
    assert len(questions(session)) == 2
    until(session, lambda _: session.judgements.of("ten-outputs") is not first)
    assert examples_known(session) > examples
    session.runs.pause()
    until(session, lambda state: not state.running)
    until(session, lambda _: _asked_again(session))
    until(
        session,
        lambda state: examples_known(session) == state.work.position.examples,
    )


def judged_on_screen(session: Session) -> Known[Judged]:
    """The last answer of the network on screen."""
    known = [
        each
        for each in session.state.answers.by_question.values()
        if isinstance(each.question, Judge) and each.run == session.state.run
    ]
    return known[-1]


def examples_known(session: Session) -> int:
    """Of the network on screen, when it was judged last."""
    return judged_on_screen(session).examples


def _asked_again(session: Session) -> bool:
    session.judgements.ask()
    return questions(session)[-1].subject.examples == session.state.work.position.examples


def test_only_so_many_answers_are_kept(session: Session) -> None:
    all_judged(session)
    for drop in range(1, 10):
        for reading in ("walk", "votes"):
            session.designs.choose("elimination")
            session.change(reading=reading, options=Options(drop=drop))
            all_judged(session)
    known = session.state.answers.by_question
    assert sum(isinstance(each, Judge) for each in known) == Judge.kept


def test_a_new_training_process_is_asked_again(session: Session) -> None:
    all_judged(session)
    before = len(questions(session))
    session.process.start()
    until(session, lambda state: state.engine == "ready")
    session.judgements.ask()
    assert len(questions(session)) == 2 * before
    assert not session.judgements.missing  # what is known stays on screen meanwhile


def test_what_untrained_networks_say_is_not_asked(digits: ShownDigits) -> None:
    session = Session(InProcess(), digits, Settings(images=200, epochs=0))
    session.process.start()
    session.refresh()
    session.judgements.ask()
    assert not questions(session)
    assert not session.judgements.missing
