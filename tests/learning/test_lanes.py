"""Vectors inside compiled functions do what numpy does, at every width in use."""

import numpy as np
import pytest

from nnviz.training.compiled import lanes
from nnviz.training.compiled.building import kernel


@kernel
def worked_out(like, numbers, shades, found):
    """Uses every instruction once, from the third number on."""
    width = lanes.width_of(like)
    first = lanes.load(numbers, 2, like)
    second = lanes.multiply_add(
        first, lanes.spread(np.float32(3), like), lanes.load_bytes(shades, 3, like)
    )
    lanes.store(found, 1, second)
    lanes.store(found, 1 + width, lanes.plus(first, second))
    lanes.store(found, 1 + 2 * width, lanes.zeros_like(like))
    return lanes.total(first)


@kernel
def wide(numbers, shades, found):
    return worked_out(lanes.zeros(32), numbers, shades, found)


@kernel
def narrow(numbers, shades, found):
    return worked_out(lanes.zeros(8), numbers, shades, found)


@pytest.mark.parametrize(("width", "function"), [(8, narrow), (32, wide)])
def test_vectors_are_what_numpy_makes_of_all_their_numbers(width, function):
    random = np.random.default_rng(0)
    # whole numbers, so that any order of adding up is exact
    numbers = random.integers(-50, 50, 40).astype(np.float32)
    shades = random.integers(0, 256, 40, dtype=np.uint8)
    found = np.full(3 * width + 2, 7, np.float32)
    total = function(numbers, shades, found)
    first = numbers[2 : 2 + width]
    second = first * 3 + shades[3 : 3 + width]
    expected = [[7], second, first + second, np.zeros(width), [7]]
    np.testing.assert_array_equal(found, np.concatenate(expected))
    assert total == first.sum()
