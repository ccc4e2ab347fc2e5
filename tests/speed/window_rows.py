"""Measures the open window: training rate and lateness."""

import time
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.speed.children import Child
from tests.speed.rounds import ratios
from tests.speed.row import Row

WARM_UP = 0.5
"""Seconds of training before it is measured."""
SPAN = 1.5
"""Seconds of one measurement."""
SETTLING = 2.0
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
        window.tell("watch")
        return _rows([_round(window, alone) for _ in range(rounds)])


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


def _rows(rounds: list[dict[str, Any]]) -> list[Row]:
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
    ]


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


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[-1]
