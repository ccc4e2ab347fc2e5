"""What can be said of fractions that repeated trials have reached, alone and in pairs.

Everything is worked out in float64 (scipy gives a float32 p for float32 values, and a wrong one
for bytes), nothing is NaN: what cannot be worked out is None. Of scipy only its special functions
are imported, which takes half as long as `scipy.stats`, and both only where they are needed.
"""

import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from nnviz.data.arrays import Bools, Doubles
from nnviz.questions.comparison import CONFIDENCE, SIGNIFICANT, holm, interval, sign_test

Interval = tuple[float, float]
"""Its lower and its upper end, at the confidence CONFIDENCE"""

BOOTSTRAP_FROM = 20
"""Trials: of fewer, resampling knows too little of the tails (Hesterberg, The American
Statistician 69 (2015) 371)"""
RESAMPLES = 9999
DECIMALS = 12
"""Of a fraction; what is smaller than that is rounding, as no set has so many images"""
TAIL = (1 - CONFIDENCE) / 2
LARGEST_T = 1000.0
"""Above it the noncentral t distribution is taken to be its limit, right to a thousandth"""


@dataclass(frozen=True)
class Spread:
    """Mean and spread of one value a trial."""

    trials: int
    mean: float
    deviation: float | None
    """Standard deviation, with n - 1; None of one trial"""
    interval: Interval | None
    """Student's t interval of the mean; None of one trial, and where all values are alike"""
    bootstrap: Interval | None
    """BCa interval of the mean, from BOOTSTRAP_FROM trials on; None where all are alike"""

    @property
    def alike(self) -> bool:
        """Whether several trials have all given the same."""
        return self.deviation == 0


@dataclass(frozen=True)
class Effect:
    """A standardised difference of means."""

    d: float
    interval: Interval


@dataclass(frozen=True)
class Paired:
    """How a first value differs from a second one, trial by trial."""

    differences: tuple[float, ...]
    """First minus second"""
    spread: Spread
    """Of the differences"""
    t_p: float | None
    """Two-sided p of the paired t test; None of one trial, and where all differences are alike"""
    wilcoxon_p: float
    """Two-sided p of the signed-rank test, exact also with ties; zeros are left out"""
    d_paired: Effect | None
    """In units of the deviation of the differences; None where that is none or 0"""
    d_pooled: Effect | None
    """In units of the deviation within both groups, as if the trials were not paired; None where
    that is none or 0"""
    ahead: float
    """Trials in which the first is larger; a tie counts half"""
    share: float
    """Those as a fraction"""
    share_interval: Interval

    @property
    def p(self) -> float:
        """That of the t test; where that cannot be, of the signed-rank test."""
        return self.wilcoxon_p if self.t_p is None else self.t_p


@dataclass(frozen=True)
class PerTrial:
    """McNemar's test in each trial: do these two networks, as they are, differ on test images?"""

    trials: int
    better: int
    """Trials in which the first is better, p below SIGNIFICANT after Holm's correction for all
    trials"""
    worse: int
    """Trials in which it is worse"""


def spread_of(values: ArrayLike) -> Spread:
    """Of fractions (trials,), one or more."""
    known = np.asarray(values, np.float64)
    trials, mean = len(known), float(known.mean())
    if trials < 2:
        return Spread(trials, mean, None, None, None)
    if _all_alike(known):
        return Spread(trials, float(known[0]), 0.0, None, None)
    deviation = float(known.std(ddof=1))
    reach = _t_quantile(trials - 1) * deviation / math.sqrt(trials)
    resampled = _bca(known.tobytes()) if trials >= BOOTSTRAP_FROM else None
    return Spread(trials, mean, deviation, (mean - reach, mean + reach), resampled)


def paired_of(first: ArrayLike, second: ArrayLike) -> Paired:
    """Of fractions (trials,) and (trials,) from the same trials, one or more."""
    one, other = np.asarray(first, np.float64), np.asarray(second, np.float64)
    differences = np.round(one - other, DECIMALS)
    spread = spread_of(differences)
    trials, t_p, d_paired = len(differences), None, None
    if spread.deviation:
        d = spread.mean / spread.deviation
        t = d * math.sqrt(trials)
        t_p = _t_p(t, trials - 1)
        d_paired = _effect(d, math.sqrt(trials), trials - 1)
    ahead = float((differences > 0).sum() + (differences == 0).sum() / 2)
    return Paired(
        tuple(differences.tolist()),
        spread,
        t_p,
        signed_rank_p(differences),
        d_paired,
        _pooled(one, other),
        ahead,
        ahead / trials,
        # with ties, which spread a mean less, Wilson's interval is rather too wide
        interval(ahead, trials),
    )


