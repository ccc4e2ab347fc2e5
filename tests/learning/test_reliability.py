"""Reliability against scikit-learn, and what a threshold leaves against counting one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from nnviz.questions.comparison import interval
from nnviz.questions.reliability import added, coverage_curve, reliability, selected

CASES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.2, 1 / 3, 0.5, 0.61, 0.9, 1.0]), st.booleans()),
    min_size=1,
    max_size=60,
)


def columns(cases):
    said, true = zip(*cases, strict=True)
    return np.array(said), np.array(true, bool)


@tries(max_examples=100, deadline=None, derandomize=True)
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


@tries(max_examples=60, deadline=None, derandomize=True)
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


@tries(max_examples=100, deadline=None, derandomize=True)
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
