"""The test accuracy of several runs on one pair of axes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.networks.curves import Point
from nnviz.ui.designs import words
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.plot import Axes, Plot, Values
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, points_of

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


class RaceCurves(Plot[tuple[RaceCurve, ...]]):
    """One curve for each run."""

    id = "race-curves"
    title = words.CURVES

    def make(self) -> Sequence[tuple[Axes, int]]:
        axes = Axes("race-plot", words.PLOT, words.PLOT_TIP, words.LEFT_AXIS, words.BOTTOM_AXIS)
        axes.item.showGrid(x=False, y=True, alpha=0.35)
        return [(axes, 1)]

    def dress(self, theme: Theme) -> None:
        self.axes[0].dress(theme, wide=82)

    def draw(self, view: tuple[RaceCurve, ...]) -> None:
        axes, end, lowest = self.axes[0], 0.0, 100.0
        axes.keep([(part, number) for part in "ls" for number in range(len(view))])
        for number, curve in enumerate(view):
            epochs, accuracy, chosen = curve.epochs, curve.accuracy, _spread(curve.epochs)
            axes.curve(("l", number), epochs, accuracy, curve.style.pen(self.theme))
            axes.curve(
                ("s", number),
                epochs[chosen],
                accuracy[chosen],
                None,
                curve.style.symbol_path(),
                self.theme.px(13),
                curve.style.colour(self.theme),
            )
            if len(epochs):
                end, lowest = max(end, float(epochs[-1])), min(lowest, float(accuracy.min()))
        low = next(floor for floor in FLOORS if floor <= lowest) if end else 0.0
        axes.bounds((0, max(end, 0.1)), (low, 100), (0.02, 0.03))

    def table(self, view: tuple[RaceCurve, ...]) -> Twin:
        curves = ((each.name, each.epochs, each.accuracy) for each in view)
        return points_of(curves, (heads.DESIGN, heads.EPOCH, words.LEFT_AXIS))

    def words(self, view: tuple[RaceCurve, ...]) -> str:
        begun = [each for each in view if each.points]
        return words.curves({each.name: each.points[-1].test_accuracy for each in begun})


def _spread(epochs: Values) -> np.ndarray:
    """Some points, evenly spread over the axis, the last among them."""
    if not len(epochs):
        return np.zeros(0, np.intp)
    wanted = np.linspace(0, epochs[-1], SYMBOLS)[1:]
    return np.unique(np.searchsorted(epochs, wanted).clip(0, len(epochs) - 1))