def signed_rank_p(differences: ArrayLike) -> float:
    """Exact two-sided p of Wilcoxon's signed-rank test (Biometrics Bulletin 1 (1945) 80), also
    with ties: every sign is equally likely, and the ways to reach each sum of ranks are counted
    one rank after another (Streitberg and Roehmel, Statistical Software Newsletter 12 (1986) 10).

    Differences (trials,); zeros are left out. scipy's exact p is wrong where there are ties, and
    its permutations take 2^trials steps.
    """
    changed = np.asarray(differences, np.float64)
    changed = changed[changed != 0]
    _, place, counts = np.unique(np.abs(changed), return_inverse=True, return_counts=True)
    doubled = (2 * np.cumsum(counts) - counts + 1)[place]  # whole also where ranks are shared
    total = int(doubled.sum())
    chances = np.zeros(total + 1)
    chances[0] = 1
    for rank in doubled.tolist():
        chances /= 2
        chances[rank:] += chances[: total + 1 - rank].copy()
    upwards = int(doubled[changed > 0].sum())
    return min(1.0, 2 * float(chances[: min(upwards, total - upwards) + 1].sum()))


def per_trial(firsts: Iterable[Bools], seconds: Iterable[Bools]) -> PerTrial:
    """Whether each test image was answered rightly, (test images,) a trial, by two networks that
    learned from the same images."""
    splits = [
        (int((one & ~other).sum()), int((other & ~one).sum()))
        for one, other in zip(firsts, seconds, strict=True)
    ]
    corrected = holm([sign_test(*split) for split in splits])
    sure = [split for split, p in zip(splits, corrected, strict=True) if p < SIGNIFICANT]
    better = sum(fixed > broken for fixed, broken in sure)
    return PerTrial(len(splits), better, len(sure) - better)


def holm_over_plan(ps: Sequence[float | None]) -> list[float | None]:
    """Each p after Holm's correction for the whole plan: what has no p yet counts as well, so
    that a study is not judged more mildly while it is incomplete."""
    corrected = holm([1.0 if p is None else p for p in ps])
    return [None if p is None else found for p, found in zip(ps, corrected, strict=True)]


def trials_for(deviation: float, reach: float) -> int:
    """How many trials make a t interval that reaches so far to either side, if their values go on
    to spread so much; two or more."""
    trials = max(2, math.ceil((_t_quantile(1e9) * deviation / reach) ** 2))
    while _t_quantile(trials - 1) * deviation / math.sqrt(trials) > reach:
        trials += 1
    return trials


def noncentrality(t: float, freedom: int) -> Interval:
    """Interval of the noncentrality of a t distribution with so many degrees of freedom that has
    given t: under its ends, as large a t and as small a one are TAIL likely (Steiger and Fouladi,
    in: What if there were no significance tests?, 1997, 221).

    scipy's own inverse does not come back for large t.
    """
    # imported here, because most that import this module never ask
    from scipy.special import chdtri, nctdtr

    if t < 0:
        low, high = noncentrality(-t, freedom)
        return -high, -low
    if t > LARGEST_T:  # the numerator's own chance no longer counts
        below, above = (math.sqrt(chdtri(freedom, tail) / freedom) for tail in (1 - TAIL, TAIL))
        return t * below, t * above
    # both ends lie in here: below -1.96 even t < 0 is more than 1 - TAIL likely, and above, either
    # the numerator or the denominator would be less than TAIL / 2 likely; far below nctdtr is NaN
    widest = -3.0, t * math.sqrt(chdtri(freedom, TAIL / 2) / freedom) + 3.0

    def end(likely: float) -> float:
        """Where a smaller t is so likely."""
        low, high = widest
        for _ in range(60):
            middle = (low + high) / 2
            if nctdtr(freedom, middle, t) > likely:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    return end(1 - TAIL), end(TAIL)


def _effect(d: float, scale: float, freedom: int) -> Effect:
    """Of a d that becomes a t when it is multiplied by the scale."""
    low, high = noncentrality(d * scale, freedom)
    return Effect(d, (low / scale, high / scale))


def _pooled(first: Doubles, second: Doubles) -> Effect | None:
    """Cohen's d of two independent groups of one size (Statistical Power Analysis, 1988, 20 and
    66)."""
    trials = len(first)
    if trials < 2 or (_all_alike(first) and _all_alike(second)):
        return None
    within = math.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    d = float(first.mean() - second.mean()) / within
    return _effect(d, math.sqrt(trials / 2), 2 * trials - 2)


def _all_alike(values: Doubles) -> bool:
    return float(np.ptp(values)) < 10.0**-DECIMALS


def _t_p(t: float, freedom: int) -> float:
    # imported here, because most that import this module never ask
    from scipy.special import stdtr

    return float(2 * stdtr(freedom, -abs(t)))


@lru_cache(maxsize=256)
def _t_quantile(freedom: float) -> float:
    """So far a t with so many degrees of freedom goes to either side at CONFIDENCE."""
    # imported here, because most that import this module never ask
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 1 - TAIL))


@lru_cache(maxsize=1024)
def _bca(values: bytes) -> Interval | None:
    """Bias-corrected and accelerated bootstrap interval of the mean (Efron, J. Am. Stat. Assoc. 82
    (1987) 171) of float64 values; the same values give the same interval."""
    # imported here, because it takes a second
    from scipy.stats import bootstrap

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values nearly all alike; NaN is looked for below
        found = bootstrap(
            (np.frombuffer(values),),
            np.mean,
            confidence_level=CONFIDENCE,
            n_resamples=RESAMPLES,
            method="BCa",
            rng=np.random.default_rng(1),
        ).confidence_interval
    low, high = float(found.low), float(found.high)
    return (low, high) if math.isfinite(low) and math.isfinite(high) else None
