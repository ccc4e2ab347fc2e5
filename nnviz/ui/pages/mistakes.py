"""Mistakes: which digits are misread, by which design, and why, in several views."""

from collections.abc import Mapping

from nnviz.session.mistakes import LISTS
from nnviz.ui.pages.all_designs_page import AllDesignsPage
from nnviz.ui.pages.mistake_views import VIEWS


class MistakesPage(AllDesignsPage):
    """The confusion matrix with all misread digits, and what can be found out about them."""

    id = "mistakes"
    title = "Mistakes"
    question = "Which digits does it get wrong, and why?"
    views: Mapping[str, str] = {view.id: view.title for view in VIEWS}
    kinds = VIEWS

    def choose_view(self, view: str) -> None:
        super().choose_view(view)
        if view in LISTS:
            self.session.choose("mistakes", list_shown=view)
