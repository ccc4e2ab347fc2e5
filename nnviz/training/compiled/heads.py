"""One learning step of all heads of a read-out, each from the digits of its own classes alone.

A digit teaches only the heads that are asked about its class: of the 1,013 sets of classes of
elimination about half. So the digits of a batch are put in order of their classes. Those of a
head's classes lie side by side in a stack, which grows and shrinks at its end from head to head:
a class is copied there when the first of some heads in a row asks about it. What a head needs, all
its products, powers and errors, stays in the nearest cache until its weights are changed.

The weights are one row per output: those of the hidden units, the bias, and zeros up to a whole
number of lanes. The activity has a constant 1 in the place of the bias.
"""

from typing import NamedTuple

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.head_lists import KINDS_OF_ERROR, Heads
from nnviz.training.compiled.lanes import (
    larger,
    load,
    load_one,
    multiply_add,
    over,
    plus,
    spread,
    store,
    times,
    zeros,
)
from nnviz.training.compiled.networks import aligned
from nnviz.training.compiled.vectors import exp_all, sigmoid_all

LANES = 16
SOFTMAX, _, QUADRATIC = range(len(KINDS_OF_ERROR))
UNROLLED = 64
ONE = np.float32(1)
FURTHEST = np.float32(-60)
"""What an output further below the strongest of its head has of their probability is as good as
nothing. So powers stay between 1e-26 and 1, however large the weighted sums are."""


@part
def whole_vectors(count: int) -> int:
    return (count + UNROLLED - 1) // UNROLLED * UNROLLED


class HowToFollow(NamedTuple):
    """What a step does to the weights of a read-out."""

    rate: float
    kept: Floats
    """(units,): what each weight of an output is multiplied by before"""


class Room(NamedTuple):
    """Where a step of so many digits is worked out. `columns` are digits in whole lanes."""

    starts: Indices
    """(classes + 2,): where each class begins among the digits in order of their classes"""
    ordered: Indices
    """(digits,): the places in the batch, in order of their classes"""
    ends: Indices
    """(classes + 2,): where each level of the stack begins"""
    activity_turned: Floats
    """(units, columns): the activity of the digits in order of their classes"""
    stack: Floats
    """(digits, units): the activity of those that the head is asked about"""
    stack_turned: Floats
    """(units, columns): the same"""
    errors: Floats
    """(outputs x columns,): of the digits of the stack, the columns as many as these need"""
    back: Floats
    """(digits, units): the gradient by the activity of the digits in order of their classes"""
    stack_back: Floats
    """(digits, units): the same from the digits of the stack, not yet added to it"""


