"""The results of a study as two tables: what each scheme reached, and how much they differ."""

from collections.abc import Collection

from nnviz.study.lines import BETTER, FEW, WORSE, ComparisonLine, SchemeLine
from nnviz.study.plan import Condition
from nnviz.study.saying import (
    MOST_NAMED,
    between,
    condition_in_short,
    decimals_of,
    names_of_conditions,
    options_of,
    p_in_words,
    points,
    sentence_of,
    verdict_in_words,
)
from nnviz.study.table import Table
from nnviz.ui.kit.canvas import RIGHT
from nnviz.ui.kit.table import Column, Row, TableView, Words, number_cell
from nnviz.ui.study import words
from nnviz.words import number, percent, signed

IMAGES, SCHEME, MEAN, INTERVAL, TRIALS = 78, 130, 96, 146, 54
PAIR, DIFFERENCE, EFFECT, CHANCE = 140, 104, 78, 124
"""Widths of columns on the design grid"""
ROW = (30, 38)
LONGEST = 200
"""Letters of a result that have room in large type"""
Conditions = dict[str, Condition]


def result_of(table: Table, here: Condition) -> str:
    """The result in a sentence that can be read from the back row: of all conditions, else of one
    of them, else its largest difference alone; that too where many are open and none is sure."""
    schemes = tuple(line for line in table.schemes if line.condition == here.word)
    own = tuple(line for line in table.comparisons if line.condition == here.word)
    open_one = _largest_open(table)
    if open_one is not None:
        return words.and_more(_open_in_words(table, open_one), len(table.comparisons) - 1)
    told = (table.sentence, sentence_of(table.study, schemes, own))
    short = next((each for each in told if len(each) <= LONGEST), "")
    if short or not own:
        return short or told[1]
    if table.study.measure == "called":  # no comparison is named, so none is missing
        return told[1]
    largest = max(own, key=lambda line: abs(line.paired.spread.mean))
    return words.and_more(sentence_of(table.study, schemes, (largest,)), len(own) - 1)


def result_for_room(table: Table, here: Condition, shown: Collection[str]) -> str:
    """The same of the schemes that are shown under one condition (none: all), as far as it can be
    read from the back row."""
    own = tuple(
        line
        for line in table.comparisons
        if line.condition == here.word and (not shown or {line.first, line.second} <= {*shown})
    )
    schemes = tuple(
        line
        for line in table.schemes
        if line.condition == here.word and (not shown or line.scheme in shown)
    )
    told = sentence_of(table.study, schemes, own)
    if len(told) <= LONGEST or not own:
        return told
    largest = max(own, key=lambda line: abs(line.paired.spread.mean))
    return sentence_of(table.study, schemes, (largest,))


def _largest_open(table: Table) -> ComparisonLine | None:
    """The largest difference where there are too few trials for any of several."""
    lines = table.comparisons
    if len(lines) <= MOST_NAMED or any(line.verdict != FEW for line in lines):
        return None
    repeated = [line for line in lines if line.paired.spread.interval is not None]
    return max(repeated, key=lambda line: abs(line.paired.spread.mean), default=None)


def _open_in_words(table: Table, line: ComparisonLine) -> str:
    spread = line.paired.spread
    decimals = decimals_of(spread)
    return words.still_open(
        line.first,
        line.second,
        names_of_conditions(table.study)[line.condition],
        points(spread.mean, decimals),
        between(spread.interval, 100, decimals),
    )


def schemes_table(table: Table) -> TableView:
    """What each scheme reached, the conditions one after the other."""
    images, scheme, interval, trials = words.REACHED_HEADINGS
    study = table.study
    best = _best(table) if study.measure == "accuracy" else frozenset()
    conditions = {each.word: each for each in table.conditions}
    return TableView(
        (
            Column(images, IMAGES, tip=words.IMAGES_TIP),
            Column(scheme, SCHEME, 1),
            Column(words.MEASURES[study.measure], MEAN, align=RIGHT),
            Column(interval, INTERVAL, align=RIGHT, tip=words.INTERVAL_TIP),
            Column(trials, TRIALS, align=RIGHT),
        ),
        tuple(
            _reached(table, line, conditions, (line.scheme, line.condition) in best)
            for line in table.schemes
        ),
        row_heights=ROW,
        words=table.sentence,
    )


def comparisons_table(table: Table) -> TableView:
    """How much the schemes differ, first minus second."""
    images, pair, difference, interval, effect, chance = words.DIFFERENCE_HEADINGS
    conditions = {each.word: each for each in table.conditions}
    return TableView(
        (
            Column(images, IMAGES, tip=words.IMAGES_TIP),
            Column(pair, PAIR, 1),
            Column(difference, DIFFERENCE, align=RIGHT, tip=words.DIFFERENCE_TIP),
            Column(interval, INTERVAL, align=RIGHT, tip=words.INTERVAL_TIP),
            Column(effect, EFFECT, align=RIGHT, tip=words.EFFECT_TIP),
            Column(chance, CHANCE, align=RIGHT, tip=words.CHANCE_TIP),
        ),
        tuple(_difference(table, line, conditions) for line in table.comparisons),
        row_heights=ROW,
    )


def _best(table: Table) -> frozenset[tuple[str, str]]:
    """(scheme, condition) of the largest mean under each condition."""
    found: dict[str, SchemeLine] = {}
    for line in table.schemes:
        before = found.get(line.condition)
        if before is None or line.spread.mean > before.spread.mean:
            found[line.condition] = line
    return frozenset((line.scheme, line.condition) for line in found.values())


def _reached(table: Table, line: SchemeLine, conditions: Conditions, best: bool) -> Row:
    spread, study = line.spread, table.study
    decimals = decimals_of(spread)
    images = condition_in_short(conditions[line.condition])
    mean, interval = percent(spread.mean, decimals), between(spread.interval, 100, decimals)
    cells = (
        Words(images, ink="muted"),
        Words(line.scheme, bold=best),
        number_cell(mean, best),
        number_cell(interval, ink="muted"),
        number_cell(number(spread.trials), ink="muted"),
    )
    said = words.reached_told(line.scheme, images, mean, spread.trials)
    tip = options_of(study, study.scheme(line.scheme), line.models > 1)
    return Row((line.scheme, line.condition), cells, tip=tip, words=said)


def _difference(table: Table, line: ComparisonLine, conditions: Conditions) -> Row:
    paired = line.paired
    spread = paired.spread
    decimals = decimals_of(spread)
    images, pair = (
        condition_in_short(conditions[line.condition]),
        words.pair(line.first, line.second),
    )
    mean = words.difference(points(spread.mean, decimals))
    verdict = verdict_in_words(line, table.study.measure)
    found = line.verdict in (BETTER, WORSE)
    cells = (
        Words(images, ink="muted"),
        Words(pair, bold=found),
        number_cell(mean, found),
        number_cell(between(spread.interval, 100, decimals), ink="muted"),
        number_cell(words.UNKNOWN if paired.d_paired is None else signed(paired.d_paired.d, 2)),
        number_cell(p_in_words(line.holm), ink="muted"),
    )
    said = words.difference_told(pair, images, mean, verdict)
    return Row(
        (line.first, line.second, line.condition), cells, words.difference_tip(line, said), said
    )
