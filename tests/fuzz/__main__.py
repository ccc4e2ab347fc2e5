"""Has every reader of the program read damaged files, and looks that nothing but a refusal comes.

`uv run python -m tests.fuzz FOLDER --files 500000` keeps its place and what went wrong in a folder,
and goes on there when it is started again. Without a folder nothing is kept. `--case READER:NUMBER`
reads one file again and tells all; the same seed damages alike.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from tests.fuzz.readers import READERS
from tests.program import ROOT

FILES, SEED = 5000, 1
BATCH = 500
"""Files that one process reads"""
SILENT = 120.0
"""Seconds without a word after which a process counts as one that hangs"""


def batch(reader: str, first: int, count: int, seed: int) -> list[dict[str, Any]]:
    """What a process tells of some files; of one that ended, with the file that ended it."""
    told: list[dict[str, Any]] = []
    begun = -1
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            **dict.fromkeys(("HOME", "USERPROFILE"), home),
            "XDG_DATA_HOME": f"{home}/data",
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
        }
        words = [reader, str(first), str(count), str(seed), home]
        with subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.child", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            cwd=ROOT,
            env=environment,
        ) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            watch = threading.Timer(SILENT, child.kill)
            watch.start()
            for line in child.stdout:
                watch.cancel()
                watch = threading.Timer(SILENT, child.kill)
                watch.start()
                said = json.loads(line)
                begun = said.get("begins", begun)
                if "number" in said:
                    told.append(said)
            watch.cancel()
            complaint = child.stderr.read().strip()
        if begun < 0:
            raise SystemExit(f"{reader} does not read its own sound files: {complaint}")
        if len(told) < count:
            wrong = f"the process ended with status {child.returncode}: {complaint[-2000:]}"
            told.append({"number": begun, "wrong": wrong, "refused": False, "spent": 0.0})
    return told


class Run:
    """How far a run is, and what it found."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "fuzz.json" if folder else None
        self.done: dict[str, int] = dict.fromkeys(READERS, 0)
        self.refused: dict[str, int] = dict.fromkeys(READERS, 0)
        self.wrong: list[str] = []
        if self._file is not None and self._file.exists():
            kept = json.loads(self._file.read_text("utf-8"))
            self.done |= kept["done"]
            self.refused |= kept["refused"]
            self.wrong = kept["wrong"]

    def keep(self) -> None:
        """Writes it, so that the next start goes on."""
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(vars(self) | {"_file": None}), "utf-8")
            part.replace(self._file)

    def take(self, reader: str, first: int, told: list[dict[str, Any]]) -> None:
        """What a process told of files from the first on."""
        self.done[reader] = max([first, *(each["number"] + 1 for each in told)])
        for each in told:
            self.refused[reader] += each["refused"]
            if each["wrong"]:
                self.wrong.append(f"{reader}:{each['number']} {each['wrong']}")
                sys.stdout.write(f"\n{self.wrong[-1]}\n")


def main() -> int:
    """-> 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--case", help="READER:NUMBER")
    parser.add_argument("--only", choices=list(READERS), help="this reader alone")
    asked = parser.parse_args()
    if asked.case:
        reader, _, number = asked.case.partition(":")
        for each in batch(reader, int(number), 1, asked.seed):
            sys.stdout.write(f"{each}\n{each['wrong']}\n")
        return 0
    run = Run(asked.folder)
    readers = [asked.only] if asked.only else list(READERS)
    wanted = -(-asked.files // len(readers))
    # a little of each in turn: what is found early is found for all
    while open_ones := [each for each in readers if run.done[each] < wanted]:
        reader = min(open_ones, key=lambda each: run.done[each])
        first = run.done[reader]
        run.take(reader, first, batch(reader, first, min(BATCH, wanted - first), asked.seed))
        run.keep()
        sys.stderr.write(f"\r{sum(run.done.values())} of {wanted * len(readers)} files")
    for reader in readers:
        sys.stdout.write(
            f"{reader}: {run.done[reader]} files, {run.refused[reader]} of them refused\n"
        )
    sys.stdout.write(f"{sum(run.done.values())} files, {len(run.wrong)} went wrong.\n")
    return int(bool(run.wrong))


if __name__ == "__main__":
    sys.exit(main())
