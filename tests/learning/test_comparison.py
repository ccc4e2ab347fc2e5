"""Intervals and p against scipy's own tests."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from scipy.stats import binomtest

from nnviz.networks.curves import Measured
from nnviz.questions.comparison import Compare, interval, mcnemar, sign_test
from tests.learning.asking import answer_to, made_tests


@tries(max_examples=100, deadline=None, derandomize=True)
@given(images=st.integers(1, 10_000), share=st.floats(0, 1))
def test_the_interval_is_wilsons(images, share):
    right = round(share * images)
    expected = binomtest(right, images).proportion_ci(0.95, method="wilson")
    assert interval(right, images) == pytest.approx((expected.low, expected.high), abs=1e-9)


@tries(max_examples=100, deadline=None, derandomize=True)
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


def test_many_are_compared_with_one_and_answers_to_other_digits_are_left_out():
    labels = np.array([0, 1, 2, 3], np.uint8)
    base = np.array([0, 1, 0, 0], np.int8)
    others = {"base": base, "same": base.copy(), "right": labels.astype(np.int8), "older": base[:2]}
    measured = {name: Measured(0, 0.0, answers) for name, answers in others.items()}
    asked = Compare("base", tuple(measured.items()))
    told = answer_to(asked, made_tests(np.zeros((4, 784), np.uint8), labels))
    assert set(told.differences) == set(told.intervals) == {"base", "same", "right"}
    assert told.differences["right"].fixed == 2
    assert told.differences["same"].p == 1
