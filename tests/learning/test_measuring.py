"""Measuring a run: the same answers as one digit after the other, and costs as by the formula."""

import numpy as np
import pytest

from nnviz.data.ink_groups import ink_groups
from nnviz.networks.curves import (
    LIVE_TAUGHT,
    LIVE_TESTED,
    LivePoints,
    Point,
    next_epoch,
    spread,
    up_to,
)
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import Settings
from nnviz.questions.firing import InGroups
from nnviz.questions.measuring import Examination
from nnviz.questions.piecemeal import at_once
from nnviz.training.compiled.firing import ByInk, make_firing
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.readings import READINGS
from tests.learning.costing import costs_of
from tests.learning.runs import learn, new_trainer

CASES = [(name, cost) for name, design in DESIGNS.items() for cost in design.costs]


def by_formula(network, layout, cost, activity, labels):
    """The cost of every digit in float64, straight from its definition."""
    sums = sums_of(network, activity).astype(np.float64)
    found = []
    for of_digit, label in zip(sums, labels, strict=True):
        wanted = layout.taught[label]
        if cost == "softmax":
            heads = [np.flatnonzero(layout.groups == g) for g in layout.groups[wanted > 0]]
            right = of_digit[wanted > 0]
            totals = np.array([np.logaddexp.reduce(of_digit[head]) for head in heads])
            found.append(np.mean(totals - right))
            continue
        fire, asked = wanted > 0, wanted != 0
        each = np.logaddexp(0, of_digit) - of_digit * fire
        if cost == "quadratic":
            each = (1 / (1 + np.exp(-of_digit)) - fire) ** 2 / 2
        found.append(each[asked].sum())
    return np.array(found)


@pytest.mark.parametrize("scale", [1.0, 40.0])  # sums whose powers leave float32, too
@pytest.mark.parametrize(("design", "cost"), CASES)
def test_costs_are_those_of_the_formula(few, design, cost, scale):
    settings = Settings(hidden=6).change(design=design, cost=cost, hidden=6)
    settings = settings.change(trunk="scratch", initial="normal")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    activity = np.float32(scale) * hidden_activity(network, as_inputs(few.test_images[:12]))
    labels = few.test_labels[:12]
    expected = by_formula(network, layout, cost, activity, labels)
    found = costs_of(network, layout, cost, activity, labels)
    np.testing.assert_allclose(found, expected, rtol=3e-6, atol=1e-6 * scale)


@pytest.mark.parametrize("design", DESIGNS)
def test_an_examination_finds_what_each_reading_says_of_the_same_digits(digits, design):
    settings = Settings().change(design=design)
    settings = settings.change(trunk="scratch", hidden=5, initial="scaled")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    images, labels = digits.test_images[:700], digits.test_labels[:700]
    evidence = evidence_of(network, layout, images)
    costs = costs_of(network, layout, settings.cost, evidence.activity[:391], labels[:391])
    examination = Examination(images, labels, 10)
    for reading in DESIGNS[design].readings:
        found = at_once(examination.work(network, layout, reading, settings.cost))
        expected = READINGS[reading].read(evidence, Options()).classes
        np.testing.assert_array_equal(found.answers, expected)
        assert found.right == np.mean(expected == labels)
    if not layout.heads:
        costs = costs_of(network, layout, settings.cost, evidence.activity, labels)
    assert found.cost == pytest.approx(costs.mean(dtype=np.float64), rel=1e-6)


@pytest.mark.parametrize("design", DESIGNS)
def test_what_learns_a_run_measures_it_as_products_do(digits, design):
    settings = Settings().change(design=design)
    settings = settings.change(trunk="scratch", hidden=5, initial="scaled")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    how = network, layout, DESIGNS[design].readings[0], settings.cost
    images, labels = digits.test_images[:700], digits.test_labels[:700]
    products, quicker = (Examination(images, labels, 10, each) for each in (None, make_firing))
    expected, found = at_once(products.work(*how)), at_once(quicker.work(*how))
    np.testing.assert_array_equal(found.answers, expected.answers)
    assert found.right == expected.right
    assert found.cost == pytest.approx(expected.cost, rel=1e-6)


