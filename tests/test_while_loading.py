"""What is pressed while the training process loads: the last one counts, and the banner says so."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from nnviz.data.digits import Source
from nnviz.session.session import Session
from nnviz.session.state import TYPED, Notice
from nnviz.session.store import PASSES_AFTER
from nnviz.training.engine import Died
from nnviz.training.messages import (
    Asked,
    BeginRace,
    BeginRun,
    Compiling,
    DigitsOpened,
    Go,
    OpenDigits,
    Pause,
    Told,
    Trouble,
)
from tests.sessions import USUAL, shown

OTHER = Source("folder", "elsewhere")


class Loading:
    """An engine that only hears until a test lets it tell of the digits it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.told: list[Told | Died] = []
        self.starts = 0

    def start(self) -> None:
        self.starts += 1

    def ask(self, asked: Asked) -> None:
        self.asked.append(asked)

    def heard(self) -> Sequence[Told | Died]:
        told, self.told = self.told, []
        return told

    def stop(self) -> None:
        """There is no process to end."""


def loaded(session: Session, engine: Loading) -> None:
    """The process is there and opens all that it was asked for, one after the other."""
    for asked in list(engine.asked):
        source = getattr(asked, "source", None)
        if source is not None:
            engine.told.append(DigitsOpened(replace(shown(), source=source)))
            session.refresh()


def race(session: Session) -> None:
    if session.race.begin(("ten-outputs", "four-bits")):
        session.runs.run()


PRESSED: dict[str, Callable[[Session], object]] = {
    "run": lambda session: session.runs.run(),
    "step": lambda session: session.runs.step("batch"),
    "race": race,
    "pause": lambda session: session.runs.pause(),
    "reset": lambda session: session.controls.reset(),
    "new seed": lambda session: session.controls.new_seed(),
    "design": lambda session: session.designs.choose("four-bits"),
    "beside": lambda session: session.shelf.add(),
    "close": lambda session: session.shelf.close(),
    "rate": lambda session: session.controls.set(rate=0.5),
    "undo": lambda session: session.controls.undo_reset(),
    "other digits": lambda session: session.digits.open(OTHER),
    "same digits": lambda session: session.digits.open(Source()),
}
ORDERS = BeginRun | BeginRace | Go | Pause
LEARNS = {"run", "step", "race"}
LEAVES = {("race", "design"), ("race", "close")}
"""What shows another lane of a race that goes on."""


def learns(first: str, last: str) -> bool:
    """Whether it learns in the end."""
    if last in ("rate", "undo") or (first, last) in LEAVES:
        return first in LEARNS
    return last in LEARNS


def loading() -> tuple[Session, Loading]:
    engine = Loading()
    session = Session(engine, shown(), USUAL)
    session.process.start()
    return session, engine


@pytest.mark.parametrize("first", PRESSED)
def test_of_two_things_pressed_while_it_loads_the_last_one_counts(first: str) -> None:
    for last in PRESSED:
        session, engine = loading()
        for name in (first, last):
            PRESSED[name](session)
            state, notice = session.state, session.state.notice
            waits = notice is not None and notice.kind == "wait" and notice.about == "learning"
            assert waits == state.awaiting, (first, last, name)
            assert not state.running
        assert session.state.awaiting == learns(first, last), (first, last)
        loaded(session, engine)
        state = session.state
        assert state.running == learns(first, last), (first, last)
        assert not state.awaiting
        assert state.notice is None or state.notice.kind != "wait", (first, last)
        elsewhere = "other digits" in (first, last) and last != "same digits"
        assert (state.digits.source == OTHER) == elsewhere
        if state.running:
            orders = [each for each in engine.asked if isinstance(each, ORDERS)]
            assert isinstance(orders[-2], BeginRun | BeginRace), (first, last)
            go = orders[-1]
            assert isinstance(go, Go)
            assert go.steps == (
                1 if "step" in (last, first if last in ("rate", "undo") else "") else None
            )


def test_run_waits_for_digits_that_cannot_be_had_no_longer_than_it_must() -> None:
    session, engine = loading()
    session.digits.open(OTHER)
    session.runs.run()
    engine.told = [DigitsOpened(shown())]
    session.refresh()
    assert session.state.awaiting
    assert session.state.notice == Notice(
        "wait", "Learning begins once the digits are open.", about="learning"
    )
    engine.told = [Trouble("digits", "There is no such folder.")]
    session.refresh()
    assert session.state.running
    assert (session.state.notice.kind, session.state.awaiting) == ("error", False)


