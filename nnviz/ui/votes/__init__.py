"""The Votes page: the matrix of pairwise votes, and what the rules make of it."""

from nnviz.questions.votes import RULES
from nnviz.session.state import State
from nnviz.ui.pages.page import PageKind
from nnviz.ui.votes.page import VotesPage
from nnviz.ui.votes.vote_bars import VIEWS
from nnviz.ui.votes.vote_count import verdict_by_rule


def _count_steps(state: State) -> int:
    return len(verdict_by_rule(state).steps)


PAGE = PageKind(
    "votes",
    "Votes",
    "Who beats whom, and what do the rules make of it?",
    VotesPage,
    VIEWS,
    RULES,
    _count_steps,
)
