"""The figures of a study's table, as views."""

from dataclasses import replace
from typing import TYPE_CHECKING

from nnviz.data.specimens import KINDS
from nnviz.study.plan import Condition
from nnviz.study.saying import (
    condition_in_short,
    condition_in_words,
    decimals_of,
    points,
    verdict_in_words,
)
from nnviz.ui.study import figure_words as words
from nnviz.ui.study.accuracy_figure import AccuracyView, Amount, Reached, SchemeCurve
from nnviz.ui.study.lanes_figure import Lane, LanesView
from nnviz.words import percent, signed

if TYPE_CHECKING:  # scipy, which the table is worked out with, takes its time
    from nnviz.study.lines import ComparisonLine, SchemeLine
    from nnviz.study.statistics import Interval
    from nnviz.study.table import Table

CALLED = "called:"
"""What figures of the measure `called` begin with."""


def accuracy_view(table: "Table", title: str = "") -> AccuracyView | None:
    """What each scheme reached against how much it learned from; None of fewer than two
    conditions, which `reached_view` shows."""
    conditions = table.conditions
    if len(conditions) < 2:
        return None
    lines = {(line.scheme, line.condition): line for line in table.schemes}
    curves = []
    for style, entry in enumerate(table.study.schemes):
        found = [
            (place, lines[entry.name, each.word])
            for place, each in enumerate(conditions)
            if (entry.name, each.word) in lines
        ]
        reached = tuple(
            Reached(place, line.spread.mean, line.spread.interval, line.values)
            for place, line in found
        )
        if reached:
            curves.append(SchemeCurve(entry.name, style, reached))
    learned = {line.condition: line.learned for line in table.schemes}
    return AccuracyView(
        tuple(_amount(each, learned[each.word]) for each in conditions),
        tuple(curves),
        words.CALLED_AXIS if table.study.measure == "called" else words.ACCURACY_AXIS,
        words.COUNT_AXIS if conditions[0].count else words.SHARE_AXIS,
        title,
    )


def reached_view(table: "Table", condition: Condition, title: str = "") -> LanesView:
    """What each scheme reached under a condition; the keys of its lanes are (scheme, word of the
    condition)."""
    styles = _styles(table)
    lanes = [
        _reached(line, styles[line.scheme], condition)
        for line in table.schemes
        if line.condition == condition.word
    ]
    called = table.study.measure == "called"
    axis = words.CALLED_AXIS if called else words.ACCURACY_AXIS
    return LanesView(tuple(lanes), axis, title)


def difference_view(
    table: "Table", under: Condition | None = None, effects: bool = False
) -> LanesView:
    """The paired differences of the plan under a condition, else under all of them, each named;
    the keys of its lanes are (first, second, word of the condition). `effects`: each with its
    d, the difference in units of what the trials of both differ by."""
    styles = _styles(table)
    shown = {each.word: each for each in ((under,) if under else table.study.conditions)}
    lanes = [
        _difference(line, styles[line.first], shown[line.condition], table.study.measure, effects)
        for line in table.comparisons
        if line.condition in shown
    ]
    if len(shown) == 1 and not effects:
        # each is as high as its words: how often it is ahead, the dots tell as well
        lanes = [replace(lane, under=lane.under[:1], beside=lane.beside[:2]) for lane in lanes]
    return LanesView(tuple(lanes), words.DIFFERENCE_AXIS, points=True)


def called_view(table: "Table", condition: Condition, title: str = "") -> LanesView | None:
    """What share of each kind of image is called one of the classes in question, by each scheme;
    None of a study that does not measure it. The keys of its lanes are (scheme, kind)."""
    if table.study.measure != "called":
        return None
    styles = _styles(table)
    lines = [line for line in table.schemes if line.condition == condition.word]
    kinds = list(dict.fromkeys(name for line in lines for name in line.figures))
    lanes = [
        _called(line, kind.removeprefix(CALLED), styles[line.scheme])
        for kind in kinds
        for line in lines
        if kind.startswith(CALLED) and kind in line.figures
    ]
    return LanesView(tuple(lanes), words.CALLED_AXIS, title, bars=True)


def _styles(table: "Table") -> dict[str, int]:
    """Scheme -> the number of its line style, the same in all figures."""
    return {entry.name: style for style, entry in enumerate(table.study.schemes)}


def _amount(condition: Condition, learned: int) -> Amount:
    return Amount(
        condition.count or condition.share,
        condition_in_short(condition),
        words.images(learned),
        condition_in_words(condition),
    )


def _reached(line: "SchemeLine", style: int, condition: Condition) -> Lane:
    spread = line.spread
    where, places = condition_in_words(condition), decimals_of(spread)
    mean = percent(spread.mean, places)
    return Lane(
        (line.scheme, line.condition),
        line.scheme,
        (),
        spread.mean,
        spread.interval,
        line.values,
        (mean, words.trials(spread.trials)),
        words.reached(line.scheme, where, mean, _shares(spread.interval, places), spread.trials),
        style,
    )


def _difference(
    line: "ComparisonLine", style: int, condition: Condition, measure: str, effects: bool
) -> Lane:
    paired, spread = line.paired, line.paired.spread
    ends, places = spread.interval, decimals_of(spread)
    interval = None if ends is None else (points(ends[0], places), points(ends[1], places))
    ahead = words.better_in(paired.ahead, spread.trials)
    where, mean = condition_in_words(condition), points(spread.mean, places)
    said = verdict_in_words(line, measure), ahead
    verdict = words.SHORT.get(line.verdict, said[0])
    under: tuple[str, ...] = (words.learned_from(condition),)
    beside: tuple[str, ...] = (mean, verdict, ahead)
    if effects:
        effect = paired.d_pooled
        told = mean if effect is None else words.with_effect(mean, signed(effect.d, 1))
        under, beside = (), (told, verdict)
    return Lane(
        (line.first, line.second, line.condition),
        line.first,
        (words.minus(line.second), *under),
        spread.mean,
        ends,
        paired.differences,
        beside,
        words.differs(words.against(line.first, line.second), where, mean, interval, said),
        style,
        words.against(line.first, line.second),
    )


def _called(line: "SchemeLine", kind: str, style: int) -> Lane:
    spread = line.figures[CALLED + kind]
    known, places = KINDS.get(kind), decimals_of(spread)
    mean = percent(spread.mean, places)
    asked = words.class_asked(kind) if known is None else known.label
    return Lane(
        (line.scheme, kind),
        asked,
        (line.scheme,),
        spread.mean,
        spread.interval,
        (),
        (mean, words.trials(spread.trials)),
        words.reached(line.scheme, asked, mean, _shares(spread.interval, places), spread.trials),
        style,
    )


def _shares(interval: "Interval | None", places: int) -> tuple[str, str] | None:
    return (
        None if interval is None else (percent(interval[0], places), percent(interval[1], places))
    )
