"""Compares the speed of the program with what it is held against; tables of the help.

`python -m tests.speed` in the root of the repository takes about seven minutes.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from tests.speed.children import output_of
from tests.speed.report import document, print_tables
from tests.speed.row import Row
from tests.speed.start_rows import start_rows
from tests.speed.window_rows import memory_row, window_rows

Parts = list[dict[str, Any]]
PROGRAMS = {
    "steps": "step_rows",
    "designs": "design_rows",
    "judging": "judging_rows",
    "operate": "operate_rows",
    "mistakes": "judged_rows",
    "pages": "page_rows",
    "film": "film_rows",
    "mosaic": "mosaic_rows",
}
"""Groups measured in a process of their own, and the module that does it."""
GROUPS = (*PROGRAMS, "start", "window", "memory")
WIDTH = 170
"""Of the table, where the output is no terminal."""


def main() -> int:
    """Measures and prints; -> 1 if a limit is missed."""
    asked = _asked()
    console = Console(stderr=asked.json == "-", width=None if sys.stdout.isatty() else WIDTH)
    rows, remainder = [], []
    with tempfile.TemporaryDirectory(prefix="nnviz-speed-") as folder:
        home = Path(folder)
        for name in asked.only or GROUPS:
            console.print(f"measuring: {name}", style="dim")
            found, parts = _measure(name, home, asked.rounds)
            rows += found
            remainder += parts
    print_tables(console, rows, remainder)
    if asked.json:
        text = json.dumps(document(rows, remainder), indent=2, ensure_ascii=False) + "\n"
        if asked.json == "-":
            sys.stdout.write(text)
        else:
            Path(asked.json).write_text(text, "utf-8")
    return int(any(row.reached is False for row in rows))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write JSON there; - for standard output")
    parser.add_argument("--rounds", type=_rounds, default=9, metavar="N", help="at least 1")
    parser.add_argument("--only", action="append", choices=GROUPS, help="only this part")
    return parser.parse_args()


def _rounds(word: str) -> int:
    count = int(word)
    if count < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return count


def _measure(name: str, home: Path, rounds: int) -> tuple[list[Row], Parts]:
    if name in PROGRAMS:
        measured = output_of("rows_of", [PROGRAMS[name], str(rounds)], home)
        return [Row(**row) for row in measured["rows"]], measured["remainder"]
    measure: dict[str, Callable[[], list[Row]]] = {
        "start": lambda: start_rows(home, rounds),
        "window": lambda: window_rows(home, rounds),
        "memory": lambda: [memory_row(home, _mnist())],
    }
    return measure[name](), []


def _mnist() -> Path | None:
    data = os.environ.get("NNVIZ_DATA")
    folder = Path(data) / "mnist" if data else None
    return folder if folder and folder.is_dir() else None


if __name__ == "__main__":
    raise SystemExit(main())
