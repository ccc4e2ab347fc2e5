"""The Votes page: the matrix of pairwise votes, and what the rules make of it.

What it consists of is imported when it is shown first.
"""

from nnviz.session.state import State
from nnviz.ui.pages.page import Inside, PageKind
from nnviz.words import tr


def _inside() -> Inside:
    from nnviz.questions.votes import RULES
    from nnviz.ui.votes import words
    from nnviz.ui.votes.page import VotesPage

    return Inside(VotesPage, words.VIEWS, RULES, _count_steps, VotesPage.ask)


def _count_steps(state: State) -> int:
    from nnviz.ui.votes.count import verdict_by_rule

    return len(verdict_by_rule(state.here).steps)


PAGE = PageKind(
    "votes", tr("Votes"), tr("Who beats whom, and what do the rules make of it?"), _inside
)
