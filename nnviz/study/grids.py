"""A study's table as grids of text: what the terminal, Markdown and the report show alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nnviz.data.specimens import KINDS
from nnviz.study.checking import class_names_of
from nnviz.study.lines import ComparisonLine, SchemeLine
from nnviz.study.plan import Study
from nnviz.study.saying import (
    between,
    condition_in_short,
    decimals_of,
    p_in_words,
    points,
    verdict_in_words,
)
from nnviz.study.statistics import Effect, Spread
from nnviz.study.table import Table
from nnviz.words import number, one_of_them, percent, plain, signed, tr

CALLED = "called:"
"""Figures of the measure `called` begin so"""
COUNTED = {
    "heads": tr("heads asked"),
    "diverged": tr("networks that came to nothing"),
}
"""Figures that are numbers of things"""
SHARED = {
    "changed": tr("answers changed"),
    "saved": tr("multiply-adds saved"),
    "overruled": tr("walks that end elsewhere than the first head"),
    "none": tr("said to be no digit"),
}
"""Figures that are fractions"""
NOTHING = "–"
MOST_CLASSES = 12
"""Of more the errors are not shown class by class"""


@dataclass(frozen=True)
class Grid:
    """One table of text."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: frozenset[int] = frozenset({0, 1})
    """Columns of words, which begin at the left; the others are numbers"""


def grids_of(table: Table) -> tuple[Grid, ...]:
    """All there are, effect sizes first; those with nothing in them are left out."""
    found = (
        _differences(table),
        _reached(table),
        _tests(table),
        _figures(table),
        _class_errors(table),
        _work(table),
        _options(table),
    )
    return tuple(grid for grid in found if grid.rows and len(grid.heads) > 1)


def measured_in_words(study: Study) -> str:
    """What the values of a study are, over a column."""
    if study.measure == "called":
        return tr("called {classes}", classes=one_of_them(study.called))
    return tr("accuracy")


def figure_in_words(name: str) -> str:
    """What a figure of `Outcome.figures` is, over a column."""
    if name.startswith(CALLED):
        kind = name.removeprefix(CALLED)
        shown = KINDS[kind].label if kind in KINDS else kind
        return tr("{kind} called so", kind=shown)
    return (COUNTED | SHARED).get(name, name)


def class_names(study: Study, classes: int) -> tuple[str, ...]:
    """Those of a study; their numbers where only its folder knows them."""
    known = class_names_of(study.digits)
    return known if len(known) == classes else tuple(map(str, range(classes)))


# ---- comparisons ---------------------------------------------------------------------


def _differences(table: Table) -> Grid:
    resampled = any(line.paired.spread.bootstrap for line in table.comparisons)
    heads = (
        *(tr("comparison"), tr("images"), tr("difference"), tr("95 % interval")),
        *((tr("by bootstrap"),) if resampled else ()),
        *(tr("d paired"), tr("d pooled"), tr("ahead in"), tr("trials"), tr("verdict")),
    )
    rows = []
    for line in table.comparisons:
        paired, spread = line.paired, line.paired.spread
        decimals = decimals_of(spread)
        rows.append(
            (
                *_compared(table, line),
                points(spread.mean, decimals),
                between(spread.interval, 100, decimals),
                *((between(spread.bootstrap, 100, decimals),) if resampled else ()),
                _effect(paired.d_paired),
                _effect(paired.d_pooled),
                _ahead(line),
                number(spread.trials),
                verdict_in_words(line, table.study.measure),
            )
        )
    left = frozenset({0, 1, len(heads) - 1})
    return Grid(tr("Differences, in percentage points"), heads, tuple(rows), left)


def _tests(table: Table) -> Grid:
    heads = (
        *(tr("comparison"), tr("images"), tr("p, paired t"), tr("p, Wilcoxon")),
        *(tr("p after Holm"), tr("McNemar: better"), tr("McNemar: worse")),
    )
    rows = []
    for line in table.comparisons:
        each = line.per_trial
        rows.append(
            (
                *_compared(table, line),
                p_in_words(line.paired.t_p),
                p_in_words(line.paired.wilcoxon_p),
                p_in_words(line.holm),
                NOTHING if each is None else _of(each.better, each.trials),
                NOTHING if each is None else _of(each.worse, each.trials),
            )
        )
    return Grid(tr("Tests"), heads, tuple(rows))


def _compared(table: Table, line: ComparisonLine) -> tuple[str, str]:
    pair = tr("{first} − {second}", first=line.first, second=line.second)
    return pair, _short(table, line.condition)


def _effect(effect: Effect | None) -> str:
    if effect is None:
        return NOTHING
    return tr(
        "{d} ({interval})",
        d=signed(effect.d, 2),
        interval=between(effect.interval, 1, 2),
    )


def _ahead(line: ComparisonLine) -> str:
    """9.5 of 10 (65 to 99 %)"""
    low, high = (number(100 * end) for end in line.paired.share_interval)
    return tr(
        "{ahead} of {trials} ({low} to {high} %)",
        ahead=plain(line.paired.ahead),
        trials=line.paired.spread.trials,
        low=low,
        high=high,
    )


