"""One thing to try against what goes wrong: another value of a setting, and why."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nnviz.networks.settings import ACTIVATIONS, SETTINGS, Settings
from nnviz.networks.settings_line import written
from nnviz.questions.checks.course import Course
from nnviz.words import plain, tr

BUNDLED, MNIST = "bundled", "mnist"
"""The digits that come with the program, of which there are few, and what they are from."""
DIGITS = "digits"
"""In the place of a setting: other digits."""
DIGITS_PER_DECAY = 6_000
"""Digits for each unit of weight decay, as the setting itself proposes."""


@dataclass(frozen=True)
class Try:
    """One thing to try, and why."""

    why: str
    setting: str
    """A key of SETTINGS, or DIGITS."""
    value: float | str

    @property
    def label(self) -> str:
        """On a button."""
        return _LABELS[self.setting](self.value)

    @property
    def what(self) -> str:
        """The setting and its new value, in full; "" for other digits."""
        if self.setting == DIGITS:
            return ""
        setting, value = SETTINGS[self.setting], self.value
        shown = setting.choices.get(str(value)) or (
            plain(float(value)) if value or not setting.zero else setting.zero
        )
        return tr("{setting}: {value}.", setting=setting.label, value=shown)

    @property
    def option(self) -> str:
        """On a command line."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return f"--{self.setting} {written(value)}"


_STARTS = {
    "scaled": tr("Try a smaller start"),
    "tiny": tr("Try a tiny start"),
    "faint": tr("Try a faint start"),
}
"""Initial weights -> the same"""
_LABELS: Mapping[str, Callable[[float | str], str]] = {
    DIGITS: lambda _: tr("Try MNIST"),
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


def slower(course: Course) -> Try:
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


def _to_one_digit(number: float) -> float:
    return round(number, -math.floor(math.log10(number)))


def _rounded(rate: float) -> float:
    """To one digit, and within what the setting allows."""
    low, high = SETTINGS["rate"].low, SETTINGS["rate"].high
    return min(high, max(low, _to_one_digit(rate)))


def slower_or_smaller(course: Course) -> Try:
    """A lower rate where it is high, else a smaller start where that is large."""
    if course.settings.rate <= course.usual_rate and course.settings.initial == "normal":
        return _smaller_start(course)
    return slower(course)


def _smaller_start(course: Course) -> Try:
    """The next smaller one with which the hidden layer still learns well."""
    relu = course.settings.activation == "relu"
    smaller = "scaled" if course.settings.initial == "normal" else "tiny" if relu else "faint"
    return Try(tr("The initial weights are probably too large."), "initial", smaller)


def another_start(course: Course) -> Try:
    """What frees outputs: a smaller start or a lower rate where these are large, else chance."""
    settings = course.settings
    if settings.initial == "normal":
        return _smaller_start(course)
    if settings.rate > course.usual_rate:
        return slower(course)
    return _by_chance(settings)


def awake(course: Course) -> Try:
    """What keeps hidden neurons from dying."""
    settings = course.settings
    if settings.rate > course.usual_rate:
        return slower(course)
    if settings.activation == "relu":
        why = tr("A ReLU that no digit makes fire learns nothing any more.")
        return Try(why, "activation", "tanh")
    return slower_or_smaller(course)


def smaller_or_faster(course: Course) -> Try:
    """A start of which nothing is to be seen, unless learning is only too slow to cover it."""
    settings = course.settings
    faintest = "tiny" if settings.activation == "relu" else "faint"
    slow = settings.initial != "normal" and settings.rate < course.usual_rate
    if slow or settings.initial == faintest:
        return faster(course)
    return replace(_smaller_start(course), value=faintest)


def faster(course: Course) -> Try:
    """More or larger steps; where they are large already, what lets them find a way."""
    settings, usual = course.settings, course.usual_rate
    why = tr("The learning rate is probably too low.")
    if settings.rate < usual:
        return Try(why, "rate", usual)
    if settings.batch > Settings().batch:
        return Try(tr("Large batches make few steps."), "batch", Settings().batch)
    if settings.rate > usual or settings.initial == "normal":
        return slower_or_smaller(course)
    return Try(why, "rate", _rounded(10 * settings.rate))


def more(course: Course) -> Try:
    """More digits; where there are none, what keeps a network from learning them by heart."""
    why = tr("There are too few training digits to know others by.")
    if course.settings.images:
        return Try(why, "images", 0)
    if course.data == BUNDLED:
        return Try(why, DIGITS, MNIST)
    decay = _to_one_digit(course.taught / DIGITS_PER_DECAY)
    if not course.settings.decay:
        return Try(why, "decay", max(SETTINGS["decay"].low, decay))
    return Try(why, "decay", min(SETTINGS["decay"].high, 3 * course.settings.decay))