@pytest.mark.parametrize(("ink", "firing"), [(0.3, ByInk), (0.5, InGroups)])
def test_products_measure_images_that_are_full_of_ink(ink, firing):
    images = np.where(np.arange(784) < ink * 784, 200, 0).astype(np.uint8)
    network = initial_network(Settings(hidden=40), 784, 10)
    found = at_once(Examination(images[None], np.zeros(1, np.uint8), 10, make_firing).prepare())
    assert isinstance(found, firing)
    (activity,) = found.of(network)
    expected = hidden_activity(network, as_inputs(images[None]))
    np.testing.assert_allclose(activity.T[None], expected, atol=1e-6)


@pytest.mark.parametrize("count", [1, 399, 1000])
def test_every_image_is_in_one_group_with_all_its_ink(digits, count):
    images = digits.test_images[:count]
    groups = at_once(ink_groups(images))
    again = np.zeros_like(images)
    for group in groups:
        used = np.arange(784) if group.used is None else group.used[:-1]
        again[np.ix_(group.rows, used)] = group.pixels[:, :-1]
        assert (group.pixels[:, -1] == 1).all()
    assert sorted(np.concatenate([group.rows for group in groups])) == list(range(count))
    np.testing.assert_array_equal(again, images)
    pixels = sum(group.pixels.size for group in groups)
    assert count < 1000 or pixels < 0.65 * images.size


# ---- live points ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "taken", "most"),
    [(60_000, 60_000, 8), (60_000, 12_200, 8), (500_000, 500_000, 48), (4000, 4000, 14)],
)
def test_a_first_epoch_has_few_points_that_lie_dense_at_first(length, taken, most):
    points = LivePoints(length, taken)
    places = [0]
    while places[-1] < length:
        places.append(points.after(places[-1]))
    assert places[-1] == length
    assert 6 <= len(places) <= most
    apart = np.diff(places[:-1])
    assert (apart[1:] >= apart[:-1]).all()
    assert points.after(7 * length) == next_epoch(7 * length, length)


def test_digits_that_stand_for_all_come_from_the_whole_set():
    rows = spread(LIVE_TESTED, 10_000)
    np.testing.assert_array_equal(rows, np.arange(0, 10_000, 10))
    assert len(spread(LIVE_TAUGHT, 60_000)) == LIVE_TAUGHT
    np.testing.assert_array_equal(spread(LIVE_TESTED, 5), np.arange(5))


def test_an_estimate_says_what_it_counts_and_never_passes_for_all_test_digits(digits, monkeypatch):
    monkeypatch.setattr("nnviz.training.measuring.LIVE_TESTED", 200)
    trainer = learn(new_trainer(Settings(hidden=4), digits, live=True), 20)
    assert {(point.taught, point.tested) for point in trainer.points} == {(LIVE_TAUGHT, 200)}
    estimate = trainer.measured
    assert estimate.answers is None
    assert not trainer.fresh
    whole = trainer.measure_now()
    assert trainer.fresh
    assert not whole.live
    assert trainer.measured.accuracy == np.mean(trainer.measured.answers == digits.test_labels)


def test_what_was_measured_on_all_digits_takes_the_place_of_an_estimate_there():
    estimate, whole = Point(50, 1, 1, 0.5, 0.5, 500, 1000), Point(50, 1, 1, 0.6, 0.6)
    first, later = Point(0, 2, 2, 0.1, 0.1), Point(70, 1, 1, 0.7, 0.7)
    assert up_to((first, estimate), whole) == (first, whole)
    assert up_to((first, estimate), later) == (first, estimate, later)
    assert up_to((first, estimate), None) == (first, estimate)
