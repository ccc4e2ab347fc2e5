"""What clicks and keys on a walk ask of the session."""

from collections.abc import Callable
from dataclasses import replace

from nnviz.session.session import Session
from nnviz.ui.elimination.path import Walked, kind_of, walked
from nnviz.ui.kit.steps import StepGrid
from nnviz.ui.pages.player import show_step
from nnviz.verdicts.branches import Detours, alternatives


def connect(grid: StepGrid, session: Session, choose: Callable[[Session, int, int], None]) -> None:
    """Has a grid ask for steps, and choose classes in its own way."""
    grid.chosen.connect(lambda cell: choose(session, *cell))
    grid.stepped.connect(lambda row: show(session, row))
    grid.jumped.connect(lambda end: show(session, None if end else 0))


def look_at(session: Session, kind: str) -> None:
    """Looks at one of KINDS; how the digit is read everywhere else stays as it is."""
    if kind != kind_of(session.state):
        session.choose("elimination", kind=kind, branch=())


def show(session: Session, step: int | None) -> None:
    """Shows so many steps; None: all."""
    show_step(session, step, walked(session.state).total)


def choose_class(session: Session, row: int, one: int) -> None:
    """Goes to the step of a row (past the last: the end); in the step on screen, follows the
    branch in which a class leaves instead, or returns from it."""
    found = walked(session.state)
    if row != found.shown or not found.shown:
        _go_to(session, found, row)
    elif (row, one) in found.detours:
        session.choose("elimination", branch=_earlier(found, row))
    elif one in alternatives(found.steps[row - 1]):
        _leave_instead(session, found, row, one)


def choose_node(session: Session, row: int, one: int) -> None:
    """Follows the branch of a class that could leave at a step shown; else goes to the step."""
    found = walked(session.state)
    if 0 < row <= found.shown and one in alternatives(found.steps[row - 1]):
        _leave_instead(session, found, row, one)
    else:
        _go_to(session, found, row)


def _leave_instead(session: Session, found: Walked, row: int, one: int) -> None:
    """Follows the branch in which a class leaves in the step of a row, or the way of the rule."""
    as_usual = one in found.follow(found.steps[row - 1].in_play).leaving
    detour = () if as_usual else ((row, one),)
    choice = replace(session.state.elimination, branch=(*_earlier(found, row), *detour))
    session.change(elimination=choice, step=row)


def _earlier(found: Walked, row: int) -> Detours:
    return tuple(detour for detour in found.detours if detour[0] < row)


def _go_to(session: Session, found: Walked, row: int) -> None:
    """Shows a step, and selects the two classes between which it decides, if they are two."""
    show(session, row)
    step = found.steps[row - 1] if 0 < row <= found.total else None
    between = step and (step.rivals or step.in_play)
    if between and len(between) == 2:
        session.change(pair=(between[0], between[1]))


def leave_branch(session: Session) -> bool:
    """Takes back the last detour; -> whether there was one."""
    branch = session.state.elimination.branch
    if branch:
        session.choose("elimination", branch=branch[:-1])
    return bool(branch)
