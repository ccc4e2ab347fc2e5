"""Measuring hidden neurons: of the network on screen, of a moment of its film, of a race."""

from collections.abc import Sequence

from nnviz.questions.detectors.measures import Detectors, MeasureNeurons
from nnviz.questions.detectors.strokes import MeasureShapes, Shapes
from nnviz.session.answers import Answers
from nnviz.session.state import State, Work
from nnviz.session.store import Store


class NeuronMeasures:
    """Asks for the measures of what is shown; those of another moment are never given out."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def measure_neurons(self) -> None:
        """Has the hidden neurons shown measured, unless that is known or on its way."""
        self._answers.get(_neurons(self._store.state))

    @property
    def neurons_measured(self) -> Detectors | None:
        """The measures of exactly the network that is shown, with the reading chosen."""
        known = self._answers.known(_neurons(self._store.state))
        return known.result if known is not None else None

    def measure_shapes(self, works: Sequence[Work]) -> None:
        """Has the weight images of several networks measured, unless that is known."""
        for work in works:
            self._answers.get(MeasureShapes(work.asked()))

    def shapes_measured(self, work: Work) -> Shapes | None:
        """The shapes in the weight images of exactly this network."""
        known = self._answers.known(MeasureShapes(work.asked()))
        return known.result if known is not None else None


def _neurons(state: State) -> MeasureNeurons:
    return MeasureNeurons(state.seen.asked(state.shown_reading, state.options))
