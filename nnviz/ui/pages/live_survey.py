"""A survey of all test digits that follows a run while it learns."""

from typing import Any

from nnviz.questions.question import Asking
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State

TICKS = 15
"""Slow ticks between two questions: three seconds."""


class LiveSurvey:
    """Asks anew every few seconds, never before the last answer is there."""

    def __init__(self, session: Session, kind: Asking[Any]) -> None:
        self._session, self._kind = session, kind
        self._ticks = 0
        self._asked: tuple[int, int] | None = None

    def tick(self) -> None:
        """Called at every slow tick while its view can be seen."""
        self._ticks -= 1
        work, found = self._session.state.work, self._session.surveys.found(self._kind)
        if found is not None and self._ticks > 0:
            return
        told = (work.run, found.examples) if found is not None else (work.run, -1)
        if self._asked is not None and self._asked[0] == work.run and told < self._asked:
            return
        self._ticks = TICKS
        if work.learned:
            self._asked = (work.run, work.position.examples)
            self._session.surveys.ask(self._kind, force=True)


def when_asked(state: State, found: Known[Any]) -> str:
    """At which point of its run the network was asked, where it has gone on since or is about
    to; else nothing."""
    if not state.running and found.examples == state.work.position.examples:
        return ""
    return f"(at {found.examples:,} digits seen)"