def _of(some: int, trials: int) -> str:
    return tr("{count} of {trials}", count=some, trials=trials)


# ---- schemes -------------------------------------------------------------------------


def _reached(table: Table) -> Grid:
    resampled = any(line.spread.bootstrap for line in table.schemes)
    heads = (
        *(tr("scheme"), tr("images"), measured_in_words(table.study), tr("95 % interval")),
        *((tr("by bootstrap"),) if resampled else ()),
        *(tr("deviation"), tr("trials"), tr("learned from")),
    )
    rows = []
    for line in table.schemes:
        spread, decimals = line.spread, decimals_of(line.spread)
        deviation = spread.deviation
        rows.append(
            (
                *_named(table, line),
                percent(spread.mean, decimals),
                between(spread.interval, 100, decimals),
                *((between(spread.bootstrap, 100, decimals),) if resampled else ()),
                NOTHING if deviation is None else number(100 * deviation, decimals),
                number(spread.trials),
                number(line.learned),
            )
        )
    return Grid(tr("What each scheme reached, in percent"), heads, tuple(rows))


def _figures(table: Table) -> Grid:
    """A line for each scheme, or for each figure where these are more."""
    lines = [line for line in table.schemes if line.figures]
    names = list(dict.fromkeys(name for line in lines for name in line.figures))
    schemes = list(dict.fromkeys(line.scheme for line in lines))
    title = tr("Figures, mean and 95 % interval")
    if len(names) <= len(schemes):
        heads = (tr("scheme"), tr("images"), *map(figure_in_words, names))
        rows = tuple(
            (*_named(table, line), *(_figure(name, line.figures.get(name)) for name in names))
            for line in lines
        )
        return Grid(title, heads, rows)
    known = {(line.scheme, line.condition): line.figures for line in lines}
    rows = tuple(
        (
            figure_in_words(name),
            condition_in_short(condition),
            *(_figure(name, known.get((each, condition.word), {}).get(name)) for each in schemes),
        )
        for condition in table.conditions
        for name in names
    )
    return Grid(title, (tr("figure"), tr("images"), *schemes), rows)


def _figure(name: str, spread: Spread | None) -> str:
    if spread is None:
        return NOTHING
    scale, decimals = (1, 2) if name in COUNTED else (100, decimals_of(spread))
    mean = number(scale * spread.mean, decimals)
    shown = mean if scale == 1 else tr("{number} %", number=mean)
    if spread.interval is None:
        return shown
    interval = between(spread.interval, scale, decimals)
    return tr("{mean} ({interval})", mean=shown, interval=interval)


def _class_errors(table: Table) -> Grid:
    classes = max((len(line.class_errors) for line in table.schemes), default=0)
    shown = table.schemes if classes <= MOST_CLASSES else ()
    rows = (
        (*_named(table, line), *(number(100 * each, 1) for each in line.class_errors))
        for line in shown
    )
    heads = (tr("scheme"), tr("images"), *class_names(table.study, classes))
    return Grid(tr("Test images of each class answered wrongly, in percent"), heads, tuple(rows))


def _work(table: Table) -> Grid:
    columns: dict[str, Callable[[SchemeLine], float]] = {
        tr("networks"): lambda line: line.models,
        tr("updates of the base network"): lambda line: line.updates,
        tr("updates of all others"): lambda line: line.sub_updates,
        tr("parameters"): lambda line: line.parameters,
        tr("multiply-adds an answer"): lambda line: line.multiply_adds,
        tr("processor seconds"): lambda line: line.seconds,
    }
    rows = (
        (*_named(table, line), *(_rounded(of(line)) for of in columns.values()))
        for line in table.schemes
    )
    heads = (tr("scheme"), tr("images"), *columns)
    return Grid(tr("What it takes, mean of a trial"), heads, tuple(rows))


def _options(table: Table) -> Grid:
    heads = (tr("scheme"), tr("how it is made, learns and is read"))
    return Grid(tr("The schemes"), heads, tuple(_scheme_options(table)))


def _scheme_options(table: Table) -> Iterator[tuple[str, ...]]:
    shown = {line.scheme for line in table.schemes}
    for name, options in table.options.items():
        if name in shown:
            yield name, options


def _named(table: Table, line: SchemeLine) -> tuple[str, str]:
    return line.scheme, _short(table, line.condition)


def _short(table: Table, condition: str) -> str:
    known = {each.word: condition_in_short(each) for each in table.conditions}
    return known[condition]


def _rounded(value: float) -> str:
    """Three figures of a small number, no decimals of a large one"""
    return number(value) if value >= 100 else plain(value, 3)


def as_text(grid: Grid) -> Sequence[str]:
    """Its lines, in columns: the heads, then the rows."""
    lines = [grid.heads, *grid.rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place in grid.left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
