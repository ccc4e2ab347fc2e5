"""The training digits nearest to the digit on screen, asked and kept."""

import time
from collections.abc import Callable
from functools import partial

from nnviz.questions.neighbours import FindNeighbours, Neighbours
from nnviz.session.answers import Known
from nnviz.session.state import State
from nnviz.session.walking import Walking
from nnviz.training.engine import Engine

PAUSE = 1.0
"""Seconds between two questions about a run that goes on."""
MOST_KEPT = 40
"""Answers kept; one takes 20 kB."""


class Neighbouring(Walking):
    """Finds the neighbours of each digit once for each network."""

    def __init__(
        self, state: State, engine: Engine, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(state, engine, clock)
        self._asked_near: FindNeighbours | None = None
        self._asked_near_at = 0.0
        self._near_told = True
        self._known_near: dict[FindNeighbours, Known[Neighbours]] = {}  # the newest last

    def find_neighbours(self) -> None:
        """Asks for the neighbours of the digit on screen, unless they are known or on their
        way; of a run that goes on, once a second."""
        state, wanted = self._state, self._neighbours_wanted
        known = self._known_near.get(wanted)
        if known is not None and known is not state.neighbours:
            self.change(neighbours=known)
        if state.engine != "ready":
            self._asked_near = None
            return
        asked, now = self._asked_near, self._clock()
        if known is not None or wanted == asked:
            return
        same_digit = asked is not None and asked.pixels == wanted.pixels
        # a question that is asked anew before its answer is there would never be answered
        soon = not self._near_told or now - self._asked_near_at < PAUSE
        if state.running and same_digit and soon:
            return
        self._asked_near, self._asked_near_at, self._near_told = wanted, now, False
        self._ask(wanted, partial(self._take_neighbours, wanted))

    @property
    def near(self) -> Neighbours | None:
        """The neighbours of the digit on screen, by the newest weights asked about."""
        known, wanted = self._state.neighbours, self._neighbours_wanted
        if known is None or known.run != wanted.subject.run:
            return None
        assert isinstance(known.question, FindNeighbours)
        return known.result if known.question.pixels == wanted.pixels else None

    @property
    def _neighbours_wanted(self) -> FindNeighbours:
        return FindNeighbours(self._state.asked(), self._state.pixels.tobytes())

    def _take_neighbours(self, asked: FindNeighbours, told: Neighbours) -> None:
        if self._asked_near is None or asked.pixels != self._asked_near.pixels:
            return
        self._near_told = True
        known = self._known_near[asked] = Known(asked, told)
        for older in list(self._known_near)[:-MOST_KEPT]:
            del self._known_near[older]
        self.change(neighbours=known)

    def _forget_judged(self) -> None:
        super()._forget_judged()
        self._asked_near = None
        self._known_near.clear()
