"""The real program as `python main.py` starts it, watched from outside.

Says when the first picture is painted, and when the training process is ready. Then it obeys
words on standard input: watch, train, pause, report; the end of the input closes the window.
"""

import json
import sys
from typing import Any


def main() -> None:
    import nnviz.cli  # before Qt, as it stands in main.py
    from nnviz.ui import start
    from tests.speed.watcher import Watcher

    class Watched(start.Window):
        """The window with its watcher."""

        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            Watcher(self, say)

    start.Window = Watched  # type: ignore[misc]
    nnviz.cli.main()


def say(**what: Any) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
