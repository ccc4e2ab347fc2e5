"""Measures the start of the real program against that of an empty window."""

from pathlib import Path

from tests.speed.children import Child
from tests.speed.row import Row

FIRST_PAINT = 1.6
ONE_GAP = 600.0
LATENESS = 100.0


def start_rows(home: Path, rounds: int) -> list[Row]:
    """The start, again and again, each time after an empty window."""
    _start(home)  # compiles what is imported
    _bare_start(home)
    bare, painted, gap, later, ready = [], [], [], [], []
    for _ in range(rounds):
        bare.append(_bare_start(home))
        first, started = _start(home)
        painted.append(first)
        gap.append(started["gap"])
        later.append(started["second_gap"])
        ready.append(started["ready"])
    milliseconds = f"{_middle(painted):.0f} against {_middle(bare):.0f} ms"
    program = "start of the program, bundled digits"
    return [
        Row(
            "first-paint",
            f"{program}: first paint",
            "bare PySide6 window of the same size",
            "x",
            [one / other for one, other in zip(painted, bare, strict=True)],
            FIRST_PAINT,
            note=milliseconds,
        ),
        Row(
            "first-gap",
            f"{program}: longest gap of the event loop after it",
            "-",
            "ms",
            gap,
            ONE_GAP,
        ),
        Row(
            "second-gap",
            f"{program}: second longest, until the training process is ready",
            "-",
            "ms",
            later,
            LATENESS,
        ),
        Row("ready", f"{program}: until the training process is ready", "-", "s", ready),
    ]


def _bare_start(home: Path) -> float:
    with Child("bare_program.py", home) as bare:
        return 1000 * (bare.hear()["painted"] - bare.began)


def _start(home: Path) -> tuple[float, dict[str, float]]:
    """-> milliseconds until the first paint, and what the program says of its start."""
    with Child("window_program.py", home) as program:
        painted = 1000 * (program.hear()["painted"] - program.began)
        started = program.hear()
        started["ready"] -= program.began
        return painted, started


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
