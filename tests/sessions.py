"""Sessions over the real training loop in this process: they go as far as a test looks."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.networks.settings import Settings
from nnviz.session.autosave import Autosave
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from tests.in_process import InProcess

Kind = TypeVar("Kind")
USUAL = Settings(images=200, epochs=0)
MOST_LOOKS = 200_000


@cache
def shown() -> ShownDigits:
    """The bundled digits as the window has them."""
    return bundled_digits().to_look_at()


def begun(settings: Settings = USUAL, autosave: Autosave | None = None) -> Session:
    """A session whose training process is ready."""
    session = Session(InProcess(), shown(), settings, autosave)
    session.process.start()
    until(session, lambda state: state.engine == "ready")
    return session


def started(folder: Path) -> Session:
    """A program on a folder of kept runs, which it offers."""
    session = begun(Settings(images=400, epochs=0), Autosave(folder))
    session.survival.offer()
    return session


def taken_up(start: Callable[[], Session]) -> Session:
    """The next program, which has gone on with what it found."""
    session = start()
    session.survival.take_up()
    return session


def killed(session: Session) -> None:
    """What the system does when a program is killed: its locks are free, its files stay, and
    nothing is written any more."""
    session.survival._autosave.stop()
    session.survival._autosave = None


def until(session: Session, reached: Callable[[State], bool]) -> State:
    for _ in range(MOST_LOOKS):
        if reached(session.state):
            return session.state
        session.refresh()
    raise AssertionError(f"never reached; the notice is {session.state.notice}")


def steps(count: int) -> Callable[[State], bool]:
    return lambda state: state.work.position.steps >= count


def settled(state: State) -> bool:
    measured = state.work.measured
    fresh = measured is not None and measured.examples == state.work.position.examples
    return not state.running and fresh


def learned(session: Session, size: str = "hundred", times: int = 1) -> Work:
    """The run on screen after so many steps of a size, at rest."""
    for _ in range(times):
        session.runs.step(size)
        until(session, settled)
    return session.state.work


def questions(session: Session, kind: type[Kind] | tuple[type[Kind], ...]) -> list[Kind]:
    """Those of a kind that the training process was asked."""
    return session.process._engine.questions(kind)
