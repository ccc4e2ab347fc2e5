"""Measures the start of the real program against that of an empty window."""

import shutil
from pathlib import Path
from statistics import median

from tests.speed.children import Child
from tests.speed.rounds import ratios
from tests.speed.row import Row

FIRST_PAINT = 1.6
ONE_GAP = 300.0
"""Milliseconds; allowed once, while the window is filled."""
LATENESS = 100.0


def start_rows(home: Path, rounds: int) -> list[Row]:
    """The start, again and again, each time after an empty window."""
    taken: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        found = {"bare": _bare_start(home), "with numpy": _bare_start(home, "numpy")}
        shutil.rmtree(home / "cache" / "nnviz", ignore_errors=True)
        found["fresh"], _ = _start(home, with_picture=False)
        found["painted"], started = _start(home, with_picture=True)
        if turn:  # the first one compiles what is imported
            for name, value in (found | started).items():
                taken.setdefault(name, []).append(value)
    middle = {name: median(values) for name, values in taken.items()}
    program = "start of the program, bundled digits"
    window = "bare PySide6 window of the same size"
    return [
        Row(
            "first-paint",
            f"{program}: first paint, the picture kept by the start before it",
            window,
            "x",
            ratios(taken["painted"], taken["bare"]),
            FIRST_PAINT,
            note=f"{middle['painted']:.0f} against {middle['bare']:.0f} ms",
        ),
        Row(
            "first-paint-fresh",
            f"{program}: first paint of the very first start, without a picture",
            window,
            "x",
            ratios(taken["fresh"], taken["bare"]),
            note=f"{middle['fresh']:.0f} ms",
        ),
        Row(
            "first-paint-floor",
            "the bare window with numpy imported: first paint",
            window,
            "x",
            ratios(taken["with numpy"], taken["bare"]),
            note=f"{middle['with numpy']:.0f} ms",
        ),
        Row(
            "gap",
            f"{program}: longest gap of the event loop after the first paint",
            "-",
            "ms",
            taken["gap"],
            ONE_GAP,
        ),
        Row(
            "second-gap",
            f"{program}: the second longest, until the training process is ready",
            "-",
            "ms",
            taken["second_gap"],
            LATENESS,
        ),
        Row("ready", f"{program}: until the training process is ready", "-", "s", taken["ready"]),
    ]


def _bare_start(home: Path, *words: str) -> float:
    with Child("bare_program.py", home, *words) as bare:
        return 1000 * (bare.hear()["painted"] - bare.began)


def _start(home: Path, with_picture: bool) -> tuple[float, dict[str, float]]:
    """-> milliseconds until the first paint, and what the program says of its start."""
    with Child("window_program.py", home) as program:
        first = program.hear()
        if first["picture_kept"] is not with_picture:
            raise RuntimeError("the picture of the start before was not kept as expected")
        painted = 1000 * (first["painted"] - program.began)
        started = program.hear()
        started["ready"] -= program.began
        return painted, started
