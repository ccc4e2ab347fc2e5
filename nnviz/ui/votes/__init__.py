"""The Votes page: the matrix of pairwise votes, and what the rules make of it."""

from nnviz.questions.votes import RULES
from nnviz.session.state import State
from nnviz.ui.pages.page import PageKind
from nnviz.ui.votes import words
from nnviz.ui.votes.count import verdict_by_rule
from nnviz.ui.votes.page import VotesPage


def _count_steps(state: State) -> int:
    return len(verdict_by_rule(state).steps)


PAGE = PageKind("votes", words.PAGE, words.QUESTION, VotesPage, words.VIEWS, RULES, _count_steps)
