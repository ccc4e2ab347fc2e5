"""Operating on hidden neurons of the network on screen; the network itself stays as it is."""

import time
from dataclasses import replace
from functools import partial
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.film import NO_FILM
from nnviz.networks.operations import NO_OPERATIONS, Operations
from nnviz.questions.operating import Operate, Operated
from nnviz.session.answers import Known
from nnviz.session.measuring import Measuring
from nnviz.session.state import State, Work
from nnviz.training.engine import Engine

ASKED_BY = frozenset({"work", "operations", "reading", "options", "engine", "running"})
"""Fields that decide what all test digits say."""
ASKED_EVERY = 1.0
"""Seconds between two questions about a network that learns."""


class Operating(Measuring):
    """Switches neurons off, scales, shifts and holds them, and takes it back."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._asked_operations: Operate | None = None
        self._asked_at = 0.0
        self._dragged: tuple[int, int, str] | None = None
        self.watch(self._keep_up)

    def operate(self, network: int, neuron: int, drag: bool = False, **values: Any) -> None:
        """Changes fields of the Operation on one neuron, which is the one selected from then on.

        With `drag` the changes of one field that follow each other are undone together.
        """
        work = self._state.work
        try:
            operations = work.operations.change(network, neuron, **values)
        except Refusal as error:
            self.say("error", str(error))
            return
        if operations == work.operations:
            return
        dragged = (network, neuron, "".join(values)) if drag else None
        before = work.operations_before
        if dragged is None or dragged != self._dragged:
            before = (*before, work.operations)
        self._dragged = dragged
        self._operate(operations, before, member=network, neuron=neuron)

    def undo(self) -> None:
        """Takes back the last operation, else the last new start."""
        if self._state.work.operations_before:
            self.undo_operation()
        else:
            self.undo_reset()

    def undo_operation(self) -> None:
        """Takes back the last operation."""
        before = self._state.work.operations_before
        if before:
            self._dragged = None
            self._operate(before[-1], before[:-1])

    def end_operations(self) -> None:
        """Shows the network as it is; undo brings the operations back."""
        work = self._state.work
        if work.operations:
            self._dragged = None
            self._operate(NO_OPERATIONS, (*work.operations_before, work.operations))

    def ask_operated(self) -> None:
        """Has all test digits judged with the operations in force, unless that is known or on
        its way; without operations, gets ready for some."""
        if self._state.engine != "ready":
            self._asked_operations = None
            return
        wanted, asked = self._state.operating, self._asked_operations
        if asked is not None:
            known = wanted.is_same(asked)
            if known or (self._learning_only(wanted, asked) and not self._due(asked)):
                return
        self._asked_operations, self._asked_at = wanted, time.monotonic()
        self._ask(wanted, partial(self._take_operated, wanted))

    def keep_operated(self) -> None:
        """Puts what is shown, with the operations on its neurons, beside the network on screen,
        as a new one; the one on screen is as it was again."""
        state, work = self._state, self._state.work
        if not work.operations:
            return
        altered = self._altered()
        old = replace(work, operations=NO_OPERATIONS, operations_before=())
        shelf = tuple(old if one is work else one for one in state.works)
        self._show(altered, shelf=shelf, place=len(shelf), notice=None)
        self._have_measured(self._state.work)

    def _altered(self) -> Work:
        """A network of its own; its curves end before the last point, which it no longer is on."""
        state, seen = self._state, self._state.seen
        position = seen.position
        points = tuple(point for point in seen.points if point.examples < position.examples)
        name = "altered network" if seen.shipped else f"{seen.title}, altered"[:40]
        network = state.operated_network
        altered = Work(
            replace(seen.judged_by, speed=seen.settings.speed),
            network,
            position,
            points,
            name=name,
            touched=True,
        )
        if seen.opened is None:
            return altered
        story = replace(
            seen.opened, network=network, position=position, points=points, film=NO_FILM
        )
        return replace(altered, opened=story)

    def _operate(
        self, operations: Operations, before: tuple[Operations, ...], **selected: int
    ) -> None:
        work = replace(self._state.work, operations=operations, operations_before=before)
        self.change(work=work, **selected)

    def _keep_up(self, state: State, fields: frozenset[str]) -> None:
        """Has the accuracy follow operations in force, whatever changes below them."""
        if (state.operations and fields & ASKED_BY) or "operations" in fields:
            self.ask_operated()

    def _learning_only(self, wanted: Operate, asked: Operate) -> bool:
        """Whether nothing has changed but that the network has learned on."""
        learning = self._state.running and self._state.past is None
        return learning and wanted.subject.run == asked.subject.run and wanted.is_like(asked)

    def _due(self, asked: Operate) -> bool:
        """Whether the last question about a network that learns is answered, and not just now."""
        known = self._state.operated
        answered = known is not None and known.examples >= asked.subject.examples
        return answered and time.monotonic() - self._asked_at >= ASKED_EVERY

    def _take_operated(self, asked: Operate, told: Operated) -> None:
        if asked.subject.run == self._state.run:
            self.change(operated=Known(asked, told))
