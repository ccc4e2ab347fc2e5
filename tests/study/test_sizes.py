"""Sizes and accuracies: every number is that of a committed file, and equal sizes are equal."""

import statistics

import pytest

from nnviz.data.results import result
from nnviz.study.files import load_study, presets
from nnviz.study.shipped import shipped_rows
from nnviz.study.sizes import RESULTS, Sized, as_large, sized

POINTS = {(each.design, each.hidden): each for each in sized()}


@pytest.mark.parametrize("name", RESULTS)
def test_what_no_study_asked_about_is_as_the_results_say(name: str) -> None:
    point, found = POINTS[RESULTS[name]], result(name)
    assert point.parameters == found.figures["parameters"]
    if len(point.values) == len(found.values):  # else a study has more starts of it
        assert point.values == found.values
    else:
        assert len(point.values) > len(found.values)


@pytest.mark.parametrize(
    ("word", "scheme", "place"),
    [
        ("hidden-neurons", "15 neurons", ("ten-outputs", 15)),
        ("hidden-neurons", "300 neurons", ("ten-outputs", 300)),
        ("one-or-ten", "Ten networks", ("one-vs-rest", 30)),
        ("one-or-ten", "Ten networks, as large as one", ("one-vs-rest", 3)),
        ("ten-or-four", "Four bits", ("four-bits", 30)),
        ("ten-or-four", "Four bits, 100 neurons", ("four-bits", 100)),
    ],
)
def test_what_a_study_asked_about_is_as_its_rows_say(
    word: str, scheme: str, place: tuple[str, int]
) -> None:
    outcomes = [row.outcomes[scheme] for row in shipped_rows(load_study(presets()[word]))]
    point, values = POINTS[place], [each.accuracy for each in outcomes]
    assert (point.values, point.parameters) == (tuple(values), outcomes[0].parameters)
    assert point.networks == outcomes[0].models
    assert point.mean == pytest.approx(statistics.fmean(values))
    assert point.deviation == pytest.approx(statistics.stdev(values))


def test_networks_of_equal_size_stand_together() -> None:
    groups = [{(each.design, each.hidden) for each in group} for group in as_large(sized())]
    assert groups == [
        {("ten-outputs", 30), ("one-vs-rest", 3), ("four-bits", 30)},
        {("ten-outputs", 100), ("four-bits", 100)},
        {("ten-outputs", 300), ("one-vs-rest", 30)},
    ]
    counts = [100, 102, 103, 300]
    made = [Sized("ten-outputs", 1, each, each, (0.5, 0.5)) for each in counts]
    assert [[each.parameters for each in group] for group in as_large(made)] == [[100, 102]]
