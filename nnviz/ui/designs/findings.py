"""What a finished experiment shows, in one or two sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from nnviz.data.digits import ShownDigits
from nnviz.networks.curves import Measured
from nnviz.networks.experiments import GOAL, QUESTION, Experiment
from nnviz.networks.settings import Settings
from nnviz.questions.bits import BitSurvey
from nnviz.questions.comparison import SIGNIFICANT, sign_test
from nnviz.session.history import History
from nnviz.session.known import Known
from nnviz.session.slices import Words
from nnviz.session.state import Work
from nnviz.ui.pages.page import MOVING


@dataclass(frozen=True)
class CodesSeen:
    """All that the view of codes shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    place: int
    race: tuple[int, ...]
    trained: Mapping[str, Work]
    words: Words
    """The code words on the table."""
    history: History[Words]
    found: Known[BitSurvey] | None
    works: tuple[Work, ...] = field(metadata=MOVING)
    work: Work = field(metadata=MOVING)


def finding(view: CodesSeen, work: Work) -> str:
    """What the accuracy of a network says about codes; "" before there is one."""
    own = work.measured
    if own is None or not work.learned:
        return ""
    layout = work.layout(view.digits.classes)
    if work.judged_by.trunk == "frozen":
        return _of_trunk(view, work, own, layout.has_bits)
    if not layout.has_bits:
        return f"The goal for all codes: {_percent(own)}."
    goal, natural = _peer(view, work, GOAL), _peer(view, work, QUESTION)
    if goal is None or goal.measured is None:
        return "Run ten outputs on the same digits to see how far this is from the goal."
    if apart := _apart(view, work, goal, "ten outputs", "have"):
        return f"{apart}."
    best = goal.measured
    below = best.accuracy - own.accuracy
    words = f"{_points(below)} below ten outputs" if below > 0 else "As good as ten outputs"
    words = f"{words}{_chance(view, own, best)}"
    if natural is None or natural.measured is None or natural is work:
        return f"{words}."
    if apart := _apart(view, work, natural, "natural binary", "has"):
        return f"{words}. {apart}."
    book = natural.measured
    gain, gap = own.accuracy - book.accuracy, best.accuracy - book.accuracy
    words = "better" if gain >= 0 else "worse"
    words = f"{_points(abs(gain))} {words} than natural binary{_chance(view, own, book)}"
    return f"{words}: {_closed(gain, gap)}."


def _apart(view: CodesSeen, work: Work, other: Work, name: str, verb: str) -> str:
    """Why two measured runs cannot be compared yet: one has seen more digits; "" if they can."""
    assert work.measured is not None
    assert other.measured is not None
    here, there = work.measured.examples, other.measured.examples
    if abs(here - there) <= max(work.judged_by.batch, other.judged_by.batch):
        return ""
    if is_learning(view, work) or is_learning(view, other):
        return f"{here:,} digits here, {name} {there:,}; they are compared when both have as many"
    if here < there:
        return f"This run has seen only {here:,} digits, {name} {there:,}: train it to the end"
    them = "it" if verb == "has" else "them"
    return f"{name.capitalize()} {verb} seen only {there:,} digits: train {them} to the end"


def is_learning(view: CodesSeen, work: Work) -> bool:
    """Whether a network is one of those that learn."""
    return view.running and work.key in (view.race or (view.work.key,))


def _of_trunk(view: CodesSeen, work: Work, own: Measured, has_bits: bool) -> str:
    source = trunk_of(view, work)
    if source is None or source.measured is None:
        return "The network that the hidden layer comes from is no longer open."
    there = source.measured
    if has_bits:
        return (
            f"{_percent(own)} from a hidden layer that gives {_percent(there)} with its own "
            "outputs: good features of digits, but a bit must cut the digits in two arbitrary "
            "groups, and they were not made for that."
        )
    words = (
        f"A hidden layer made for bits gives {_percent(there)} with them, and {_percent(own)} "
        "with ten outputs"
    )
    goal = _peer(view, source, GOAL)
    if goal is None or _apart(view, source, goal, "", ""):
        return f"{words}."
    best = goal.measured
    if best is None or best.accuracy <= there.accuracy:
        return f"{words}."
    share = (own.accuracy - there.accuracy) / (best.accuracy - there.accuracy)
    return f"{words}: {_share(share)} of the gap to ten outputs ({_percent(best)}) is the read-out."


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
        and other.judged_by.trunk == "scratch"
        and other.judged_by.hidden == usual.hidden
        and other.epoch_length(digits) == work.epoch_length(digits)
    ]
    if work in found:
        return work
    return min(
        found, key=lambda other: abs(other.position.examples - work.position.examples), default=None
    )


def _everyone(view: CodesSeen) -> tuple[Work, ...]:
    return (*view.works, *view.trained.values())


def _closed(gain: float, gap: float) -> str:
    if gap <= 0:
        return "there is no gap to ten outputs to close"
    if gain >= gap:
        return "as good as ten outputs with 30 neurons"
    if gain <= 0:
        return "the gap to ten outputs stays"
    return f"closes {_share(gain / gap)} of the gap to ten outputs"


def _chance(view: CodesSeen, first: Measured, second: Measured) -> str:
    """How likely so large a difference is by chance (McNemar's exact test)."""
    labels = view.digits.labels
    if len(first.answers) != len(labels) or len(second.answers) != len(labels):
        return ""
    ours, theirs = first.answers == labels, second.answers == labels
    p = sign_test(int((ours & ~theirs).sum()), int((theirs & ~ours).sum()))
    sure = "" if p <= SIGNIFICANT else ", could be chance"
    number = "< 0.001" if p < 0.001 else f"= {p:.2g}"
    return f" (p {number}{sure})"


def _percent(measured: Measured) -> str:
    return f"{100 * measured.accuracy:.1f} %"


def _points(difference: float) -> str:
    return f"{100 * difference:.1f} points"


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"
