"""Plots show every point they have, and numbers on axes that stand apart."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.networks.curves import Point
from nnviz.ui.designs.curves import RaceCurve, RaceCurves
from nnviz.ui.kit.line_styles import line_style
from nnviz.ui.kit.plot import Axes
from nnviz.ui.kit.theme import Theme
from nnviz.ui.train.curves import Curves

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


def low_and_high(axes: Axes) -> tuple[float, float]:
    low, high = axes.item.getViewBox().viewRange()[1]
    return low, high


@pytest.mark.parametrize("lowest", [0.0, 0.1, 0.45, 0.6, 0.9])
def test_every_point_of_a_run_is_on_its_axes(qtbot: QtBot, lowest: float) -> None:
    run = points(lowest, 0.95, 0.96, 0.97, 0.98, 0.99)
    race = RaceCurves(Theme("dark"), (RaceCurve("one", line_style(0), run, 1000),))
    curves = Curves(Theme("dark"))
    qtbot.addWidget(race)
    qtbot.addWidget(curves)
    race.load()
    low, high = low_and_high(race.axes[0])
    assert low <= 100 * lowest
    assert high >= 99
    curves.load()
    curves.show_points(run, 1000)
    low, high = low_and_high(curves.accuracy.axes[0])
    assert low <= 100 * lowest
    assert high >= 99
    low, high = low_and_high(curves.cost.axes[0])
    assert low <= 0.01
    assert high >= 1 - lowest


def numbers(axis: Any) -> list[tuple[float, float]]:
    """Where the numbers of an axis begin and end, in order."""
    picture = QPicture()
    with QPainter(picture) as painter:
        _, _, texts = axis.generateDrawSpecs(painter)
    across = axis.orientation == "bottom"
    return sorted(
        (rect.left(), rect.right()) if across else (rect.top(), rect.bottom())
        for rect, _, _ in texts
    )


def test_numbers_on_an_axis_never_touch(qtbot: QtBot) -> None:
    axes = Axes("plot", "Plot", "A plot", "left", "bottom")
    qtbot.addWidget(axes.widget)
    axes.widget.show()

    @settings(max_examples=20)
    @given(
        st.integers(150, 900),
        st.integers(120, 500),
        st.sampled_from([0.1, 0.13, 0.5, 1.0, 7.5, 30.0, 10_000.0]),
        st.floats(1, 100),
        st.sampled_from([0.8, 1.0, 2.0]),
    )
    def check(width: int, height: int, end: float, top: float, scale: float) -> None:
        axes.dress(Theme("dark", scale))
        axes.widget.resize(width, height)
        axes.bounds((0, end), (0, top), (0.02, 0.03))
        QApplication.processEvents()
        for side in ("left", "bottom"):
            found = numbers(axes.item.getAxis(side))
            assert all(one[1] + 3 <= other[0] for one, other in pairwise(found))
            if (width if side == "bottom" else height) > 450 * scale:
                assert len(found) > 1

    check()