def test_a_run_that_waits_for_machine_code_says_so_until_it_begins_or_is_paused() -> None:
    session, engine = loading()
    loaded(session, engine)
    session.runs.run()
    engine.told = [Compiling(waits=True)]
    session.refresh()
    said = session.state.notice
    assert (said.kind, said.about, session.state.running) == ("wait", "learning", True)
    assert "made ready for this computer" in said.sentence
    session.runs.pause()
    assert (session.state.notice, session.state.running) == (None, False)
    session.controls.reset()
    assert session.state.notice is None
    session.runs.step("batch")
    assert session.state.notice == said
    engine.told = [Compiling(waits=False)]
    session.refresh()
    assert (session.state.notice, session.state.running) == (None, True)
    session.runs.pause()
    session.runs.run()
    assert session.state.notice is None


def test_a_run_that_waits_for_what_is_loaded_says_so_until_it_begins() -> None:
    session, engine = loading()
    loaded(session, engine)
    session.runs.run()
    engine.told = [Compiling(waits=True, anew=False)]
    session.refresh()
    assert session.state.notice == Notice(
        "wait", "The trainer is loading; learning begins in a moment.", about="learning"
    )
    engine.told = [Compiling(waits=False)]
    session.refresh()
    assert (session.state.notice, session.state.running) == (None, True)


def test_a_run_that_was_paused_is_not_said_to_wait_for_machine_code() -> None:
    session, engine = loading()
    loaded(session, engine)
    session.runs.run()
    session.runs.pause()
    engine.told = [Compiling(waits=True)]
    session.refresh()
    assert session.state.notice is None


def test_without_any_digits_nothing_is_promised_and_run_tries_them_again() -> None:
    session, engine = loading()
    session.runs.run()
    for _ in range(2):
        engine.told = [Trouble("digits", "The bundled digits are gone.")]
        session.refresh()
        assert session.state.notice.sentence == "The bundled digits are gone."
        assert not session.state.awaiting
        opened = [each for each in engine.asked if isinstance(each, OpenDigits)]
        session.runs.run()
        assert session.state.awaiting
        assert [each for each in engine.asked if isinstance(each, OpenDigits)] == [
            *opened,
            opened[0],
        ]


def test_a_process_that_dies_while_it_loads_offers_what_was_asked_for() -> None:
    session, engine = loading()
    session.runs.run()
    engine.told = [Died("it ended with status 1")]
    session.refresh()
    assert not session.state.awaiting
    assert session.state.notice.action_label == "Go on"
    session.digits.open(OTHER)
    assert (engine.starts, session.state.engine) == (2, "starting")
    assert engine.asked[-1] == OpenDigits(OTHER)


@pytest.mark.parametrize("action", ["stop_opening", "refused"])
def test_own_digits_given_up_end_their_wait_and_leave_the_run_alone(action: str) -> None:
    session, engine = loading()
    engine.told = [DigitsOpened(shown())]
    session.refresh()
    session.digits.open_tests(Path("mine"))
    assert session.state.notice.about == "digits"
    session.runs.run()  # while they are read it learns
    assert session.state.running
    assert session.state.notice.about == "digits"  # with its Cancel
    if action == "refused":
        engine.told = [Trouble("digits", "No picture in mine.")]
        session.refresh()
    else:
        session.digits.stop_opening()
    assert session.state.running
    assert session.state.notice is None or session.state.notice.kind == "error"
    assert session.process.awaited is None


def test_a_run_goes_on_on_own_digits_that_were_on_their_way_when_it_began() -> None:
    session, engine = loading()
    engine.told = [DigitsOpened(shown())]
    session.refresh()
    session.digits.open_tests(Path("mine"))
    session.runs.run()
    engine.told = [DigitsOpened(replace(shown(), source=Source(tests="mine")))]
    session.refresh()
    assert session.state.running
    session.runs.pause()
    session.digits.open_tests(None)
    engine.told = [DigitsOpened(shown())]
    session.refresh()
    assert not session.state.running


def test_that_a_text_was_refused_outlasts_what_begins_but_not_for_ever() -> None:
    now = [0.0]
    session = Session(Loading(), shown(), USUAL, clock=lambda: now[0])
    session.say("error", "Not a number.", about=TYPED)
    session.refresh()
    session.shelf.add()
    session.change(page="draw")
    assert session.state.notice is not None
    now[0] += PASSES_AFTER
    session.refresh()
    assert session.state.notice is None


def test_a_passing_notice_ends_with_its_page_or_after_a_while_and_no_other_does() -> None:
    now = [0.0]
    session = Session(Loading(), shown(), USUAL, clock=lambda: now[0])
    for kind in ("passing", "info", "error", "wait"):
        for page in ("draw", "train"):
            session.say(kind, "Saved pic.png.")
            session.refresh()
            now[0] += PASSES_AFTER - 1
            session.refresh()
            assert session.state.notice is not None
            session.change(page=page)
            assert (session.state.notice is None) == (kind == "passing")
        session.say(kind, "Saved pic.png.")
        session.refresh()
        now[0] += PASSES_AFTER
        session.refresh()
        assert (session.state.notice is None) == (kind == "passing")
