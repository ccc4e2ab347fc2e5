"""The figures of a study: what lies where, and what is said."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.study.rows import Row
from nnviz.study.table import Table, table_of
from nnviz.ui.kit.export import svg
from nnviz.ui.kit.line_styles import line_style
from nnviz.ui.kit.picture import MOVES, Picture
from nnviz.ui.kit.theme import Theme
from nnviz.ui.study.accuracy_figure import AccuracyFigure
from nnviz.ui.study.figure_files import figures_of, report_pdf
from nnviz.ui.study.figure_scale import Scale, on_log_axis, reach
from nnviz.ui.study.figures import accuracy_view, called_view, difference_view, reached_view
from nnviz.ui.study.lanes_figure import LanesFigure
from tests.study.made_rows import made_rows, made_study
from tests.ui.test_export import colours

THEME = Theme("light")
RIGHT = {
    "0.01": {"usual": (50, 52, 54, 50, 51, 53), "pairs": (60, 58, 65, 61, 59, 60)},
    "1": {"usual": (90, 91, 92, 90, 91, 93), "pairs": (91, 90, 92, 90, 92, 92)},
}
"""Condition -> scheme -> images right of 100, trial by trial"""


def rows_of(*conditions: str) -> list[Row]:
    return [row for each in conditions for row in made_rows(RIGHT[each], each, learned=25)]


@pytest.fixture(scope="module")
def table() -> Table:
    return table_of(made_study("usual", "pairs", shares=(0.01, 1.0)), rows_of("0.01", "1"))


@pytest.fixture
def accuracy(application: QApplication, table: Table) -> Iterator[AccuracyFigure]:
    made = AccuracyFigure(THEME, accuracy_view(table))
    made.resize(900, 480)
    yield made
    made.deleteLater()


@pytest.fixture
def differences(application: QApplication, table: Table) -> Iterator[LanesFigure]:
    made = LanesFigure(THEME, difference_view(table))
    made.resize(900, 320)
    yield made
    made.deleteLater()


def colour_at(picture: Picture, place: QPointF) -> tuple[int, ...]:
    image = colours(picture.grab().toImage())
    return tuple(image[round(place.y()), round(place.x())].tolist())


def ink(style: int) -> tuple[int, ...]:
    return line_style(style).colour(THEME).getRgb()[:3]


@given(
    st.lists(st.floats(-1, 1), min_size=1, max_size=5),
    st.booleans(),
    st.integers(2, 12),
)
@settings(max_examples=60)
def test_an_axis_holds_its_values_with_round_numbers(
    values: list[float], zero: bool, most: int
) -> None:
    low, high = reach(values, 0.02, zero, (-1, 1))
    assert -1 <= low <= min(values)
    assert max(values) <= high <= 1
    assert high - low >= 0.02 - 1e-12
    assert not zero or low <= 0 <= high
    ticks = Scale(low, high, 0, 100).ticks(most)
    assert len(ticks) <= most + 1
    assert all(low - 1e-9 <= each <= high + 1e-9 for each in ticks)
    steps = np.diff(ticks)
    assert np.allclose(steps, steps[:1])
    assert all(f"{step:.0e}"[0] in "125" for step in steps)


def test_amounts_lie_by_their_ratios() -> None:
    assert on_log_axis([0.01, 0.1, 1], 100, 300) == pytest.approx([100, 200, 300])
    assert on_log_axis([5], 100, 300) == [200]


def test_marks_lie_at_their_means_in_the_colour_of_their_scheme(
    accuracy: AccuracyFigure, table: Table
) -> None:
    scale, plot = accuracy.scale(accuracy.view), accuracy.plot(accuracy.view)
    assert len(accuracy.view.curves) == 2
    for curve, point, at in accuracy.points(accuracy.view):
        condition = table.conditions[point.condition].word
        mean = np.mean(RIGHT[condition][curve.name]) / 100
        assert at.y() == pytest.approx(scale.at(mean))
        assert plot.contains(at)
        assert colour_at(accuracy, at) == ink(curve.style)
        low, _ = point.interval or (0, 0)
        assert colour_at(accuracy, QPointF(at.x(), scale.at(low) - 3)) == ink(curve.style)


def test_names_go_below_where_there_is_no_room_beside(accuracy: AccuracyFigure) -> None:
    assert accuracy.name_places(accuracy.view)[0].left() > accuracy.plot(accuracy.view).right()
    accuracy.resize(accuracy.minimumSizeHint())
    places, plot = accuracy.name_places(accuracy.view), accuracy.plot(accuracy.view)
    assert places[0].top() > plot.bottom() + 60
    assert plot.height() > 100
    assert accuracy.room.contains(places[-1])


def test_every_mark_tells_its_numbers(accuracy: AccuracyFigure) -> None:
    told = {region.key: region.tip for region in accuracy.regions(accuracy.view)}
    assert len(told) == 4
    assert told["usual", 0].startswith("usual, 1 % of the training images: 51.7 %, 95 % interval")
    assert "6 trials" in told["pairs", 1]
    assert all(tip in accuracy.words(accuracy.view) for tip in told.values())


def test_arrows_go_to_other_conditions_and_schemes(accuracy: AccuracyFigure) -> None:
    accuracy.at = ("usual", 0)
    for arrow, to in zip(
        ("Right", "Down", "Down", "Left", "Up", "Up"),
        (("usual", 1), ("pairs", 1), ("pairs", 1), ("pairs", 0), ("usual", 0), ("usual", 0)),
        strict=True,
    ):
        key = next(each for each in MOVES if each.name == f"Key_{arrow}")
        QTest.keyClick(accuracy, key)
        assert accuracy.at == to


def test_one_condition_is_a_line_for_each_scheme(application: QApplication) -> None:
    table = table_of(made_study("usual", "pairs", shares=(0.01, 1.0)), rows_of("0.01"))
    assert accuracy_view(table) is None
    (condition,) = table.conditions
    view = reached_view(table, condition)
    assert [lane.name for lane in view.lanes] == ["usual", "pairs"]
    assert view.lanes[1].values == tuple(each / 100 for each in RIGHT["0.01"]["pairs"])
    assert view.lanes[0].beside == ("51.7 %", "6 trials")


def test_differences_lie_on_their_side_of_zero(differences: LanesFigure) -> None:
    view = differences.view
    scale = differences.scale(view)
    assert [lane.key for lane in view.lanes] == [
        ("pairs", "usual", "0.01"),
        ("pairs", "usual", "1"),
    ]
    first, second = view.lanes
    assert first.values == pytest.approx((0.1, 0.06, 0.11, 0.11, 0.08, 0.07))
    assert first.beside == ("+8.8", "better", "ahead in 6 of 6")
    assert second.beside == ("0.0", "no difference found", "ahead in 3 of 6")
    assert scale.at(first.mean) > scale.at(0) + 50
    middle = differences.lane(0, view).center().y()
    above = middle - differences.lane(0, view).height() / 8
    assert colour_at(differences, QPointF(scale.at(first.mean), above)) == ink(first.style)
    column = colours(differences.grab().toImage())[:200, round(scale.at(0))]
    dark = (column.max(axis=1) < 60).mean()
    assert 0.3 < dark < 0.9  # dashes
    assert "+8.8 percentage points, 95 % interval" in differences.words(view)


def test_kinds_that_are_called_so_are_bars(application: QApplication) -> None:
    study = replace(made_study("child"), measure="called", called=("1", "2"))
    figures = {"called:0": 0.9, "called:letter": 0.4}
    rows = [
        replace(row, outcomes={"child": replace(row.outcomes["child"], figures=figures)})
        for row in made_rows({"child": (10, 12)})
    ]
    table = table_of(study, rows)
    view = called_view(table, table.conditions[0])
    assert view is not None
    assert [lane.mean for lane in view.lanes] == [0.9, 0.4]
    assert view.lanes[0].name == "test images of 0"
    made = LanesFigure(THEME, view)
    made.resize(700, 240)
    scale = made.scale(view)
    assert scale.low == 0
    y = made.lane(0, view).center().y()
    inside, outside = (QPointF(scale.at(value), y) for value in (0.45, 0.95))
    assert colour_at(made, inside) == THEME.colour("track").getRgb()[:3]
    assert colour_at(made, outside) == THEME.colour("background").getRgb()[:3]
    made.deleteLater()


def test_other_studies_call_nothing(table: Table) -> None:
    assert called_view(table, table.conditions[0]) is None


def report_of(sections: int, lines: int) -> bytes:
    """As a study's report is built."""
    line = "<p>some words that take a part of a line</p>"
    made = "".join(
        f"<section><h2>Part {number}</h2>{line * lines}</section>" for number in range(sections)
    )
    pictures = '<figure><img src="data:,"><figcaption>not here</figcaption></figure>'
    return f"<style>h1 {{}}</style><h1>Name</h1><p>é</p>{pictures}{made}".encode()


