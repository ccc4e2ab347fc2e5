"""What clicks and keys on a walk ask of the session."""

from dataclasses import replace

from nnviz.session.session import Session
from nnviz.ui.elimination.path import Walked, walked
from nnviz.verdicts.branches import alternatives


def show_steps(session: Session, by: int) -> None:
    """So many more or fewer steps of the same digit."""
    found = walked(session.state)
    show(session, min(found.total, max(0, found.shown + by)))


def show(session: Session, step: int | None) -> None:
    """Shows so many steps; None or the last one: all."""
    total = walked(session.state).total
    session.change(step=None if step is None or step >= total else step)


def jump(session: Session, end: bool) -> None:
    """Shows all steps or none."""
    session.change(step=None if end else 0)


def step_or_next_digit(session: Session, direction: int) -> None:
    """One step on or back; past the ends, the next digit from its first step or the previous
    one with all of them."""
    found = walked(session.state)
    if direction > 0 and found.complete:
        session.picking.pick("next")
        session.change(step=0)
    elif direction < 0 and not found.shown:
        session.picking.pick("previous")
        session.change(step=None)
    else:
        show_steps(session, direction)


def choose_class(session: Session, row: int, one: int) -> None:
    """Goes to the step of a row (past the last: the end); in the step on screen, follows the
    branch in which a class leaves instead, or returns from it."""
    found = walked(session.state)
    if row != found.shown or not found.shown:
        show(session, row)
        _select_pair(session, found, row)
        return
    step = found.steps[row - 1]
    earlier = tuple(detour for detour in found.detours if detour[0] < row)
    if one in alternatives(step):
        choice = replace(session.state.elimination, branch=(*earlier, (row, one)))
        session.change(elimination=choice, step=row)
    elif (row, one) in found.detours:
        session.choose("elimination", branch=earlier)


def choose_node(session: Session, row: int, one: int) -> None:
    """Follows the branch of a class that could leave at a step shown; else goes to the step."""
    found = walked(session.state)
    step = found.steps[row - 1] if 0 < row <= found.shown else None
    if step is None or one not in alternatives(step):
        show(session, row)
        _select_pair(session, found, row)
        return
    earlier = tuple(detour for detour in found.detours if detour[0] < row)
    as_usual = one in found.follow(step.in_play).leaving
    branch = earlier if as_usual else (*earlier, (row, one))
    choice = replace(session.state.elimination, branch=branch)
    session.change(elimination=choice, step=row)


def _select_pair(session: Session, found: Walked, row: int) -> None:
    """Selects the two classes between which the step of a row decides, if they are two."""
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
