"""The Mistakes page: every misread digit; one file and one entry a view.

What it consists of is imported when it is shown first.
"""

from nnviz.session.session import Session
from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.ui.mistakes.bits_apart import BitsApart
    from nnviz.ui.mistakes.conclusion import conclude
    from nnviz.ui.mistakes.confidence import Confidence
    from nnviz.ui.mistakes.confusion import ConfusionAndDigits
    from nnviz.ui.mistakes.disagree import Disagree
    from nnviz.ui.mistakes.guess import Guess
    from nnviz.ui.mistakes.one_digit import OneDigit
    from nnviz.ui.mistakes.unsure import Unsure
    from nnviz.ui.pages.views_page import of_views

    return of_views(
        "mistakes",
        (ConfusionAndDigits, OneDigit, Guess, Disagree, BitsApart, Confidence, Unsure),
        all_designs=True,
        chosen=_keep_list,
        conclude=conclude,
        concludes_on=("confusion", "confidence", "unsure"),
        concludes_to_room=False,
    )


def _keep_list(session: Session, view: str) -> None:
    from nnviz.session.judging import LISTS

    lists = view != "confidence" or session.state.mistakes.trust.bin is not None
    if view in LISTS and lists:
        session.choose("mistakes", list_shown=view)


PAGE = PageKind("mistakes", tr("Mistakes"), tr("Which digits does it get wrong, and why?"), _inside)
