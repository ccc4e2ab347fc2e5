"""What a finished experiment shows, in one or two sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from nnviz.data.digits import ShownDigits
from nnviz.networks.curves import Measured
from nnviz.networks.experiments import GOAL, QUESTION, Experiment
from nnviz.networks.settings import Settings
from nnviz.questions.bits import BitSurvey
from nnviz.questions.comparison import SIGNIFICANT, Said, difference
from nnviz.questions.learned_from import why_not_compared
from nnviz.session.history import History
from nnviz.session.known import Known
from nnviz.session.slices import Words
from nnviz.session.state import Work
from nnviz.ui.designs import code_words as words
from nnviz.ui.pages.page import MOVING
from nnviz.words import sentences


@dataclass(frozen=True)
class CodesSeen:
    """All that the view of codes shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    place: int
    race: tuple[int, ...]
    beside: tuple[int, ...]
    resting: bool
    trained: Mapping[str, Work]
    lecturing: bool
    answer_hidden: bool
    results: bool
    """Whether a room sees what codes reach."""
    words: Words
    """The code words on the table."""
    history: History[Words]
    found: Known[BitSurvey] | None
    works: tuple[Work, ...] = field(metadata=MOVING)
    work: Work = field(metadata=MOVING)
    spelled: Work | None = field(metadata=MOVING)
    """The network that has the code on the table, if any."""


def finding(view: CodesSeen, work: Work) -> str:
    """What the accuracy of a network says about codes; "" before there is one."""
    own = work.measured
    if own is None or not work.learned:
        return ""
    if not own.whole:
        return words.ESTIMATED
    layout = work.layout(view.digits.classes)
    if work.judged_by.trunk == "frozen":
        return _of_trunk(view, work, own, layout.has_bits)
    if not layout.has_bits:
        return words.goal(own.accuracy)
    goal, natural = _peer(view, work, GOAL), _peer(view, work, QUESTION)
    if goal is None or goal.measured is None:
        return words.RUN_GOAL
    best = goal.measured
    if _apart(work, goal):
        return words.apart(True, own.examples, best.examples, _learn(view, work, goal))
    first = words.to_goal(best.accuracy - own.accuracy, *_chance(view, work, goal))
    if natural is None or natural.measured is None or natural is work:
        return first
    book = natural.measured
    if _apart(work, natural):
        learning = _learn(view, work, natural)
        return sentences(first, words.apart(False, own.examples, book.examples, learning))
    gain, gap = own.accuracy - book.accuracy, best.accuracy - book.accuracy
    return words.to_natural(gain, gap, *_chance(view, work, natural))


def _apart(work: Work, other: Work) -> bool:
    """Whether one of two measured runs has seen more digits, so that they cannot be compared."""
    assert work.measured is not None
    assert other.measured is not None
    here, there = work.measured.examples, other.measured.examples
    return abs(here - there) > max(work.judged_by.batch, other.judged_by.batch)


def _learn(view: CodesSeen, *works: Work) -> bool:
    return any(is_learning(view, work) for work in works)


def is_learning(view: CodesSeen, work: Work) -> bool:
    """Whether a network is one of those that learn."""
    own = () if view.resting else view.race or (view.work.key,)
    return view.running and work.key in (*view.beside, *own)


def _of_trunk(view: CodesSeen, work: Work, own: Measured, has_bits: bool) -> str:
    source = trunk_of(view, work)
    if source is None or source.measured is None:
        return words.NO_SOURCE
    if not source.measured.whole:
        return words.ESTIMATED
    if not work.is_alike(source, view.digits):
        return why(view, work, source)
    there = source.measured.accuracy
    if has_bits:
        return words.bits_on_trunk(own.accuracy, there)
    goal = _peer(view, source, GOAL)
    best = None
    if goal is not None and goal.measured is not None and not _apart(source, goal):
        best = goal.measured.accuracy if goal.measured.accuracy > there else None
    return words.outputs_on_trunk(own.accuracy, there, best)


def trunk_of(view: CodesSeen, work: Work) -> Work | None:
    """The network whose hidden layer a frozen trunk was copied from, as long as it is open."""
    wanted = work.judged_by.trunk_from
    for other in _everyone(view):
        same = np.array_equal(other.network.hidden_weights, work.network.hidden_weights)
        if other.design == wanted and other.learned and same:
            return other
    return None


def _peer(view: CodesSeen, work: Work, experiment: Experiment) -> Work | None:
    """The measured network of an experiment's design that learned from the same digits, if
    possible for as long."""
    usual, digits = Settings().change(**experiment.changes), view.digits
    found = [
        other
        for other in _everyone(view)
        if other.design == usual.design
        and other.learned
        and other.measured is not None
        and other.measured.whole
        and other.judged_by.trunk == "scratch"
        and other.judged_by.hidden == usual.hidden
        and work.is_alike(other, digits)
    ]
    if work in found:
        return work
    return min(
        found, key=lambda other: abs(other.position.examples - work.position.examples), default=None
    )


def _everyone(view: CodesSeen) -> tuple[Work, ...]:
    return (*view.works, *view.trained.values())


def _chance(view: CodesSeen, first: Work, second: Work) -> tuple[float | None, bool]:
    """The p of McNemar's exact test, if it is known, and whether that is significant."""
    ours, theirs = (_said(view, work) for work in (first, second))
    found = difference(ours, theirs, view.digits.labels)
    return (None, False) if found is None else (found.p, found.p < SIGNIFICANT)


def _said(view: CodesSeen, work: Work) -> Said:
    assert work.measured is not None
    assert work.measured.answers is not None
    return Said(work.measured.answers, work.taught(view.digits))


def why(view: CodesSeen, work: Work, other: Work) -> str:
    """Why two networks cannot be compared."""
    taught = work.taught(view.digits), other.taught(view.digits)
    return why_not_compared(*taught, work.full_title, other.full_title)
