"""Answers that take long to work out: found for the first test, known to the others."""

from dataclasses import replace
from typing import Any

from nnviz.questions.question import Question
from nnviz.session.known import AllKnown, Known, at
from nnviz.session.session import Session

Kind = type[Question[Any]]
FROM_BEFORE = 1
"""The order of an answer older than all that a session may ask."""

_kept: dict[Question[Any], Known[Any]] = {}


def recall(session: Session, kind: Kind) -> None:
    """Has a session know the answers that were kept about networks that it has, too, and about
    those that are of no run: the numbers of other runs it will give to networks of its own."""
    state = session.state
    here = {work.run: work.design for work in (*state.works, *state.trained.values())}
    known = {
        question: each
        for question, each in _kept.items()
        if isinstance(question, kind)
        and (not each.about.run or here.get(each.about.run) == each.about.settings.design)
    }
    session.change(answers=AllKnown({**known, **state.answers.by_question}))


def keep(session: Session, kind: Kind) -> None:
    """Keeps the answers of a session whose networks are as they come with the program."""
    places = set(map(at, _kept))
    for question, known in session.state.answers.by_question.items():
        if isinstance(question, kind) and at(question) not in places:
            _kept[question] = replace(known, order=FROM_BEFORE)
