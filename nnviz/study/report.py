"""A study's result as files: CSV, Markdown, and one page of HTML that needs nothing beside it."""

import base64
import csv
import html
import io
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nnviz.study.files import digest_of_study, load_study, presets, toml_of
from nnviz.study.grids import Grid, class_names, grids_of
from nnviz.study.lines import ComparisonLine, SchemeLine
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.study.saying import condition_in_words
from nnviz.study.statistics import Effect, Interval, Spread
from nnviz.study.table import Table
from nnviz.words import LANGUAGE, clauses, commas, plain, tr

COLUMNS = (
    *("line", "condition", "scheme", "against", "verdict", "trials", "mean", "deviation"),
    *("low", "high", "bootstrap_low", "bootstrap_high"),
    *("d_paired", "d_paired_low", "d_paired_high", "d_pooled", "d_pooled_low", "d_pooled_high"),
    *("ahead", "share", "share_low", "share_high", "p_t", "p_wilcoxon", "p_holm"),
    *("mcnemar_better", "mcnemar_worse", "learned", "models", "updates", "sub_updates"),
    *("parameters", "multiply_adds", "seconds"),
)
"""Of a table as CSV: a line is one of a scheme or one of a comparison"""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet works out a cell of text that begins so"""
FILE = "study.toml"
"""What the settings are called where a command names them"""
LEFT = ' class="left"'
STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1d21; --soft: #5a5f69; --line: #d5d8de;
  --shade: #f4f5f7; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e8eaee; --soft: #a3a9b4;
  --line: #3a3e47; --shade: #1f2228; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444;
  --line: #bbb; --shade: #f4f5f7; } body { font-size: 8pt; } main { max-width: none; padding: 0; }
  .wide { overflow: visible; } th, td { padding-right: .5em; } }
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 Inter, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0; font-size: 1.7em; line-height: 1.2; }
h2 { margin: 1.6em 0 .4em; font-size: 1.1em; break-after: avoid; }
.question { margin: .3em 0 1em; color: var(--soft); }
.result { margin: 0; padding: .8em 1em; border-left: 4px solid #2f6fdb; background: var(--shade);
  font-size: 1.1em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9em; }
th, td { padding: .25em .7em .25em 0; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
.left { text-align: left; }
tr { break-inside: avoid; }
figure { margin: 1em 0; break-inside: avoid; }
figure img { max-width: 100%; background: #fff; border-radius: 4px; }
figcaption { color: var(--soft); font-size: .9em; }
li { margin-bottom: .3em; }
pre { padding: .8em 1em; background: var(--shade); white-space: pre-wrap;
  overflow-wrap: anywhere; font-size: .85em; }
""".strip()


# ---- tables for programs -------------------------------------------------------------


def csv_of(table: Table) -> bytes:
    """The lines of schemes, then those of comparisons; fractions in full, points for decimals in
    any language, empty where there is nothing."""
    lines = [_scheme_record(line) for line in table.schemes]
    lines += [_comparison_record(line) for line in table.comparisons]
    return _written(COLUMNS, lines)


def csv_of_rows(table: Table, rows: Sequence[Row]) -> bytes:
    """One line for each scheme in each trial, with all that was noted of it; by trial, then by
    condition, in whatever order they finished."""
    order = {each.word: place for place, each in enumerate(table.study.conditions)}
    rows = sorted(rows, key=lambda row: (row.trial, order.get(row.condition, len(order))))
    outcomes = [each for row in rows for each in row.outcomes.values()]
    figures = list(dict.fromkeys(name for each in outcomes for name in each.figures))
    classes = max((len(each.tested) for each in outcomes), default=0)
    names = class_names(table.study, classes)
    lines = []
    for row in rows:
        for scheme, outcome in row.outcomes.items():
            lines.append(
                {
                    "condition": row.condition,
                    "trial": row.trial,
                    "scheme": scheme,
                    "seed": table.study.seed,
                    table.study.measure: outcome.accuracy,
                    "learned": row.learned,
                    "tested": sum(outcome.tested),
                    "errors": sum(outcome.errors),
                    **_by_class(names, outcome.errors),
                    **{name: outcome.figures.get(name) for name in figures},
                    "models": outcome.models,
                    "updates": outcome.updates,
                    "sub_updates": outcome.sub_updates,
                    "parameters": outcome.parameters,
                    "multiply_adds": outcome.multiply_adds,
                    "seconds": outcome.seconds,
                    "engine": row.engine,
                    "processor": row.processor,
                    "device": row.device,
                    "digits": row.digest,
                    "finished": row.finished,
                }
            )
    return _written(list(lines[0]) if lines else ["condition", "trial", "scheme"], lines)


