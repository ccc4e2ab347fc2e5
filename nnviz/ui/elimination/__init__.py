"""The Elimination page: the walk from all classes to one.

What it consists of is imported when it is shown first.
"""

from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.elimination.page import VIEWS, EliminationPage
    from nnviz.ui.pages.views_page import asks_of
    from nnviz.verdicts.branches import KINDS

    titles = {view.id: view.title for view in VIEWS}
    return Inside(EliminationPage, titles, KINDS, ask=asks_of("elimination", VIEWS))


PAGE = PageKind(
    "elimination",
    tr("Elimination"),
    tr("What if the least likely digit leaves, and the others are asked again?"),
    _inside,
)
