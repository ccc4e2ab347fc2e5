"""The numbers of one design in the table of all designs, for the eye and for sorting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from nnviz.data.digits import ShownDigits
from nnviz.networks.curves import Measured
from nnviz.networks.operations import Operations
from nnviz.questions.comparison import Compared, Difference
from nnviz.questions.kept_activity import Operated
from nnviz.session.known import Known
from nnviz.session.state import Work
from nnviz.ui.kit.design_rows import Column
from nnviz.ui.pages.page import MOVING
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS
from nnviz.verdicts.verdict import Verdict
from nnviz.verdicts.work_per_answer import usual_multiply_adds

Lines = tuple[str, str]
WAITING: Mapping[str, Lines] = {
    "ready": ("not yet", "known"),
    "starting": ("trainer", "loads"),
    "dead": ("trainer", "stopped"),
}
"""What stands for a number that the training process has not told yet."""


@dataclass(frozen=True)
class DesignsSeen:
    """All that the view of all designs shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    label: int | None
    baseline: str
    sorted_by: tuple[str, bool]
    """The column, and whether its largest number comes first."""
    film: bool
    """Whether the network on screen is a moment of its film."""
    operations: Operations
    operated: Known[Operated] | None
    """What all test digits say with the operations in force."""
    comparison: Compared | None
    seen: Work = field(metadata=MOVING)
    representatives: Mapping[str, Work] = field(metadata=MOVING)
    verdicts: Mapping[str, tuple[Work, Verdict]] = field(metadata=MOVING)

    def named(self, answer: int) -> str:
        """An answer in words."""
        return self.digits.class_names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS


@dataclass(frozen=True)
class Number:
    """A column of the table: its words and the number behind them."""

    column: Column
    words: Callable[[DesignsSeen, Work], Lines]
    value: Callable[[DesignsSeen, Work], float | None]
    """What rows are sorted by; None goes last."""
    largest_first: bool = False


def as_shown(view: DesignsSeen) -> Work:
    """The network on screen as its verdict is: a moment of its film, or altered by hand, with
    the accuracy that belongs to that."""
    seen, known = view.seen, view.operated
    if not view.operations:
        return seen
    if known is None:
        return replace(seen, measured=None)
    found = known.result
    return replace(seen, measured=Measured(known.examples, found.accuracy, found.answers))


def _differs(view: DesignsSeen, work: Work) -> bool:
    """Whether it is shown otherwise than it was compared with the others."""
    return work.run == view.seen.run and (view.film or bool(view.operations))


def _accuracy(view: DesignsSeen, work: Work) -> Lines:
    if _differs(view, work):
        known = work.measured
        if known is None:
            return "–", "film" if view.film else ""
        return f"{100 * known.accuracy:.1f} %", "altered"
    if work.measured is None:
        return WAITING[view.engine]
    between = view.comparison.intervals.get(work.design) if view.comparison else None
    low_high = "" if between is None else f"{100 * between[0]:.1f}–{100 * between[1]:.1f}"
    return f"{100 * work.measured.accuracy:.1f} %", low_high


def _parameters(_: DesignsSeen, work: Work) -> Lines:
    network = work.network
    several = f"{network.networks} × " if network.networks > 1 else ""
    return f"{network.parameters:,}", f"{several}{network.hidden}"


def _work_per_answer(view: DesignsSeen, work: Work) -> int:
    layout = work.layout(view.digits.classes)
    return usual_multiply_adds(work.network, work.judged_by, layout)


def _judging_time(view: DesignsSeen, work: Work) -> Lines:
    seconds = work.judging_seconds
    if not seconds:
        return WAITING[view.engine] if not view.running else ("after", "pause")
    if seconds < 1e-4:
        return f"{1e6 * seconds:.0f} µs", ""
    return f"{1e3 * seconds:.2g} ms", ""


def _training_time(_: DesignsSeen, work: Work) -> Lines:
    seconds = work.position.seconds
    if not work.learned:
        return "–", ""
    words = f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return words, "+ trunk" if work.judged_by.trunk == "frozen" else ""


