"""Which ink can be read on a colour, by the contrast that WCAG defines."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.ui.kit.canvas import mixed


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
    fills = [mixed(low, high, amount) for amount in amounts]
    return (
        np.array([fill.rgb() for fill in fills], np.uint32),
        np.array([readable(fill, inks) for fill in fills], np.intp),
    )


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4) if part > 0.04045 else part / 12.92
