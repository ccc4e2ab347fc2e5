"""A window on the Votes page, as its tests look at it and click."""

import numpy as np

from nnviz.questions.votes import SurveyVotes, answers_by_rule, disagree
from nnviz.ui.votes.matrix import MatrixView
from nnviz.ui.votes.page import VotesPage
from nnviz.verdicts.evidence import evidence_of
from tests.ui.conftest import Opened


def page_of(opened: Opened) -> VotesPage:
    page = opened.window.page
    assert isinstance(page, VotesPage)
    return page


def view_of(opened: Opened) -> MatrixView:
    view = page_of(opened).matrix.view
    assert isinstance(view, MatrixView)
    return view


def click_cell(opened: Opened, row: int, column: int) -> None:
    matrix = page_of(opened).matrix
    opened.click(matrix, matrix.cells.matrix.place(row, column))


def differing(opened: Opened) -> list[int]:
    """The test digits that the rules do not all read alike."""
    state = opened.session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    return np.flatnonzero(disagree(answers_by_rule(evidence))).tolist()


def until_surveyed(opened: Opened) -> None:
    opened.ticks_until(lambda: opened.session.surveys.found(SurveyVotes) is not None)
