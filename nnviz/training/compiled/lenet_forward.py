"""What a LeNet sees: the second convolution, four places at a time, and what is pooled of those.

The four sums that are pooled into one see 4 x 4 pixels of the activity below together. Turned into
16 sums and differences of those, and the filter likewise, they take 16 products in place of 36
(Winograd's F(2 x 2, 3 x 3): Lavin and Gray 2016, arXiv 1509.09308); all numbers that it multiplies
with are 1, so that rounding is no worse than in sums of products.

What is turned lies frequency by frequency: each is a matrix product of its own, which stays in the
cache for some rows of places.
"""

from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes, Floats
from nnviz.networks.lenet import FILTERS, SIDE
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.lanes import (
    load,
    load_one,
    minus,
    multiply_add,
    plus,
    spread,
    store,
    zeros,
    zeros_like,
)

BELOW, HERE = FILTERS
FREQUENCIES = 16
LANES = 32
TOGETHER = 6
"""Places whose products are summed at once"""
AT_LEAST = 24
"""Places that are turned before their products, whole rows of them"""
NOTHING, HALF = np.float32(0), np.float32(0.5)


@kernel
def around(pixels: Floats, found: Floats) -> None:
    """Writes the pixels under a filter at each place, row by row: pixels (images, rows, columns,
    channels), found (images x places, 9 x channels)."""
    images, rows, columns, channels = pixels.shape
    stretch = SIDE * channels
    place = 0
    for image in range(images):
        for row in range(rows - SIDE + 1):
            lines = pixels[image, row : row + SIDE].reshape(SIDE, columns * channels)
            for column in range(columns - SIDE + 1):
                for line in range(SIDE):
                    for each in range(stretch):
                        found[place, line * stretch + each] = lines[line, column * channels + each]
                place += 1


@kernel
def turn(filters: Floats, turned: Floats) -> None:
    """filters (64, 3, 3, 32) -> turned (16, 32, 64), written."""
    rows = np.empty((4, SIDE), np.float32)
    for unit in range(HERE):
        for below in range(BELOW):
            for column in range(SIDE):
                one, two, three = (
                    filters[unit, 0, column, below],
                    filters[unit, 1, column, below],
                    filters[unit, 2, column, below],
                )
                rows[0, column] = one
                rows[1, column] = HALF * (one + two + three)
                rows[2, column] = HALF * (one - two + three)
                rows[3, column] = three
            for row in range(4):
                one, two, three = rows[row, 0], rows[row, 1], rows[row, 2]
                turned[4 * row, below, unit] = one
                turned[4 * row + 1, below, unit] = HALF * (one + two + three)
                turned[4 * row + 2, below, unit] = HALF * (one - two + three)
                turned[4 * row + 3, below, unit] = three


