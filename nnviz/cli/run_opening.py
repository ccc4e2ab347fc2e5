"""Opening digits for a command, with a progress bar where that takes long. Needs no torch."""

import sys

from rich.console import Console
from rich.progress import Progress as Bar

from nnviz.data.digits import DigitSet, Source
from nnviz.data.own_digits import Progress, opening
from nnviz.questions.piecemeal import at_once

MOST_NAMED = 20
"""Pictures left out that are named; of the others only their number is."""


def open_with_progress(source: Source) -> DigitSet:
    """The digits of a source; says on standard error what was left out. Raises DigitsError."""
    if source.tests is None:
        return at_once(opening(source))[0]
    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading pictures", total=None)

        def hear(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total)

        digits, left_out = at_once(opening(source), hear)
    for sentence in left_out[:MOST_NAMED]:
        print(f"nnviz: left out: {sentence}", file=sys.stderr)
    if len(left_out) > MOST_NAMED:
        print(f"nnviz: and {len(left_out) - MOST_NAMED:,} more.", file=sys.stderr)
    return digits
