"""Kills the real window, its training process, both, its download and the workers of a study at
random moments while they import, learn, save, film, download and study.

`uv run python -m tests.killing 200` does it two hundred times; `--first N` goes on with the N-th.
After each kill every newest whole run must be offered, no file may be half a one, and what the
window has started must end within two seconds; after every tenth an orderly start must leave no
file that nobody needs. The run that went on through the kills is that of a run without any, bit for
bit.
"""

import argparse
import os
import queue
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import TrainedNetwork, load
from nnviz.session.autosave import Autosave
from tests.loopback import mirror
from tests.patience import patience

ROOT = Path(__file__).resolve().parents[2]
ENDS_WITHIN = 2.0
"""Seconds in which whatever a killed window has started must end."""
ORDERLY_EVERY = 10
LONGEST = 3.0
"""Seconds from the beginning of what it is killed at to the kill, at most."""
STATES = ("importing", "training", "saving", "filming", "downloading", "studying")
LEARNING = STATES[1:5]
TARGETS = {
    "downloading": ("window", "download", "both"),
    "studying": ("window", "worker", "both"),
}
USUAL = ("window", "engine", "both")
STUDY = """name = "killed"
question = "?"
hidden = 5
trials = 400

[digits]
data = "bundled"
classes = ["0", "1"]
per_class = 100
shares = [1.0]

[learning]
batch = 10
epochs = 2

[[schemes]]
name = "one"
scheme = "ten-outputs"
"""
NEEDED = (
    r"config/nnviz/nnviz\.ini",
    r"cache/(?!nnviz/).*",
    r"cache/nnviz/opening/[^/]+\.bmp",
    r"cache/nnviz/kernels/\w+/.*\.nb[ci]",
    r"data/nnviz/mnist/[^/.][^/]*",
    r"data/nnviz/studies/[^/]+/(rows\.sqlite|study\.toml|.*\.safetensors)",
    r"data/nnviz/study[^/]*\.toml",
    r"files/(saved\.safetensors|study\.toml)",
)
"""What somebody needs of all that may lie in the home of the program."""


@dataclass
class Home:
    """Where the program keeps everything, and what must be there."""

    folder: Path
    safe: int = 0
    """Steps that a program has told are on disk"""
    rows: int = 0
    """Of the study"""
    faults: list[str] = field(default_factory=list)

    def environment(self, state: str, address: str) -> dict[str, str]:
        """In which a program does something."""
        own = {f"XDG_{kind.upper()}_HOME": str(self.folder / kind)
               for kind in ("config", "data", "cache", "state")}  # fmt: skip
        return {
            **os.environ,
            **own,
            "HOME": str(self.folder),
            "KILLED_AT": state,
            "KILLED_FILES": str(self.folder / "files"),
            "NNVIZ_MIRROR": address,
            "QT_QPA_PLATFORM": f"offscreen:configfile={ROOT / 'tests' / 'screens.json'}",
            "PYTHONPATH": str(ROOT),
        } | {"NNVIZ_DATA": str(self.folder / "none")}

    @property
    def runs(self) -> Path:
        return self.folder / "data" / "nnviz" / "runs"

    def offered(self) -> list[TrainedNetwork]:
        """What the next start would offer, the newest first; each with a film that can be read."""
        autosave = Autosave(self.runs)
        try:
            found = autosave.left_behind()
            for run in found:
                run.film()
            return [run.trained for run in found]
        finally:
            if trouble := autosave.trouble():
                self.faults.append(trouble)
            autosave.stop()