def test_figures_of_a_study_are_paintings(application: QApplication, table: Table) -> None:
    with figures_of(table) as figures:
        assert list(figures) == ["accuracy", "differences"]
        assert figures["accuracy"].title == "Accuracy of each scheme"
        assert "usual, 1 %" in svg(figures["accuracy"]).decode()


@pytest.mark.parametrize(("sections", "lines", "count"), [(4, 3, 1), (5, 40, 3)])
def test_a_report_is_one_page_as_long_as_it_can_be_read(
    application: QApplication, table: Table, sections: int, lines: int, count: int
) -> None:
    with figures_of(table) as figures:
        content = report_pdf(report_of(sections, lines), figures, "Name")
    document = pypdfium2.PdfDocument(content)
    assert len(document) == count
    assert document[0].get_size() == (595, 842)
    said = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert said[0].count("ahead in") == 2  # in the figure, as words
    assert "+8.8" in said[0]
    whole = "".join("".join(said).split())  # words are told apart by guessing
    assert "é" in whole
    assert "nothere" not in whole
    assert whole.count("somewords") == sections * lines
    assert whole.index("Name") < whole.index("Part0") < whole.index(f"Part{sections - 1}")
    assert b"/FontFile" in content
    assert b"/Subtype /Image" not in content  # figures are lines
