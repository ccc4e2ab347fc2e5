"""Measures windows that stay open: drawing while they learn, memory, and rest."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from tests.speed.children import Child, processor_time
from tests.speed.digit_folders import folder_of
from tests.speed.memory import held
from tests.speed.revisions import Revision
from tests.speed.rounds import ratios
from tests.speed.row import Row
from tests.speed.sides import PRESENT, Failed, in_turn
from tests.speed.window_sides import homes, open_window, revisions

WARM_UP = 1.0
SPAN = 3.0
"""Seconds of one measurement."""
DRAWING = 0.5
"""Of the other revision's share of a core."""
MEMORY = 400
"""Megabytes."""
REST = 60.0
"""Seconds without input before rest is measured."""
IDLE = 0.5
"""Percent of a core."""
Values = dict[str, list[float]]


def resident_rows(home: Path, rounds: int, against: Revision | None) -> list[Row]:
    """Both windows are open at once, and draw in turn; they rest together."""
    mnist = folder_of("mnist", home)
    words = ["--data", mnist] if mnist else []
    failed = []
    with homes(against) as folders, ExitStack() as opened:
        windows: dict[str, Child] = {}
        for name, revision in revisions(against).items():
            try:
                child, _ = open_window(revision, folders[name], *words)
            except Failed as error:
                failed.append(f"{name}: {error}")
                continue
            windows[name] = opened.enter_context(child)
            child.ask("ready")
        drawing, drawn = _drawing(windows, rounds)
        rows = [_drawing_row(drawing, drawn, failed)]
        rows.append(_memory_row({name: _memory(child) for name, child in windows.items()}, mnist))
        rows.append(_idle_row(_idle(windows, rounds)))
    return rows


def _drawing(windows: Mapping[str, Child], rounds: int) -> tuple[Values, Values]:
    """-> percent of a core of each window alone, pictures a second"""
    shares: Values = {name: [] for name in windows}
    drawn: Values = {name: [] for name in windows}
    for turn in range(rounds):
        for name in in_turn(list(windows), turn):
            child = windows[name]
            child.tell("train")
            time.sleep(WARM_UP)
            window = [psutil.Process(child.ask("report")["pids"][0])]
            before, began = processor_time(window), time.monotonic()
            time.sleep(SPAN)
            used, span = processor_time(window) - before, time.monotonic() - began
            drawn[name].append(child.ask("report")["drawn"] / span)
            child.tell("pause")
            shares[name].append(100 * used / span)
    return shares, drawn


def _drawing_row(shares: Values, drawn: Values, failed: list[str]) -> Row:
    measured = "Train page, 1280x720, while it learns from 400 digits a second: drawing"
    notes = [
        f"{name}: {median(each):.1f} % of a core, {median(drawn[name]):.0f} pictures a second"
        for name, each in shares.items()
    ]
    note = "; ".join([*notes, *failed])
    for other, each in shares.items():
        if other != PRESENT:
            values = ratios(shares[PRESENT], each)
            return Row("drawing", measured, other, "x", values, DRAWING, note=note)
    return Row("drawing", measured, "one core", "%", shares[PRESENT], note=note)


def _memory(child: Child) -> list[float]:
    child.tell("fast")
    time.sleep(WARM_UP)
    megabytes = []
    for _ in range(int(2 * SPAN)):
        time.sleep(0.5)
        megabytes.append(held(child.processes()) / 1e6)
    child.tell("pause")
    return megabytes


def _memory_row(megabytes: Values, mnist: Any) -> Row:
    digits = "full MNIST" if mnist else "the bundled digits"
    notes = [f"{name}: {max(each):.0f} MB" for name, each in megabytes.items()]
    return Row(
        "memory",
        f"memory of all processes (PSS, torch shared with nobody), learning from {digits}",
        "-",
        "MB",
        megabytes[PRESENT],
        MEMORY if mnist else None,
        worst=True,
        note="; ".join(notes),
    )


def _idle(windows: Mapping[str, Child], rounds: int) -> Values:
    time.sleep(REST)
    loads: Values = {name: [] for name in windows}
    for _ in range(rounds):
        processes = {name: child.processes() for name, child in windows.items()}
        before = {name: processor_time(each) for name, each in processes.items()}
        began = time.monotonic()
        time.sleep(SPAN)
        span = time.monotonic() - began
        for name, each in processes.items():
            loads[name].append(100 * (processor_time(each) - before[name]) / span)
    return loads


def _idle_row(loads: Values) -> Row:
    measured = f"window {REST:.0f} s after the last input: load of all its processes"
    notes = [f"{name}: {median(each):.2f} %" for name, each in loads.items()]
    return Row("idle", measured, "one core", "%", loads[PRESENT], IDLE, note="; ".join(notes))
