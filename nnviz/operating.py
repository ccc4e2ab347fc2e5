"""Operating on hidden neurons of the network on screen; the network itself stays as it is."""

from dataclasses import replace
from typing import Any

from nnviz.comparing import Comparing
from nnviz.engine import Engine
from nnviz.learning.comparison import Compared
from nnviz.learning.messages import Result
from nnviz.learning.operating import Operate, Operated
from nnviz.learning.operations import NO_OPERATIONS, Operations
from nnviz.learning.refusal import Refusal
from nnviz.learning.surveys import Surveyed
from nnviz.state import State, Work


class Operating(Comparing):
    """Switches neurons off, scales, shifts and holds them, and takes it back."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._asked_operations: tuple[int, int, Operations] | None = None
        self._dragged: tuple[int, int, str] | None = None

    def operate(self, network: int, neuron: int, drag: bool = False, **values: Any) -> None:
        """Changes fields of the Operation on one neuron.

        With `drag` the changes of one field that follow each other are undone together.
        """
        state = self._state
        try:
            operations = state.operations.change(network, neuron, **values)
        except Refusal as error:
            self.say("error", str(error))
            return
        if operations == state.operations:
            return
        dragged = (network, neuron, "".join(values)) if drag else None
        before = state.operations_before
        if dragged is None or dragged != self._dragged:
            before = (*before, state.operations)
        self._dragged = dragged
        self._operate(operations, before)

    def undo_operation(self) -> None:
        """Takes back the last operation."""
        before = self._state.operations_before
        if before:
            self._dragged = None
            self._operate(before[-1], before[:-1])

    def end_operations(self) -> None:
        """Shows the network as it is; undo brings the operations back."""
        state = self._state
        if state.operations:
            self._dragged = None
            self._operate(NO_OPERATIONS, (*state.operations_before, state.operations))

    def ask_operated(self) -> None:
        """Has all test digits judged with the operations in force, unless that is known or on
        its way; without operations, gets ready for some."""
        state = self._state
        if state.engine != "ready":
            self._asked_operations = None
            return
        work = state.work
        wanted = (work.run, work.position.examples, state.operations)
        if wanted != self._asked_operations:
            self._asked_operations = wanted
            self._engine.ask(Operate(work.run, work.network, work.judged_by, *wanted[1:]))

    def keep_operated(self) -> None:
        """Puts the network with its operations beside the one on screen, as a new one."""
        state, work = self._state, self._state.work
        if not state.operations:
            return
        name = f"{work.title}, altered"
        altered = Work(
            replace(work.judged_by, speed=work.settings.speed),
            state.operated_network,
            work.position,
            work.points,
            name="altered network" if work.shipped else name[:40],
        )
        shelf = state.works
        self._show(altered, shelf=shelf, place=len(shelf), notice=None)
        self._have_measured(self._state.work)

    def _operate(self, operations: Operations, before: tuple[Operations, ...]) -> None:
        self.change(operations=operations, operations_before=before)
        self.ask_operated()

    def _take_result(self, told: Result) -> None:
        """What all test digits said."""
        match told:
            case Surveyed():
                self._take_surveyed(told)
            case Compared():
                self._take_compared(told)
            case Operated(run=run) if run == self._state.run:
                self.change(operated=told)
