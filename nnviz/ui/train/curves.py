"""Accuracy and cost of a run as two curves each, and where they stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from nnviz.networks.curves import Point
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.layout import row
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.plot import Axes, Plot, line_pen
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.pages.estimate_words import counted
from nnviz.ui.train import words
from nnviz.words import listed, number, percent

FLOORS = (80.0, 50.0, 0.0)
"""Percent at which the axis of accuracy can begin: so that all points are on it."""
FEW = 5
"""Points below which each one is marked."""
TRAIN = ("muted", 2.0, (4.0, 3.0))
"""Ink, width and dashes of the curve of the training digits, ..."""
TEST = ("text", 3.0, ())
"""... and of the test digits."""
Values = NDArray[np.float64]


@dataclass(frozen=True)
class CurveView:
    """One quantity over the epochs."""

    quantity: str
    """Of words.QUANTITIES"""
    epochs: Values
    train: Values
    test: Values
    ends: tuple[float, float] = (0.0, 1.0)
    """Of the axis"""


class Curve(Plot[CurveView]):
    """Training dashed, test solid."""

    title = words.CURVES
    least = (80, 60)
    wanted = (300, 130)

    def make(self) -> Sequence[tuple[Axes, int]]:
        quantity = self.view.quantity
        label, title, tip = words.QUANTITIES[quantity]
        return [(Axes(f"plot-{quantity}", title, tip, label, words.EPOCHS), 1)]

    def words(self, view: CurveView) -> str:
        if not len(view.epochs):
            return words.NO_CURVE
        return words.CURVE_SAID.format(
            title=words.QUANTITIES[view.quantity][1],
            test=number(view.test[-1], 2),
            training=number(view.train[-1], 2),
        )

    def table(self, view: CurveView) -> Twin:
        headings = (heads.EPOCH, heads.TRAINING, heads.TEST)
        return twin_of(headings, zip(view.epochs, view.train, view.test, strict=True))

    def draw(self, view: CurveView) -> None:
        (axes,) = self.axes
        # a line between so few points hardly shows
        symbol = "o" if len(view.epochs) < FEW else None
        for key, values, how in (("train", view.train, TRAIN), ("test", view.test, TEST)):
            pen = line_pen(self.theme, *how)
            axes.curve(key, view.epochs, values, pen, symbol, self.theme.px(10))
        end = float(view.epochs[-1]) if len(view.epochs) else 1.0
        axes.bounds((0, max(end, 0.1)), view.ends, (0.02, 0.03))


@dataclass(frozen=True)
class CurveLine:
    """A line of the legend."""

    name: str
    value: str
    style: tuple[str, float, tuple[float, ...]]


class CurveLegend(Picture[tuple[CurveLine, ...]]):
    """Which line is which, and where each one stands."""

    id = "curve-legend"
    title = words.LAST_VALUES
    least = (158, 130)
    policy = (Policy.Preferred, Policy.Preferred)
    keys = False

    def words(self, view: tuple[CurveLine, ...]) -> str:
        said = (words.NAME_AND_VALUE.format(name=each.name, value=each.value) for each in view)
        return listed(said) or words.NO_CURVE

    def paint(self, canvas: Canvas, view: tuple[CurveLine, ...]) -> None:
        px, line = self.px, self.px(28)
        y = max(0.0, (self.height() - 2 * line * len(view)) / 2 - px(10))
        for each in view:
            ink, width, dashes = each.style
            middle = int(y + line / 2)
            canvas.line(QPointF(px(2), middle), QPointF(px(46), middle), ink, width, dashes)
            canvas.text(QRectF(px(56), y, self.width() - px(56), line), each.name, LEFT, ink)
            value = QRectF(px(2), y + line, self.width() - px(2), line)
            canvas.text(value, each.value, LEFT, ink, bold=True)
            y += 2 * line + px(4)


class Curves(QWidget):
    """Both curves and their legend. Empty until `load`, because the plot library takes its
    time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("curves")
        self.setAccessibleName(words.CURVES)
        empty = (np.zeros(0),) * 3
        self.accuracy = Curve(theme, CurveView("accuracy", *empty))
        self.cost = Curve(theme, CurveView("cost", *empty))
        self.legend = CurveLegend(theme, ())
        self._points: Sequence[Point] | None = None
        self._epoch_length = 1
        self.setLayout(row((self.accuracy, 1), self.legend, (self.cost, 1), spacing=6))

    def load(self) -> None:
        """Imports the plot library and makes the plots. May be called twice."""
        for curve in (self.accuracy, self.cost):
            curve.load()

    def show_points(
        self, points: Sequence[Point], epoch_length: int, test_name: str = words.TEST
    ) -> None:
        """Draws the curves of a run so far; `test_name` says which test digits they are of."""
        if points == self._points and epoch_length == self._epoch_length:
            return
        self._points, self._epoch_length = points, epoch_length
        self.legend.show_view(_legend(points[-1], test_name) if points else ())
        epochs = np.array([point.examples for point in points]) / epoch_length
        train = [point.train_accuracy for point in points]
        test = [point.test_accuracy for point in points]
        lowest = 100 * min((*train, *test), default=0.0)
        ends = next(floor for floor in FLOORS if floor <= lowest), 100.0
        self.accuracy.show_view(
            CurveView("accuracy", epochs, 100 * np.array(train), 100 * np.array(test), ends)
        )
        train = [point.train_cost for point in points]
        test = [point.test_cost for point in points]
        highest = max((each for each in (*train, *test) if math.isfinite(each)), default=0.0)
        ends = 0.0, 1.05 * highest or 1.05
        self.cost.show_view(CurveView("cost", epochs, np.array(train), np.array(test), ends))


def _legend(point: Point, test_name: str) -> tuple[CurveLine, ...]:
    return (
        CurveLine(
            # with the number there is no room for the name of the set, which stands at the top
            counted(words.TEST, point.tested) if point.tested else test_name,
            _last(point.test_accuracy, point.test_cost),
            TEST,
        ),
        CurveLine(
            counted(words.TRAINING, point.taught),
            _last(point.train_accuracy, point.train_cost),
            TRAIN,
        ),
    )


def _last(accuracy: float, cost: float) -> str:
    return words.LAST.format(accuracy=percent(accuracy), cost=number(cost, 2))
