"""A survey of all test digits that follows a run while it learns."""

from typing import Any

from nnviz.questions.question import Asking
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.words import tr

TICKS = 15
"""Slow ticks between two questions: three seconds."""


class LiveSurvey:
    """Asks anew every few seconds; `Answers` sees to it that the last answer comes first."""

    def __init__(self, session: Session, kind: Asking[Any]) -> None:
        self._session, self._kind = session, kind
        self._ticks = 0

    def tick(self) -> None:
        """Called at every slow tick while its view can be seen."""
        self._ticks -= 1
        surveys = self._session.surveys
        if self._ticks <= 0 or surveys.found(self._kind) is None:
            self._ticks = TICKS
            surveys.ask(self._kind, force=True)


def when_asked(state: State, found: Known[Any]) -> str:
    """At which point of its run the network was asked, where it has gone on since or is about
    to; else nothing."""
    if not state.running and found.examples == state.work.position.examples:
        return ""
    return tr("(at {count} digits seen)", count=found.examples)
