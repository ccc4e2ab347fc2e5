"""What goes wrong with the run on screen, as far as it is known."""

from nnviz.questions.checks.checkup import CheckedUp, CheckUp
from nnviz.questions.checks.course import Course
from nnviz.questions.checks.table import Finding, findings
from nnviz.session.state import State


def check_up(state: State) -> CheckUp | None:
    """What is asked about the network that the pictures show; None where nothing is: of a random
    start, of a LeNet, and of what learned from images of another kind."""
    work = state.seen
    if not work.learned or work.network.front is not None or not work.meant_for(state.digits):
        return None
    return CheckUp(work.asked(), work.judged_by, own_start=work.taught_before is None)


def checked_up(state: State) -> CheckedUp | None:
    """What was found; of a run that goes on, a moment ago."""
    question = check_up(state)
    known = state.answers.newest(question) if question is not None else None
    if question is None or known is None or not known.question.is_like(question):
        return None
    return known.result if state.past is None or known.question.is_same(question) else None


def findings_of(state: State) -> tuple[Finding, ...]:
    """What goes wrong with the run that the pictures show, up to their moment."""
    work, digits = state.seen, state.digits
    if check_up(state) is None and not work.diverged:
        return ()
    opened = work.opened
    own = opened is None and digits.source.tests is not None
    tested = opened.tested_on if opened is not None else len(digits.labels)
    course = Course(
        work.judged_by,
        digits.class_names,
        opened.digits if opened is not None else digits.name,
        work.epoch_length(digits),
        0 if own else tested,
        tuple(work.curve),
        checked_up(state),
        work.diverged,
    )
    return findings(course)
