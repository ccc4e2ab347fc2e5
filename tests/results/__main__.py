"""Measures what lines of `nnviz` reach, and keeps it where all quoted figures come from.

`python -m tests.results FOLDER` takes about ten minutes on one core; `tests.accuracy`,
`tests.rows` and `tests.non_digits` keep theirs with `--keep`. Then `python -m tests.help` writes
the pages that quote them.
"""

import argparse
import sys
from pathlib import Path

from tests.results.keeping import keep
from tests.results.lines import measured


def main() -> int:
    """Measures and keeps; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.results", description=__doc__)
    parser.add_argument("folder", type=Path, help="the complete MNIST")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="results whose name has it")
    asked = parser.parse_args()
    for command, found in measured(asked.folder, asked.only):
        keep(command, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
