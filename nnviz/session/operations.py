"""Operating on hidden neurons of the network on screen; the network itself stays as it is."""

from dataclasses import replace
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.film import NO_FILM
from nnviz.networks.operations import NO_OPERATIONS, Operations
from nnviz.session.answers import Answers
from nnviz.session.asking import Accuracies
from nnviz.session.history import History
from nnviz.session.runs import Runs
from nnviz.session.state import State, Work
from nnviz.session.store import Store
from nnviz.words import tr

ASKED_BY = frozenset({"work", "operations", "reading", "options", "engine", "running", "answers"})
"""Fields that decide what all test digits say."""


class OperationsOnNeurons:
    """Switches neurons off, scales, shifts and holds them, and takes it back."""

    def __init__(self, store: Store, answers: Answers, runs: Runs, accuracies: Accuracies) -> None:
        self._store = store
        self._answers = answers
        self._runs = runs
        self._accuracies = accuracies
        self._dragged: tuple[int, int, str] | None = None
        store.watch(self._keep_up)

    def change(self, network: int, neuron: int, drag: bool = False, **values: Any) -> None:
        """Changes fields of the Operation on one neuron, which is the one selected from then on.

        With `drag` the changes of one field that follow each other are undone together.
        """
        work = self._store.state.work
        try:
            operations = work.operations.change(network, neuron, **values)
        except Refusal as error:
            self._store.say("error", str(error))
            return
        if operations == work.operations:
            return
        dragged = (network, neuron, "".join(values)) if drag else None
        history = work.history
        if dragged is None or dragged != self._dragged:
            history = history.after(
                work.operations, tr("the operation on neuron {neuron}", neuron=neuron + 1)
            )
        self._dragged = dragged
        self._operate(operations, history, member=network, neuron=neuron)

    def undo(self) -> None:
        """Takes back the last operation."""
        work = self._store.state.work
        if work.history.before:
            self._dragged = None
            self._operate(*work.history.back(work.operations))

    def end(self) -> None:
        """Shows the network as it is; undo brings the operations back."""
        work = self._store.state.work
        if work.operations:
            self._dragged = None
            history = work.history.after(work.operations, tr("ending all operations"))
            self._operate(NO_OPERATIONS, history)

    def ask(self) -> None:
        """Has all test digits judged with the operations in force, unless that is known or on
        its way; without operations, gets ready for some."""
        self._answers.get(self._store.state.operating)

    def keep(self) -> None:
        """Puts what is shown, with the operations on its neurons, beside the network on screen,
        as a new one; the one on screen is as it was again."""
        state, work = self._store.state, self._store.state.work
        if not work.operations:
            return
        altered = self._altered()
        old = replace(work, operations=NO_OPERATIONS, history=History())
        shelf = tuple(old if one is work else one for one in state.works)
        self._runs.show(altered, shelf=shelf, place=len(shelf), notice=None)
        self._accuracies.ask(self._store.state.work)

    def _altered(self) -> Work:
        """A network of its own; its curves end before the last point, which it no longer is on."""
        state, seen = self._store.state, self._store.state.seen
        position = seen.position
        points = tuple(point for point in seen.points if point.examples < position.examples)
        name = tr("altered network")
        if not seen.shipped:
            name = tr("{title}, altered", title=seen.title)[:40]
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
        self, operations: Operations, history: History[Operations], **selected: int
    ) -> None:
        work = replace(self._store.state.work, operations=operations, history=history)
        self._store.change(work=work, **selected)

    def _keep_up(self, state: State, fields: frozenset[str]) -> None:
        """Has the accuracy follow operations in force, whatever changes below them."""
        if (state.operations and fields & ASKED_BY) or "operations" in fields:
            self.ask()
