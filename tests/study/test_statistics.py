"""What is said of repeated trials, against scipy, statsmodels and brute force."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import chdtri, nctdtr, ndtr
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.effect_size import _noncentrality_t
from statsmodels.stats.multitest import multipletests

from nnviz.questions.comparison import holm
from nnviz.study.grids import grids_of
from nnviz.study.statistics import (
    BOOTSTRAP_FROM,
    LARGEST_T,
    RESAMPLES,
    holm_over_plan,
    noncentrality,
    paired_of,
    per_trial,
    signed_rank_p,
    spread_of,
    trials_for,
)
from nnviz.study.table import table_of
from tests.study.made_rows import made_rows, made_study

OF = 500
"""Images that a fraction is of"""
TRIED = settings(max_examples=40, deadline=None)


def fractions(least: int, most: int):
    """Accuracies of so many trials, many of them alike."""
    right = st.integers(0, 12) | st.integers(0, OF)
    return st.lists(right, min_size=least, max_size=most).map(lambda counts: np.array(counts) / OF)


def pairs(least: int, most: int):
    """Two schemes' accuracies in the same trials."""
    both = st.tuples(st.integers(0, 12) | st.integers(0, OF), st.integers(0, OF))
    return st.lists(both, min_size=least, max_size=most).map(lambda found: np.array(found) / OF)


def close(expected: float | tuple[float, ...], rel: float = 1e-9):
    return pytest.approx(expected, rel=rel, abs=1e-12)


@given(fractions(2, 40))
@TRIED
def test_mean_deviation_and_interval_are_those_of_scipy(values):
    found = spread_of(values)
    assert found.trials == len(values)
    assert found.mean == close(np.mean(values))
    if found.alike:
        assert np.ptp(values) == 0
        assert found.interval is found.bootstrap is None
        return
    assert found.deviation == close(np.std(values, ddof=1))
    expected = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert found.interval == close(expected)
    assert (found.bootstrap is not None) == (len(values) >= BOOTSTRAP_FROM)


def test_the_bootstrap_is_scipys_and_the_same_each_time():
    values = np.random.default_rng(5).integers(100, 130, 25) / OF
    found = spread_of(values)
    expected = stats.bootstrap(
        (values,), np.mean, n_resamples=RESAMPLES, method="BCa", rng=np.random.default_rng(1)
    ).confidence_interval
    assert found.bootstrap == (expected.low, expected.high)
    assert spread_of(list(values)) == found
    assert found.bootstrap == pytest.approx(found.interval, abs=0.1 * found.deviation)


def test_a_table_of_twenty_trials_shows_the_bootstrap():
    study = made_study("a", "b", trials=BOOTSTRAP_FROM)
    rows = made_rows({"a": [50, 52] * 10, "b": [53, 54, 57, 51] * 5})
    table = table_of(study, rows)
    assert not any("BCa" in note for note in table.notes)
    (line,) = table.comparisons
    low, high = line.paired.spread.bootstrap
    reached, differences = grids_of(table)[1], grids_of(table)[0]
    assert f"{100 * low:.1f} to {100 * high:.1f}" in differences.rows[0]
    assert differences.heads[4] == reached.heads[4] == "by bootstrap"
    fewer = grids_of(table_of(study, rows[:-1]))
    assert all("by bootstrap" not in grid.heads for grid in fewer)


def test_nineteen_alike_and_one_not_have_a_bootstrap_or_none_but_no_nan():
    found = spread_of([0.5] * 19 + [0.502])
    assert found.bootstrap is None or all(map(math.isfinite, found.bootstrap))


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_short_floats_are_worked_out_in_double_precision(kind):
    first, second = np.array([0.5, 0.25, 0.75], kind), np.array([0.0, 0.125, 0.5], kind)
    assert paired_of(first, second) == paired_of(first.astype(float), second.astype(float))


def test_bytes_do_not_wrap_around():
    first, second = np.array([3, 9, 5], np.uint8), np.array([5, 7, 9], np.uint8)
    assert paired_of(first, second).differences == (-2, 2, -4)


@given(pairs(2, 60))
@TRIED
def test_the_paired_t_test_is_that_of_scipy(values):
    first, second = values.T
    found = paired_of(first, second)
    if found.spread.alike:
        assert found.t_p is found.d_paired is None
        return
    # scipy takes rounding for a difference
    whole = np.rint(first * OF), np.rint(second * OF)
    assert found.t_p == close(stats.ttest_rel(*whole).pvalue, 1e-6)
    # one interval excludes 0 exactly where the other's p is below
    low, high = found.spread.interval
    assert (found.t_p < 0.05) == (low > 0 or high < 0)
    low, high = found.d_paired.interval
    assert (found.t_p < 0.05) == (low > 0 or high < 0)


