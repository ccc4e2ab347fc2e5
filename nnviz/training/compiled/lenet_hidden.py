"""The way back through the hidden layer of a LeNet, where most errors are 0.

Half of the hidden neurons are dropped out for an image, and the ReLU of many others is silent. So
the products of their errors with features and weights are sums over those that are heard.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Counts, Floats
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.lanes import load, multiply_add, spread, store, zeros, zeros_like

NOTHING = np.float32(0)
LANES = 64
"""Of a product: features are 64 for each place"""
IN_CACHE = 512
"""Features of all images, or weights of all neurons, that are worked on at once"""


class Heard(NamedTuple):
    """The numbers of a matrix that are not 0, row by row."""

    columns: NDArray[np.int32]
    """(rows, columns)"""
    values: Floats
    counts: Counts
    """(rows,)"""


@kernel
def product(matrix: Floats, turned: bool, others: Floats, found: Floats) -> None:
    """Writes a matrix (rows, columns), or a `turned` one (columns, rows), times `others` (columns,
    features) to `found` (rows, features); features are a multiple of 64."""
    heard, features = _heard(matrix, turned), others.shape[1]
    for start in range(0, features, IN_CACHE):
        stop = min(start + IN_CACHE, features)
        for row in range(len(heard.counts)):
            for at in range(start, stop - LANES, 2 * LANES):
                _sum_two(heard, row, others, found, features, at, zeros(LANES))
            if (stop - start) % (2 * LANES):
                _sum(heard, row, others, found, features, stop - LANES, zeros(LANES))


@part
def _heard(matrix: Floats, turned: bool) -> Heard:
    rows, columns = matrix.shape
    most = max(rows, columns)
    heard = Heard(
        np.empty((most, most), np.int32),
        np.empty((most, most), np.float32),
        np.zeros(columns if turned else rows, np.intp),
    )
    for row in range(rows):
        for column in range(columns):
            value = matrix[row, column]
            if value != NOTHING:
                one, other = (column, row) if turned else (row, column)
                count = heard.counts[one]
                heard.columns[one, count] = other
                heard.values[one, count] = value
                heard.counts[one] = count + 1
    return heard


@part
def _sum(
    heard: Heard, row: int, others: Floats, found: Floats, features: int, at: int, like: Any
) -> None:
    columns, values = heard.columns[row], heard.values[row]
    sums = zeros_like(like)
    for each in range(heard.counts[row]):
        start = np.intp(columns[each]) * features + at
        sums = multiply_add(spread(values[each], like), load(others, start, like), sums)
    store(found, row * features + at, sums)


@part
def _sum_two(
    heard: Heard, row: int, others: Floats, found: Floats, features: int, at: int, like: Any
) -> None:
    """As many features more at a time: their errors are read once."""
    columns, values = heard.columns[row], heard.values[row]
    one = other = zeros_like(like)
    for each in range(heard.counts[row]):
        start, error = np.intp(columns[each]) * features + at, spread(values[each], like)
        one = multiply_add(error, load(others, start, like), one)
        other = multiply_add(error, load(others, start + LANES, like), other)
    store(found, row * features + at, one)
    store(found, row * features + at + LANES, other)