class Program:
    """The window in a process of its own, with what it says."""

    def __init__(self, home: Home, state: str, address: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killing.program"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=home.environment(state, address),
        )
        self.seen = psutil.Process(self.process.pid)
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[list[str]] = []
        self.errors: list[str] = []
        readers = ((self.process.stdout, self.lines.put), (self.process.stderr, self.errors.append))
        self._threads = [
            threading.Thread(target=lambda pipe=pipe, take=take: [take(line) for line in pipe])
            for pipe, take in readers
        ]
        for thread in self._threads:
            thread.start()

    def until(self, word: str) -> bool:
        """Waits until it says something, or has ended."""
        deadline = time.monotonic() + patience()
        while time.monotonic() < deadline and self.process.poll() is None:
            self.hear(0.05)
            if any(words[0] == word for words in self.said):
                return True
        return False

    def hear(self, wait: float = 0.0) -> None:
        """Takes what it has said."""
        with suppress(queue.Empty):
            while True:
                self.said.append(self.lines.get(timeout=wait).split())
                wait = 0.0

    def children(self) -> list[psutil.Process]:
        """All that it has started and that lives."""
        with suppress(psutil.NoSuchProcess):
            return self.seen.children(recursive=True)
        return []

    def end(self) -> None:
        """Returns when it has ended and all it said is heard."""
        self.process.wait()
        for thread in self._threads:
            thread.join(ENDS_WITHIN)
        self.hear()


