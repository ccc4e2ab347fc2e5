"""Plots show every point they have, and numbers on axes that stand apart."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from nnviz.networks.curves import Point
from nnviz.ui.designs.curves import RaceCurve, RaceCurves
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.line_styles import line_style
from nnviz.ui.kit.number_axis import numbers
from nnviz.ui.kit.plot import line_pen
from nnviz.ui.kit.plot_marks import Columns, Intervals, Line, Mark, Reach, disc
from nnviz.ui.kit.theme import Theme
from nnviz.ui.train.curves import Curve, Curves, CurveView

pytestmark = pytest.mark.usefixtures("application")


def points(*accuracies: float) -> tuple[Point, ...]:
    """Of a run, an epoch of a thousand digits apart; the cost is what is missing to 1."""
    return tuple(
        Point(
            examples=1000 * number,
            train_accuracy=each,
            test_accuracy=each,
            train_cost=1 - each,
            test_cost=1 - each,
        )
        for number, each in enumerate(accuracies)
    )


@pytest.mark.parametrize("lowest", [0.0, 0.1, 0.45, 0.6, 0.9])
def test_every_point_of_a_run_is_on_its_axes(qtbot: QtBot, lowest: float) -> None:
    run = points(lowest, 0.95, 0.96, 0.97, 0.98, 0.99)
    race = RaceCurves(Theme("dark"), (RaceCurve("one", line_style(0), run, 1000),))
    curves = Curves(Theme("dark"))
    qtbot.addWidget(race)
    qtbot.addWidget(curves)
    low, high = race.axes(race.view)[0].y
    assert low <= 100 * lowest
    assert high >= 99
    curves.show_points(run, 1000)
    low, high = curves.accuracy.axes(curves.accuracy.view)[0].y
    assert low <= 100 * lowest
    assert high >= 99
    low, high = curves.cost.axes(curves.cost.view)[0].y
    assert low <= 0.01
    assert high >= 1 - lowest


@given(
    st.integers(60, 900),
    st.booleans(),
    st.sampled_from([0.1, 0.13, 0.5, 1.0, 7.5, 30.0, 10_000.0, 1e7]),
    st.floats(-1, 0.9),
    st.sampled_from([0.8, 1.0, 2.0]),
)
@settings(max_examples=50)
def test_numbers_on_an_axis_never_touch(
    room: int, across: bool, end: float, start: float, scale: float
) -> None:
    metrics, low = QFontMetricsF(Theme("dark", scale).font()), start * end
    found = numbers(low, end, room, metrics, across)
    places = [(value - low) / (end - low) * room for value, _ in found]
    sizes = [metrics.horizontalAdvance(each) if across else metrics.height() for _, each in found]
    ends = [(at - size / 2, at + size / 2) for at, size in zip(places, sizes, strict=True)]
    assert all(one[1] + 3 <= other[0] for one, other in pairwise(ends))
    assert all(float(words.replace(",", "")) == pytest.approx(value) for value, words in found)
    if room > 450 * scale:
        assert len(found) > 1


@pytest.mark.parametrize("ends", [(0.0, 0.0), (1.0, 0.0), (0.0, math.inf), (0.0, math.nan)])
def test_an_axis_that_reaches_over_nothing_has_no_numbers(ends: tuple[float, float]) -> None:
    assert numbers(*ends, 300, QFontMetricsF(Theme("dark").font()), across=True) == ()


def painted(mark: Mark) -> np.ndarray:
    """(100, 100) whether a pixel is inked, of axes from 0 to 10 and from 0 to 10."""
    image = QImage(100, 100, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with Canvas(image, Theme("dark")) as canvas:
        canvas.sharp()
        mark.paint(canvas, Reach(QRectF(0, 0, 100, 100), (0, 10), (0, 10)))
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(100, image.bytesPerLine())
    return pixels[:, :100] > 0


WHITE = QColor("white")


def test_marks_stand_where_their_numbers_are() -> None:
    pen, at = line_pen(Theme("dark"), WHITE, 1), np.array
    rows, columns = np.nonzero(painted(Line(at([2.0, 8.0]), at([3.0, 3.0]), pen)))
    assert set(rows) <= {69, 70}
    assert (columns.min(), columns.max()) == pytest.approx((20, 80), abs=1)
    rows, columns = np.nonzero(
        painted(Line(at([5.0]), at([2.0]), symbol=disc(), size=10, fill=WHITE))
    )
    assert (rows.mean(), columns.mean()) == pytest.approx((79.5, 49.5), abs=1)
    assert np.ptp(rows) == pytest.approx(10, abs=1)
    rows, columns = np.nonzero(painted(Intervals(at([4.0]), at([1.0]), at([9.0]), pen)))
    assert (rows.min(), rows.max()) == pytest.approx((10, 90), abs=1)
    assert set(columns) <= {39, 40}
    rows, columns = np.nonzero(
        painted(Columns(at([0.0, 5.0, 10.0]), at([0.0, 6.0]), 0.0, pen, WHITE))
    )
    assert (rows.min(), columns.min()) == pytest.approx((40, 50), abs=1)


def test_a_cost_that_is_no_number_any_more_is_left_out() -> None:
    pen = line_pen(Theme("dark"), WHITE, 1)
    cost = np.array([3.0, math.nan, math.inf, 3.0])
    assert painted(Line(np.array([2.0, 4.0, 6.0, 8.0]), cost, pen)).sum(axis=1)[70] > 55


def test_the_smallest_plot_paints_what_has_room(qtbot: QtBot) -> None:
    none = np.zeros(0)
    for size in ((1, 1), (80, 60), (90, 70)):
        curve = Curve(Theme("dark"), CurveView("cost", none, none, none))
        qtbot.addWidget(curve)
        curve.resize(*size)
        curve.grab()
