"""Measures the open window: training rate, lateness, idle load, memory."""

import time
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

from tests.speed.children import Child
from tests.speed.rounds import ratios
from tests.speed.row import Row

WARM_UP = 0.5
"""Seconds of training before it is measured."""
SPAN = 1.5
"""Seconds of one measurement."""
IDLE_SPANS = 5
SETTLING = 2.0
MEMORY_LOOKS = 8
MEGABYTE = 1e6
LOOK = 50
"""Milliseconds that the window may be blocked."""


def window_rows(home: Path, rounds: int) -> list[Row]:
    """Window and windowless training in turn, each at rest while the other is measured."""
    with (
        Child("window_program.py", home) as window,
        Child("trainer_program.py", home) as alone,
    ):
        for child, greetings in ((window, 2), (alone, 1)):
            for _ in range(greetings):
                child.hear()
        time.sleep(SETTLING)
        loads = [_load(window.processes()) for _ in range(IDLE_SPANS)]
        window.tell("watch")
        return _rows(loads, [_round(window, alone) for _ in range(rounds)])


def _round(window: Child, alone: Child) -> dict[str, Any]:
    idle = _rest(window)["late"]
    look = max(window.ask("look")["late"])
    with window.asleep():
        rate_alone, _ = _train(alone)
    window.ask("report")  # its long sleep is not a lateness
    rate, report = _train(window)
    return {
        "rate": rate,
        "alone": rate_alone,
        "drawn": report["drawn"] / SPAN,
        "late": report["late"],
        "idle": idle,
        "look": look,
    }


def _rows(loads: list[float], rounds: list[dict[str, Any]]) -> list[Row]:
    training = "window at full speed, 784-30-10, batch 10, bundled digits"
    rates, alone, drawn, late, idle, looks = (
        [each[name] for each in rounds]
        for name in ("rate", "alone", "drawn", "late", "idle", "look")
    )
    all_late, all_idle = (list(chain.from_iterable(each)) for each in (late, idle))
    return [
        Row(
            "rate",
            f"{training}: steps per second, {median(drawn):.0f} pictures drawn per second",
            "the same training process without a window",
            "%",
            [100 * share for share in ratios(rates, alone)],
            90,
            at_least=True,
            note=f"{median(rates):,.0f} against {median(alone):,.0f} steps/s",
        ),
        Row(
            "lateness-p99",
            f"{training}: lateness of the event loop, how much more at p99",
            "idle window in the same run",
            "ms",
            [_p99(one) - _p99(other) for one, other in zip(late, idle, strict=True)],
            10,
            note=f"all rounds: {_p99(all_late):.1f} against {_p99(all_idle):.1f} ms",
        ),
        Row(
            "lateness-max",
            f"{training}: lateness of the event loop, longest",
            "-",
            "ms",
            list(map(max, late)),
            100,
            worst=True,
            note=f"idle window: {max(all_idle):.1f} ms",
        ),
        Row(
            "look",
            "theme, text size and lecture mode changed: lateness of the event loop, longest",
            "-",
            "ms",
            looks,
            LOOK,
        ),
        Row("idle", "idle window: load of all its processes", "one core", "%", loads, 2),
    ]


def memory_row(home: Path, mnist: Path | None) -> Row:
    """What both processes hold while they learn from the whole of MNIST."""
    measured = "PSS of window and training process, training on full MNIST"
    if mnist is None:
        return Row("memory", measured, "-", "MB", (), 700, note="NNVIZ_DATA/mnist is not there")
    with Child("window_program.py", home, "--data", str(mnist)) as window:
        window.hear()
        window.hear()
        window.tell("train")
        held = []
        for _ in range(MEMORY_LOOKS):
            time.sleep(SPAN / 2)
            memory = [process.memory_full_info() for process in window.processes()]
            held.append(sum(one.pss for one in memory) / MEGABYTE)
        each = " + ".join(f"{one.pss / MEGABYTE:.0f}" for one in memory)
        own = sum(one.uss for one in memory) / MEGABYTE
    note = f"at the end {each}; {own:.0f} shared with no other process"
    return Row("memory", measured, "-", "MB", held, 700, worst=True, note=note)


def _train(child: Child) -> tuple[float, dict[str, Any]]:
    """-> steps per second, and the report of the program."""
    child.tell("train")
    time.sleep(WARM_UP)
    before = child.ask("report")
    time.sleep(SPAN)
    after = child.ask("report")
    child.tell("pause")
    rate = (after["steps"] - before["steps"]) / (after["moment"] - before["moment"])
    return rate, after


def _rest(child: Child) -> dict[str, Any]:
    time.sleep(WARM_UP)  # the measuring after a pause is no rest
    child.ask("report")
    time.sleep(SPAN)
    return child.ask("report")


def _load(processes: list[psutil.Process]) -> float:
    """Percent of one core over a span."""
    before, began = _processor_time(processes), time.monotonic()
    time.sleep(SPAN)
    used = _processor_time(processes) - before
    return 100 * used / (time.monotonic() - began)


def _processor_time(processes: list[psutil.Process]) -> float:
    """Seconds, exactly: the scheduler's own count, where psutil has hundredths."""
    return (
        sum(
            int(path.read_text().split()[0])
            for process in processes
            for path in Path(f"/proc/{process.pid}/task").glob("*/schedstat")
        )
        / 1e9
    )


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[-1]
