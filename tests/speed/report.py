"""The rows as a table for people, as JSON for programs, and as what the help is made from."""

import os
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import mode
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from nnviz.data.results import Result
from tests.speed.row import LIMITS_OF_STEPS, Row

LIBRARIES = ("torch", "numpy", "numba", "scikit-learn", "PySide6-Essentials", "pyqtgraph")
VERDICTS = {True: "yes", False: "no", None: "-"}
TABLES = {"speed": "the program", "speed/peers": "peers", "speed/revision": "another revision"}
"""Result of the help -> which rows stand in it."""
LIMITS = "speed/limits"
"""Result with how far each step is from its limit."""
Lines = Sequence[tuple[str, ...]]


def document(rows: Sequence[Row], lines: Lines, parts: Mapping[str, float]) -> dict[str, Any]:
    """All that was measured, and where."""
    return {
        "date": date.today().isoformat(),
        "machine": machine(),
        "python": platform.python_version(),
        "libraries": libraries(),
        "rows": [row.as_json() for row in rows],
        "limits": [dict(zip(LIMITS_OF_STEPS, line, strict=True)) for line in lines],
        "parts": {name: round(micro, 2) for name, micro in parts.items()},
    }


def kept(
    rows: Sequence[Row],
    lines: Lines,
    parts: Mapping[str, float],
    against: str,
    before: Mapping[str, Result],
) -> dict[str, Any]:
    """Name -> the fields of a `Result`, of all tables that something was measured for; what was
    not measured this time stays as it was `before`."""
    conditions = {"conditions": conditions_of(rows), "against": against}
    found: dict[str, Any] = {}
    for name, table in TABLES.items():
        new = {row.name: cells(row) for row in rows if row.table == table and row.values}
        if new:
            old = before.get(name)
            lines_now = _in_place(old.rows if old else (), list(new.values()))
            found[name] = {**conditions, "rows": lines_now}
            if old and old.conditions and len(lines_now) > len(new):
                found[name]["conditions"] = _in_part(old.conditions)
    if lines:
        found[LIMITS] = {**conditions, "rows": lines, "figures": dict(parts)}
    return found


def _in_place(old: Iterable[tuple[str, ...]], new: Lines) -> list[tuple[str, ...]]:
    """The old lines with those of the new ones that measure the same in their places."""
    lines = {line[:2]: line for line in old} | {line[:2]: line for line in new}
    return list(lines.values())


def _in_part(conditions: str) -> str:
    """Conditions of a table some lines of which have been measured again."""
    first = conditions.partition("; ")[0]
    return f"{first}; some lines again at {machine().rpartition(', ')[2]}"


def conditions_of(rows: Iterable[Row]) -> str:
    """The machine, its load, libraries and rounds, as the help says them."""
    counts = [len(row.values) for row in rows if len(row.values) > 1]
    rounds = mode(counts) if counts else 1  # a few rows count something else than rounds
    used = [f"{name} {number}" for name, number in libraries().items()]
    return ", ".join(
        [
            machine(),
            f"Python {platform.python_version()}",
            *used,
            f"{rounds} round{'s' if rounds > 1 else ''}",
        ]
    )


def cells(row: Row) -> tuple[str, ...]:
    """A row of a table of the help."""
    return row.measured, row.against, spread(row), limit(row), VERDICTS[row.reached], row.note


def spread(row: Row) -> str:
    """The median, and between which values it lies."""
    middle, *ends = (written(each) for each in (row.median, min(row.values), max(row.values)))
    unit = "x" if row.unit == "x" else f" {row.unit}" if row.unit else ""
    return f"{middle}{unit}" + (f" ({ends[0]} to {ends[1]})" if len(row.values) > 1 else "")


def written(value: float) -> str:
    """Three digits that count."""
    if value and abs(value) < 0.001:
        return f"{value:.1e}"
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{decimals}f}"


def limit(row: Row) -> str:
    """What it must reach, in words."""
    if row.limit is None:
        return "-"
    unit = "x" if row.unit == "x" else f" {row.unit}" if row.unit else ""
    return f"{'at least' if row.at_least else 'at most'} {row.limit:g}{unit}"


def libraries() -> dict[str, str]:
    """Name -> version of those that are there."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> str:
    """Processor, cores and load of this machine, in words."""
    model = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    words = [model, f"{os.cpu_count()} cores"]
    if sys.platform != "win32":
        words.append(f"load {os.getloadavg()[0]:.1f}")
    return ", ".join(words)


def print_tables(
    console: Console, rows: Sequence[Row], lines: Lines = (), parts: Mapping[str, float] = {}
) -> None:
    """The table of rows; below it, how far each step is from its limit."""
    table = Table(
        box=box.SIMPLE_HEAD,
        title=machine(),
        title_justify="left",
        caption="Steps in processor time, the rest as told; median (min to max) of the rounds.",
        caption_justify="left",
    )
    for heading in ("name", "measured", "against"):
        table.add_column(heading, overflow="fold")
    for heading in ("median", "limit"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("reached")
    table.add_column("details", overflow="fold")
    for row in rows:
        verdict = VERDICTS[row.reached].replace("no", "NO")
        shown = spread(row) if row.values else "-"
        table.add_row(row.name, row.measured, row.against, shown, limit(row), verdict, row.note)
    console.print(table)
    if lines:
        distances = Table(*LIMITS_OF_STEPS, box=box.SIMPLE_HEAD)
        for line in lines:
            distances.add_row(*line)
        console.print(distances)
    if parts:
        told = ", ".join(
            f"{name.replace('_', ' ')} {micro:.1f} µs" for name, micro in parts.items()
        )
        console.print(f"784-30-10, batch 10: {told}.", soft_wrap=True)
