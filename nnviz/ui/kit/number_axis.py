"""The numbers of an axis: they never touch, however far it reaches and however large the type."""

import math

from PySide6.QtGui import QFontMetricsF

from nnviz.words import number

Ticks = tuple[tuple[float, str], ...]
"""Places on an axis, each with the words that stand there."""
STEPS = (1, 2, 5)
TINY = 1e-9
"""Of a step: so little beyond the end of an axis is on it."""
APART, BELOW = 0.8, 0.3
"""Room between two numbers beside and below each other at least, in heights of a line."""


def numbers(low: float, high: float, room: float, metrics: QFontMetricsF, across: bool) -> Ticks:
    """Those at every 1, 2, 5, 10, 20 .. of the finest step for which all have room.

    `room`: pixels from `low` to `high`; `across`: they stand beside each other.
    """
    reach = high - low
    if not (0 < reach < math.inf and room > 0):
        return ()
    power = math.floor(math.log10(reach / room))
    while True:
        for factor in STEPS:
            step = float(f"{factor}e{power}")
            first, last = math.ceil(low / step - TINY), math.floor(high / step + TINY)
            needed = metrics.height() * (1 + BELOW)
            if across:
                ends = (_words(place, step, power) for place in (first, last))
                needed = max(map(metrics.horizontalAdvance, ends)) + metrics.height() * APART
            if step >= reach or needed <= step / reach * room:
                places = range(first, last + 1)
                return tuple((place * step, _words(place, step, power)) for place in places)
        power += 1


def _words(place: int, step: float, power: int) -> str:
    return number(place * step, max(0, -power))
