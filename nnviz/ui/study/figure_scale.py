"""Axes of the figures of a study: from values to pixels, with round numbers on them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = (1, 2, 5, 10)
ROOM = 0.06
"""Of the span, beyond the least and the greatest value."""


@dataclass(frozen=True)
class Scale:
    """An axis, straight or turned around."""

    low: float
    high: float
    start: float
    """Where `low` lies, in pixels"""
    end: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def nearest(self, value: float) -> float:
        """The value on the axis that is nearest: intervals of few trials may go beyond it."""
        return min(max(value, self.low), self.high)

    def on_it(self, values: Iterable[float]) -> list[float]:
        """Those values that lie on the axis; where an interval goes beyond it, it has no end."""
        return [value for value in values if value == self.nearest(value)]

    def ticks(self, most: int) -> list[float]:
        """Round values, so many at most but two at least."""
        span = self.high - self.low
        power = 10.0 ** math.floor(math.log10(span / max(2, most)))
        steps = [factor * tens * power for tens in (0.1, 1, 10) for factor in STEPS]
        at = next(place for place, each in enumerate(steps) if span / each <= max(2, most))
        several = (each for each in steps[at::-1] if len(self._at_every(each)) > 1)
        return self._at_every(next(several, steps[at]))

    def _at_every(self, step: float) -> list[float]:
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(tick * step, 12) for tick in range(first, last + 1)]


def reach(
    values: Iterable[float], least: float, zero: bool = False, ends: tuple[float, float] = (0, 1)
) -> tuple[float, float]:
    """What an axis for these values reaches over: at least `least`, so that noise does not look
    large; with `zero` in it; never beyond `ends`."""
    found = [*values, *([0.0] if zero else [])]
    low, high = min(found, default=0.0), max(found, default=1.0)
    room = max((high - low) * ROOM, (least - (high - low)) / 2)
    low, high = low - room, high + room
    if low < ends[0]:
        low, high = ends[0], max(high, min(ends[0] + least, ends[1]))
    if high > ends[1]:
        low, high = min(low, max(ends[1] - least, ends[0])), ends[1]
    return low, high


def on_log_axis(amounts: Sequence[float], start: float, end: float) -> list[float]:
    """Places of amounts above zero, the least at the start and the greatest at the end; a single
    one in the middle."""
    low, high = math.log(min(amounts)), math.log(max(amounts))
    if high == low:
        return [(start + end) / 2] * len(amounts)
    return [start + (math.log(each) - low) / (high - low) * (end - start) for each in amounts]
