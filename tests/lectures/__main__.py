"""How long each scene of a lecture takes to stand: `python -m tests.lectures FILE... [--speaker]`.

Processor time of the window from "next" until everything is painted, and seconds until all that
was asked is answered too; the training process works beside it, as in the program. Scenes come for
the first time, and each stays for a while, in which what the next ones ask is asked ahead.

With `--speaker` every lecture is then played again, without and with the speaker's window in turns.
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
from nnviz.session.session import Session
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


TURNS = (False, True, True, False)
"""Whether the speaker's window is open, one time after the other."""


class Measured:
    """A window whose presses are timed."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        session = make_session(TrainingProcess(), bundled_digits().to_look_at())
        self.window = Window(session)
        self.window.show()
        session.process.start()
        self.window.load_late()
        self.window.parts.clock.start()
        self._until(lambda: session.state.engine == "ready")

    def play(self, path: Path, speaker: bool = False, stay: float = 0.0) -> list[Taken]:
        """Times entering, every scene, and leaving; a scene stays for so many seconds."""
        player = self.window.parts.player
        taken = [self._take("enter", lambda: player.open(path, full_screen=False))]
        if speaker:
            self.window.parts.speaker.toggle()
        assert player.lecture is not None
        for number, scene in enumerate(player.lecture.scenes):
            self._stay(stay)
            name = f"{number + 1} {scene.words.heading}"
            taken.append(self._take(name, lambda number=number: player.jump(number)))
            if not player.place.revealed:
                taken.append(self._take(f"{number + 1} answer", player.next))
        if speaker:
            self.window.parts.speaker.toggle()
        taken.append(self._take("leave", player.leave))
        return taken

    def close(self) -> None:
        """Ends the training process."""
        self.window.leave()

    def _take(self, what: str, press: Callable[[], object]) -> Taken:
        session = self.window.session
        start, cpu = time.perf_counter(), time.process_time()
        press()
        for _ in range(3):  # one layout may ask for another
            self._application.processEvents()
        spent, wall = time.process_time() - cpu, time.perf_counter() - start
        self._until(lambda: not _wanted(session) or session.state.running)
        answered = time.perf_counter() - start
        return Taken(what, 1000 * spent, 1000 * wall, answered)

    def _stay(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._until(lambda: time.monotonic() > end)

    def _until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + patience()
        while not reached() and time.monotonic() < deadline:
            self._application.processEvents()
            time.sleep(0.002)
        self._application.processEvents()


def _wanted(session: Session) -> bool:
    """Whether somebody waits for an answer; for what was asked ahead nobody does."""
    answers = session.answers
    return any(each != answers._ahead or answers._claimed for each in answers._open)


def print_scenes(console: Console, path: Path, taken: list[Taken]) -> None:
    """Every press of a lecture."""
    table = Table("scene", "CPU ms", "ms", "answered s", title=path.name)
    for each in taken:
        times = f"{each.cpu:.0f}", f"{each.wall:.0f}", f"{each.answered:.2f}"
        table.add_row(each.what[:60], *times)
    console.print(table)


def print_turns(console: Console, turns: dict[Path, tuple[list[Taken], list[Taken]]]) -> None:
    """Without and with the speaker's window: the median of all presses, and the slowest."""
    heads = "median CPU ms", "with speaker", "times", "slowest CPU ms", "with speaker"
    table = Table("lecture", "presses", *heads, title="The speaker's window")
    for path, both in turns.items():
        without, with_it = ([each.cpu for each in taken] for taken in both)
        medians = statistics.median(without), statistics.median(with_it)
        table.add_row(
            path.stem,
            str(len(without)),
            f"{medians[0]:.1f}",
            f"{medians[1]:.1f}",
            f"{medians[1] / medians[0]:.2f}",
            f"{max(without):.0f}",
            f"{max(with_it):.0f}",
        )
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="all that come along, if none is named")
    parser.add_argument("--speaker", action="store_true", help="with the speaker's window, too")
    parser.add_argument("--stay", type=float, default=2.0, help="seconds that a scene stays")
    wanted = parser.parse_args()
    files = wanted.files or [each.path for each in lectures_at_hand() if not each.own]
    measured = Measured(make_application())
    console = Console(width=110)
    everything: list[Taken] = []
    for path in files:
        taken = measured.play(path, stay=wanted.stay)
        everything += taken[1:-1]
        print_scenes(console, path, taken)
    for name, values in (
        ("CPU ms", [each.cpu for each in everything]),
        ("answered s", [each.answered for each in everything]),
    ):
        median, most = statistics.median(values), max(values)
        console.print(f"{name}: median {median:.2f}, slowest {most:.2f}, of {len(values)} presses")
    if wanted.speaker:
        turns: dict[Path, tuple[list[Taken], list[Taken]]] = {path: ([], []) for path in files}
        for path in files:
            for speaker in TURNS:
                turns[path][speaker].extend(measured.play(path, speaker)[1:-1])
        print_turns(console, turns)
    measured.close()


if __name__ == "__main__":
    main()
