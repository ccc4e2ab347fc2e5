"""Measures the open window: training rate, lateness, idle load, memory."""

import time
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil

from tests.speed.children import Child
from tests.speed.row import Row

WARM_UP = 0.5
"""Seconds of training before it is measured."""
SPAN = 1.5
"""Seconds of one measurement."""
IDLE_SPANS = 5
SETTLING = 2.0
MEMORY_LOOKS = 8
MEGABYTE = 1e6


def window_rows(home: Path, rounds: int) -> list[Row]:
    """Window and windowless training in turn, each at rest while the other is measured."""
    rates: dict[str, list[float]] = {"window": [], "alone": []}
    late, idle, drawn = [], [], []
    with (
        Child("window_program.py", home) as window,
        Child("trainer_program.py", home) as alone,
    ):
        window.hear(), window.hear(), alone.hear()
        time.sleep(SETTLING)
        loads = [_load(window.processes()) for _ in range(IDLE_SPANS)]
        window.tell("watch")
        for _ in range(rounds):
            idle.append(_rest(window)["late"])
            with window.asleep():
                rates["alone"].append(_train(alone)[0])
            window.ask("report")  # its long sleep is not a lateness
            rate, seen = _train(window)
            rates["window"].append(rate)
            late.append(seen["late"])
            drawn.append(seen["drawn"] / SPAN)
    share = [100 * a / b for a, b in zip(rates["window"], rates["alone"], strict=True)]
    training = "window at full speed, 784-30-10, batch 10, bundled digits"
    return [
        Row(
            "rate",
            f"{training}: steps per second, {_middle(drawn):.0f} pictures drawn per second",
            "the same training process without a window",
            "%",
            share,
            90,
            at_least=True,
            note=f"{_middle(rates['window']):,.0f} against {_middle(rates['alone']):,.0f} steps/s",
        ),
        Row(
            "lateness-p99",
            f"{training}: lateness of the event loop, p99",
            "idle window in the same run",
            "ms more",
            [_p99(one) - _p99(other) for one, other in zip(late, idle, strict=True)],
            10,
            note=f"{_p99(_joined(late)):.1f} against {_p99(_joined(idle)):.1f} ms, all rounds",
        ),
        Row(
            "lateness-max",
            f"{training}: lateness of the event loop, longest",
            "-",
            "ms",
            [max(one) for one in late],
            100,
            worst=True,
            note=f"idle window: {max(_joined(idle)):.1f} ms",
        ),
        Row("idle", "idle window: load of all its processes", "one core", "%", loads, 2),
    ]


def memory_row(home: Path, mnist: Path | None) -> Row:
    """What both processes hold while they learn from the whole of MNIST."""
    measured = "PSS of window and training process, training on full MNIST"
    if mnist is None:
        return Row("memory", measured, "-", "MB", (), 700, note="NNVIZ_DATA/mnist is not there")
    with Child("window_program.py", home, "--data", str(mnist)) as window:
        window.hear(), window.hear()
        window.tell("train")
        held, parts = [], {}
        for _ in range(MEMORY_LOOKS):
            time.sleep(SPAN / 2)
            parts = {process.pid: _pss(process) for process in window.processes()}
            held.append(sum(parts.values()))
    each = " + ".join(f"{size:.0f}" for size in parts.values())
    return Row("memory", measured, "-", "MB", held, 700, worst=True, note=f"{each} at the end")


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


def _pss(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / MEGABYTE


def _joined(rounds: list[list[float]]) -> list[float]:
    return [value for one in rounds for value in one]


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[-1]


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