def difference_of(view: DesignsSeen, work: Work) -> Difference | None:
    """How it differs from the baseline, as far as known."""
    return view.comparison.differences.get(work.design) if view.comparison else None


def _difference(view: DesignsSeen, work: Work) -> Lines:
    if work.design == view.baseline:
        return "baseline", ""
    if _differs(view, work):
        return "–", ""
    found = difference_of(view, work)
    if found is None:
        known = view.baseline in view.representatives
        return WAITING[view.engine] if known else ("no", "network")
    p = "p < 0.001" if found.p < 0.001 else f"p {found.p:.{3 if found.p < 0.1 else 2}f}"
    return f"{100 * found.accuracy:+.1f} pp".replace("-", "−"), p


def _difference_value(view: DesignsSeen, work: Work) -> float | None:
    found = difference_of(view, work)
    if work.design == view.baseline:
        return 0.0
    return None if found is None else found.accuracy


NUMBERS: Mapping[str, Number] = {
    number.column.id: number
    for number in (
        Number(
            Column(
                "accuracy",
                ("test", "accuracy"),
                "Test digits answered right, and the 95 % interval (Wilson).",
                104,
            ),
            _accuracy,
            lambda _, work: work.measured.accuracy if work.measured else None,
            largest_first=True,
        ),
        Number(
            Column(
                "parameters",
                ("parameters", "hidden"),
                "Numbers that learning can change; below, networks × hidden neurons of each.",
                122,
            ),
            _parameters,
            lambda _, work: work.network.parameters,
        ),
        Number(
            Column(
                "work",
                ("multiply-", "adds"),
                "Multiplications for one answer: only the heads, networks and layers that the "
                "usual reading asks.",
                88,
            ),
            lambda view, work: (f"{_work_per_answer(view, work):,}", ""),
            _work_per_answer,
        ),
        Number(
            Column(
                "judging",
                ("time per", "digit"),
                "Measured: judging up to 1,000 test digits together, the fastest of seven tries, "
                "divided by their number.",
                86,
            ),
            _judging_time,
            lambda _, work: work.judging_seconds or None,
        ),
        Number(
            Column(
                "training",
                ("training", "time"),
                "Seconds spent learning; measuring is not counted, nor is a trunk that was "
                "trained before.",
                80,
            ),
            _training_time,
            lambda _, work: work.position.seconds if work.learned else None,
        ),
        Number(
            Column(
                "difference",
                ("against", "baseline"),
                "How much more accurate than the baseline in percentage points, and the exact p "
                "of McNemar's test. Click a row here to make its design the baseline.",
                104,
            ),
            _difference,
            _difference_value,
            largest_first=True,
        ),
    )
}


def origin_of(work: Work, digits: ShownDigits, film: bool, altered: bool) -> str:
    """Where its network comes from, in a few words; `film`, `altered`: it is shown as it was at
    a moment of its film, with operations on its neurons."""
    epochs = work.position.examples / work.epoch_length(digits)
    if film or altered:
        told = [f"film, epoch {epochs:.{2 if epochs < 2 else 1}f}"] if film else []
        return ", ".join([*told, *(["altered"] if altered else [])])
    if not work.learned:
        return "random start"
    if work.opened is None:
        return f"{work.title}, epoch {epochs:.1f}"
    elsewhere = f", {work.opened.digits}" if work.opened.digits != digits.name else ""
    return f"{'shipped' if work.shipped else work.title}{elsewhere}"


def origins_in_words(view: DesignsSeen) -> str:
    """The sentence below the table: who learned from what, and what is tested here."""
    digits, told = view.digits, []
    opened = {
        (work.shipped, found.trained_on, found.digits, found.left_out)
        for work in view.representatives.values()
        if (found := work.opened) is not None
    }
    for shipped, count, name, left_out in sorted(opened):
        who = "Shipped networks" if shipped else "Files"
        unseen = ", none of these" if left_out == digits.name else ""
        told.append(f"{who} learned from {count:,} {name} digits{unseen}.")
    tested = f"Tested on {len(digits.labels):,} {digits.name} digits."
    return " ".join((tested, *told))
