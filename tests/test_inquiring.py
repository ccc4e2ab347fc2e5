"""Questions to all readers: who is asked, how often, and what is kept."""

from functools import partial

import pytest

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.networks.settings import Settings
from nnviz.questions.morphs import FindTurns
from nnviz.questions.readers import NAIVE
from nnviz.questions.strangeness import JudgeSpecimens
from nnviz.session.asking import readers_of
from nnviz.session.session import Session
from tests.in_process import InProcess

FADE = partial(FindTurns, first=4, second=9, blend="fade")


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
    session.process.start()
    session.refresh()
    for _ in range(2):
        session.designs.load_next()
    return session


def asked(engine: InProcess) -> list[str]:
    """Names of the readers that have been asked, in their order."""
    return [each.subject.name for each in engine.questions((FindTurns, JudgeSpecimens))]


def settle(session: Session) -> None:
    for _ in range(2000):
        session.refresh()


def test_each_reader_is_asked_once(session: Session, engine: InProcess) -> None:
    for _ in range(3):
        session.inquiries.ask(FADE)
    assert asked(engine) == ["four-bits"]  # ten outputs are a random start
    settle(session)
    session.inquiries.ask(FADE)
    assert len(asked(engine)) == 1
    assert list(session.inquiries.answers(FADE)) == ["four-bits"]


def test_the_naive_are_asked_when_they_are_wanted(session: Session, engine: InProcess) -> None:
    session.inquiries.ask(JudgeSpecimens, naive=True)
    assert asked(engine) == ["four-bits", *NAIVE]
    assert [reader.name for reader in readers_of(session.state)] == ["four-bits"]


def test_another_question_is_asked_and_the_old_answer_stays_known(
    session: Session, engine: InProcess
) -> None:
    session.inquiries.ask(FADE)
    settle(session)
    other = partial(FindTurns, first=3, second=5, blend="fade")
    session.inquiries.ask(other)
    settle(session)
    assert list(session.inquiries.answers(other)) == ["four-bits"]
    first, second = (
        session.inquiries.answers(each)["four-bits"].result.pairs for each in (FADE, other)
    )
    assert set(session.state.digits.labels[first[:, 0]]) == {4}
    assert set(session.state.digits.labels[second[:, 0]]) == {3}
    session.inquiries.ask(FADE)
    assert len(asked(engine)) == 2


def test_another_reading_is_another_reader(session: Session, engine: InProcess) -> None:
    session.designs.choose("four-bits")
    session.inquiries.ask(FADE)
    session.change(reading="literal-bits")
    session.inquiries.ask(FADE)
    used = [
        each.subject.used_reading
        for each in engine.questions(FindTurns)
        if each.subject.name == "four-bits"
    ]
    assert used == ["nearest-code", "literal-bits"]


def test_who_learns_is_asked_again_when_it_pauses(session: Session, engine: InProcess) -> None:
    session.runs.step("batch")
    settle(session)
    session.inquiries.ask(FADE)
    before = len(asked(engine))
    session.runs.run()
    for _ in range(200):
        session.refresh()
        session.inquiries.ask(FADE)
    assert session.state.running
    assert len(asked(engine)) == before
    assert "ten-outputs" in session.inquiries.answers(FADE)  # what it said before still stands
    session.runs.pause()
    settle(session)
    session.inquiries.ask(FADE)
    assert asked(engine)[before:] == ["ten-outputs"]


def test_after_a_restart_all_are_asked_again(session: Session, engine: InProcess) -> None:
    session.inquiries.ask(FADE)
    settle(session)
    engine.die()
    session.refresh()
    session.inquiries.ask(FADE)
    assert len(asked(engine)) == 1
    session.process.start()
    session.refresh()
    session.inquiries.ask(FADE)
    settle(session)
    assert list(session.inquiries.answers(FADE)) == ["four-bits"]
    assert len(asked(engine)) == 2


def test_the_answers_of_all_readers_are_kept(session: Session, engine: InProcess) -> None:
    session.inquiries.ask(FADE, naive=True)
    settle(session)
    names = [reader.name for reader in readers_of(session.state, naive=True)]
    assert list(session.inquiries.answers(FADE, naive=True)) == names
    session.inquiries.ask(FADE, naive=True)
    assert asked(engine) == names
