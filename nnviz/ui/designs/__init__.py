"""The Designs page: all designs on the same digit; one file and one entry a view.

What it consists of is imported when it is shown first.
"""

from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.designs.bit_layer import BitLayerPage
    from nnviz.ui.designs.codes import CodesPage
    from nnviz.ui.designs.compare import CompareView
    from nnviz.ui.designs.conclusion import conclude
    from nnviz.ui.designs.race import RaceView
    from nnviz.ui.designs.size import SizeOfDesigns
    from nnviz.ui.designs.templates import TemplatesView
    from nnviz.ui.pages.views_page import of_views

    return of_views(
        "designs",
        (CompareView, RaceView, SizeOfDesigns, TemplatesView, BitLayerPage, CodesPage),
        all_designs=True,
        conclude=conclude,
        concludes_on=("compare", "race", "bit-layer"),
    )


PAGE = PageKind(
    "designs", tr("Designs"), tr("Why ten outputs? All designs on the same digit."), _inside
)
