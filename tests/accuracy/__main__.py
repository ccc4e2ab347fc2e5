"""Measures what every design reaches on the complete MNIST: a table of the help.

`python -m tests.accuracy FOLDER` takes about half an hour on two cores.
"""

import argparse
import multiprocessing
import sys
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from nnviz.results import MNIST
from tests.accuracy.learning import Result, learn_rows
from tests.accuracy.rows import ROWS, Row
from tests.results.keeping import keep

_COMMAND = "uv run python -m tests.accuracy FOLDER --keep"


def main() -> int:
    """Learns, and prints the table in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, help="the complete MNIST")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--only", nargs="+", metavar="WORD", help="rows whose name has this word")
    parser.add_argument("--jobs", type=int, default=2, help="seeds learned at the same time")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    rows = _chosen(asked.only)
    with multiprocessing.get_context("spawn").Pool(asked.jobs) as pool:
        learn = partial(learn_rows, rows, folder=asked.folder)
        found = dict(zip(asked.seeds, pool.map(learn, asked.seeds, chunksize=1), strict=True))
    sys.stdout.write("\n".join(_table(rows, found)) + "\n")
    if asked.keep:
        keep(_COMMAND, {row.id: _entry(row, found) for row in rows})
    return 0


def _entry(row: Row, found: dict[int, dict[str, Result]]) -> dict[str, Any]:
    results = [results[row.name] for results in found.values()]
    published = {} if row.published is None else {"reference": round(row.published / 100, 4)}
    return {
        "digits": MNIST,
        "learned": results[0].learned,
        "tested": results[0].tested,
        "epochs": row.changes["epochs"],
        "seeds": list(found),
        "values": [result.accuracy for result in results],
        "figures": {"parameters": results[0].parameters} | published,
    }


def _chosen(words: list[str] | None) -> tuple[Row, ...]:
    """The rows with one of the words, and those that they are learned on."""
    wanted = {row.name for row in ROWS if not words or any(word in row.name for word in words)}
    for row in reversed(ROWS):
        if row.name in wanted:
            wanted |= {row.trunk, row.base}
    return tuple(row for row in ROWS if row.name in wanted)


def _table(rows: tuple[Row, ...], found: dict[int, dict[str, Result]]) -> list[str]:
    seeds = ", ".join(map(str, found))
    lines = [
        f"| design | parameters | accuracy, seeds {seeds} | mean | reference |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        results = [results[row.name] for results in found.values()]
        each = ", ".join(f"{100 * result.accuracy:.2f}" for result in results)
        middle = f"{100 * mean(result.accuracy for result in results):.2f} %"
        published = "" if row.published is None else f"{row.published:.2f} %"
        parameters = f"{results[0].parameters:,}"
        lines.append(f"| {row.name} | {parameters} | {each} | {middle} | {published} |")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
