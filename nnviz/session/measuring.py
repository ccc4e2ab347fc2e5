"""Measuring hidden neurons: of the network on screen, of a moment of its film, of a race."""

from collections.abc import Sequence

from nnviz.questions.detectors.measures import Detectors
from nnviz.questions.detectors.strokes import Shapes
from nnviz.questions.surveys import Survey
from nnviz.session.process import Process
from nnviz.session.state import Work
from nnviz.session.store import Store
from nnviz.verdicts.answers import Options

DETECTORS, SHAPES = "detectors", "shapes"
"""Names of the surveys."""


class NeuronMeasures:
    """Asks for the measures of what is shown; those of another moment are never given out."""

    def __init__(self, store: Store, process: Process) -> None:
        self._store = store
        self._process = process
        self._asked_detectors: tuple[int, int, str, Options] | None = None
        self._asked_shapes: dict[int, int] = {}

    def measure_neurons(self) -> None:
        """Has the hidden neurons shown measured, unless that is known or on its way."""
        state, seen = self._store.state, self._store.state.seen
        if state.engine != "ready":
            self._asked_detectors = None
            return
        wanted = (seen.run, seen.position.examples, state.shown_reading, state.options)
        if wanted != self._asked_detectors:
            self._asked_detectors = wanted
            run, examples, reading, options = wanted
            self._process.ask(
                Survey(DETECTORS, run, seen.network, seen.judged_by, examples, options, reading)
            )

    @property
    def neurons_measured(self) -> Detectors | None:
        """The measures of exactly the network that is shown, with the reading chosen."""
        state = self._store.state
        found, seen = state.surveys.get(DETECTORS), state.seen
        wanted = (seen.run, seen.position.examples, state.shown_reading, state.options)
        if found is None or wanted != (found.run, found.examples, found.reading, found.options):
            return None
        measures: Detectors = found.result
        return measures if measures.shape == seen.network.hidden_biases.shape else None

    def measure_shapes(self, works: Sequence[Work]) -> None:
        """Has the weight images of several networks measured, unless that is known."""
        if self._store.state.engine != "ready":
            self._asked_shapes.clear()
            return
        for work in works:
            examples = work.position.examples
            if self._asked_shapes.get(work.run) != examples:
                self._asked_shapes[work.run] = examples
                name = f"{SHAPES}:{work.run}"
                self._process.ask(Survey(name, work.run, work.network, work.judged_by, examples))

    def shapes_measured(self, work: Work) -> Shapes | None:
        """The shapes in the weight images of exactly this network."""
        found = self._store.state.surveys.get(f"{SHAPES}:{work.run}")
        if found is None or found.examples != work.position.examples:
            return None
        shapes: Shapes = found.result
        return shapes
