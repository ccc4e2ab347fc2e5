"""Questions as the session asks them: once, one at a time, and without the training process."""

import numpy as np
import pytest

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.questions.elimination import SurveyDepartures
from nnviz.questions.judged import Judge, confusion
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.piecemeal import at_once
from nnviz.questions.reliability import SurveyOutputs
from nnviz.session.session import Session
from nnviz.ui.app.first_session import make_session
from tests.in_process import InProcess
from tests.test_session import until


@pytest.fixture(scope="module")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


@pytest.fixture
def session(digits: ShownDigits) -> Session:
    """With a trained network on screen and the training process ready."""
    made = make_session(InProcess(), digits)
    made.process.start()
    made.refresh()
    return made


def sent(session: Session, kind: type) -> int:
    return len(session.process._engine.questions(kind))


def test_an_answer_is_known_once_it_has_come(session: Session) -> None:
    question = Judge(session.state.asked())
    assert session.answers.get(question) is None
    until(session, lambda _: session.answers.known(question) is not None)
    known = session.answers.get(question)
    assert known is not None
    expected = at_once(question.work(session.state.digits, {}))
    np.testing.assert_array_equal(known.result.answers, expected.answers)
    assert (sent(session, Judge), known.run) == (1, session.state.run)


def test_the_same_weights_are_asked_once_whatever_their_run(session: Session) -> None:
    session.designs.load("elimination")
    before = SurveyDepartures(session.state.representatives["elimination"].asked())
    session.designs.choose("elimination")
    shown = SurveyDepartures(session.state.asked())
    assert before.subject.run != shown.subject.run
    until(session, lambda _: session.answers.get(before) is not None)
    assert session.answers.get(shown) is session.answers.known(before)
    assert sent(session, SurveyDepartures) == 1


def test_what_made_way_for_another_run_is_asked_again(session: Session) -> None:
    session.designs.load("one-vs-rest")
    first = SurveyOutputs(session.state.representatives["one-vs-rest"].asked())
    second = SurveyOutputs(session.state.asked())
    session.answers.get(first)
    until(session, lambda _: session.answers.get(second) is not None)
    assert session.answers.known(first) is None
    until(session, lambda _: session.answers.get(first) is not None)
    assert sent(session, SurveyOutputs) == 3


def test_before_the_training_process_is_there_nobody_is_asked(digits: ShownDigits) -> None:
    session = make_session(InProcess(), digits)
    assert session.answers.get(Judge(session.state.asked())) is None
    assert sent(session, Judge) == 0


def test_a_dead_training_process_is_not_needed(session: Session) -> None:
    session.process._engine.die()
    session.refresh()
    assert session.state.engine == "dead"
    judge = Judge(session.state.asked())
    near = FindNeighbours(session.state.asked(), session.state.pixels.tobytes())
    for question in (judge, near):
        until(session, lambda _, question=question: session.answers.get(question) is not None)
    whole = bundled_digits()
    expected = at_once(near.work(whole, {}))
    np.testing.assert_array_equal(
        session.answers.known(near).result.by_pixels.numbers, expected.by_pixels.numbers
    )
    found = session.answers.known(judge).result
    counts = confusion(found.answers, whole.test_labels, 10)
    assert counts.sum() == len(whole.test_labels)
    assert (sent(session, Judge), sent(session, FindNeighbours)) == (0, 0)


def test_what_was_on_its_way_when_the_process_died_is_answered_all_the_same(
    session: Session,
) -> None:
    question = Judge(session.state.asked())
    session.answers.get(question)
    session.process._engine.die()
    session.refresh()
    until(session, lambda _: session.answers.get(question) is not None)


def test_a_window_answers_piece_by_piece(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.session.answers.SLICE", 0.0)
    session.process._engine.die()
    session.refresh()
    asked = FindNeighbours(session.state.asked(), session.state.pixels.tobytes())
    session.answers.get(asked)
    frames = 0
    while session.answers.known(asked) is None:
        session.refresh()
        frames += 1
    assert frames > 1


def test_other_digits_leave_nothing_known(session: Session) -> None:
    question = Judge(session.state.asked())
    until(session, lambda _: session.answers.get(question) is not None)
    session.process.start()
    until(session, lambda state: state.engine == "ready")
    assert session.answers.known(question) is not None  # it stays on screen meanwhile
    session.answers.get(question)
    assert sent(session, Judge) == 2