def by_hand(differences):
    """Two-sided p of the signed ranks: all signs tried."""
    changed = np.round(differences[differences != 0], 12)
    ranks = stats.rankdata(np.abs(changed))
    middle = ranks.sum() / 2
    distance = abs(ranks[changed > 0].sum() - middle)
    signs = np.array(list(itertools.product((0, 1), repeat=len(changed))))
    return float(np.mean(np.abs(signs @ ranks - middle) >= distance - 1e-9))


@given(pairs(1, 9))
@example(np.array([[0.3, 0.2], [0.2, 0.1], [0.1, 0.2]]))
@TRIED
def test_the_signed_rank_test_tries_all_signs(values):
    first, second = values.T
    assert paired_of(first, second).wilcoxon_p == close(by_hand(first - second))


@pytest.mark.parametrize("trials", [5, 14, 51, 200])
def test_without_ties_the_signed_rank_test_is_scipys_exact_one(trials):
    differences = np.random.default_rng(trials).normal(0.2, 1, trials)
    expected = stats.wilcoxon(differences, method="exact").pvalue
    assert signed_rank_p(differences) == close(expected)


def test_with_ties_the_signed_rank_test_is_right_where_scipys_exact_one_is_not():
    differences = np.array([1, 2, 2, -1, 3, 2, 3, -2, 1, 4]) / OF
    permuted = stats.PermutationMethod(n_resamples=2**10)
    expected = stats.wilcoxon(np.rint(differences * OF), method=permuted).pvalue
    assert signed_rank_p(differences) == close(expected)
    assert stats.wilcoxon(differences, method="exact").pvalue != close(expected)


@pytest.mark.parametrize("freedom", [1, 9, 18, 99])
@pytest.mark.parametrize("t", [0.0, 0.79, -3.0, 12.0, 94.55, 106.5])
def test_the_noncentrality_is_that_of_statsmodels(freedom, t):
    low, high = noncentrality(t, freedom)
    assert (low, high) == pytest.approx(_noncentrality_t(t, freedom).confint, rel=1e-3, abs=1e-4)
    assert nctdtr(freedom, low, t) == close(0.975, 1e-7)
    assert nctdtr(freedom, high, t) == close(0.025, 1e-7)


@given(st.integers(1, 60), st.floats(0, LARGEST_T))
@TRIED
def test_the_ends_of_the_noncentrality_are_as_likely_as_they_should_be(freedom, t):
    """By the definition: a normal number over the root of a chi-squared one over its freedom."""
    quantiles = (np.arange(20_000) + 0.5) / 20_000
    scale = np.sqrt(chdtri(freedom, 1 - quantiles) / freedom)
    for likely, end in zip((0.975, 0.025), noncentrality(t, freedom), strict=True):
        assert ndtr(t * scale - end).mean() == pytest.approx(likely, abs=1e-3)


def test_the_noncentrality_of_a_huge_t_is_its_limit():
    just_below = np.array(noncentrality(LARGEST_T, 9))
    limit = np.array(noncentrality(LARGEST_T * (1 + 1e-12), 9))
    assert limit == pytest.approx(just_below, rel=1e-3)
    assert noncentrality(-1e15, 9) == close(tuple(-limit[::-1] * 1e12))


def test_d_is_what_the_intervals_say_it_is():
    """Covered 95 times of 100, both kinds, where trials of both schemes are independent."""
    chance = np.random.default_rng(8)
    inside = np.zeros(2)
    for _ in range(200):
        first, second = chance.normal(0.6, 0.1, 10), chance.normal(0.5, 0.1, 10)
        found = paired_of(first, second)
        for place, (effect, true) in enumerate(
            [(found.d_paired, 1 / math.sqrt(2)), (found.d_pooled, 1.0)]
        ):
            inside[place] += effect.interval[0] <= true <= effect.interval[1]
    assert (abs(inside / 200 - 0.95) < 0.04).all()


@pytest.mark.filterwarnings("ignore:Precision loss")  # where one scheme is constant
@given(pairs(2, 20))
@TRIED
def test_both_kinds_of_d_come_from_their_t(values):
    first, second = values.T
    found, trials = paired_of(first, second), len(values)
    if found.d_paired is not None:
        t = stats.ttest_1samp(found.differences, 0).statistic
        assert found.d_paired.d * math.sqrt(trials) == close(t)
        assert found.d_paired.interval[0] < found.d_paired.d < found.d_paired.interval[1]
    if found.d_pooled is not None:
        t = stats.ttest_ind(first, second).statistic
        assert found.d_pooled.d * math.sqrt(trials / 2) == close(t, 1e-7)


