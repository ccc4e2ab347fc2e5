"""Comparing designs: the networks that stand for them, against a baseline."""

import numpy as np
import pytest

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.networks.settings import Settings
from nnviz.questions.comparison import mcnemar
from nnviz.session.session import Session
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
    return made


def test_all_trained_networks_are_measured_by_the_training_process(session: Session) -> None:
    state = until(session, lambda state: all(work.measured for work in state.trained.values()))
    assert len(state.trained) == 8
    for work in state.trained.values():
        assert work.measured is not None
        assert work.measured.accuracy > 0.9
        assert work.judging_seconds > 0


def test_they_are_compared_with_the_baseline(session: Session) -> None:
    until(session, lambda state: all(work.measured for work in state.trained.values()))
    session.comparisons.choose_baseline("four-bits")
    told = until(session, lambda state: state.comparison is not None).comparison
    measured = {name: work.measured for name, work in session.state.trained.items()}
    labels = session.state.digits.labels
    for name, difference in told.differences.items():
        answers = session.state.representatives[name].measured.answers
        assert difference == mcnemar(answers, measured["four-bits"].answers, labels)
        low, high = told.intervals[name]
        assert low < np.mean(answers == labels) < high


def test_nothing_is_asked_twice(session: Session) -> None:
    until(session, lambda state: all(work.measured for work in state.trained.values()))
    session.comparisons.compare()
    asked = len(session.process._engine.asked)
    session.comparisons.compare()
    assert len(session.process._engine.asked) == asked
