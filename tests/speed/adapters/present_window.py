"""The window of the working tree; imports nothing that the program does not import at its start."""

from collections.abc import Callable
from typing import Any


def starting() -> Any:
    """The module that starts the window."""
    import nnviz.cli.app  # noqa: F401 - before Qt, as it stands in main.py
    from nnviz.ui.app import start

    return start


def run() -> None:
    """The program, to its end."""
    import nnviz.cli.app

    nnviz.cli.app.main()


class Hands:
    """What a user does in the window, and what one sees there."""

    def __init__(self, window: Any) -> None:
        self._session = window.session

    def training_pid(self) -> int:
        pid: int = self._session.process._engine.pid
        return pid

    def ready(self) -> bool:
        return bool(self._session.state.engine == "ready")

    def run(self, speed: int) -> None:
        self._session.controls.set(speed=speed, epochs=0)
        self._session.runs.run()

    def pause(self) -> None:
        self._session.runs.pause()

    def load_networks(self) -> Callable[[], bool]:
        """Begins -> whether it is done."""
        session = self._session
        while session.designs.load_next():
            pass
        session.designs.choose("ten-outputs")
        return lambda: bool(session.state.work.learned)

    def open_mistakes(self) -> None:
        self._session.change(page="mistakes")

    def judged(self) -> int:
        return len(self._session.judgements.known)

    def designs(self) -> int:
        from nnviz.networks.designs import DESIGNS

        return len(DESIGNS)
