"""How long each scene of a lecture takes to stand: `python -m tests.lectures FILE... [--speaker]`.

Processor time of the window from "next" until everything is painted, and seconds until all that
was asked is answered too; the training process works beside it, as in the program.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from rich.console import Console
from rich.table import Table

from nnviz.data.digits import bundled_digits
from nnviz.lectures.collection import lectures_at_hand
from nnviz.training.engine import TrainingProcess
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.window import Window
from tests.patience import patience


@dataclass(frozen=True)
class Taken:
    """What one press took."""

    what: str
    cpu: float
    """Milliseconds of the window's processor time until all is painted."""
    wall: float
    """The same by the clock."""
    answered: float
    """Seconds until all that was asked is answered and painted."""


class Measured:
    """A window whose presses are timed."""

    def __init__(self, application: QApplication, speaker: bool) -> None:
        self._application = application
        session = make_session(TrainingProcess(), bundled_digits().to_look_at())
        self.window = Window(session)
        self.window.show()
        session.process.start()
        self.window.load_late()
        self.window.parts.clock.start()
        self._until(lambda: session.state.engine == "ready")
        self._speaker = speaker

    def play(self, path: Path) -> list[Taken]:
        """Times entering, every scene, and leaving."""
        player = self.window.parts.player
        taken = [self._take("enter", lambda: player.open(path, full_screen=False))]
        if self._speaker:
            self.window.parts.speaker.toggle()
        assert player.lecture is not None
        for number, scene in enumerate(player.lecture.scenes):
            name = f"{number + 1} {scene.words.heading}"
            taken.append(self._take(name, lambda number=number: player.jump(number)))
            if not player.place.revealed:
                taken.append(self._take(f"{number + 1} answer", player.next))
        taken.append(self._take("leave", player.leave))
        return taken

    def close(self) -> None:
        """Ends the training process."""
        self.window.leave()

    def _take(self, what: str, press: Callable[[], object]) -> Taken:
        start, cpu = time.perf_counter(), time.process_time()
        press()
        for _ in range(3):  # one layout may ask for another
            self._application.processEvents()
        spent, wall = time.process_time() - cpu, time.perf_counter() - start
        session = self.window.session
        self._until(lambda: not session.answers._open or session.state.running)
        return Taken(what, 1000 * spent, 1000 * wall, time.perf_counter() - start)

    def _until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + patience()
        while not reached() and time.monotonic() < deadline:
            self._application.processEvents()
            time.sleep(0.002)
        self._application.processEvents()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="all that come along, if none is named")
    parser.add_argument("--speaker", action="store_true", help="with the speaker's window open")
    wanted = parser.parse_args()
    files = wanted.files or [each.path for each in lectures_at_hand() if not each.own]
    measured = Measured(make_application(), wanted.speaker)
    console = Console(width=110)
    everything: list[Taken] = []
    for path in files:
        taken = measured.play(path)
        everything += taken[1:-1]
        table = Table("scene", "CPU ms", "ms", "answered s", title=path.name)
        for each in taken:
            times = f"{each.cpu:.0f}", f"{each.wall:.0f}", f"{each.answered:.2f}"
            table.add_row(each.what[:60], *times)
        console.print(table)
    measured.close()
    for name, values in (
        ("CPU ms", [each.cpu for each in everything]),
        ("answered s", [each.answered for each in everything]),
    ):
        median, most = statistics.median(values), max(values)
        console.print(f"{name}: median {median:.2f}, slowest {most:.2f}, of {len(values)} presses")


if __name__ == "__main__":
    main()
