"""The numbers of one design in the table of all designs, for the eye and for sorting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from nnviz.data.catalogue import label_of
from nnviz.data.digits import ShownDigits
from nnviz.networks.curves import Measured
from nnviz.networks.operations import Operations
from nnviz.networks.storage import BYTES_EACH, growth, separate
from nnviz.networks.taught import Taught
from nnviz.questions.comparison import Compared, Difference
from nnviz.questions.kept_activity import Operated
from nnviz.questions.learned_from import epochs_apart, epochs_in_short, why_not_compared
from nnviz.session.known import Known
from nnviz.session.state import Work
from nnviz.ui.designs import words
from nnviz.ui.kit.design_table import number_column
from nnviz.ui.kit.table import Column
from nnviz.ui.pages.estimate_words import share_of
from nnviz.ui.pages.page import MOVING
from nnviz.ui.pages.storage_words import asked, both_ways
from nnviz.verdicts.answers import answer_in_words
from nnviz.verdicts.verdict import Verdict
from nnviz.verdicts.work_per_answer import usual_multiply_adds, usual_passes
from nnviz.words import sentences


@dataclass(frozen=True)
class DesignsSeen:
    """All that the view of all designs shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    shown_label: int | None
    base: str
    """The entrant that the others are compared with."""
    sorted_by: tuple[str, bool]
    """The column, and whether its largest number comes first."""
    film: bool
    """Whether the network on screen is a moment of its film."""
    operations: Operations
    known_operated: Known[Operated] | None
    """What all test digits say with the operations in force."""
    comparison: Compared | None
    unlike: frozenset[str]
    """The entrants that cannot be compared with the baseline."""
    listed_entrants: tuple[str, ...]
    """The entrants, and in their places designs without a network."""
    labels: Mapping[str, str]
    """Design or entrant -> what it is called."""
    own_names: Mapping[str, str]
    """Entrant -> what tells it from others of its design."""
    lecturing: bool
    answer_hidden: bool
    rows: tuple[str, ...]
    """The designs that a room sees, in their order; none: all"""
    everything: bool
    """Whether columns that are seldom needed are there"""
    offered: tuple[str, ...]
    """Those that would learn anew, so that all can be compared."""
    taught: Mapping[str, Taught] = field(metadata=MOVING)
    """Entrant -> what it has learned from."""
    seen: Work = field(metadata=MOVING)
    entrants: Mapping[str, Work] = field(metadata=MOVING)
    verdicts: Mapping[str, tuple[Work, Verdict]] = field(metadata=MOVING)

    def named(self, answer: int) -> str:
        """An answer in words."""
        return answer_in_words(answer, self.digits.class_names)

    def name_of(self, work: Work) -> str:
        """The entrant that a network is, perhaps as it was at another moment."""
        found = self.entrants.items()
        return next((name for name, each in found if each.run == work.run), work.design)

    @property
    def columns(self) -> tuple[str, ...]:
        """The numbers that are shown: keys of NUMBERS."""
        if self.lecturing:
            return IN_LECTURES
        return tuple(key for key in NUMBERS if self.everything or key not in SELDOM)


IN_LECTURES, SELDOM = ("accuracy", "parameters"), ("work", "judging")
"""The numbers that a room sees, and those that stand behind *More*."""
TELLING = ("accuracy", "difference")
"""Those that say which design is better."""


@dataclass(frozen=True)
class Number:
    """A column of the table: its words and the number behind them."""

    column: Column
    words: Callable[[DesignsSeen, Work], str]
    """In one line or two."""
    value: Callable[[DesignsSeen, Work], float | None]
    """What rows are sorted by; None goes last."""
    largest_first: bool = False


def as_shown(view: DesignsSeen) -> Work:
    """The network on screen as its verdict is: a moment of its film, or altered by hand, with
    the accuracy that belongs to that."""
    seen, known = view.seen, view.known_operated
    if not view.operations:
        return seen
    if known is None:
        return replace(seen, measured=None)
    found = known.result
    return replace(seen, measured=Measured(known.examples, found.accuracy, found.answers))


def _differs(view: DesignsSeen, work: Work) -> bool:
    """Whether it is shown otherwise than it was compared with the others."""
    return work.run == view.seen.run and (view.film or bool(view.operations))


def _accuracy(view: DesignsSeen, work: Work) -> str:
    measured = work.measured
    if _differs(view, work):
        return words.shown_accuracy(measured.accuracy if measured else None, view.film)
    if measured is None:
        return words.WAITING[view.engine]
    if not measured.whole:
        return share_of(measured)
    between = view.comparison.intervals.get(view.name_of(work)) if view.comparison else None
    return words.accuracy(measured.accuracy, between)


def _work_per_answer(view: DesignsSeen, work: Work) -> int:
    layout = work.layout(view.digits.classes)
    return usual_multiply_adds(work.network, work.judged_by, layout)


