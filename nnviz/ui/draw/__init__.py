"""The Draw page: the user's own digits; one file and one entry a view.

What it consists of is imported when it is shown first.
"""

from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.draw.conclusion import conclude
    from nnviz.ui.draw.kept import KeptDrawingsView
    from nnviz.ui.draw.morph import MorphView
    from nnviz.ui.draw.rows import RowsOfDigits
    from nnviz.ui.draw.strange import StrangeView
    from nnviz.ui.draw.your_digit import YourDigit
    from nnviz.ui.pages.views_page import of_views

    return of_views(
        "draw",
        (YourDigit, MorphView, StrangeView, RowsOfDigits, KeptDrawingsView),
        all_designs=True,
        conclude=conclude,
        concludes_on=("strange",),
        concludes_to_room=False,
    )


PAGE = PageKind("draw", tr("Draw"), tr("Does it read your digit?"), _inside)
