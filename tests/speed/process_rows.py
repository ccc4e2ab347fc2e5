"""Measures whole processes: the training process until it learns, and lines of `nnviz`."""

import os
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import psutil

from tests.speed.children import environment
from tests.speed.digit_folders import folder_of
from tests.speed.revisions import Revision
from tests.speed.rounds import ratios
from tests.speed.row import Row
from tests.speed.sides import PRESENT, Failed, Side, adapter_of, in_turn
from tests.speed.window_sides import homes, revisions

READY = 0.6
"""Of the other revision's processor time."""
LINES = {
    "train-bundled": ("bundled", ["--epochs", "30"]),
    "train-mnist": ("mnist", ["--epochs", "3"]),
    "train-pairs": ("bundled", ["--design", "all-pairs", "--epochs", "10"]),
}
"""Name -> digits, words of `nnviz train`."""
Values = dict[str, list[float]]


def ready_rows(_home: Path, rounds: int, against: Revision | None) -> list[Row]:
    """The training process of each, started again and again."""
    measured = "training process from its start until it has learned one step: processor time"
    taken: Values = {}
    failed = []
    with ExitStack() as opened:
        sides = {PRESENT: opened.enter_context(Side(PRESENT, "present"))}
        if against is not None:
            then = Side(against.short, adapter_of(against), against)
            sides[against.short] = opened.enter_context(then)
        for name, side in dict(sides).items():
            try:
                settings = {"design": "ten-outputs"}
                side.make("process", "process", settings=settings, digits="bundled")
                taken[name] = []
            except Failed as error:
                failed.append(f"{name}: {error}")
        for turn in range(rounds + 1):  # the first one fills caches
            for name in in_turn(list(taken), turn):
                pid = sides[name].ask("process")["pid"]
                times = psutil.Process(pid).cpu_times()  # threads that have ended count, too
                if turn:
                    taken[name].append(times.user + times.system)
        for name in taken:
            sides[name].drop("process")
    return [_row("ready", measured, taken, READY, failed)]


def program_rows(home: Path, rounds: int, against: Revision | None) -> list[Row]:
    """The same lines for every revision that has the command."""
    rows = []
    with homes(against) as folders:
        for row, (digits, words) in LINES.items():
            folder = folder_of(digits, home)
            if folder is None:
                continue
            data = [] if digits == "bundled" else ["--data", folder]
            taken: Values = {}
            failed: dict[str, str] = {}
            for turn in range(rounds + 1):
                for name, revision in revisions(against).items():
                    if name in failed:
                        continue
                    try:
                        seconds = _line(revision, folders[name], ["train", *data, *words])
                    except Failed as error:
                        failed[name] = str(error)
                        continue
                    if turn:
                        taken.setdefault(name, []).append(seconds)
            told = " ".join(["nnviz train", *(["--data MNIST"] if data else []), *words])
            notes = [f"{name}: {why}" for name, why in failed.items()]
            rows.append(
                _row(row, f"`{told}`, the whole program: processor time", taken, None, notes)
            )
    return rows


def _line(revision: Revision, home: Path, words: Sequence[str]) -> float:
    """Seconds of processor time of a command and all that it starts. Raises Failed."""
    process = subprocess.Popen(
        [str(revision.python), "-m", "nnviz", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(home, [revision.tree]),
        cwd=revision.tree,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"nnviz {words[0]} ended with status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def _row(
    name: str, measured: str, taken: Values, limit: float | None, failed: Sequence[str]
) -> Row:
    """How much of the other revision's time ours takes; our time where there is no other."""
    ours = taken.get(PRESENT, [])
    for other, theirs in taken.items():
        if other != PRESENT and ours and theirs:
            note = f"{median(ours):.2f} against {median(theirs):.2f} s"
            return Row(name, measured, other, "x", ratios(ours, theirs), limit, note=note)
    return Row(name, measured, "-", "s", ours, note="; ".join(failed))
