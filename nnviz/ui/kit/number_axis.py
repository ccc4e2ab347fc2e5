"""An axis whose numbers never touch, however far it reaches and however large the type is."""

import math

from pyqtgraph import AxisItem
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

STEPS = (1, 2, 5)
APART, BELOW = 0.8, 0.3
"""Room between two numbers beside and below each other at least, in heights of a line."""


class NumberAxis(AxisItem):
    """Numbers at every 1, 2, 5, 10, 20 .. of the finest step for which all have room."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """-> the step, and where it begins"""
        reach = abs(high - low)
        if not (reach > 0 and size > 0):
            return [(1.0, 0.0)]
        metrics = QFontMetricsF(self.style["tickFont"] or self.font())
        power = math.floor(math.log10(reach / size))
        while True:
            for factor in STEPS:
                step = float(f"{factor}e{power}")
                needed = self._needed(low, high, step, metrics)
                if step >= reach or needed <= step / reach * size:
                    return [(step, 0.0)]
            power += 1

    def boundingRect(self) -> QRectF:
        """With room beyond either end, where the first and the last number may stand: half a line
        above and below, and half of a number beside."""
        line = QFontMetricsF(self.style["tickFont"] or self.font()).height()
        across = line / 2 if self.orientation in ("left", "right") else line
        place: QRectF = super().boundingRect()
        return place.adjusted(-across, -line / 2, across, line / 2)

    def _needed(self, low: float, high: float, step: float, metrics: QFontMetricsF) -> float:
        """Pixels from one number to the next."""
        line = metrics.height()
        if self.orientation in ("left", "right"):
            return line * (1 + BELOW)
        ends = [math.ceil(low / step) * step, math.floor(high / step) * step]
        widest = max(metrics.horizontalAdvance(each) for each in self.tickStrings(ends, 1, step))
        return widest + line * APART
