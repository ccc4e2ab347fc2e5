"""Makes pictures of every page and view, and the numbers of every command, to compare them.

`python -m tests.frozen OUT` makes them from this tree. `python -m tests.frozen OUT --against REV`
makes them from a revision as well, in a tree and an environment of its own, and shows what is
different now: pictures by pixels, numbers by fields, of files it stores before, now and
difference beside each other in OUT/differing. The exit status is 1 if anything differs, also if
something is new. It takes about six minutes of processor time for each of the two; what a revision
has made can be kept with --keep, and is made once. All goes through the command line only.

Two runs of one revision differ in how long things take, and in nothing else. Ignored are
therefore the fields `seconds`, and in pictures of *Designs, All designs* the column *time per
digit*, with *training time* where a network has been trained just before (MASKS in comparing.py).
Of floats, the last digits may differ (1e-9), of pixels one level of a channel.
"""

import argparse
import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from tests.frozen.comparing import Difference, differences
from tests.frozen.freezing import ROOT, Tree, clear, freeze, is_frozen
from tests.frozen.revisions import checked_out, commit_of

WIDTH = 150
"""Of the table, where the output is no terminal."""


def main() -> int:
    """Freezes and compares; -> 1 if anything differs."""
    asked = _asked()
    try:
        return _freeze(asked)
    except FileExistsError as error:
        sys.exit(str(error))


def _freeze(asked: argparse.Namespace) -> int:
    with _progress() as progress:
        now = asked.out if asked.against is None else asked.out / "now"
        clear(now)
        if asked.against is not None:
            before = asked.keep or asked.out / "before"
            _freeze_revision(commit_of(asked.against), before, asked, progress)
        freeze(Tree(ROOT, Path(sys.executable)), now, progress, asked.jobs, asked.only)
    if asked.against is None:
        return 0
    beside = asked.out / "differing"
    shutil.rmtree(beside, ignore_errors=True)
    found = differences(before, now, beside, asked.only)
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    console.print(table_of(found) if found else f"Nothing differs from {asked.against}.")
    return 1 if found else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.frozen",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for the results")
    parser.add_argument("--against", metavar="REV", help="compare with this revision")
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep what REV makes here; taken from here where it is complete",
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="PATTERN", help="names, e.g. 'page-votes-*'"
    )
    parser.add_argument("--jobs", type=int, default=2, help="commands at the same time")
    return parser.parse_args()


def _freeze_revision(
    commit: str, folder: Path, asked: argparse.Namespace, progress: Progress
) -> None:
    """What is kept is always complete."""
    if asked.keep and is_frozen(folder, commit):
        return
    if not asked.keep:
        clear(folder)
    with checked_out(commit) as tree:
        freeze(tree, folder, progress, asked.jobs, () if asked.keep else asked.only)


def _progress() -> Progress:
    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


def table_of(found: list[Difference]) -> Table:
    table = Table("result", "what", "pixels", "largest", title=f"{len(found)} differ")
    for each in found:
        share = "" if each.share is None else f"{each.share:.3%}"
        table.add_row(
            each.name, Text(each.what), share, "" if each.largest is None else str(each.largest)
        )
    return table


if __name__ == "__main__":
    raise SystemExit(main())
