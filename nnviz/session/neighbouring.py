"""The training digits nearest to the digit on screen, asked and kept."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.data.digits import ShownDigits
from nnviz.networks.network import Network
from nnviz.networks.operations import Operations
from nnviz.questions.neighbours import FindNeighbours, Neighbours
from nnviz.session.process import Process
from nnviz.session.store import Store

PAUSE = 1.0
"""Seconds between two questions about a run that goes on."""
MOST_KEPT = 40
"""Answers kept; one takes 20 kB."""


@dataclass(frozen=True)
class _Subject:
    """Whose neighbours; digits and networks are equal only if they are the same object."""

    digits: ShownDigits
    pixels: bytes
    network: Network
    operations: Operations


class NearestDigits:
    """Finds the neighbours of each digit once for each network."""

    def __init__(self, store: Store, process: Process, clock: Callable[[], float]) -> None:
        self._store = store
        self._process = process
        self._clock = clock
        process.renewed.append(self.forget)
        self._asked_near: _Subject | None = None
        self._asked_near_at = 0.0
        self._near_told = True
        self._known_near: dict[_Subject, Neighbours] = {}  # the newest last

    def ask(self) -> None:
        """Asks for the neighbours of the digit on screen, unless they are known or on their
        way; of a run that goes on, once a second."""
        state, subject = self._store.state, self._near_subject()
        if state.engine != "ready":
            self._asked_near = None
            return
        asked, now = self._asked_near, self._clock()
        if subject in self._known_near or subject == asked:
            return
        same_digit = asked is not None and asked.pixels == subject.pixels
        # a question that is asked anew before its answer is there would never be answered
        soon = not self._near_told or now - self._asked_near_at < PAUSE
        if state.running and same_digit and soon:
            return
        self._asked_near, self._asked_near_at, self._near_told = subject, now, False
        work = state.seen
        self._process.ask(
            FindNeighbours(
                state.pixels,
                work.run,
                state.operated_network,
                work.position.examples,
            )
        )

    @property
    def found(self) -> Neighbours | None:
        """The neighbours of the digit on screen, by the newest weights asked about."""
        told, state = self._store.state.neighbours, self._store.state
        if told is None or told.run != state.run:
            return None
        return told if np.array_equal(told.image, state.pixels) else None

    def _near_subject(self) -> _Subject:
        state = self._store.state
        seen = state.seen.network
        subject = _Subject(state.digits, state.pixels.tobytes(), seen, state.operations)
        known = self._known_near.get(subject)
        if known is not None and known is not state.neighbours:
            self._store.change(neighbours=known)
        return subject

    def take(self, told: Neighbours) -> None:
        subject = self._asked_near
        if subject is None or told.image.tobytes() != subject.pixels:
            return
        self._near_told = True
        self._known_near[subject] = told
        for older in list(self._known_near)[:-MOST_KEPT]:
            del self._known_near[older]
        self._store.change(neighbours=told)

    def forget(self) -> None:
        """Other digits, or another training process, which knows of no question."""
        self._asked_near = None
        self._known_near.clear()
