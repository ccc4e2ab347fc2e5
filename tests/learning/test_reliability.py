"""Reliability against scikit-learn, and what a threshold leaves against counting one by one."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve

from nnviz.data.digits import bundled_digits
from nnviz.data.handed import Handed
from nnviz.networks.curves import Measured
from nnviz.networks.files import load
from nnviz.networks.taught import UNKNOWN, Taught
from nnviz.questions.comparison import (
    Compare,
    Compared,
    Entrant,
    interval,
    mcnemar,
    sign_test,
)
from nnviz.questions.listing import CELLS, cell_of, misses
from nnviz.questions.question import Subject
from nnviz.questions.reliability import SurveyOutputs, added, coverage_curve, reliability, selected
from tests.learning.asking import answer_to, made_tests
from tests.learning.made_networks import TRAINED, layout, outputs_for_images

CASES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.2, 1 / 3, 0.5, 0.61, 0.9, 1.0]), st.booleans()),
    min_size=1,
    max_size=60,
)


def columns(cases):
    said, true = zip(*cases, strict=True)
    return np.array(said), np.array(true, bool)


@given(CASES, st.integers(1, 20))
def test_the_curve_is_that_of_scikit_learn(cases, bins):
    said, true = columns(cases)
    found = reliability(said, true, bins)
    expected_true, expected_said = calibration_curve(true, said, n_bins=bins)
    np.testing.assert_allclose(found.true, expected_true)
    np.testing.assert_allclose(found.said, expected_said)
    assert found.counts.sum() == len(cases)
    for bin, (low, high) in zip(found.filled, found.intervals(), strict=True):
        assert interval(int(found.hits[bin]), int(found.counts[bin])) == (low, high)
        assert low - 1e-9 <= found.hits[bin] / found.counts[bin] <= high + 1e-9


@tries(max_examples=60)
@given(CASES, CASES)
def test_the_error_is_the_mean_distance_weighted_by_bin(one, other):
    said, true = columns(one)
    found = reliability(said, true)
    expected = 0.0
    for low, high in zip(np.arange(15) / 15, np.arange(1, 16) / 15, strict=True):
        inside = (said > low + 1e-12) & (said <= high + 1e-12) | (low == 0) & (said == 0)
        if inside.any():
            distance = abs(float(said[inside].mean()) - float(true[inside].mean()))
            expected += distance * inside.mean()
    assert found.error == pytest.approx(expected, abs=1e-9)
    assert found.excess == pytest.approx(said.mean() - true.mean(), abs=1e-9)
    both = added([found, reliability(*columns(other))])
    whole = reliability(*columns([*one, *other]))
    np.testing.assert_array_equal(both.counts, whole.counts)
    assert both.error == pytest.approx(whole.error)


def test_nothing_has_no_error():
    empty = reliability(np.zeros(0), np.zeros(0, bool))
    assert (empty.error, empty.excess, len(empty.said), len(empty.intervals())) == (0, 0, 0, 0)


@given(
    st.lists(
        st.tuples(st.sampled_from([0.1, 0.4, 0.4001, 0.8, 1.0]), st.booleans(), st.booleans()),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([0.0, 0.4, 0.5, 0.8, 1.0]),
)
def test_a_threshold_leaves_what_counting_says(cases, threshold):
    confidence, right, answers = (np.array(each) for each in zip(*cases, strict=True))
    right &= answers  # what gets no class is not right
    found = selected(confidence, right, threshold, answers)
    kept = [case for case in zip(confidence, right, answers, strict=True) if case[2]]
    sure = [case for case in kept if case[0] >= threshold]
    assert found.answered == len(sure)
    assert found.wrong == sum(not case[1] for case in sure)
    assert found.wrong_of_all == sum(not case[1] for case in kept)
    assert found.coverage == len(sure) / len(cases)
    coverage, accuracy = coverage_curve(confidence, right, answers)
    levels = sorted({case[0] for case in kept}, reverse=True)
    assert len(coverage) == len(levels)
    for level, covered, share in zip(levels, coverage, accuracy, strict=True):
        at = selected(confidence, right, level, answers)
        assert covered == pytest.approx(at.coverage)
        assert share == pytest.approx(at.accuracy)


def test_refused_digits_are_right_or_wrong():
    confidence = np.array([0.9, 0.2, 0.3, 0.95])
    right = np.array([True, True, False, False])
    found = selected(confidence, right, 0.5)
    assert (found.answered, found.wrong, found.refused_right) == (2, 1, 1)
    assert np.isnan(selected(confidence, right, 0.99).accuracy)


# ---- each output, and how many designs miss a digit ----------------------------------


@pytest.mark.parametrize("design", ["one-vs-rest", "four-bits", "all-pairs", "elimination"])
def test_each_output_is_judged_by_the_digits_that_it_is_asked_about(design):
    digits, made = bundled_digits(), layout(design)
    images, labels = digits.test_images, digits.test_labels
    trained = load(TRAINED / f"{design}.safetensors")
    network = trained.network
    told = answer_to(SurveyOutputs(Subject(network, trained.settings)), digits)
    outputs = outputs_for_images(network, images)
    assert len(told.found) == {"four-bits": 4, "all-pairs": 45}.get(design, 10)
    for output, found in list(zip(told.outputs.tolist(), told.found, strict=True))[::3]:
        wanted = made.table[output][labels]
        asked = wanted != 0
        assert found.counts.sum() == asked.sum()
        true, said = calibration_curve(wanted[asked] > 0, outputs[asked, output], n_bins=15)
        np.testing.assert_allclose(found.true, true, atol=1e-6)
        np.testing.assert_allclose(found.said, said, atol=1e-5)


def test_where_it_is_unsure_only_the_inner_bins_count():
    said = np.array([0.01, 0.02, 0.5, 0.6, 0.99])
    true = np.array([True, False, True, False, True])
    assert reliability(said, true).unsure == pytest.approx((0.55, 0.5, 2))
    nothing = reliability(said[:2], true[:2]).unsure
    assert math.isnan(nothing[0])
    assert nothing[2] == 0


def test_coarser_bins_are_those_of_fewer_bins():
    draw = np.random.default_rng(0)
    said, true = draw.random(500), draw.random(500) < 0.5
    found, expected = reliability(said, true).coarser(3), reliability(said, true, 5)
    np.testing.assert_array_equal(found.counts, expected.counts)
    np.testing.assert_array_equal(found.hits, expected.hits)
    np.testing.assert_allclose(found.totals, expected.totals)


def test_every_digit_is_in_one_cell_and_missed_by_as_many_as_miss_it():
    draw = np.random.default_rng(3)
    right = draw.random((4, 200)) < 0.7
    cells = [cell_of(right[0], right[1], cell) for cell in CELLS]
    assert (np.sum(cells, axis=0) == 1).all()
    assert cells[1].sum() == sum(a and not b for a, b in zip(right[0], right[1], strict=True))
    assert misses(list(right)).tolist() == [4 - int(column.sum()) for column in right.T]


# ---- intervals and p -----------------------------------------------------------------


@example(images=51, share=0.0)  # -6.5e-18 before it was kept within
@example(images=9, share=1.0)
@given(images=st.integers(1, 10_000), share=st.sampled_from([0.0, 1.0]) | st.floats(0, 1))
def test_the_interval_is_wilsons(images, share):
    right = round(share * images)
    low, high = interval(right, images)
    assert 0 <= low <= right / images <= high <= 1
    expected = binomtest(right, images).proportion_ci(0.95, method="wilson")
    assert interval(right, images) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3), st.integers(0, 3)), min_size=1))
def test_mcnemar_counts_and_is_exact(rows):
    first, second, labels = (np.array(column, np.int8) for column in zip(*rows, strict=True))
    found = mcnemar(first, second, labels.astype(np.uint8))
    fixed = sum(a == label != b for a, b, label in rows)
    broken = sum(b == label != a for a, b, label in rows)
    assert (found.fixed, found.broken, found.images) == (fixed, broken, len(rows))
    p = binomtest(fixed, fixed + broken).pvalue if fixed + broken else 1.0
    assert found.p == pytest.approx(p, rel=1e-9)
    ours, theirs = (np.mean(each == labels) for each in (first, second))
    assert found.accuracy == pytest.approx(ours - theirs)


@example(ups=0, downs=0)
@example(ups=1, downs=0)
@example(ups=12, downs=0)
@example(ups=38, downs=35)
@example(ups=5, downs=40)
@example(ups=900, downs=50)
@given(ups=st.integers(0, 60), downs=st.integers(0, 60))
def test_the_sign_test_is_that_of_scipy(ups, downs):
    expected = binomtest(ups, ups + downs).pvalue if ups + downs else 1.0
    assert sign_test(ups, downs) == pytest.approx(expected, rel=1e-9)


MNIST = Taught(Handed("mnist", ("0", "1"), 60_000), 30.0)


def compared(base: Entrant, *others: Entrant) -> Compared:
    labels = np.array([0, 1, 2, 3], np.uint8)
    asked = Compare(base.name, (*others, base))
    return answer_to(asked, made_tests(np.zeros((4, 784), np.uint8), labels))


def entrant(name: str, answers: Sequence[int], taught: Taught = MNIST) -> Entrant:
    return Entrant(name, taught, Measured(0, 0.0, np.array(answers, np.int8)))


def test_many_are_compared_with_one_and_answers_to_other_digits_are_left_out():
    others = entrant("same", [0, 1, 0, 0]), entrant("right", range(4)), entrant("older", [0, 1])
    told = compared(entrant("base", [0, 1, 0, 0]), *others)
    assert set(told.differences) == set(told.intervals) == {"base", "same", "right"}
    assert told.differences["right"].fixed == 2
    assert told.differences["same"].p == 1


def test_no_difference_is_told_of_networks_that_learned_from_other_digits():
    few = Taught(replace(MNIST.handed, images=4_000), 30.0)
    others = (
        entrant("fewer epochs", range(4), replace(MNIST, epochs=6.0)),
        entrant("few digits", range(4), few),
        entrant("trunk of few", range(4), replace(MNIST, before=few)),
        entrant("unknown", range(4), UNKNOWN),
    )
    base = entrant("base", [0, 1, 0, 0])
    told = compared(base, *others)
    assert set(told.differences) == {"base", "fewer epochs"}
    assert set(told.intervals) == {"base", *(each.name for each in others)}
    assert Compare("base", (base, *others)).unlike == {"few digits", "trunk of few", "unknown"}
    told = compared(entrant("base", range(4), UNKNOWN), *others)
    assert not told.differences


def test_intervals_are_told_before_the_baseline_was_asked():
    told = compared(Entrant("base", MNIST, None), entrant("other", range(4)))
    assert set(told.intervals) == {"other"}
    assert not told.differences