def _work(view: DesignsSeen, work: Work) -> str:
    taken = usual_passes(work.network, work.judged_by, work.layout(view.digits.classes))
    return words.work(_work_per_answer(view, work), taken.heads, taken.forward)


def storage_in_words(view: DesignsSeen, work: Work) -> str:
    """What the design of a network takes, both ways to keep it, and how much of it is asked."""
    network, layout = work.network, work.layout(view.digits.classes)
    taken = usual_passes(network, work.judged_by, layout)
    parts = separate(layout, network.inputs, network.hidden).parts
    sets = 2**layout.classes if layout.heads else 0
    return sentences(
        both_ways(work.design, layout, network), asked(parts, taken.heads, taken.forward, sets)
    )


def _judging_time(view: DesignsSeen, work: Work) -> str:
    if not work.judging_seconds:
        return words.AFTER_PAUSE if view.running else words.WAITING[view.engine]
    return words.judging_time(work.judging_seconds)


def _training_time(_: DesignsSeen, work: Work) -> str:
    if not work.position.steps:
        return words.NOTHING
    return words.training_time(work.position.seconds, work.judged_by.trunk == "frozen")


def _difference_to(view: DesignsSeen, work: Work) -> Difference | None:
    """How it differs from the baseline, as far as known."""
    return view.comparison.differences.get(view.name_of(work)) if view.comparison else None


def _difference(view: DesignsSeen, work: Work) -> str:
    name = view.name_of(work)
    if name == view.base:
        return words.IS_BASELINE
    if name in view.unlike:
        return words.unlike(view.taught[name], view.taught[view.base])
    if _differs(view, work):
        return words.NOTHING
    found = _difference_to(view, work)
    if found is None:
        known = view.base in view.entrants
        return words.WAITING[view.engine] if known else words.NO_BASELINE
    return words.difference(found.accuracy, found.p)


def _difference_value(view: DesignsSeen, work: Work) -> float | None:
    found = _difference_to(view, work)
    if view.name_of(work) == view.base:
        return 0.0
    return None if found is None else found.accuracy


def epochs_told(view: DesignsSeen, name: str) -> str:
    """How many epochs an entrant learned and not as many as the baseline, in a few words; "" where
    those are the same."""
    base = view.taught.get(view.base)
    return "" if base is None else epochs_in_short(view.taught[name], base)


def besides(view: DesignsSeen, name: str, origin: str) -> str:
    """A sentence on what must be known to compare an entrant with the baseline."""
    own, base = view.taught[name], view.taught.get(view.base)
    if base is None:
        return ""
    if name in view.unlike:
        return why_not_compared(own, base, view.labels[name], view.labels[view.base])
    told = epochs_apart(own, base)
    return words.other_epochs(origin, told) if told else ""


NUMBERS: Mapping[str, Number] = {
    entry.column.key: entry
    for entry in (
        Number(
            number_column("accuracy", words.ACCURACY, words.ACCURACY_TIP, 102),
            _accuracy,
            lambda _, work: work.measured.accuracy if work.measured else None,
            largest_first=True,
        ),
        Number(
            number_column("parameters", words.PARAMETERS, words.PARAMETERS_TIP, 100),
            lambda _, work: words.parameters(
                work.network.parameters, work.network.networks, work.network.hidden
            ),
            lambda _, work: work.network.parameters,
        ),
        Number(
            number_column("storage", words.STORAGE, words.STORAGE_TIP, 76),
            lambda _, work: words.storage(
                BYTES_EACH * work.network.parameters, growth(work.design)
            ),
            lambda _, work: work.network.parameters,
        ),
        Number(
            number_column("work", words.WORK, words.WORK_TIP, 92),
            _work,
            _work_per_answer,
        ),
        Number(
            number_column("judging", words.JUDGING, words.JUDGING_TIP, 74),
            _judging_time,
            lambda _, work: work.judging_seconds or None,
        ),
        Number(
            number_column("training", words.TRAINING, words.TRAINING_TIP, 74),
            _training_time,
            lambda _, work: work.position.seconds if work.position.steps else None,
        ),
        Number(
            number_column("difference", words.AGAINST, words.AGAINST_TIP, 106),
            _difference,
            _difference_value,
            largest_first=True,
        ),
    )
}


def origins(view: DesignsSeen) -> str:
    """What is written below the table: who learned from what, and what is tested here."""
    digits = view.digits
    opened = {
        (work.shipped, found.trained_on, label_of(found.digits), found.left_out == digits.name)
        for work in view.entrants.values()
        if (found := work.opened) is not None
    }
    told = [words.trained_on(*each) for each in sorted(opened)]
    return sentences(words.tested_on(len(digits.labels), label_of(digits.name)), *told)
