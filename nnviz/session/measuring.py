"""Measuring hidden neurons: of the network on screen, of a moment of its film, of a race."""

from collections.abc import Sequence
from functools import partial

from nnviz.questions.detectors.measures import Detectors, MeasureNeurons
from nnviz.questions.detectors.strokes import MeasureShapes, Shapes
from nnviz.session.comparing import Comparing
from nnviz.session.state import State, Work
from nnviz.training.engine import Engine


class Measuring(Comparing):
    """Asks for the measures of what is shown; those of another moment are never given out."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._asked_neurons: MeasureNeurons | None = None
        self._asked_shapes: dict[int, MeasureShapes] = {}

    def measure_neurons(self) -> None:
        """Has the hidden neurons shown measured, unless that is known or on its way."""
        if self._state.engine != "ready":
            self._asked_neurons = None
            return
        wanted, before = self._neurons, self._asked_neurons
        if before is None or not wanted.is_same(before):
            self._asked_neurons = wanted
            self._ask(wanted, partial(self._take_surveyed, wanted))

    @property
    def _neurons(self) -> MeasureNeurons:
        state = self._state
        return MeasureNeurons(state.seen.asked(state.shown_reading, state.options))

    @property
    def neurons_measured(self) -> Detectors | None:
        """The measures of exactly the network that is shown, with the reading chosen."""
        wanted = self._neurons
        found = self._state.surveys.get(wanted.place)
        if found is None or not wanted.is_same(found.question):
            return None
        measures: Detectors = found.result
        return measures if measures.shape == wanted.subject.network.hidden_biases.shape else None

    def measure_shapes(self, works: Sequence[Work]) -> None:
        """Has the weight images of several networks measured, unless that is known."""
        if self._state.engine != "ready":
            self._asked_shapes.clear()
            return
        for work in works:
            wanted, before = MeasureShapes(work.asked()), self._asked_shapes.get(work.run)
            if before is None or not wanted.is_same(before):
                self._asked_shapes[work.run] = wanted
                self._ask(wanted, partial(self._take_surveyed, wanted))

    def shapes_measured(self, work: Work) -> Shapes | None:
        """The shapes in the weight images of exactly this network."""
        wanted = MeasureShapes(work.asked())
        found = self._state.surveys.get(wanted.place)
        if found is None or not wanted.is_same(found.question):
            return None
        shapes: Shapes = found.result
        return shapes
