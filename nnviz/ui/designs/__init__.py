"""The Designs page: all designs on the same digit; one file and one entry a view.

What it consists of is imported when it is shown first.
"""

from dataclasses import replace

from nnviz.session.state import State
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
    from nnviz.ui.designs.tops import SwappedTops
    from nnviz.ui.designs.wires import WiresOfSeparate
    from nnviz.ui.pages.views_page import of_views

    views = (
        CompareView,
        RaceView,
        SizeOfDesigns,
        WiresOfSeparate,
        TemplatesView,
        BitLayerPage,
        CodesPage,
        SwappedTops,
    )
    made = of_views(
        "designs",
        views,
        all_designs=True,
        conclude=conclude,
        concludes_on=("compare", "race", "bit-layer"),
    )
    return replace(made, steps=_count_steps)


def _count_steps(state: State) -> int:
    from nnviz.ui.designs.bit_layer import SHOWN, steps_of
    from nnviz.ui.designs.wires_picture import CUT

    view = state.views.get("designs")
    if view == SHOWN:
        return steps_of(state)
    return CUT if view == "wires" else len(state.sure_verdict.steps)


PAGE = PageKind(
    "designs", tr("Designs"), tr("Why ten outputs? All designs on the same digit."), _inside
)
