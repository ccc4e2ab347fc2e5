"""The numbers of a study's table: one line for each scheme and one for each comparison, under each
condition."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnviz.questions.comparison import SIGNIFICANT
from nnviz.study.plan import Comparison, Study
from nnviz.study.rows import Outcome, Row
from nnviz.study.statistics import (
    Paired,
    PerTrial,
    Spread,
    holm_over_plan,
    paired_of,
    per_trial,
    spread_of,
    trials_for,
)

BETTER, WORSE, NONE, FEW = "better", "worse", "none", "few"
"""The verdicts on a comparison"""
FEWEST_TRIALS = 6
"""Of fewer no test that takes no distribution for granted can say anything: six differences with
one sign have p = 2 / 2^6 = 0.031, five 0.0625"""
WIDEST_REACH = 0.02
"""A difference counts as looked for, and not found, where its interval holds 0 and reaches no
farther than this to either side of its mean: 2 percentage points"""


@dataclass(frozen=True)
class SchemeLine:
    """What one scheme reached under one condition."""

    scheme: str
    condition: str
    """See `Condition.word`"""
    learned: int
    """Training images"""
    trials: tuple[int, ...]
    """Their numbers, in order"""
    values: tuple[float, ...]
    """(trials,): accuracy, or under the measure `called` the fraction called so"""
    spread: Spread
    """Of the values"""
    class_errors: tuple[float, ...]
    """(classes,): the fraction of test images of each class that was answered wrongly, mean over
    trials"""
    figures: Mapping[str, Spread]
    """Others, by name"""
    seconds: float
    """This and all below: means over trials of what `Outcome` has"""
    updates: float
    sub_updates: float
    models: float
    parameters: float
    multiply_adds: float


@dataclass(frozen=True)
class ComparisonLine:
    """How two schemes differ under one condition."""

    first: str
    second: str
    condition: str
    """See `Condition.word`"""
    trials: tuple[int, ...]
    """Numbers of the trials that both have"""
    paired: Paired
    per_trial: PerTrial | None
    """None where right and wrong are not what is measured"""
    holm: float | None = None
    """p after Holm's correction for all comparisons of the plan under all conditions"""

    @property
    def verdict(self) -> str:
        """BETTER or WORSE where the corrected p is below SIGNIFICANT; NONE where it is not and the
        interval is narrow and holds 0: a difference that one comparison alone would have found is
        not called none; else, and of fewer than FEWEST_TRIALS, FEW."""
        spread = self.paired.spread
        if spread.trials < FEWEST_TRIALS:
            return FEW
        if self.holm is not None and self.holm < SIGNIFICANT:
            return BETTER if spread.mean > 0 else WORSE
        return NONE if self._narrow and self._holds_zero else FEW

    @property
    def wanted(self) -> int:
        """How many trials would make the interval reach no farther than WIDEST_REACH; 0 where it
        is so, or nobody knows."""
        deviation = self.paired.spread.deviation
        if self._narrow or not deviation:
            return 0
        return max(FEWEST_TRIALS, trials_for(deviation, WIDEST_REACH))

    @property
    def _holds_zero(self) -> bool:
        low, high = self.paired.spread.interval or (0.0, 0.0)
        return low <= 0 <= high

    @property
    def _narrow(self) -> bool:
        spread = self.paired.spread
        if spread.interval is None:
            return spread.alike and spread.mean == 0
        return spread.interval[1] - spread.mean <= WIDEST_REACH


def scheme_lines(study: Study, rows: Sequence[Row]) -> tuple[SchemeLine, ...]:
    """A line for each scheme under each condition that a trial has ended of, conditions first."""
    found = (
        _scheme_line(entry.name, condition.word, rows)
        for condition in study.conditions
        for entry in study.schemes
    )
    return tuple(line for line in found if line is not None)


def comparison_lines(study: Study, rows: Sequence[Row]) -> tuple[ComparisonLine, ...]:
    """A line for each comparison under each condition that a trial has ended of, conditions first;
    Holm's correction is for all there will be."""
    right = study.measure == "accuracy"
    places = [
        (comparison, condition.word)
        for condition in study.conditions
        for comparison in study.comparisons
    ]
    found = [_comparison_line(comparison, word, rows, right) for comparison, word in places]
    corrected = holm_over_plan([None if line is None else line.paired.p for line in found])
    return tuple(
        replace(line, holm=p) for line, p in zip(found, corrected, strict=True) if line is not None
    )


def in_order(rows: Sequence[Row]) -> list[Row]:
    """By trial; of one that was done twice the first that came."""
    kept: dict[tuple[str, int], Row] = {}
    for row in rows:
        kept.setdefault((row.condition, row.trial), row)
    return sorted(kept.values(), key=lambda row: row.trial)


def _scheme_line(scheme: str, condition: str, rows: Sequence[Row]) -> SchemeLine | None:
    chosen = [row for row in rows if row.condition == condition and scheme in row.outcomes]
    if not chosen:
        return None
    outcomes = [row.outcomes[scheme] for row in chosen]
    values = tuple(float(each.accuracy) for each in outcomes)

    def mean(of: Callable[[Outcome], float]) -> float:
        return float(np.mean([of(each) for each in outcomes]))

    return SchemeLine(
        scheme,
        condition,
        chosen[0].learned,
        tuple(row.trial for row in chosen),
        values,
        spread_of(values),
        _class_errors(outcomes),
        _figures(outcomes),
        mean(lambda each: each.seconds),
        mean(lambda each: each.updates),
        mean(lambda each: each.sub_updates),
        mean(lambda each: each.models),
        mean(lambda each: each.parameters),
        mean(lambda each: each.multiply_adds),
    )


def _class_errors(outcomes: Sequence[Outcome]) -> tuple[float, ...]:
    asked = np.array([each.tested for each in outcomes], np.float64)
    wrong = np.array([each.errors for each in outcomes], np.float64)
    shares = np.divide(wrong, asked, out=np.zeros_like(wrong), where=asked > 0)
    return tuple(shares.mean(axis=0).tolist())


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Spread]:
    names = list(dict.fromkeys(name for each in outcomes for name in each.figures))
    return {
        name: spread_of([each.figures[name] for each in outcomes if name in each.figures])
        for name in names
    }


def _comparison_line(
    comparison: Comparison, condition: str, rows: Sequence[Row], right: bool
) -> ComparisonLine | None:
    first, second = comparison.first, comparison.second
    chosen = [
        row for row in rows if row.condition == condition and {first, second} <= row.outcomes.keys()
    ]
    if not chosen:
        return None
    ones = [row.outcomes[first] for row in chosen]
    others = [row.outcomes[second] for row in chosen]
    return ComparisonLine(
        first,
        second,
        condition,
        tuple(row.trial for row in chosen),
        paired_of([each.accuracy for each in ones], [each.accuracy for each in others]),
        per_trial([each.right_images for each in ones], [each.right_images for each in others])
        if right
        else None,
    )
