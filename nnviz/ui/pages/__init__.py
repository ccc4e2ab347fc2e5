"""The pages of the window: one entry each."""

from nnviz.questions.votes import RULES
from nnviz.session.judging import LISTS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.pages import (
    design_views,
    detector_views,
    draw_views,
    elimination_views,
    mistake_views,
)
from nnviz.ui.pages.elimination import EliminationPage
from nnviz.ui.pages.page import PageKind
from nnviz.ui.pages.train import TrainPage
from nnviz.ui.pages.views_page import of_views
from nnviz.ui.pages.vote_bars import VIEWS
from nnviz.ui.pages.vote_count import verdict_by_rule
from nnviz.ui.pages.votes import VotesPage
from nnviz.verdicts.branches import KINDS


def _selected_neuron(state: State) -> str | None:
    return None if state.neuron is None else "neuron"


def _keep_list(session: Session, view: str) -> None:
    if view in LISTS:
        session.choose("mistakes", list_shown=view)


PAGES = (
    PageKind(
        "train",
        "Train",
        "How does the network learn, and why does it give this answer?",
        TrainPage,
    ),
    of_views(
        "detectors",
        "Detectors",
        "What is each hidden neuron looking for?",
        detector_views.VIEWS,
        at_first=_selected_neuron,
    ),
    of_views(
        "designs",
        "Designs",
        "Why ten outputs? All designs on the same digit.",
        design_views.VIEWS,
        all_designs=True,
    ),
    PageKind(
        "votes",
        "Votes",
        "Who beats whom, and what do the rules make of it?",
        VotesPage,
        VIEWS,
        RULES,
        lambda state: len(verdict_by_rule(state).steps),
    ),
    PageKind(
        "elimination",
        "Elimination",
        "What if the least likely digit leaves, and the others are asked again?",
        EliminationPage,
        {view.id: view.title for view in elimination_views.VIEWS},
        KINDS,
    ),
    of_views(
        "mistakes",
        "Mistakes",
        "Which digits does it get wrong, and why?",
        mistake_views.VIEWS,
        all_designs=True,
        chosen=_keep_list,
    ),
    of_views("draw", "Draw", "Does it read your digit?", draw_views.VIEWS, all_designs=True),
)
