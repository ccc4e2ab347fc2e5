"""Interleaved measuring: every learner once per round, each time in another order."""

import time
from collections.abc import Mapping
from statistics import median
from typing import Protocol

from tests.speed.row import Row


class Learns(Protocol):
    """What can be measured: something that learns so many more steps."""

    def learn(self, steps: int) -> None: ...


Timings = dict[str, list[float]]


def time_steps(learners: Mapping[str, Learns], steps: Mapping[str, int], rounds: int) -> Timings:
    """-> learner: microseconds of processor time per step, round by round.

    Processor time, not time on the wall: on a shared machine the difference belongs to others.
    One round more goes before them, to warm up.
    """
    names = list(learners)
    taken: Timings = {name: [] for name in names}
    for turn in range(rounds + 1):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            began = time.process_time()
            learners[name].learn(steps[name])
            seconds = time.process_time() - began
            if turn:
                taken[name].append(1e6 * seconds / steps[name])
    return taken


def ratios(of: list[float], to: list[float]) -> list[float]:
    """Round by round."""
    return [one / other for one, other in zip(of, to, strict=True)]


def times_faster(
    name: str,
    step: str,
    against: str,
    taken: Timings,
    limit: float | None,
    other: str = "autograd",
    more: str = "",
) -> Row:
    """How many times longer the other takes than ours; `more` goes into the note."""
    return Row(
        name,
        step,
        against,
        "x",
        ratios(taken[other], taken["ours"]),
        limit,
        at_least=True,
        note=microseconds(taken, other) + more,
    )


def microseconds(taken: Timings, other: str) -> str:
    """The medians in words."""
    return f"{median(taken['ours']):,.1f} against {median(taken[other]):,.1f} µs"