def records_of(table: Table) -> list[dict[str, Any]]:
    """The same as `csv_of` for JSON: of each line what is known; fractions, nothing rounded."""
    lines = [_scheme_record(line) for line in table.schemes]
    lines += [_comparison_record(line) for line in table.comparisons]
    return [{key: value for key, value in line.items() if value is not None} for line in lines]


def _scheme_record(line: SchemeLine) -> dict[str, Any]:
    return {
        "line": "scheme",
        "condition": line.condition,
        "scheme": line.scheme,
        **_spread_record(line.spread),
        "learned": line.learned,
        "models": line.models,
        "updates": line.updates,
        "sub_updates": line.sub_updates,
        "parameters": line.parameters,
        "multiply_adds": line.multiply_adds,
        "seconds": line.seconds,
    }


def _comparison_record(line: ComparisonLine) -> dict[str, Any]:
    paired, each = line.paired, line.per_trial
    return {
        "line": "comparison",
        "condition": line.condition,
        "scheme": line.first,
        "against": line.second,
        "verdict": line.verdict,
        **_spread_record(paired.spread),
        **_effect_record("d_paired", paired.d_paired),
        **_effect_record("d_pooled", paired.d_pooled),
        "ahead": paired.ahead,
        "share": paired.share,
        **_ends("share_low", "share_high", paired.share_interval),
        "p_t": paired.t_p,
        "p_wilcoxon": paired.wilcoxon_p,
        "p_holm": line.holm,
        "mcnemar_better": None if each is None else each.better,
        "mcnemar_worse": None if each is None else each.worse,
    }


def _spread_record(spread: Spread) -> dict[str, Any]:
    return {
        "trials": spread.trials,
        "mean": spread.mean,
        "deviation": spread.deviation,
        **_ends("low", "high", spread.interval),
        **_ends("bootstrap_low", "bootstrap_high", spread.bootstrap),
    }


def _effect_record(name: str, effect: Effect | None) -> dict[str, Any]:
    ends = _ends(f"{name}_low", f"{name}_high", None if effect is None else effect.interval)
    return {name: None if effect is None else effect.d, **ends}


def _ends(low: str, high: str, interval: Interval | None) -> dict[str, Any]:
    below, above = (None, None) if interval is None else interval
    return {low: below, high: above}


def _by_class(names: Sequence[str], errors: Sequence[int]) -> dict[str, int]:
    return {f"errors {name}": count for name, count in zip(names, errors, strict=True)}


def _written(columns: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_harmless(name) for name in columns])
    for line in lines:
        writer.writerow([_harmless(line.get(name)) for name in columns])
    return text.getvalue().encode()


