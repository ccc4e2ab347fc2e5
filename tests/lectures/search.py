"""Searches the bundled test digits for those that show best what lectures tell.

`python -m tests.lectures.search [KIND ...]` prints the best of each kind; whoever remakes the
networks that come with the program chooses the digits of the lectures anew.
"""

import argparse
import sys

from rich.console import Console
from rich.table import Table

from tests.lectures.finds import KINDS, ranked


def main() -> int:
    """Prints what was found; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.lectures.search", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}")
    parser.add_argument("--most", type=int, default=8, help="digits shown of each kind")
    asked = parser.parse_args()
    unknown = [kind for kind in asked.kinds if kind not in KINDS]
    if unknown:
        parser.error(f"there is no kind {unknown[0]}")
    console = Console(width=150)
    for kind in asked.kinds or KINDS:
        found = ranked(kind)
        table = Table(
            "digit",
            "label",
            "worth",
            "what is seen",
            title=f"{kind}: {KINDS[kind].shows} ({len(found)})",
            title_justify="left",
        )
        for each in found[: asked.most]:
            table.add_row(str(each.image), str(each.label), f"{each.worth:.2f}", each.says)
        console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
