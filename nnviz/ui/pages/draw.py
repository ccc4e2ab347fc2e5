"""Draw: digits of one's own, in several views."""

from collections.abc import Mapping

from nnviz.ui.pages.all_designs_page import AllDesignsPage
from nnviz.ui.pages.draw_views import VIEWS


class DrawPage(AllDesignsPage):
    """What all designs say of images that are no test digits."""

    id = "draw"
    title = "Draw"
    question = "Does it read your digit?"
    views: Mapping[str, str] = {view.id: view.title for view in VIEWS}
    kinds = VIEWS