def command_of(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def chosen(program: Program, target: str, chance: random.Random) -> list[psutil.Process]:
    """Which processes are killed; the window is the last."""
    children = [each for each in program.children() if "resource_tracker" not in command_of(each)]
    engine = next((int(words[1]) for words in program.said if words[0] == "engine"), None)
    engines = [each for each in children if each.pid == engine or engine is None]
    others = [each for each in children if each not in engines]
    window = [program.seen]
    if target == "window":
        return window
    if target == "both":
        return children + window
    found = engines if target == "engine" else others
    return [chance.choice(found)] if found else window


def kill(home: Home, number: int, seed: int, address: str) -> str:
    """One round; -> what was killed, in words."""
    chance = random.Random(f"{seed}-{number}")
    state = STATES[number % len(STATES)]
    target = chance.choice(TARGETS.get(state, USUAL))
    program = Program(home, state, address)
    if state == "importing":
        time.sleep(chance.uniform(0.05, LONGEST))  # the moment is the experiment
    elif program.until(chance.choice(["engine", "safe"]) if state in LEARNING else "engine"):
        time.sleep(chance.uniform(0.0, LONGEST))
    program.hear()
    early = program.process.poll() is not None
    children = program.children()
    for each in () if early else chosen(program, target, chance):
        with suppress(psutil.NoSuchProcess):
            each.kill()
    lives = program.process.poll() is None and target in ("engine", "worker", "download")
    if lives:
        time.sleep(chance.uniform(0.1, 1.0))
        children = [*{*children, *program.children()}]
        if program.process.poll() not in (None, -9):
            home.faults.append(f"{number}: the window did not outlive its {target}")
    if program.process.poll() is None:
        program.process.kill()
    _, alive = psutil.wait_procs(children, timeout=ENDS_WITHIN)
    alive = [each for each in alive if each.is_running() and each.status() != "zombie"]
    for each in alive:
        home.faults.append(f"{number}: lived on ({state}, {target}): {command_of(each)[-60:]}")
        each.kill()
    program.end()
    if early:
        home.faults.append(f"{number}: it ended by itself: {''.join(program.errors)[-300:]}")
    told = [int(words[1]) for words in program.said if len(words) > 1 and words[0] == "safe"]
    home.safe = max([home.safe, *told])
    look(home, number)
    return f"{state}, {target}"


def look(home: Home, number: int) -> None:
    """Whether all that was whole is offered, and nothing is half."""
    offered = home.offered()
    most = max((each.position.steps for each in offered), default=0)
    saved = home.folder / "files" / "saved.safetensors"
    in_file = load(saved).position.steps if saved.exists() else 0
    if max(most, in_file) < home.safe:
        home.faults.append(
            f"{number}: {home.safe} steps were safe, {most} are offered, {in_file} in the file"
        )
    home.safe = most  # what is in a file is offered no more
    rows = sum(rows_in(home))
    if rows < home.rows:
        home.faults.append(f"{number}: there were {home.rows} trials, and are {rows}")
    home.rows = rows


def rows_in(home: Home) -> Iterator[int]:
    from nnviz.study.files import digest_of_study, study_from
    from nnviz.study.store import Store, StoreError, study_in

    for file in (home.folder / "data" / "nnviz" / "studies").glob("*/rows.sqlite"):
        try:
            study = study_from(study_in(file))
            yield len(Store(file, digest_of_study(study)).rows())
        except StoreError as error:
            if file.stat().st_size:  # else it was killed before it was made
                home.faults.append(str(error))


def orderly(home: Home, number: int, address: str) -> None:
    """A start at which the user lets go of all that is offered, and its end: nothing is left."""
    before = home.offered()
    program = Program(home, "orderly", address)
    program.until("offered")
    program.end()
    if program.process.returncode:
        home.faults.append(f"{number}: orderly end {program.process.returncode} {program.errors}")
    shown = next((words[1:] for words in program.said if words[0] == "offered"), [])
    if [int(each) for each in shown] != [each.position.steps for each in before]:
        home.faults.append(f"{number}: offered were {shown}")
    home.safe = 0
    (home.folder / "files" / "saved.safetensors").unlink(missing_ok=True)
    for path in home.folder.rglob("*"):
        place = path.relative_to(home.folder).as_posix()
        if path.is_file() and not any(re.fullmatch(each, place) for each in NEEDED):
            home.faults.append(f"{number}: left is {place}")


def check_unharmed(trained: TrainedNetwork) -> None:
    """It is what a run without interruption comes to, bit for bit."""
    from nnviz.cli.training import trained_by
    from nnviz.networks.curves import SAMPLE
    from nnviz.networks.network import initial_network
    from nnviz.training.trainer import Trainer

    digits = bundled_digits()
    network = initial_network(trained.settings, digits.inputs, digits.classes)
    trainer = Trainer(trained.settings, digits, network, sample=SAMPLE, live=True)
    while trainer.position.steps < trained.position.steps:
        trainer.advance(trained.position.steps)
    expected = trained_by(trainer).network
    np.testing.assert_array_equal(trained.network.hidden_weights, expected.hidden_weights)
    np.testing.assert_array_equal(trained.network.output_weights, expected.output_weights)


def served() -> dict[str, Path]:
    """What can be downloaded: the original files, where NNVIZ_DATA has them, else nothing."""
    data = os.environ.get("NNVIZ_DATA")
    return {"mnist": Path(data) / "mnist"} if data else {}


def main() -> int:
    """-> 0 where nothing was lost and nothing left."""
    parser = argparse.ArgumentParser(prog="python -m tests.killing", description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=12)
    parser.add_argument("--first", type=int, default=0, help="number of the first kill")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="the home of the program, which is kept")
    asked = parser.parse_args()
    done: Counter[str] = Counter()
    unharmed = 0
    with tempfile.TemporaryDirectory() as temporary, mirror(served()) as server:
        home = Home(asked.folder or Path(temporary))
        (home.folder / "files").mkdir(parents=True, exist_ok=True)
        (home.folder / "files" / "study.toml").write_text(STUDY)
        orderly(home, asked.first, server.address)  # makes the machine code
        for fault in home.faults:
            print(f"  {fault}", flush=True)
        for number in range(asked.first, asked.rounds):
            before = len(home.faults)
            done[kill(home, number, asked.seed, server.address)] += 1
            newest = home.offered()[:1]
            if (number + 1) % ORDERLY_EVERY == 0 or number + 1 == asked.rounds:
                for trained in newest:
                    check_unharmed(trained)
                    unharmed = max(unharmed, trained.position.steps)
                orderly(home, number, server.address)
            for fault in home.faults[before:]:
                print(f"  {fault}", flush=True)
            if (number + 1) % ORDERLY_EVERY == 0:
                print(f"{number + 1} kills, {len(home.faults)} faults", flush=True)
    for what, count in sorted(done.items()):
        print(f"{count:4} {what}")
    print(
        f"killed {done.total()} times; {len(home.faults)} faults; a run of {unharmed:,} steps "
        "went on unharmed"
    )
    return 1 if home.faults else 0


if __name__ == "__main__":
    sys.exit(main())
