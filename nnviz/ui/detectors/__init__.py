"""The Detectors page: the weight images of the hidden neurons; one file and one entry a view.

What it consists of is imported when it is shown first.
"""

from nnviz.session.state import State
from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.detectors.all_neurons import AllNeurons
    from nnviz.ui.detectors.beside import Beside
    from nnviz.ui.detectors.book_zero import ZeroOfTheBook
    from nnviz.ui.detectors.conclusion import conclude
    from nnviz.ui.detectors.filters import Filters
    from nnviz.ui.detectors.one_neuron import OneNeuron
    from nnviz.ui.detectors.settings_compared import SettingsCompared
    from nnviz.ui.detectors.weighted_sum import WeightedSum
    from nnviz.ui.detectors.without import WithoutNeuron
    from nnviz.ui.pages.views_page import of_views

    views = (
        AllNeurons,
        OneNeuron,
        WeightedSum,
        WithoutNeuron,
        Beside,
        ZeroOfTheBook,
        SettingsCompared,
        Filters,
    )

    return of_views(
        "detectors",
        views,
        at_first=_view_at_first,
        conclude=conclude,
        concludes_on=("all", "neuron", "zero", "settings", "filters"),
        concludes_to_room=False,
    )


def _view_at_first(state: State) -> str | None:
    if state.seen.network.front is not None:
        return "filters"
    return None if state.neuron is None else "neuron"


PAGE = PageKind(
    "detectors", tr("Detectors"), tr("What is each hidden neuron looking for?"), _inside
)
