"""The way back through what is pooled and the second convolution of a LeNet.

An error comes back to one of four places of what was pooled, and to none where the ReLU is silent
or the feature was dropped out: all but about one in ten of the errors of the convolution are 0. So
each of the others takes its filter to the activity below, and that activity to its filter, which
costs a quarter of the products of whole convolutions. Sums lie in another order than in those.

Channels lie last: what a filter sees is three stretches of three pixels each.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Counts, Floats
from nnviz.networks.lenet import FILTERS, SIDE
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.lanes import load, multiply_add, spread, store, zeros

BELOW, HERE = FILTERS
STRETCH = SIDE * BELOW
"""Numbers that a filter sees in one row"""
SEEN = SIDE * STRETCH
WIDE, NARROW = 64, 32
"""Lanes that a stretch is made of"""
BAND = 3
"""Rows of pooled features whose errors are taken back together: what they see stays in the cache"""
CORNERS = 4
"""Places that are pooled into one"""
NOTHING = np.float32(0)


class Heard(NamedTuple):
    """The errors that go back, in lists."""

    units: NDArray[np.int32]
    """(64,): filters that have one at a place"""
    places: NDArray[np.int32]
    """(64, most of a band): where what a filter sees begins, for each of its errors in a band"""
    unit_errors: Floats
    """Like `places`"""
    of_unit: Counts
    """(64,): how many"""
    filters: NDArray[np.int32]
    """(4, 64): where the filters begin that have an error at a corner of a place"""
    corner_errors: Floats
    """Like `filters`"""
    of_corner: Counts
    """(4,): how many"""


@kernel
def back(
    errors: Floats,
    features: Floats,
    corners: Bytes,
    first: Floats,
    filters: Floats,
    below: Floats,
    gradient: Floats,
    of_biases: Floats,
) -> None:
    """Takes the errors of pooled features back to the activity of the first convolution.

    errors, features, corners (images, features): nothing comes back from a feature of 0. first,
    below (images, rows, columns, 32): that activity, and its errors, which are written: 0 where it
    is 0. filters, gradient (64, 3 x 3 x 32): the second convolution, and what is added to; so is
    of_biases (64,).
    """
    images, rows, columns, _ = first.shape
    across, down = (columns - SIDE + 1) // 2, (rows - SIDE + 1) // 2
    line = columns * BELOW
    heard = Heard(
        np.empty(HERE, np.int32),
        np.empty((HERE, BAND * across), np.int32),
        np.empty((HERE, BAND * across), np.float32),
        np.empty(HERE, np.intp),
        np.empty((CORNERS, HERE), np.int32),
        np.empty((CORNERS, HERE), np.float32),
        np.empty(CORNERS, np.intp),
    )
    for image in range(images):
        activity, back_there = first[image].ravel(), below[image].ravel()
        back_there[:] = NOTHING
        for start in range(0, down, BAND):
            heard.of_unit[:] = 0
            stop = min(start + BAND, down)
            for place in range(start * across, stop * across):
                seen = (place // across * 2 * columns + place % across * 2) * BELOW
                units = slice(place * HERE, (place + 1) * HERE)
                own = errors[image, units]
                alive = _alive(own, features[image, units], heard.units)
                _sort(own, corners[image, units], alive, seen, line, heard, of_biases)
                for corner in range(CORNERS):
                    count = heard.of_corner[corner]
                    _to_activity(
                        heard.filters[corner, :count],
                        heard.corner_errors[corner],
                        filters,
                        back_there,
                        _corner(seen, corner, line),
                        line,
                        zeros(WIDE),
                        zeros(NARROW),
                    )
            for unit in range(HERE):
                _to_filter(
                    heard.places[unit, : heard.of_unit[unit]],
                    heard.unit_errors[unit],
                    activity,
                    gradient,
                    unit * SEEN,
                    line,
                    zeros(WIDE),
                    zeros(NARROW),
                )
        for place in range(len(activity)):
            back_there[place] = back_there[place] if activity[place] > NOTHING else NOTHING


@part
def _alive(errors: Floats, features: Floats, units: NDArray[np.int32]) -> int:
    """Lists the filters that an error comes back to at one place; -> how many."""
    alive = 0
    for unit in range(HERE):
        # written always, kept where it counts: no branch that cannot be foreseen
        units[min(alive, HERE - 1)] = unit
        alive += int((features[unit] > NOTHING) & (errors[unit] != NOTHING))
    return alive


@part
def _sort(
    errors: Floats,
    corners: Bytes,
    alive: int,
    seen: int,
    line: int,
    heard: Heard,
    of_biases: Floats,
) -> None:
    """Puts the errors of one place into the lists of their filters and corners."""
    heard.of_corner[:] = 0
    for each in range(alive):
        unit = int(heard.units[each])
        corner = int(corners[unit])
        error = errors[unit]
        of_biases[unit] += error
        count = heard.of_unit[unit]
        heard.places[unit, count] = _corner(seen, corner, line)
        heard.unit_errors[unit, count] = error
        heard.of_unit[unit] = count + 1
        count = heard.of_corner[corner]
        heard.filters[corner, count] = unit * SEEN
        heard.corner_errors[corner, count] = error
        heard.of_corner[corner] = count + 1


@part
def _corner(seen: int, corner: int, line: int) -> int:
    """Where what a filter sees begins in one of four places."""
    return seen + (corner >> 1) * line + (corner & 1) * BELOW


@part
def _to_activity(
    starts: NDArray[np.int32],
    errors: Floats,
    filters: Floats,
    below: Floats,
    place: int,
    line: int,
    wide: Any,
    narrow: Any,
) -> None:
    """Adds filters, each times its error, to what they see from a place on."""
    for row in range(SIDE):
        one = load(below, place + row * line, wide)
        other = load(below, place + row * line + WIDE, narrow)
        for each in range(len(starts)):
            start = np.intp(starts[each]) + row * STRETCH
            error = errors[each]
            one = multiply_add(spread(error, wide), load(filters, start, wide), one)
            other = multiply_add(spread(error, narrow), load(filters, start + WIDE, narrow), other)
        store(below, place + row * line, one)
        store(below, place + row * line + WIDE, other)


@part
def _to_filter(
    places: NDArray[np.int32],
    errors: Floats,
    activity: Floats,
    gradient: Floats,
    start: int,
    line: int,
    wide: Any,
    narrow: Any,
) -> None:
    """Adds what a filter sees at some places, each times its error, to its gradient."""
    for row in range(SIDE):
        one = load(gradient, start + row * STRETCH, wide)
        other = load(gradient, start + row * STRETCH + WIDE, narrow)
        for each in range(len(places)):
            place = np.intp(places[each]) + row * line
            error = errors[each]
            one = multiply_add(spread(error, wide), load(activity, place, wide), one)
            other = multiply_add(spread(error, narrow), load(activity, place + WIDE, narrow), other)
        store(gradient, start + row * STRETCH, one)
        store(gradient, start + row * STRETCH + WIDE, other)
