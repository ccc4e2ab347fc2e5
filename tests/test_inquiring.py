"""Questions to all readers: who is asked, how often, and what is kept."""

from functools import partial

import pytest

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.networks.settings import Settings
from nnviz.questions.naive import NAIVE
from nnviz.questions.strangeness import StrangeQuestion
from nnviz.questions.turn_statistics import MorphQuestion
from nnviz.session.inquiring import readers_of
from nnviz.session.session import Session
from tests.in_process import InProcess

FADE = partial(MorphQuestion, first=4, second=9, blend="fade")


@pytest.fixture(scope="module")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


@pytest.fixture
def engine() -> InProcess:
    return InProcess()


@pytest.fixture
def session(engine: InProcess, digits: ShownDigits) -> Session:
    """With the training process ready and two networks that come with the program."""
    session = Session(engine, digits, Settings(epochs=0))
    session.start_engine()
    session.refresh()
    for _ in range(2):
        session.load_next_trained()
    return session


def asked(engine: InProcess) -> list[str]:
    """Names of the readers that have been asked, in their order."""
    return [each.subject.name for each in engine.questions((MorphQuestion, StrangeQuestion))]


def settle(session: Session) -> None:
    for _ in range(2000):
        session.refresh()


def test_each_reader_is_asked_once(session: Session, engine: InProcess) -> None:
    for _ in range(3):
        session.inquire(FADE)
    assert asked(engine) == ["four-bits"]  # ten outputs are a random start
    settle(session)
    session.inquire(FADE)
    assert len(asked(engine)) == 1
    assert list(session.inquired(FADE)) == ["four-bits"]


def test_the_naive_are_asked_when_they_are_wanted(session: Session, engine: InProcess) -> None:
    session.inquire(StrangeQuestion, naive=True)
    assert asked(engine) == ["four-bits", *NAIVE]
    assert [reader.name for reader in readers_of(session.state)] == ["four-bits"]


def test_another_question_is_asked_and_the_old_answer_goes(
    session: Session, engine: InProcess
) -> None:
    session.inquire(FADE)
    settle(session)
    other = partial(MorphQuestion, first=3, second=5, blend="fade")
    session.inquire(other)
    settle(session)
    assert list(session.inquired(other)) == ["four-bits"]
    assert not session.inquired(FADE)
    session.inquire(FADE)
    assert len(asked(engine)) == 3


def test_another_reading_is_another_reader(session: Session, engine: InProcess) -> None:
    session.choose_design("four-bits")
    session.inquire(FADE)
    session.change(reading="literal-bits")
    session.inquire(FADE)
    used = [
        each.subject.used_reading
        for each in engine.questions(MorphQuestion)
        if each.subject.name == "four-bits"
    ]
    assert used == ["nearest-code", "literal-bits"]


def test_who_learns_is_asked_again_when_it_pauses(session: Session, engine: InProcess) -> None:
    session.step("batch")
    settle(session)
    session.inquire(FADE)
    before = len(asked(engine))
    session.run()
    for _ in range(200):
        session.refresh()
        session.inquire(FADE)
    assert session.state.running
    assert len(asked(engine)) == before
    assert "ten-outputs" in session.inquired(FADE)  # what it said before still stands
    session.pause()
    settle(session)
    session.inquire(FADE)
    assert asked(engine)[before:] == ["ten-outputs"]


def test_after_a_restart_all_are_asked_again(session: Session, engine: InProcess) -> None:
    session.inquire(FADE)
    settle(session)
    engine.die()
    session.refresh()
    session.inquire(FADE)
    assert len(asked(engine)) == 1
    session.start_engine()
    session.refresh()
    session.inquire(FADE)
    settle(session)
    assert list(session.inquired(FADE)) == ["four-bits"]
    assert len(asked(engine)) == 2
