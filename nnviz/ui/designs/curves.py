"""The test accuracy of several runs on one pair of axes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.networks.curves import Point
from nnviz.ui.designs import words
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.plot import Axes, paint_axes, tips, widened
from nnviz.ui.kit.plot_marks import Line, Values

FLOORS = (80.0, 50.0, 0.0)
"""Percent at which the axis can begin: so that all points are on it."""
SYMBOLS = 9
"""Symbols on a curve: enough to tell it apart, few enough to see the line."""


@dataclass(frozen=True)
class RaceCurve:
    """One run."""

    name: str
    style: LineStyle
    points: tuple[Point, ...]
    epoch_length: int

    @property
    def epochs(self) -> Values:
        """(points,)"""
        return np.array([point.examples for point in self.points]) / self.epoch_length

    @property
    def accuracy(self) -> Values:
        """(points,) in percent"""
        return np.array([100 * point.test_accuracy for point in self.points])


class RaceCurves(Picture[tuple[RaceCurve, ...]]):
    """One curve for each run."""

    id = "race-curves"
    title = words.CURVES
    least = (300, 220)
    keys = False

    def wanted_size(self, view: tuple[RaceCurve, ...] | None) -> tuple[float, float]:
        return (460, 300)

    def regions(self, view: tuple[RaceCurve, ...]) -> Iterable[Region]:
        return tips(self.axes(view), self.room)

    def paint(self, canvas: Canvas, view: tuple[RaceCurve, ...]) -> None:
        paint_axes(canvas, self.axes(view), self.room)

    def axes(self, view: tuple[RaceCurve, ...]) -> Sequence[Axes]:
        """What is drawn."""
        lines, symbols, end, lowest = [], [], 0.0, 100.0
        for curve in view:
            epochs, accuracy, chosen = curve.epochs, curve.accuracy, _spread(curve.epochs)
            lines.append(Line(epochs, accuracy, curve.style.pen(self.theme)))
            symbols.append(
                Line(
                    epochs[chosen],
                    accuracy[chosen],
                    symbol=curve.style.symbol_path(),
                    size=self.theme.px(13),
                    fill=curve.style.colour(self.theme),
                )
            )
            if len(epochs):
                end, lowest = max(end, float(epochs[-1])), min(lowest, float(accuracy.min()))
        low = next(floor for floor in FLOORS if floor <= lowest) if end else 0.0
        return [
            Axes(
                words.PLOT,
                words.PLOT_TIP,
                widened(0, max(end, 0.1), 0.02),
                widened(low, 100, 0.03),
                (*lines, *symbols),
                words.LEFT_AXIS,
                words.BOTTOM_AXIS,
                wide=82,
                upright=False,
            )
        ]

    def words(self, view: tuple[RaceCurve, ...]) -> str:
        begun = [each for each in view if each.points]
        return words.curves({each.name: each.points[-1].test_accuracy for each in begun})


def _spread(epochs: Values) -> np.ndarray:
    """Some points, evenly spread over the axis, the last among them."""
    if not len(epochs):
        return np.zeros(0, np.intp)
    wanted = np.linspace(0, epochs[-1], SYMBOLS)[1:]
    return np.unique(np.searchsorted(epochs, wanted).clip(0, len(epochs) - 1))
