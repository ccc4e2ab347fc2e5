"""The Train page: digit, hidden neurons and outputs as one picture, and the curves.

What it consists of is imported when it is shown first.
"""

from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.train.page import TrainPage

    return Inside(TrainPage)


PAGE = PageKind(
    "train",
    tr("Train"),
    tr("How does the network learn, and why does it give this answer?"),
    _inside,
)