@kernel
def convolve_and_pool(
    first: Floats, turned: Floats, biases: Floats, features: Floats, corners: Bytes
) -> None:
    """Writes the largest sum of every 2 x 2 places, or 0 where that is less, and which it was.

    first (images, rows, columns, 32): the activity below; turned (16, 32, 64): filters, see `turn`;
    biases (64,); features and corners, 0..3 (images, pooled rows x columns x
    64).
    """
    images, rows, columns, _ = first.shape
    across, down = (columns - 2) // 2, (rows - 2) // 2
    band = min(down, -(-AT_LEAST // across))
    room = -(-band * across // TOGETHER) * TOGETHER
    seen = np.zeros(FREQUENCIES * room * BELOW + 16, np.float32)
    seen = seen[(-seen.ctypes.data // 4) % 16 :]
    sums = np.zeros(FREQUENCIES * room * HERE + 16, np.float32)
    sums = sums[(-sums.ctypes.data // 4) % 16 :]
    four = np.zeros((4, HERE), np.float32)
    line = columns * BELOW
    for image in range(images):
        activity = first[image].ravel()
        for start in range(0, down, band):
            stop = min(start + band, down)
            places = (stop - start) * across
            for place in range(places):
                corner = (start + place // across) * 2 * line + place % across * 2 * BELOW
                _turn_seen(activity, corner, line, seen, place * BELOW, room * BELOW, zeros(LANES))
            for frequency in range(FREQUENCIES):
                for place in range(0, places, TOGETHER):
                    for unit in range(0, HERE, LANES):
                        _multiply(
                            seen,
                            (frequency * room + place) * BELOW,
                            turned,
                            frequency * BELOW * HERE + unit,
                            sums,
                            (frequency * room + place) * HERE + unit,
                            zeros(LANES),
                        )
            for place in range(places):
                for unit in range(0, HERE, LANES):
                    _turn_back(
                        sums, place * HERE + unit, room * HERE, biases, four, unit, zeros(LANES)
                    )
                at = (start * across + place) * HERE
                _pool(four, features[image, at : at + HERE], corners[image, at : at + HERE])


@part
def _turn_seen(
    activity: Floats, corner: int, line: int, seen: Floats, place: int, apart: int, like: Any
) -> None:
    """4 x 4 pixels from a corner on, 16 sums and differences of them, `apart` from each other."""
    # row by row of the result: rows 0 - 2, 1 + 2, 2 - 1, 1 - 3 of what is seen
    for row in range(4):
        upper = corner + (line if row & 1 else (2 * line if row else 0))
        lower = corner + (2 * line if row < 2 else (line if row == 2 else 3 * line))
        one = _of_rows(activity, upper, lower, row, like)
        two = _of_rows(activity, upper + BELOW, lower + BELOW, row, like)
        three = _of_rows(activity, upper + 2 * BELOW, lower + 2 * BELOW, row, like)
        four = _of_rows(activity, upper + 3 * BELOW, lower + 3 * BELOW, row, like)
        at = place + 4 * row * apart
        store(seen, at, minus(one, three))
        store(seen, at + apart, plus(two, three))
        store(seen, at + 2 * apart, minus(three, two))
        store(seen, at + 3 * apart, minus(two, four))


@part
def _of_rows(activity: Floats, upper: int, lower: int, row: int, like: Any) -> Any:
    one, other = load(activity, upper, like), load(activity, lower, like)
    return plus(one, other) if row == 1 else minus(one, other)


@part
def _multiply(
    seen: Floats, place: int, turned: Floats, unit: int, sums: Floats, at: int, like: Any
) -> None:
    """The products of six places with some filters at a frequency."""
    one = two = three = four = five = six = zeros_like(like)
    for below in range(BELOW):
        filters = load(turned, unit + below * HERE, like)
        here = place + below
        one = multiply_add(spread(load_one(seen, here), like), filters, one)
        two = multiply_add(spread(load_one(seen, here + BELOW), like), filters, two)
        three = multiply_add(spread(load_one(seen, here + 2 * BELOW), like), filters, three)
        four = multiply_add(spread(load_one(seen, here + 3 * BELOW), like), filters, four)
        five = multiply_add(spread(load_one(seen, here + 4 * BELOW), like), filters, five)
        six = multiply_add(spread(load_one(seen, here + 5 * BELOW), like), filters, six)
    store(sums, at, one)
    store(sums, at + HERE, two)
    store(sums, at + 2 * HERE, three)
    store(sums, at + 3 * HERE, four)
    store(sums, at + 4 * HERE, five)
    store(sums, at + 5 * HERE, six)


@part
def _turn_back(
    sums: Floats, place: int, apart: int, biases: Floats, four: Floats, unit: int, like: Any
) -> None:
    """From 16 sums, `apart` from each other, to those of the four places."""
    bias = load(biases, unit, like)
    upper_left = upper_right = lower_left = lower_right = bias
    for row in range(4):
        at = place + 4 * row * apart
        one, two = load(sums, at, like), load(sums, at + apart, like)
        three, last = load(sums, at + 2 * apart, like), load(sums, at + 3 * apart, like)
        left = plus(plus(one, two), three)
        right = minus(minus(two, three), last)
        if row < 3:
            upper_left, upper_right = plus(upper_left, left), plus(upper_right, right)
        if row == 1:
            lower_left, lower_right = plus(lower_left, left), plus(lower_right, right)
        elif row > 1:
            lower_left, lower_right = minus(lower_left, left), minus(lower_right, right)
    store(four, unit, upper_left)
    store(four, HERE + unit, upper_right)
    store(four, 2 * HERE + unit, lower_left)
    store(four, 3 * HERE + unit, lower_right)


@part
def _pool(four: Floats, largest: Floats, which: Bytes) -> None:
    for unit in range(HERE):
        found, corner = four[0, unit], np.uint8(0)
        for each in range(1, 4):
            corner = np.uint8(each) if four[each, unit] > found else corner
            found = max(found, four[each, unit])
        largest[unit] = max(found, NOTHING)
        which[unit] = corner
