"""The rows as a table for people and as JSON for programs."""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from tests.speed.row import Row

LIBRARIES = ("torch", "numpy", "scikit-learn", "PySide6-Essentials", "pyqtgraph")
VERDICTS = {True: "yes", False: "NO", None: "-"}


def document(rows: Sequence[Row], remainder: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All that was measured, and where."""
    return {
        "date": date.today().isoformat(),
        "machine": machine(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "rows": [row.as_json() for row in rows],
        "remainder": [
            {name: round(v, 2) if isinstance(v, float) else v for name, v in parts.items()}
            for parts in remainder
        ],
    }


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
    console: Console, rows: Sequence[Row], remainder: Sequence[Mapping[str, Any]]
) -> None:
    """The table of rows; below it, what is left of a step."""
    table = Table(
        box=box.SIMPLE_HEAD,
        title=machine(),
        title_justify="left",
        caption="Steps in processor time, the rest on the wall; median, min, max of the rounds.",
        caption_justify="left",
    )
    for heading in ("name", "measured", "against"):
        table.add_column(heading, overflow="fold")
    for heading in ("median", "min", "max", "limit"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("reached")
    table.add_column("details", overflow="fold")
    for row in rows:
        spread = [row.median, min(row.values), max(row.values)] if row.values else []
        table.add_row(
            row.name,
            row.measured,
            row.against,
            *([f"{value:.3g} {row.unit}" for value in spread] or ["-"] * 3),
            _limit(row),
            VERDICTS[row.reached],
            row.note,
        )
    console.print(table)
    for parts in remainder:
        console.print(_in_words(parts), soft_wrap=True)


def _limit(row: Row) -> str:
    if row.limit is None:
        return "stated"
    return f"{'≥' if row.at_least else '≤'} {row.limit:g}"


def _in_words(parts: Mapping[str, Any]) -> str:
    return (
        f"A step {parts['size']}: {parts['whole']:.1f} µs = "
        f"{parts['products_784_wide']:.1f} two 784-wide products "
        f"({parts['products_gflops']:.0f} GFLOPS; a large product "
        f"{parts['large_product_gflops']:.0f}) + "
        f"{parts['dispatch']:.1f} dispatch of {parts['other_operations']} other operations "
        f"({parts['dispatch_per_operation']:.2f} each) + "
        f"{parts['other_arithmetic']:.1f} their arithmetic + "
        f"{parts['gather_convert_loop']:.1f} gathering, converting and looping."
    )
