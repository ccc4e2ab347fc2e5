"""Compares the speed of the program with what it is held against; tables of the help.

`python -m tests.speed` in the root of the repository measures the working tree, and the usual
ways of doing the same; with `--against REV` also that revision, in turn, in about fifteen minutes.
It is checked out and given an environment of its own in a folder that is kept for the next time
(`--cache`; some gigabytes), unless `--forget` removes it.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console

from nnviz.data.results import results
from tests.results.keeping import keep
from tests.speed.children import output_of
from tests.speed.limit_rows import limit_table, machine, parts
from tests.speed.live_rows import live_rows
from tests.speed.opening_rows import opening_rows
from tests.speed.process_rows import program_rows, ready_rows
from tests.speed.report import document, kept, print_tables
from tests.speed.resident_rows import resident_rows
from tests.speed.revisions import NotThere, Revision, built, forget, usual_cache
from tests.speed.row import Row
from tests.speed.sides import PRESENT, Side
from tests.speed.start_rows import start_rows
from tests.speed.step_rows import step_rows
from tests.speed.window_rows import window_rows

PROGRAMS = {
    "exact": "exact_rows",
    "looks": "look_rows",
    "judging": "judging_rows",
    "operate": "operate_rows",
    "scroll": "scroll_rows",
    "pages": "page_rows",
    "film": "film_rows",
    "mosaic": "mosaic_rows",
    "lenet": "lenet_rows",
    "study": "study_rows",
    "blog": "blog_rows",
    "pictures": "picture_rows",
}
"""Groups of the working tree alone, and the module that measures them in a process of its own."""
IN_TURN: Mapping[str, Callable[[Path, int, Revision | None], list[Row]]] = {
    "live": live_rows,
    "ready": ready_rows,
    "program": program_rows,
    "opening": opening_rows,
    "resident": resident_rows,
}
"""Groups that are measured of another revision, too."""
WINDOWS: Mapping[str, Callable[[Path, int], list[Row]]] = {
    "start": start_rows,
    "window": window_rows,
}
GROUPS = ("steps", *IN_TURN, *PROGRAMS, *WINDOWS)
ROUNDS = 9
WIDTH = 170
"""Of the table, where the output is no terminal."""


@dataclass
class Found:
    """What was measured so far."""

    rows: list[Row] = field(default_factory=list)
    lines: list[tuple[str, ...]] = field(default_factory=list)
    parts: dict[str, float] = field(default_factory=dict)


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints; -> 1 if a limit is missed, 2 if something is not there."""
    asked = _asked(words)
    console = Console(stderr=asked.json == "-", width=None if sys.stdout.isatty() else WIDTH)
    against = None
    try:
        if asked.against is not None:
            console.print(f"preparing {asked.against}", style="dim")
            against = built(asked.against, asked.cache)
    except NotThere as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = _measured(asked, against, console)
    if against is not None and asked.forget:
        forget(against)
    print_tables(console, found.rows, found.lines, found.parts)
    if asked.json:
        text = json.dumps(
            document(found.rows, found.lines, found.parts), indent=2, ensure_ascii=False
        )
        if asked.json == "-":
            sys.stdout.write(f"{text}\n")
        else:
            Path(asked.json).write_text(f"{text}\n", "utf-8")
    if asked.keep:
        command = "uv run python -m tests.speed"
        command += f" --against {against.short}" if against else ""
        short = against.short if against else ""
        before = results() if asked.only else {}
        measured = kept(found.rows, found.lines, found.parts, short, before)
        keep(f"{command} --keep", measured)
    return int(any(row.reached is False for row in found.rows))


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=__doc__)
    parser.add_argument("--against", metavar="REV", help="measure that revision, too")
    parser.add_argument("--json", metavar="FILE", help="write JSON there; - for standard output")
    parser.add_argument("--keep", action="store_true", help="for the tables of the help")
    parser.add_argument("--rounds", type=_rounds, default=ROUNDS, metavar="N", help="at least 1")
    parser.add_argument("--only", action="append", choices=GROUPS, help="only this part")
    cache = usual_cache()
    parser.add_argument(
        "--cache", type=Path, default=cache, metavar="DIR", help=f"keep revisions there: {cache}"
    )
    parser.add_argument("--forget", action="store_true", help="remove the revision afterwards")
    return parser.parse_args(words)


def _rounds(word: str) -> int:
    count = int(word)
    if count < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return count


def _measured(asked: argparse.Namespace, against: Revision | None, console: Console) -> Found:
    found = Found()
    with tempfile.TemporaryDirectory(prefix="nnviz-speed-") as folder:
        home = Path(folder)
        os.environ["NUMBA_CACHE_DIR"] = str(home / "kernels")  # compiled once for all processes
        for name in asked.only or GROUPS:
            load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
            console.print(f"measuring: {name}{load}", style="dim")
            if name == "steps":
                _steps(found, home, asked, against)
            elif name in IN_TURN:
                rows = IN_TURN[name](home, asked.rounds, against)
                found.rows += [replace(row, table="another revision") for row in rows]
            elif name in PROGRAMS:
                measured = output_of("rows_of", [PROGRAMS[name], str(asked.rounds)], home)
                found.rows += [Row(**row) for row in measured]
            else:
                found.rows += WINDOWS[name](home, asked.rounds)
    return found


def _steps(found: Found, home: Path, asked: argparse.Namespace, against: Revision | None) -> None:
    rows, measured = step_rows(home, asked.rounds, asked.cache, against)
    found.rows += rows
    found.lines = limit_table(measured, home, machine())
    with Side(PRESENT, "present") as side:
        found.parts = dict(parts(side, measured, home, asked.rounds))


if __name__ == "__main__":
    raise SystemExit(main())