def room_for(heads: Heads, batch: int, units: int) -> Room:
    """The room for batches of up to so many digits; `units` are whole lanes."""
    # vectors of digits may begin at any
    columns = -(-batch // LANES) * LANES + LANES
    labels = heads.fires.shape[1]
    return Room(
        starts=np.zeros(labels + 1, np.intp),
        ordered=np.zeros(batch, np.intp),
        ends=np.zeros(labels + 1, np.intp),
        activity_turned=aligned(units, columns),
        stack=aligned(batch, units),
        stack_turned=aligned(units, columns),
        errors=aligned(int(heads.size.max()) * columns + UNROLLED),
        back=aligned(batch, units),
        stack_back=aligned(batch, units),
    )


@kernel
def learn_heads(
    weights: Floats,
    activity: Floats,
    rows: Indices,
    labels: Bytes,
    how: HowToFollow,
    heads: Heads,
    kind: int,
    sends_back: bool,
    room: Room,
) -> None:
    """All heads learn from one batch: they follow the mean of their gradients.

    `weights` (outputs, units) are those of the heads; `rows` (batch,) are the rows of `activity`
    (any, units) that belong to the digits, and `labels` (batch,) their classes. `kind` is the
    place of the cost in KINDS_OF_ERROR. With `sends_back` the gradient of the summed cost by the
    activity, from weights as they were, is left in `room.back`.
    """
    starts, ordered, ends = room.starts, room.ordered, room.ends
    stack, stack_turned, errors = room.stack, room.stack_turned, room.errors
    back, stack_back, activity_turned = room.back, room.stack_back, room.activity_turned
    first, size, classes, levels, shared, fires = (
        heads.first,
        heads.size,
        heads.classes,
        heads.levels,
        heads.shared,
        heads.fires,
    )
    _order(labels, rows, starts, ordered, ends)
    _turn(activity, ordered[: len(rows)], activity_turned)
    if sends_back:
        back[:] = 0
    follow = np.float32(-how.rate / len(rows))
    kept = how.kept
    depth = 0
    for head in range(len(first)):
        if sends_back:
            for level in range(depth - 1, shared[head] - 1, -1):
                begin = starts[classes[head - 1, level]]
                _leave(begin, ends[level], ends[level + 1], back, stack_back)
        depth = levels[head]
        for level in range(shared[head], depth):
            label, top = classes[head, level], ends[level]
            begin, count = starts[label], starts[label + 1] - starts[label]
            _enter(ordered, begin, count, activity, stack, top)
            _enter_turned(begin, count, activity_turned, stack_turned, top)
            if sends_back:
                stack_back[top : top + count] = 0
            ends[level + 1] = top + count
        digits, outputs, row = ends[depth], size[head], first[head]
        columns = (digits + LANES - 1) // LANES * LANES
        _weigh(weights, row, outputs, stack_turned, errors, columns)
        if kind == SOFTMAX:
            _share(errors, outputs, columns)
        else:
            sigmoid_all(errors[: whole_vectors(outputs * columns)])
        for output in range(outputs):
            for level in range(depth):
                fires_now = fires[row + output, classes[head, level]]
                begin, end = output * columns + ends[level], output * columns + ends[level + 1]
                if kind == QUADRATIC:
                    _quadratic(errors, begin, end, fires_now)
                elif fires_now:
                    for place in range(begin, end):
                        errors[place] -= ONE
        if sends_back:
            _send_back(weights, row, outputs, errors, digits, columns, stack_back)
        _follow(weights, row, outputs, errors, digits, columns, stack, follow, kept)
    if sends_back:
        for level in range(depth - 1, -1, -1):
            begin = starts[classes[len(first) - 1, level]]
            _leave(begin, ends[level], ends[level + 1], back, stack_back)


@part
def _order(labels, rows, starts, ordered, filled):
    """Puts the digits of a batch in order of their classes."""
    starts[:] = 0
    for label in labels:
        starts[label + 1] += 1
    for label in range(1, len(starts)):
        starts[label] += starts[label - 1]
    filled[:] = starts
    for place in range(len(rows)):
        label = labels[place]
        ordered[filled[label]] = rows[place]
        filled[label] += 1
    filled[0] = 0


@part
def _turn(activity, ordered, turned):
    for place in range(len(ordered)):
        digit = ordered[place]
        for unit in range(activity.shape[1]):
            turned[unit, place] = activity[digit, unit]


@part
def _enter(ordered, begin, count, activity, stack, top):
    """Puts the digits of a class on the stack."""
    units = activity.shape[1]
    like = zeros(LANES)
    for digit in range(count):
        seen, place = ordered[begin + digit] * units, (top + digit) * units
        for unit in range(0, units, LANES):
            store(stack, place + unit, load(activity, seen + unit, like))


@part
def _enter_turned(begin, count, turned, stack, top):
    units, columns = turned.shape
    like = zeros(LANES)
    for column in range(0, count, LANES):
        for unit in range(units):
            place = unit * columns + column
            store(stack, place + top, load(turned, place + begin, like))


@part
def _leave(begin, top, end, back, stack_back):
    """Adds what was sent back to the digits of a class that is the last on the stack."""
    units = back.shape[1]
    like = zeros(LANES)
    for digit in range(end - top):
        place, of_stack = (begin + digit) * units, (top + digit) * units
        for unit in range(0, units, LANES):
            own = load(stack_back, of_stack + unit, like)
            store(back, place + unit, plus(load(back, place + unit, like), own))


@part
def _one(left, start, right, column, width, inner, like):
    found = like
    for place in range(inner):
        several = load(right, place * width + column, like)
        found = multiply_add(spread(load_one(left, start + place), like), several, found)
    return found


@part
def _two(left, start, step, right, column, width, inner, like):
    found = other = like
    for place in range(inner):
        several = load(right, place * width + column, like)
        found = multiply_add(spread(load_one(left, start + place), like), several, found)
        other = multiply_add(spread(load_one(left, start + step + place), like), several, other)
    return found, other


@part
def _weigh_columns(weights, row, size, stack, errors, column, columns, like):
    units, width = weights.shape[1], stack.shape[1]
    for output in range(0, size - 1, 2):
        start, place = (row + output) * units, output * columns + column
        sums, other = _two(weights, start, units, stack, column, width, units, like)
        store(errors, place, sums)
        store(errors, place + columns, other)
    if size % 2:
        start, place = (row + size - 1) * units, (size - 1) * columns + column
        store(errors, place, _one(weights, start, stack, column, width, units, like))


@part
def _weigh(weights, row, size, stack, errors, columns):
    """Weighted sums."""
    for column in range(0, columns, LANES):
        _weigh_columns(weights, row, size, stack, errors, column, columns, zeros(LANES))


@part
def _share(errors, size, columns):
    least, count = spread(FURTHEST, zeros(LANES)), size * columns
    for column in range(0, columns, LANES):
        top = load(errors, column, least)
        for place in range(column + columns, count, columns):
            top = larger(top, load(errors, place, least))
        for place in range(column, count, columns):
            below = plus(load(errors, place, least), times(top, spread(-ONE, top)))
            store(errors, place, larger(below, least))
    exp_all(errors[: whole_vectors(count)])
    for column in range(0, columns, LANES):
        whole = zeros(LANES)
        for place in range(column, count, columns):
            whole = plus(whole, load(errors, place, whole))
        share = over(spread(ONE, whole), whole)
        for place in range(column, count, columns):
            store(errors, place, times(load(errors, place, share), share))


@part
def _quadratic(errors, begin, end, fires):
    wanted = np.float32(fires)
    for place in range(begin, end):
        fired = errors[place]
        errors[place] = (fired - wanted) * fired * (ONE - fired)


@part
def _send_back(weights, row, size, errors, digits, columns, stack_back):
    units = weights.shape[1]
    for digit in range(digits):
        for unit in range(0, units, LANES):
            place = digit * units + unit
            back = load(stack_back, place, zeros(LANES))
            for output in range(size):
                error = spread(load_one(errors, output * columns + digit), back)
                several = load(weights, (row + output) * units + unit, back)
                back = multiply_add(error, several, back)
            store(stack_back, place, back)


@part
def _follow(weights, row, size, errors, digits, columns, stack, follow, kept):
    units = weights.shape[1]
    like = zeros(LANES)
    rate = spread(follow, like)
    for unit in range(0, units, LANES):
        remains = load(kept, unit, like)
        for output in range(0, size - 1, 2):
            change, other = _two(
                errors, output * columns, columns, stack, unit, units, digits, like
            )
            place = (row + output) * units + unit
            old = times(load(weights, place, like), remains)
            store(weights, place, multiply_add(rate, change, old))
            old = times(load(weights, place + units, like), remains)
            store(weights, place + units, multiply_add(rate, other, old))
        if size % 2:
            change = _one(errors, (size - 1) * columns, stack, unit, units, digits, like)
            place = (row + size - 1) * units + unit
            old = times(load(weights, place, like), remains)
            store(weights, place, multiply_add(rate, change, old))


@kernel
def learn_batches(
    weights: Floats,
    activity: Floats,
    rows: Indices,
    labels: Bytes,
    batch: int,
    how: HowToFollow,
    heads: Heads,
    kind: int,
    room: Room,
) -> None:
    """All heads learn from digits (see `learn_heads`), so many at a time."""
    for begin in range(0, len(rows), batch):
        now = slice(begin, begin + batch)
        learn_heads(weights, activity, rows[now], labels[now], how, heads, kind, False, room)
