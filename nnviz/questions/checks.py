"""What can go wrong with learning: when it does, what is said of it, and one thing to try.

A new check is one entry of `CHECKS`. Each looks at figures that were measured, and at nothing else.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from nnviz.networks.costs import by_heads, costs_of_sums
from nnviz.networks.curves import Point
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.settings import ACTIVATIONS, PRESETS, SETTINGS, Settings
from nnviz.questions.checkup import CheckedUp
from nnviz.verdicts.verdict import bit_names
from nnviz.words import listed, number, percent, plain, sentences, tr, tr_n

BUNDLED = "bundled"
"""The digits that come with the program, of which there are few."""
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
MOST_NAMED = 3
"""Outputs that are named; of more, how many they are."""
RATE_TO_LAMBDA = 6_000
"""Digits for each unit of weight decay, as the setting itself proposes."""


@dataclass(frozen=True)
class Course:
    """A run up to a moment, as far as it was measured."""

    settings: Settings
    names: tuple[str, ...]
    """Of the classes"""
    data: str
    """Name of the digits it learns from"""
    taught: int
    """Training digits in one epoch"""
    tested: int
    """Test digits; 0 where they are of another kind than the training digits"""
    points: tuple[Point, ...]
    """Of its curves"""
    found: CheckedUp | None = None
    """What was found at the last moment that was looked at"""
    diverged: bool = False
    """Whether its weights are no longer numbers"""

    @property
    def first(self) -> Point | None:
        """The start, where it was measured."""
        first = self.points[0] if self.points else None
        return first if first is not None and not first.examples else None

    @property
    def layout(self) -> Layout:
        """What the outputs mean."""
        return layout_of(self.settings, len(self.names))

    @property
    def usual_rate(self) -> float:
        """The learning rate that suits the cost, and the start where a preset has both."""
        settings = self.settings
        for preset in PRESETS.values():
            named = Settings().change(**preset.changes)
            same = ("design", "cost", "initial", "activation", "nonnegative")
            if all(getattr(named, each) == getattr(settings, each) for each in same):
                return named.rate
        return DESIGNS[settings.design].costs[settings.cost]

    @property
    def since(self) -> int:
        """Digits seen when it was last looked at."""
        return self.found.examples if self.found is not None else 0


@dataclass(frozen=True)
class Try:
    """One thing to try, and why."""

    why: str
    setting: str = ""
    """A key of SETTINGS; "" for other digits."""
    value: float | str = ""

    @property
    def label(self) -> str:
        """On a button."""
        return _LABELS[self.setting](self.value)

    @property
    def what(self) -> str:
        """The setting and its new value, in full; "" for other digits."""
        if not self.setting:
            return ""
        setting, value = SETTINGS[self.setting], self.value
        shown = setting.choices.get(str(value)) or (
            plain(float(value)) if value or not setting.zero else setting.zero
        )
        return tr("{setting}: {value}.", setting=setting.label, value=shown)

    @property
    def option(self) -> str:
        """On a command line."""
        if not self.setting:
            return "--digits mnist"
        value = self.value if isinstance(self.value, str) else f"{self.value:g}"
        return f"--{self.setting} {value}"


_STARTS = {
    "scaled": tr("Try a smaller start"),
    "tiny": tr("Try a tiny start"),
    "faint": tr("Try a faint start"),
}
"""Initial weights -> the same"""
_LABELS: Mapping[str, Callable[[float | str], str]] = {
    "": lambda _: tr("Try MNIST"),
    "rate": lambda value: tr("Try rate {rate}", rate=plain(float(value))),
    "batch": lambda value: tr("Try batches of {size}", size=plain(float(value))),
    "decay": lambda value: (
        tr("Try decay {decay}", decay=plain(float(value))) if value else tr("Try no decay")
    ),
    "initial": lambda value: _STARTS[str(value)],
    "activation": lambda value: tr("Try {kind}", kind=ACTIVATIONS[str(value)]),
    "images": lambda _: tr("Try all digits"),
    "seed": lambda value: tr("Try seed {seed}", seed=plain(float(value))),
}
"""Setting -> what a button says that changes it."""


@dataclass(frozen=True)
class Check:
    """One thing that can go wrong."""

    help: str
    """What it means, without figures."""
    holds: Callable[[Course], bool]
    title: Callable[[Course], str]
    """In a few words"""
    said: Callable[[Course], str]
    """As a sentence, with the figures behind it"""
    tried: Callable[[Course], Try]
    covers: tuple[str, ...] = ()
    """Checks that say nothing more beside it: keys of CHECKS"""


@dataclass(frozen=True)
class Finding:
    """A check that holds."""

    key: str
    """Of CHECKS"""
    title: str
    said: str
    tried: Try

    @property
    def explained(self) -> str:
        """What was found, and what is probably behind it."""
        return sentences(self.said, self.tried.why)

    @property
    def option_to_try(self) -> str:
        """What to try on a command line."""
        return tr("Try {option}.", option=self.tried.option)

    @property
    def in_a_line(self) -> str:
        """All of it, as commands say it."""
        return sentences(self.explained, self.option_to_try)


def findings(course: Course) -> tuple[Finding, ...]:
    """What goes wrong with a run, the worst first."""
    holding = {key: check for key, check in CHECKS.items() if check.holds(course)}
    covered = {key for check in holding.values() for key in check.covers}
    return tuple(
        Finding(key, check.title(course), check.said(course), check.tried(course))
        for key, check in holding.items()
        if key not in covered
    )


# ---- diverged ------------------------------------------------------------------------


def _diverges(course: Course) -> bool:
    first = course.first
    if course.diverged or first is None:
        return course.diverged
    cost = course.points[-1].train_cost
    return not math.isfinite(cost) or cost > GROWN * first.train_cost


def _diverges_said(course: Course) -> str:
    first = course.first
    if course.diverged or first is None:
        return tr("The weights grew beyond all bounds.")
    return tr(
        "The cost grew from {first} at the start to {last}.",
        first=number(first.train_cost, 2),
        last=number(course.points[-1].train_cost, 2),
    )


def _slower(course: Course) -> Try:
    """A lower rate; where the decay alone turns weights over, none of that."""
    settings = course.settings
    if settings.rate * settings.decay / max(1, course.taught) > 1:
        return Try(tr("The weight decay is too large for this learning rate."), "decay", 0.0)
    usual, rate = course.usual_rate, settings.rate
    lower = usual if rate > usual else _rounded(rate / 10)
    if lower == rate:
        return _by_chance(settings)
    return Try(tr("The learning rate is probably too high."), "rate", lower)


def _by_chance(settings: Settings) -> Try:
    """Another random start."""
    why = tr("It began where learning hardly moves it; another start may not.")
    return Try(why, "seed", settings.seed + 1)


def _rounded(rate: float) -> float:
    """To one digit, and within what the setting allows."""
    low, high = SETTINGS["rate"].low, SETTINGS["rate"].high
    return min(high, max(low, float(f"{rate:.1g}")))


# ---- what the outputs say ------------------------------------------------------------


def _near_zero(course: Course) -> bool:
    found = course.found
    waited = found is not None and found.examples >= min(SOON, course.taught)
    return waited and found is not None and found.near_zero > MOST_SILENT


def _near_zero_said(course: Course) -> str:
    found = _found(course)
    return tr(
        "All outputs stay near 0: for {share} of {digits} training digits none reaches {faint}.",
        share=percent(found.near_zero, 0),
        digits=found.digits,
        faint=plain(found.faint, 2),
    )


def _slower_or_smaller(course: Course) -> Try:
    """A lower rate where it is high, else a smaller start where that is large."""
    if course.settings.rate <= course.usual_rate and course.settings.initial == "normal":
        return _smaller_start(course)
    return _slower(course)


def _smaller_start(course: Course) -> Try:
    """The next smaller one with which the hidden layer still learns well."""
    relu = course.settings.activation == "relu"
    smaller = "scaled" if course.settings.initial == "normal" else "tiny" if relu else "faint"
    return Try(tr("The initial weights are probably too large."), "initial", smaller)


def _stuck(course: Course) -> tuple[int, ...]:
    """Outputs that should fire for some digits and never do; of those that decide between two
    classes also those that always do, which is the same of the other class."""
    found = course.found
    if found is None or found.examples < SOON:
        return ()
    both = sorted({*found.never, *found.always})
    return tuple(both) if _decides(course.layout) else found.never


def _decides(layout: Layout) -> bool:
    """Whether each output decides between two classes."""
    return layout.has_pairs and not layout.one_hot and not layout.heads


def _never(course: Course) -> bool:
    return bool(_stuck(course))


def _never_title(course: Course) -> str:
    stuck, names = _stuck(course), _named(course, _stuck(course))
    if _decides(course.layout):
        if not names:
            return tr_n(
                "{count} network always says the same",
                "{count} networks always say the same",
                len(stuck),
            )
        return tr("Always the same answer: {names}", names=listed(names))
    if not names:
        return tr_n("{count} output never fires", "{count} outputs never fire", len(stuck))
    if len(names) == 1:
        return tr("Output {name} never fires", name=names[0])
    return tr("Outputs {names} never fire", names=listed(names))


def _never_said(course: Course) -> str:
    found, title = _found(course), _never_title(course)
    if _decides(course.layout):
        return tr(
            "{what}, whichever of the two it is, for {digits} training digits.",
            what=title,
            digits=found.digits,
        )
    return tr(
        "{what}: training digits that should make it fire bring it to {most} at most ({digits} "
        "were looked at).",
        what=title,
        most=plain(found.most, 1),
        digits=found.digits,
    )


def _always(course: Course) -> bool:
    found = course.found
    waited = found is not None and found.examples >= SOON
    return waited and found is not None and bool(found.always) and not _decides(course.layout)


def _always_title(course: Course) -> str:
    always = _found(course).always
    names = _named(course, always)
    if len(names) == 1:
        return tr("Output {name} always fires", name=names[0])
    if names:
        return tr("Outputs {names} always fire", names=listed(names))
    return tr_n("{count} output always fires", "{count} outputs always fire", len(always))


def _always_said(course: Course) -> str:
    return tr(
        "{what}: training digits that should silence it bring it to {least} at least ({digits} "
        "were looked at).",
        what=_always_title(course),
        least=plain(_found(course).least, 3),
        digits=_found(course).digits,
    )


def _another_start(course: Course) -> Try:
    """What frees outputs: a smaller start or a lower rate where these are large, else chance."""
    settings = course.settings
    if settings.initial == "normal":
        return _smaller_start(course)
    if settings.rate > course.usual_rate:
        return _slower(course)
    return _by_chance(settings)


def _named(course: Course, outputs: Sequence[int]) -> list[str]:
    """What outputs are called, unless they are many."""
    layout, names = course.layout, course.names
    if len(outputs) > MOST_NAMED or layout.heads:
        return []
    if layout.has_bits and not layout.one_hot:
        bits = bit_names(layout.table)
        return [bits[each] for each in outputs]
    if _decides(layout):
        pairs = [(int(row.argmax()), int(row.argmin())) for row in layout.table[list(outputs)]]
        return [tr("{one} or {other}", one=names[a], other=names[b]) for a, b in pairs]
    own = [names[int(layout.table[each].argmax())] for each in outputs]
    if len(layout.table) == layout.classes:
        return own
    numbers = [int(layout.networks[each]) + 1 for each in outputs]
    return [
        tr("{name} of network {number}", name=name, number=each)
        for name, each in zip(own, numbers, strict=True)
    ]


# ---- hidden neurons ------------------------------------------------------------------


def _dead(course: Course) -> bool:
    found = course.found
    waited = found is not None and found.examples >= min(SOON, course.taught)
    own = course.settings.trunk == "scratch"  # others are not this run's doing
    return waited and own and found is not None and found.asleep > 0


def _dead_title(course: Course) -> str:
    found = _found(course)
    return tr_n(
        "{count} of {neurons} hidden neurons dead",
        "{count} of {neurons} hidden neurons dead",
        found.asleep,
        neurons=found.neurons,
    )


def _dead_said(course: Course) -> str:
    found = _found(course)
    said = tr_n(
        "{count} of {neurons} hidden neurons is dead: silent or saturated, and always the same, "
        "for all {digits} training digits looked at.",
        "{count} of {neurons} hidden neurons are dead: silent or saturated, and always the same, "
        "for all {digits} training digits looked at.",
        found.asleep,
        neurons=found.neurons,
        digits=found.digits,
    )
    networks = course.layout.network_count
    if networks == 1:
        return said
    within = tr_n(
        "They are in {count} of {networks} networks.",
        "They are in {count} of {networks} networks.",
        found.networks_asleep,
        networks=networks,
    )
    return sentences(said, within)


def _awake(course: Course) -> Try:
    settings = course.settings
    if settings.rate > course.usual_rate:
        return _slower(course)
    if settings.activation == "relu":
        why = tr("A ReLU that no digit makes fire learns nothing any more.")
        return Try(why, "activation", "tanh")
    return _slower_or_smaller(course)


def _noise(course: Course) -> bool:
    found = course.found
    if found is None or found.start is None:
        return False
    seen = found.examples
    if seen >= LATER and found.start > STILL_START:
        return True
    return seen >= SOON and found.start > MOSTLY_START


def _noise_said(course: Course) -> str:
    return tr(
        "The weight images are still noise: {share} of what they show is their random start.",
        share=percent(_found(course).start or 0.0, 0),
    )


def _smaller_or_faster(course: Course) -> Try:
    """A start of which nothing is to be seen, unless learning is only too slow to cover it."""
    settings = course.settings
    faintest = "tiny" if settings.activation == "relu" else "faint"
    slow = settings.initial != "normal" and settings.rate < course.usual_rate
    if slow or settings.initial == faintest:
        return _faster(course)
    return replace(_smaller_start(course), value=faintest)


# ---- the curves ----------------------------------------------------------------------


def _flat(course: Course) -> bool:
    first, last = course.first, course.points[-1] if course.points else None
    if first is None or last is None or last.examples < SOON:
        return False
    nothing = min(first.train_cost, cost_of_nothing(course.layout, course.settings.cost))
    guessed = last.train_accuracy < GUESSED / len(course.names)
    return guessed and last.train_cost > LEARNS_NOTHING * nothing


@lru_cache(maxsize=32)
def cost_of_nothing(layout: Layout, cost: str) -> float:
    """The cost per digit of who knows how often each output should fire, and nothing of the
    digits; infinite for heads of sets of classes, which is never less than any start."""
    if by_heads(layout, cost):
        return math.inf
    asked = layout.asked.sum(axis=1)
    share = np.clip((layout.table > 0).sum(axis=1) / np.maximum(1, asked), 1e-6, 1 - 1e-6)
    sums = np.log(share / (1 - share)) if cost != "softmax" else np.zeros(len(share))
    labels = np.arange(layout.classes, dtype=np.uint8)
    known = np.tile(sums, (layout.classes, 1)).astype(np.float32)
    return float(costs_of_sums(known, layout, cost, labels).mean())


def _flat_said(course: Course) -> str:
    first, last = course.points[0], course.points[-1]
    return tr(
        "Hardly anything is learned: after {digits} digits the cost, {first} at the start, is "
        "{last}, and {share} of the training digits are read right.",
        digits=last.examples,
        first=number(first.train_cost, 2),
        last=number(last.train_cost, 2),
        share=percent(last.train_accuracy, 0),
    )


def _faster(course: Course) -> Try:
    settings, usual = course.settings, course.usual_rate
    why = tr("The learning rate is probably too low.")
    if settings.rate < usual:
        return Try(why, "rate", usual)
    if settings.batch > Settings().batch:
        return Try(tr("Large batches make few steps."), "batch", Settings().batch)
    if settings.rate > usual or settings.initial == "normal":
        return _slower_or_smaller(course)
    return Try(why, "rate", _rounded(10 * settings.rate))


def _gap(course: Course) -> bool:
    last = course.points[-1] if course.points else None
    if last is None or not last.examples or not course.tested:
        return False
    taught, tested = last.train_accuracy, last.test_accuracy
    numbers = last.taught or course.taught, last.tested or course.tested
    error = math.hypot(
        *(math.sqrt(p * (1 - p) / n) for p, n in zip((taught, tested), numbers, strict=True))
    )
    return taught - tested > max(GAP, SURE * error)


def _gap_said(course: Course) -> str:
    last = course.points[-1]
    return tr(
        "It knows its training digits ({taught} read right) far better than the test digits "
        "({tested}).",
        taught=percent(last.train_accuracy),
        tested=percent(last.test_accuracy),
    )


def _more(course: Course) -> Try:
    why = tr("There are too few training digits to know others by.")
    if course.settings.images:
        return Try(why, "images", 0)
    if course.data == BUNDLED:
        return Try(why)
    decay = float(f"{course.taught / RATE_TO_LAMBDA:.1g}")
    if not course.settings.decay:
        return Try(why, "decay", max(SETTINGS["decay"].low, decay))
    return Try(why, "decay", min(SETTINGS["decay"].high, 3 * course.settings.decay))


def _found(course: Course) -> CheckedUp:
    """What was found, where a check holds that says something of it."""
    assert course.found is not None
    return course.found


@dataclass(frozen=True)
class _Titled:
    """A title that has no figures."""

    title: str = field(default="")

    def __call__(self, _course: Course) -> str:
        return self.title


OF_OUTPUTS = "output-never-fires", "output-always-fires"
CHECKS: Mapping[str, Check] = {
    "diverged": Check(
        tr("The weights are no longer numbers, or the cost grows above that of the start."),
        _diverges,
        _Titled(tr("Learning diverges")),
        _diverges_said,
        _slower,
        (
            "outputs-near-zero",
            "dead-neurons",
            "loss-flat",
            *OF_OUTPUTS,
            "weights-noise",
            "few-digits",
        ),
    ),
    "outputs-near-zero": Check(
        tr("For most digits no output fires at all."),
        _near_zero,
        _Titled(tr("All outputs near 0")),
        _near_zero_said,
        _slower_or_smaller,
        ("loss-flat", *OF_OUTPUTS, "weights-noise"),
    ),
    "loss-flat": Check(
        tr("The cost is hardly lower than that of knowing nothing, and so are the answers."),
        _flat,
        _Titled(tr("Hardly anything learned")),
        _flat_said,
        _faster,
        (*OF_OUTPUTS, "weights-noise"),
    ),
    "dead-neurons": Check(
        tr("Hidden neurons are at one end of their activation whatever the digit."),
        _dead,
        _dead_title,
        _dead_said,
        _awake,
    ),
    "output-never-fires": Check(
        tr("No digit that should makes the output fire."),
        _never,
        _never_title,
        _never_said,
        _another_start,
    ),
    "output-always-fires": Check(
        tr("No digit that should silences the output."),
        _always,
        _always_title,
        _always_said,
        _another_start,
    ),
    "weights-noise": Check(
        tr("What the weight images show is mostly their random start."),
        _noise,
        _Titled(tr("Weights still noise")),
        _noise_said,
        _smaller_or_faster,
    ),
    "few-digits": Check(
        tr("Training digits are read right far more often than test digits."),
        _gap,
        _Titled(tr("Learned by heart")),
        _gap_said,
        _more,
    ),
}
"""Key, as `nnviz train --json` names it -> the check; the worst first."""
