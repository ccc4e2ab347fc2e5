"""When each check holds: pure functions of what was measured of a run, with their thresholds."""

import math

from nnviz.networks.layouts import Layout
from nnviz.questions.checks.course import Course, cost_of_nothing

SOON, LATER = 4_000, 10_000
"""Digits seen, before which some checks say nothing: from the start of every preset and design
learning is under way by then (measured by `python -m tests.checks`). An epoch is enough where no
run that learns well ever looks so."""
GROWN = 1.5
"""Times the cost of the start. No run of a preset ever costs more than its start; of runs whose
rate is a little too high, the cost rises to 1.3 of it and falls again."""
MOST_SILENT = 0.5
"""Share of the digits for which no output fires at all. In four bits it is that of the 0 alone."""
LEARNS_NOTHING, GUESSED = 0.9, 3
"""Parts of the cost of who knows only how often each output fires; times the share of right answers
that guessing gives. Both are needed: outputs that only fall to their means cost less than a large
start, and a slow run with a high cost may have its answers right."""
MOSTLY_START, STILL_START = 0.8, 2 / 3
"""Parts of what weight images show that are their random start: soon, and later, when it is still
twice what was learned. A network of the one-vs-rest design, which begins with a start as large as
it may be, is at 0.73 soon and at 0.65 later."""
GAP, SURE = 0.05, 3
"""Difference of the shares of right answers, of which one in twenty counts; and in standard errors,
as either share may be estimated from few digits."""


def diverges(course: Course) -> bool:
    """The weights are no longer numbers, or the cost grows."""
    first = course.first
    if course.diverged or first is None:
        return course.diverged
    cost = course.points[-1].train_cost
    return not math.isfinite(cost) or cost > GROWN * first.train_cost


def near_zero(course: Course) -> bool:
    """For most digits all outputs are near 0."""
    found = course.found
    waited = found is not None and found.examples >= min(SOON, course.taught)
    return waited and found is not None and found.near_zero > MOST_SILENT


def stuck(course: Course) -> tuple[int, ...]:
    """Outputs that should fire for some digits and never do; of those that decide between two
    classes also those that always do, which is the same of the other class."""
    found = course.found
    if found is None or found.examples < SOON or not (found.never or found.always):
        return ()
    both = sorted({*found.never, *found.always})
    return tuple(both) if decides(course.layout) else found.never


def decides(layout: Layout) -> bool:
    """Whether each output decides between two classes."""
    return layout.has_pairs and not layout.one_hot and not layout.heads


def never(course: Course) -> bool:
    """Some outputs never fire."""
    return bool(stuck(course))


def always(course: Course) -> bool:
    """Some outputs always fire."""
    found = course.found
    waited = found is not None and found.examples >= SOON
    return waited and found is not None and bool(found.always) and not decides(course.layout)


def dead(course: Course) -> bool:
    """Hidden neurons are dead."""
    found = course.found
    waited = found is not None and found.examples >= min(SOON, course.taught)
    own = course.settings.trunk == "scratch"  # others are not this run's doing
    return waited and own and found is not None and found.asleep > 0


def noise(course: Course) -> bool:
    """Weight images still show their random start."""
    found = course.found
    if found is None or found.start is None:
        return False
    seen = found.examples
    if seen >= LATER and found.start > STILL_START:
        return True
    return seen >= SOON and found.start > MOSTLY_START


def flat(course: Course) -> bool:
    """Hardly anything is learned."""
    first, last = course.first, course.points[-1] if course.points else None
    if first is None or last is None or last.examples < SOON:
        return False
    if last.train_accuracy >= GUESSED / len(course.names):
        return False
    nothing = min(first.train_cost, cost_of_nothing(course.layout, course.settings.cost))
    return last.train_cost > LEARNS_NOTHING * nothing


def gap(course: Course) -> bool:
    """Training digits are known by heart."""
    last = course.points[-1] if course.points else None
    if last is None or not last.examples or not course.tested:
        return False
    taught, tested = last.train_accuracy, last.test_accuracy
    numbers = last.taught or course.taught, last.tested or course.tested
    error = math.hypot(
        *(math.sqrt(p * (1 - p) / n) for p, n in zip((taught, tested), numbers, strict=True))
    )
    return taught - tested > max(GAP, SURE * error)