def _harmless(value: object) -> object:
    """A text that is no formula to a spreadsheet; numbers as they are."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


# ---- pages for people ----------------------------------------------------------------


def markdown_of(table: Table) -> str:
    """Result, grids and notes, for a page of the help: no heading above the third level."""
    parts = [_in_markdown(table.sentence)]
    for grid in grids_of(table):
        lines = [grid.heads, *grid.rows]
        marks = ("---" if place in grid.left else "---:" for place in range(len(grid.heads)))
        cells = [[_in_markdown(cell) for cell in line] for line in lines]
        cells.insert(1, list(marks))
        parts += [f"### {grid.title}", "\n".join(f"| {' | '.join(line)} |" for line in cells)]
    parts.append("\n".join(f"- {_in_markdown(note)}" for note in table.notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def html_of(
    study: Study, rows: Sequence[Row], table: Table, figures: Mapping[str, bytes] | None = None
) -> bytes:
    """One page with all that is known of a study; figures: caption -> SVG.

    It loads nothing, and runs nothing: figures are pictures in it, in which no script works.
    """
    body = [
        f"<h1>{_safe(study.name)}</h1>",
        f'<p class="question">{_safe(study.question)}</p>',
        f'<p class="result">{_safe(table.sentence)}</p>',
        *(_figure(caption, svg) for caption, svg in (figures or {}).items()),
        *(_grid(grid) for grid in grids_of(table)),
        _section(tr("What must be known to read this"), _list(table.notes)),
        _section(tr("Where it comes from"), _list(_origins(study, rows))),
        _section(tr("Repeat it"), _repeated(study, rows)),
        _section(tr("All settings"), f"<pre>{_safe(toml_of(study))}</pre>"),
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{_safe(LANGUAGE.replace("_", "-"))}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_safe(study.name)}</title>",
            f"<style>{STYLE}</style></head>",
            "<body><main>",
            *body,
            "</main></body></html>",
            "",
        ]
    ).encode()


def command_of(study: Study, rows: Sequence[Row] = ()) -> str:
    """What is typed to work the same trials out again, as many as are planned or have been done; a
    study that does not come along lies in FILE then."""
    trials = max([study.trials, *(row.trial for row in rows)])
    words = (
        word
        for word, path in presets().items()
        if replace(load_study(path), trials=study.trials) == study
    )
    return shlex.join(["nnviz", "study", next(words, FILE), "--trials", str(trials)])


def _origins(study: Study, rows: Sequence[Row]) -> list[str]:
    found = [
        tr(
            "Seed {seed}; the settings that decide the numbers have the digest {digest}.",
            seed=plain(study.seed),
            digest=digest_of_study(study),
        )
    ]
    for condition in study.conditions:
        trials = [row.trial for row in rows if row.condition == condition.word]
        if trials:
            found.append(
                tr(
                    "With {condition}: trials {trials}.",
                    condition=condition_in_words(condition),
                    trials=commas(map(str, sorted(trials))),
                )
            )
    if not rows:
        return found
    versions = sorted({pair for row in rows for pair in row.versions.items()})
    tests = sorted({row.digest.rpartition("-")[2] for row in rows})
    seconds = sum(row.seconds for row in rows)
    return [
        *found,
        tr("Engines: {engines}.", engines=clauses(sorted({row.engine for row in rows}))),
        tr("Processors: {names}.", names=clauses(sorted({row.processor for row in rows}))),
        tr("Devices: {names}.", names=commas(sorted({row.device for row in rows}))),
        tr("Versions: {versions}.", versions=commas(" ".join(pair) for pair in versions)),
        tr("Digest of the test images: {digests}.", digests=commas(tests)),
        tr("Finished {date}.", date=max(row.finished for row in rows)),
        tr("All trials took {seconds} processor seconds.", seconds=round(seconds)),
    ]


def _repeated(study: Study, rows: Sequence[Row]) -> str:
    command = command_of(study, rows)
    said = ""
    if FILE in command.split():
        said = tr("Save the settings below as {file} first.", file=FILE)
    return f"<p>{_safe(said)}</p><pre>{_safe(command)}</pre>"


def _grid(grid: Grid) -> str:
    def row(cells: Iterable[str], kind: str) -> str:
        found = (
            f"<{kind}{LEFT if place in grid.left else ''}>{_safe(cell)}</{kind}>"
            for place, cell in enumerate(cells)
        )
        return f"<tr>{''.join(found)}</tr>"

    lines = "\n".join(row(cells, "td") for cells in grid.rows)
    table = f"<table><thead>{row(grid.heads, 'th')}</thead>\n<tbody>{lines}</tbody></table>"
    return _section(grid.title, f'<div class="wide">{table}</div>')


def _figure(caption: str, svg: bytes) -> str:
    data = base64.b64encode(svg).decode("ascii")
    shown = f'<img alt="{_safe(caption)}" src="data:image/svg+xml;base64,{data}">'
    return f"<figure>{shown}<figcaption>{_safe(caption)}</figcaption></figure>"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{_safe(title)}</h2>\n{content}</section>"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_safe(item)}</li>' for item in items)}</ul>"


def _safe(text: str) -> str:
    return html.escape(text, quote=True)


def _in_markdown(cell: str) -> str:
    """Nothing in it ends the cell, or is taken for a mark or a tag."""
    for mark in ("\\", "|", "*", "_", "`", "[", "<"):
        cell = cell.replace(mark, "\\" + mark)
    return cell
