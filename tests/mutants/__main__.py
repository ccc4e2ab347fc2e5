"""Spoils the program in a hundred small ways and says which of them no test notices any more.

`python -m tests.mutants` tries each mutant of the list beside this file on the tree as it is:
finds the line wherever it lives now, spoils it in a copy, and runs the test that failed because
of it when the list was made, then others. `python -m tests.mutants make` makes a new list.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutants.checking import check
from tests.mutants.making import make

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("caught.json")


def main() -> int:
    """-> 0 if all mutants that still have a line are caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("check", "make"), default="check")
    parser.add_argument("--list", type=Path, default=LIST, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="", metavar="TEXT", help="mutants with it in their words")
    parser.add_argument(
        "--moved", nargs=2, action="append", default=[], metavar=("OLD", "NEW"),
        help="a file of tests that moved, or a test with a new name",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--wanted", type=int, default=100)
    parser.add_argument(
        "--reach", type=Path, metavar="FILE", help="keeps what the tests of the session run"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if asked.what == "make":
            reach = asked.reach or Path(scratch) / "reach.json"
            return make(
                ROOT, Path(scratch), asked.list, asked.jobs, asked.seed, asked.wanted, reach
            )
        return check(ROOT, Path(scratch), asked.list, asked.jobs, asked.only, dict(asked.moved))


if __name__ == "__main__":
    sys.exit(main())
