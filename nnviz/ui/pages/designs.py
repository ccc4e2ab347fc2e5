"""Designs: what the outputs are asked, side by side, in several views."""

from collections.abc import Mapping

from nnviz.ui.pages.all_designs_page import AllDesignsPage
from nnviz.ui.pages.design_views import VIEWS


class DesignsPage(AllDesignsPage):
    """A row of buttons, and the view that one of them chose."""

    id = "designs"
    title = "Designs"
    question = "Why ten outputs? All designs on the same digit."
    views: Mapping[str, str] = {view.id: view.title for view in VIEWS}
    kinds = VIEWS
