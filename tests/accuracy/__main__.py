"""Measures what every design reaches on the complete MNIST: a table of the help.

`python -m tests.accuracy FOLDER` takes about half an hour on two cores. With `--keep` rows are
kept as soon as all seeds have learned them, and `--from` takes up what is left.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from nnviz.data.results import MNIST
from tests.accuracy.learning import Result, learn_task
from tests.accuracy.rows import ROWS, Row, families
from tests.results.keeping import keep

_COMMAND = "uv run python -m tests.accuracy FOLDER --keep"
Found = dict[str, dict[int, Result]]
"""Id of a row -> seed -> what it reached."""


def main() -> int:
    """Learns, and prints the table in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, help="the complete MNIST")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--only", nargs="+", metavar="WORD", help="rows whose name has this word")
    parser.add_argument("--from", dest="begin", default="", metavar="WORD", help="and what follows")
    parser.add_argument("--jobs", type=int, default=2, help="seeds learned at the same time")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    found: Found = {}
    with multiprocessing.get_context("spawn").Pool(asked.jobs) as pool:
        chosen = _chosen(asked.only, asked.begin)
        tasks = [(rows, seed, asked.folder) for rows in chosen for seed in asked.seeds]
        learned = pool.imap(learn_task, tasks)
        for rows in chosen:
            of_seeds = {seed: next(learned) for seed in asked.seeds}
            found |= {row.id: {seed: of_seeds[seed][row.name] for seed in of_seeds} for row in rows}
            if asked.keep:
                keep(_COMMAND, {row.id: _entry(row, found[row.id]) for row in rows})
    sys.stdout.write("\n".join(_table(found)) + "\n")
    return 0


def _entry(row: Row, found: Mapping[int, Result]) -> dict[str, Any]:
    one, *_ = found.values()
    published = {} if row.published is None else {"reference": round(row.published / 100, 4)}
    return {
        "engine": one.engine,
        "digits": MNIST,
        "learned": one.learned,
        "tested": one.tested,
        "epochs": row.changes["epochs"],
        "seeds": list(found),
        "values": [result.accuracy for result in found.values()],
        "figures": {"parameters": one.parameters} | published,
    }


def _chosen(words: Sequence[str] | None, begin: str) -> list[tuple[Row, ...]]:
    """The families of the rows with one of the words, from the first that has a row with `begin`;
    of each only those rows and what they are learned on."""
    chosen = []
    for family in families():
        wanted = {
            row.name for row in family if not words or any(each in row.name for each in words)
        }
        for row in reversed(family):
            if row.name in wanted:
                wanted |= {row.trunk, row.base}
        if wanted and (chosen or any(begin in row.name for row in family)):
            chosen.append(tuple(row for row in family if row.name in wanted))
    return chosen


def _table(found: Found) -> list[str]:
    rows = [row for row in ROWS if row.id in found]
    seeds = ", ".join(map(str, found[rows[0].id])) if rows else ""
    lines = [
        f"| design | parameters | accuracy, seeds {seeds} | mean | reference |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        results = found[row.id].values()
        each = ", ".join(f"{100 * result.accuracy:.2f}" for result in results)
        middle = f"{100 * mean(result.accuracy for result in results):.2f} %"
        published = "" if row.published is None else f"{row.published:.2f} %"
        (parameters,) = {result.parameters for result in results}
        lines.append(f"| {row.name} | {parameters:,} | {each} | {middle} | {published} |")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
