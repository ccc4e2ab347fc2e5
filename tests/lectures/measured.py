"""What files that come along hold of many starts: `results.json`, and the rows of studies."""

from functools import cache

import numpy as np

from nnviz.data.arrays import Doubles
from nnviz.data.results import result
from nnviz.study.files import load_study, presets
from nnviz.study.lines import ComparisonLine, comparison_lines
from nnviz.study.rows import Outcome, Row
from nnviz.study.shipped import shipped_rows

ALL = "1"
"""The condition in which all training images are learned from"""


@cache
def rows(study: str) -> tuple[Row, ...]:
    """Those of a study."""
    return shipped_rows(load_study(presets()[study]))


def reached(study: str, scheme: str, condition: str = ALL) -> Doubles:
    """(trials,): the accuracies of a scheme, by trial"""
    own = sorted((row for row in rows(study) if row.condition == condition), key=lambda r: r.trial)
    return np.array([row.outcomes[scheme].accuracy for row in own if scheme in row.outcomes])


def gains(study: str, first: str, second: str, condition: str = ALL) -> Doubles:
    """(trials,): what the first is above the second, in points"""
    both = reached(study, first, condition), reached(study, second, condition)
    return np.asarray(100 * (both[0] - both[1]))


@cache
def line_of(study: str, first: str, second: str, condition: str = ALL) -> ComparisonLine:
    """What the study says of this comparison."""
    lines = comparison_lines(load_study(presets()[study]), rows(study))
    asked = first, second, condition
    return next(x for x in lines if (x.first, x.second, x.condition) == asked)


def updates(study: str, scheme: str, condition: str) -> tuple[float, float]:
    """Of the first trial: how many steps of learning a model took that is of all classes, and
    one of the others."""
    outcome = first(study, scheme, condition)
    return outcome.updates, outcome.sub_updates / outcome.models


def mean(name: str) -> float:
    """Of the accuracies of a result."""
    return result(name).mean


def first(study: str, scheme: str, condition: str) -> Outcome:
    """What a scheme reached in the first trial, and what it took."""
    return next(row for row in rows(study) if row.condition == condition).outcomes[scheme]