@given(pairs(1, 30))
@TRIED
def test_a_tie_is_half_a_trial_for_each(values):
    first, second = values.T
    found, turned = paired_of(first, second), paired_of(second, first)
    wins = sum(a > b for a, b in values.tolist()) + sum(a == b for a, b in values.tolist()) / 2
    assert found.ahead == wins
    assert found.share + turned.share == close(1.0)
    assert found.wilcoxon_p == close(turned.wilcoxon_p)
    assert found.share_interval == close(tuple(1 - end for end in turned.share_interval[::-1]))
    if wins == int(wins):
        expected = stats.binomtest(int(wins), len(values)).proportion_ci(method="wilson")
        assert found.share_interval == close((expected.low, expected.high), 1e-6)


def test_nothing_differs():
    found = paired_of([0.9] * 10, [0.9] * 10)
    assert (found.spread.mean, found.spread.deviation, found.spread.interval) == (0, 0, None)
    assert (found.t_p, found.wilcoxon_p, found.p) == (None, 1.0, 1.0)
    assert (found.d_paired, found.d_pooled, found.share) == (None, None, 0.5)


def test_all_differences_are_the_same_but_for_rounding():
    """scipy's t is then 1e16 and its p 1e-110, with a warning."""
    second = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    found = paired_of(second + 0.1, second)
    assert np.ptp(second + 0.1 - second) > 0
    assert found.spread.mean == close(0.1)
    assert (found.spread.deviation, found.t_p, found.d_paired) == (0, None, None)
    assert found.p == found.wilcoxon_p == 2 / 2**7
    assert found.d_pooled.d == close(0.1 / np.std(second, ddof=1))


def test_one_scheme_is_constant():
    second = np.array([0.1, 0.2, 0.4])
    found = paired_of([0.5] * 3, second)
    assert found.t_p == close(stats.ttest_1samp(0.5 - second, 0).pvalue)
    assert found.d_pooled.d == close((0.5 - second.mean()) / math.sqrt(second.var(ddof=1) / 2))
    assert paired_of([0.5] * 3, [0.4] * 3).d_pooled is None


def test_two_trials_have_a_wide_interval_and_one_has_none():
    two = paired_of([0.5, 0.7], [0.4, 0.4])
    assert two.spread.interval == close(stats.t.interval(0.95, 1, 0.2, 0.1))
    assert (two.t_p, two.wilcoxon_p) == (close(stats.ttest_1samp([0.1, 0.3], 0).pvalue), 0.5)
    one = paired_of([0.5], [0.4])
    assert one.spread.deviation is one.spread.interval is one.t_p is one.d_paired is None
    assert one.d_pooled is None
    assert one.p == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
@TRIED
def test_holm_is_that_of_statsmodels(ps):
    assert holm(ps) == close(tuple(multipletests(ps, method="holm")[1]))


def test_what_has_no_p_yet_counts_in_the_plan():
    assert holm_over_plan([0.01, None, 0.02, None]) == [0.04, None, close(0.06), None]


def test_each_trial_is_tested_by_mcnemar():
    chance = np.random.default_rng(4)
    shares = [(0.9, 0.7), (0.8, 0.8), (0.6, 0.85), (0.9, 0.75), (0.8, 0.78)]
    drawn = [(chance.random(200) < one, chance.random(200) < other) for one, other in shares]
    ps = []
    for one, other in drawn:
        table = [[np.sum((one == a) & (other == b)) for b in (1, 0)] for a in (1, 0)]
        ps.append(mcnemar(table, exact=True).pvalue)
    sure = multipletests(ps, method="holm")[0]
    better = [one.sum() > other.sum() for one, other in drawn]
    found = per_trial([one for one, _ in drawn], [other for _, other in drawn])
    assert (found.trials, found.better, found.worse) == (
        5,
        sum(s and b for s, b in zip(sure, better, strict=True)),
        sum(s and not b for s, b in zip(sure, better, strict=True)),
    )
    assert found.better == 2
    assert found.worse == 1


def test_networks_that_are_right_about_the_same_images_do_not_differ():
    right = np.arange(50) % 3 > 0
    assert (per_trial([right], [right]).better, per_trial([right], [right]).worse) == (0, 0)


@given(st.floats(0.001, 0.3), st.floats(0.005, 0.1))
@TRIED
def test_so_many_trials_are_enough_and_one_fewer_is_not(deviation, reach):
    def reached(trials: int) -> float:
        return float(stats.t.ppf(0.975, trials - 1)) * deviation / math.sqrt(trials)

    found = trials_for(deviation, reach)
    assert reached(found) <= reach * (1 + 1e-9)
    assert found == 2 or reached(found - 1) > reach
