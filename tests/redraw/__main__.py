"""Measures what every page and view costs to draw, against another revision.

`python -m tests.redraw --against REV` draws each of them in this tree and in that revision by
turns, in processes of their own, and prints processor milliseconds: once for another digit on the
page, and once for painting the same again. The quotient is the median over the rounds; below 1,
this tree is cheaper. REV needs no environment of its own: what it imports must be installed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import track
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent.parent
CHILD = Path(__file__).with_name("child.py")
DESIGNS = ("ten-outputs", "elimination")
"""The second for what only a design with pairs and walks shows."""
Costs = dict[str, float]


def main() -> None:
    """Measures and prints a table."""
    asked = _asked()
    with _checked_out(asked.against) as before:
        trees = {"before": before, "now": ROOT}
        taken: dict[str, list[Costs]] = {name: [] for name in trees}
        rounds = [
            (name, design) for _ in range(asked.rounds) for design in DESIGNS for name in trees
        ]
        for name, design in track(rounds, console=Console(stderr=True)):
            taken[name].append(_measure(trees[name], design))
    table = Table("page", "before, ms", "now, ms", "quotient")
    for row in taken["now"][0]:
        old = [each[row] for each in taken["before"] if row in each]
        new = [each[row] for each in taken["now"] if row in each]
        quotient = [b / a for a, b in zip(old, new, strict=True)]
        table.add_row(
            row, f"{median(old):.1f}", f"{median(new):.1f}", f"{median(quotient):.2f}"
        ) if old else table.add_row(row, "-", f"{median(new):.1f}", "-")
    Console(width=None if sys.stdout.isatty() else 100).print(table)


def _measure(tree: Path, design: str) -> Costs:
    ran = subprocess.run(
        [sys.executable, str(CHILD), design], cwd=tree, capture_output=True, text=True, check=True
    )
    costs: Costs = json.loads(ran.stdout)
    return {f"{row} ({design})": cost for row, cost in costs.items()}


@contextmanager
def _checked_out(revision: str) -> Iterator[Path]:
    """A folder with the tree of a revision."""
    with tempfile.TemporaryDirectory() as folder:
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", folder, revision], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run([*git, "remove", "--force", folder], check=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.redraw", description=__doc__)
    parser.add_argument("--against", metavar="REV", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
