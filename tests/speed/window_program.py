"""The real program as `python main.py` starts it, watched from outside.

Says when the first picture is painted, and when the training process is ready. Then it obeys
words on standard input: watch, look, train, pause, report; the end of the input closes the window.
"""

import json
import sys
from typing import Any


def main() -> None:
    import nnviz.cli.app  # before Qt, as it stands in main.py
    from nnviz.ui.app import start
    from tests.speed.event_loop import EventLoop
    from tests.speed.first_paint import FirstPaint

    class Watched(start.Window):
        """The window with its watchers; the second comes when there is something to watch."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._loop = EventLoop(self)
            FirstPaint(self, self._first_painted)

        def _first_painted(self, moment: float) -> None:
            self._loop.watch(moment)
            say(painted=moment, picture_kept="numpy" not in sys.modules)

        def fill(self, session: Any) -> None:
            super().fill(session)
            from tests.speed.watcher import Watcher

            Watcher(self, self._loop, say)

    start.Window = Watched  # type: ignore[misc]
    nnviz.cli.app.main()


def say(**what: Any) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
