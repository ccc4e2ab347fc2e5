"""What can go wrong with learning, as a table: when it does, what is said of it, what to try.

A new check is one entry of `CHECKS`. Each looks at figures that were measured, and at nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nnviz.questions.checks import holding, saying, trying
from nnviz.questions.checks.course import Course
from nnviz.questions.checks.trying import Try
from nnviz.words import sentences, tr


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


def holding_of(course: Course) -> tuple[str, ...]:
    """The checks that hold for a run, keys of CHECKS, the worst first."""
    holds = [key for key, check in CHECKS.items() if check.holds(course)]
    covered = {key for each in holds for key in CHECKS[each].covers}
    return tuple(key for key in holds if key not in covered)


def findings(course: Course) -> tuple[Finding, ...]:
    """What goes wrong with a run, the worst first."""
    return tuple(finding_of(key, course) for key in holding_of(course))


def finding_of(key: str, course: Course) -> Finding:
    """What is said where a check holds."""
    check = CHECKS[key]
    return Finding(key, check.title(course), check.said(course), check.tried(course))


@dataclass(frozen=True)
class _Titled:
    """A title that has no figures."""

    title: str

    def __call__(self, _course: Course) -> str:
        return self.title


OF_OUTPUTS = "output-never-fires", "output-always-fires"
CHECKS: Mapping[str, Check] = {
    "diverged": Check(
        tr("The weights are no longer numbers, or the cost grows above that of the start."),
        holding.diverges,
        _Titled(tr("Learning diverges")),
        saying.diverges_said,
        trying.slower,
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
        tr("For most digits all outputs are near 0."),
        holding.near_zero,
        _Titled(tr("All outputs near 0")),
        saying.near_zero_said,
        trying.slower_or_smaller,
        ("loss-flat", *OF_OUTPUTS, "weights-noise"),
    ),
    "loss-flat": Check(
        tr("The cost is hardly lower than that of knowing nothing, and so are the answers."),
        holding.flat,
        _Titled(tr("Hardly anything learned")),
        saying.flat_said,
        trying.faster,
        (*OF_OUTPUTS, "weights-noise"),
    ),
    "dead-neurons": Check(
        tr("Hidden neurons are at one end of their activation whatever the digit."),
        holding.dead,
        saying.dead_title,
        saying.dead_said,
        trying.awake,
    ),
    "output-never-fires": Check(
        tr("An output stays all but silent for every digit that should make it fire."),
        holding.never,
        saying.never_title,
        saying.never_said,
        trying.another_start,
    ),
    "output-always-fires": Check(
        tr("An output fires for every digit that should silence it."),
        holding.always,
        saying.always_title,
        saying.always_said,
        trying.another_start,
    ),
    "weights-noise": Check(
        tr("What the weight images show is mostly their random start."),
        holding.noise,
        _Titled(tr("Weights still noise")),
        saying.noise_said,
        trying.smaller_or_faster,
    ),
    "few-digits": Check(
        tr("Training digits are read right far more often than test digits."),
        holding.gap,
        _Titled(tr("Learned by heart")),
        saying.gap_said,
        trying.more,
    ),
}
"""Key, as `nnviz train --json` names it -> the check; the worst first."""
