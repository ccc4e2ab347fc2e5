"""Percentages in cells: their colours and their numbers, worked out once."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QStaticText

from nnviz.ui.kit.theme import Theme

NUMERAL = 24
"""Size of the numbers on the design grid, at most."""
FAINTEST = 0.35
"""How much of the full colour the weakest win has."""


def numeral_size(theme: Theme, cell: float) -> float:
    """The largest size up to NUMERAL at which 100 fits into a cell."""
    wide = QFontMetricsF(theme.font(NUMERAL, bold=True)).horizontalAdvance("100")
    return NUMERAL * min(1.0, (cell - theme.px(3)) / wide)


@lru_cache(maxsize=4)
def percent_texts(pixels: int) -> list[tuple[QStaticText, QPointF]]:
    """The numbers 0..100 laid out, with half their size."""
    font = Theme().font(pixels, bold=True)
    return [_laid_out(str(number), font) for number in range(101)]


def _laid_out(words: str, font: QFont) -> tuple[QStaticText, QPointF]:
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.prepare(font=font)
    size = text.size()
    return text, QPointF(size.width() / 2, size.height() / 2)


@lru_cache(maxsize=2)
def win_colours(name: str) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """(101,) 0xffrrggbb by percent, and whether the number on it is the colour on accents."""
    theme = Theme(name)
    empty, full = theme.colour("background"), theme.colour("positive")
    inks = theme.colour("text"), theme.colour("on_accent")
    fills, better = np.zeros(101, np.uint32), np.zeros(101, np.intp)
    fills[:] = empty.rgb()
    for percent in range(50, 101):
        amount = FAINTEST + (1 - FAINTEST) * (percent - 50) / 50
        mixed = _mixed(empty, full, amount)
        fills[percent] = mixed.rgb()
        better[percent] = int(_contrast(mixed, inks[1]) > _contrast(mixed, inks[0]))
    return fills, better


def _mixed(one: QColor, other: QColor, amount: float) -> QColor:
    return QColor.fromRgbF(
        *(a + (b - a) * amount for a, b in zip(_parts(one), _parts(other), strict=True))
    )


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _contrast(one: QColor, other: QColor) -> float:
    """By the WCAG formula."""
    light = sorted(
        0.2126 * _linear(c.redF()) + 0.7152 * _linear(c.greenF()) + 0.0722 * _linear(c.blueF())
        for c in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


def _linear(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4) if part > 0.04045 else part / 12.92
