"""What commands say and show on standard error besides their result."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # rich takes a tenth of a second to import
    from rich.progress import Progress, TaskID


def tell(sentence: str) -> None:
    """Says something on standard error."""
    print(f"nnviz: {sentence}", file=sys.stderr)


@dataclass(frozen=True)
class Bar:
    """A bar on a terminal; elsewhere nothing is shown."""

    _progress: "Progress"
    _task: "TaskID"

    def reach(self, done: float, total: float | None = None) -> None:
        """Shows that so much is done, perhaps of another total than before."""
        self._progress.update(self._task, completed=done, total=total)

    def begin(self, words: str) -> None:
        """Says what comes now, in a line of its own where there is no bar."""
        self._progress.update(self._task, description=words)
        if self._progress.disable:
            print(words, file=sys.stderr)

    def say(self, words: str) -> None:
        """Says something beside the bar, and nothing where there is none."""
        self._progress.update(self._task, description=words)

    def print(self, line: str) -> None:
        """Prints on standard output, where the bar may be in the way. Raises OSError."""
        self._progress.stop()
        try:
            print(line, flush=True)
        finally:
            self._progress.start()


@contextmanager
def progress(
    words: str,
    total: float | None = None,
    shown_as: Literal["percent", "count", "bytes"] = "percent",
) -> Iterator[Bar]:
    """A bar after some words that goes away at the end, where somebody sees it."""
    # rich: `--help` does without
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TimeRemainingColumn,
    )

    columns = {"percent": TaskProgressColumn, "count": MofNCompleteColumn, "bytes": DownloadColumn}
    console = Console(stderr=True)
    shown = Progress(
        "{task.description}",
        BarColumn(),
        columns[shown_as](),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal,
    )
    with shown:
        yield Bar(shown, shown.add_task(words, total=total))
