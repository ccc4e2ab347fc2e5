"""Which ink can be read on a colour, by the contrast that WCAG defines."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.ui.kit.canvas import mixed

CLEAR = 7.1
"""Contrast at which words can be read from the last row, and a little for rounding."""
STEPS = 200


def contrast(one: QColor, other: QColor) -> float:
    """1..21"""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(fill: QColor, inks: Sequence[QColor]) -> int:
    """Number of the ink that stands out most on a fill; of equal ones the first."""
    return max(range(len(inks)), key=lambda each: contrast(fill, inks[each]))


def shades(
    low: QColor, high: QColor, amounts: Sequence[float], inks: Sequence[QColor]
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """(amounts,) 0xffrrggbb with so much of the second colour in the first, 0..1, and the number
    of the ink on each."""
    fills = [clear_fill(low, high, amount, inks) for amount in amounts]
    return (
        np.array([fill.rgb() for fill in fills], np.uint32),
        np.array([readable(fill, inks) for fill in fills], np.intp),
    )


def clear_fill(low: QColor, high: QColor, amount: float, inks: Sequence[QColor]) -> QColor:
    """A colour with so much of the second one in the first, 0..1, that one of the inks can be read
    on it: there is a step where, half-way, none could; more is always more."""
    below, above = _clear_reach(low.rgb(), high.rgb(), tuple(each.rgb() for each in inks))
    if above > 1:  # on the full colour no ink can be read either
        return mixed(low, high, amount * below)
    half = (below + above) / 2
    if amount < half:
        return mixed(low, high, amount / half * below)
    return mixed(low, high, above + (amount - half) / (1 - half) * (1 - above))


@lru_cache(maxsize=64)
def _clear_reach(low: int, high: int, inks: tuple[int, ...]) -> tuple[float, float]:
    """Up to which part of the second colour, and from which on, an ink can be read."""
    ends, written = (QColor(low), QColor(high)), [QColor(each) for each in inks]

    def clear(step: int) -> bool:
        fill = mixed(*ends, step / STEPS)
        return max(contrast(fill, ink) for ink in written) >= CLEAR

    dim = [step for step in range(STEPS + 1) if not clear(step)]
    if not dim:
        return 0.5, 0.5
    above = (dim[-1] + 1) / STEPS
    return max(0.0, (dim[0] - 1) / STEPS), above if dim[-1] < STEPS else 2.0


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4) if part > 0.04045 else part / 12.92
