"""The Study page: an experiment repeated, with statistics; one file and one entry a view.

What it consists of is imported when it is shown first.
"""

from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.pages.views_page import of_views
    from nnviz.ui.study.plan import PlanView
    from nnviz.ui.study.results import ResultsView
    from nnviz.ui.study.trials import TrialsView

    return of_views("study", (PlanView, ResultsView, TrialsView))


PAGE = PageKind(
    "study",
    tr("Study"),
    tr("Is the difference real? The same experiment again and again, with statistics."),
    _inside,
)
