"""One learning step of all heads of a read-out, each from the digits of its own classes alone.

A digit teaches only the heads that are asked about its class: of the 1,013 sets of classes of
elimination about half. So the digits of a batch are put in order of their classes. Those of a
head's classes lie side by side in a stack, which grows and shrinks at its end from head to head:
a class is copied there when the first of some heads in a row asks about it. What a head needs, all
its products, powers and errors, stays in the nearest cache until its weights are changed.

The weights are one row per output: those of the hidden units, the bias, and zeros up to a whole
number of lanes. The activity has a constant 1 in the place of the bias.
"""

from typing import Any, NamedTuple

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.compiled.building import body, kernel, part
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
    """So many numbers or a few more, so that loops over them need no rest."""
    return (count + UNROLLED - 1) // UNROLLED * UNROLLED


class HowToFollow(NamedTuple):
    """What a step does to the weights of a read-out."""

    rate: float
    kept: Floats
    """(units,): what each weight of an output is multiplied by before"""
    used: int
    """Units that are not there to fill the last lanes"""


class Room(NamedTuple):
    """Where a step of so many digits is worked out. `columns` are digits in whole lanes."""

    starts: Indices
    """(classes + 2,): where each class begins among the digits in order of their classes"""
    ordered: Indices
    """(digits,): their rows of the activity, in order of their classes"""
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
    """All heads learn from digits, so many at a time: they follow the mean of their gradients.

    `weights` (outputs, units) are those of the heads; `rows` (digits,) are the rows of `activity`
    (any, units) that belong to the digits, and `labels` (digits,) their classes. `kind` is the
    place of the cost in KINDS_OF_ERROR.
    """
    for begin in range(0, len(rows), batch):
        now = slice(begin, begin + batch)
        _learn(weights, activity, rows[now], labels[now], how, heads, kind, False, room)


@kernel
def learn_and_send_back(
    weights: Floats,
    activity: Floats,
    rows: Indices,
    labels: Bytes,
    how: HowToFollow,
    heads: Heads,
    kind: int,
    room: Room,
) -> None:
    """All heads learn from one batch (see `learn_batches`).

    The gradient of the summed cost by its activity, from weights as they were, is left in
    `room.back`. A kernel of its own, because asking again and again whether it is wanted takes
    half as long as a small batch does.
    """
    _learn(weights, activity, rows, labels, how, heads, kind, True, room)


@body
def _learn(
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
    """One batch (see `learn_batches`)."""
    _order(rows, labels, room)
    _turn(activity, room.ordered[: len(rows)], room.activity_turned)
    if sends_back:
        _clear(room.back)
    stack, stack_turned, stack_back = room.stack, room.stack_turned, room.stack_back
    errors = room.errors
    against = np.float32(-how.rate / len(rows))
    depth = 0
    for head in range(len(heads.first)):
        if sends_back:
            _leave(head - 1, depth, heads.shared[head], heads, room)
        depth = heads.levels[head]
        _enter(head, activity, how.used, sends_back, heads, room)
        first, size, digits = heads.first[head], heads.size[head], room.ends[depth]
        columns = (digits + LANES - 1) // LANES * LANES
        _weigh(weights, first, size, how.used, stack_turned, columns, errors)
        if kind == SOFTMAX:
            _share(errors, size, columns)
        else:
            sigmoid_all(errors[: whole_vectors(size * columns)])
        _subtract_targets(head, columns, kind, heads, room)
        if sends_back:
            _send_back(weights, first, size, errors, columns, digits, stack_back)
        _follow(weights, first, size, errors, columns, digits, stack, against, how.kept)
    if sends_back:
        _leave(len(heads.first) - 1, depth, 0, heads, room)


@part
def _clear(numbers: Floats) -> None:
    # numba takes seconds to compile the assignment to a slice
    for place in range(0, numbers.size, LANES):
        store(numbers, place, zeros(LANES))


@part
def _order(rows: Indices, labels: Bytes, room: Room) -> None:
    """Puts the digits of a batch in order of their classes."""
    starts, filled = room.starts, room.ends  # the stack is empty
    for label in range(len(starts)):
        starts[label] = 0
    for label in labels:
        starts[label + 1] += 1
    filled[0] = 0
    for label in range(1, len(starts)):
        starts[label] += starts[label - 1]
        filled[label] = starts[label]
    for place in range(len(rows)):
        label = labels[place]
        room.ordered[filled[label]] = rows[place]
        filled[label] += 1
    room.ends[0] = 0


@part
def _turn(activity: Floats, ordered: Indices, turned: Floats) -> None:
    for place in range(len(ordered)):
        row = ordered[place]
        for unit in range(activity.shape[1]):
            turned[unit, place] = activity[row, unit]


@part
def _enter(
    head: int, activity: Floats, used: int, sends_back: bool, heads: Heads, room: Room
) -> None:
    """Puts the digits of a head's classes on the stack, but for those that are still there."""
    units, columns = activity.shape[1], room.stack_turned.shape[1]
    like = zeros(LANES)
    for level in range(heads.shared[head], heads.levels[head]):
        label, top = heads.classes[head, level], room.ends[level]
        begin, count = room.starts[label], room.starts[label + 1] - room.starts[label]
        for digit in range(count):
            row, place = room.ordered[begin + digit] * units, (top + digit) * units
            for unit in range(0, units, LANES):
                store(room.stack, place + unit, load(activity, row + unit, like))
                if sends_back:
                    store(room.stack_back, place + unit, like)
        for column in range(0, count, LANES):
            for place in range(column, column + used * columns, columns):
                several = load(room.activity_turned, place + begin, like)
                store(room.stack_turned, place + top, several)
        room.ends[level + 1] = top + count


@part
def _leave(head: int, depth: int, left: int, heads: Heads, room: Room) -> None:
    """Takes the digits of a head's last classes off the stack until so many classes are left:
    what was sent back to them is added to that from other heads."""
    units = room.back.shape[1]
    like = zeros(LANES)
    for level in range(left, depth):
        begin = room.starts[heads.classes[head, level]] * units
        top, end = room.ends[level] * units, room.ends[level + 1] * units
        for place in range(top, end, LANES):
            own, to = load(room.stack_back, place, like), begin + place - top
            store(room.back, to, plus(load(room.back, to, like), own))


@part
def _one(
    left: Floats, start: int, right: Floats, width: int, column: int, inner: int, like: Any
) -> Any:
    """One row of `left`, from `start` on, times so many rows of `right`: some of its columns."""
    found = like
    for place in range(inner):
        several = load(right, place * width + column, like)
        found = multiply_add(spread(load_one(left, start + place), like), several, found)
    return found


@part
def _four(
    left: Floats,
    start: int,
    step: int,
    right: Floats,
    width: int,
    column: int,
    inner: int,
    like: Any,
) -> Any:
    """Four rows of `left`, `step` numbers apart, times `right` (see `_one`)."""
    first = second = third = fourth = like
    for place in range(inner):
        several, own = load(right, place * width + column, like), start + place
        first = multiply_add(spread(load_one(left, own), like), several, first)
        second = multiply_add(spread(load_one(left, own + step), like), several, second)
        third = multiply_add(spread(load_one(left, own + 2 * step), like), several, third)
        fourth = multiply_add(spread(load_one(left, own + 3 * step), like), several, fourth)
    return first, second, third, fourth


@part
def _weigh(
    weights: Floats,
    first: int,
    size: int,
    used: int,
    turned: Floats,
    columns: int,
    sums: Floats,
) -> None:
    """The weighted sums of a head: (size x columns,)."""
    units, width = weights.shape[1], turned.shape[1]
    like = zeros(LANES)
    for column in range(0, columns, LANES):
        start, place = first * units, column
        for _ in range(size // 4):
            one, two, three, four = _four(weights, start, units, turned, width, column, used, like)
            store(sums, place, one)
            store(sums, place + columns, two)
            store(sums, place + 2 * columns, three)
            store(sums, place + 3 * columns, four)
            start, place = start + 4 * units, place + 4 * columns
        for _ in range(size % 4):
            store(sums, place, _one(weights, start, turned, width, column, used, like))
            start, place = start + units, place + columns


@part
def _share(sums: Floats, size: int, columns: int) -> None:
    """Weighted sums (size x columns,) -> shares of 1."""
    least, count = spread(FURTHEST, zeros(LANES)), size * columns
    for column in range(0, columns, LANES):
        top = load(sums, column, least)
        for place in range(column + columns, count, columns):
            top = larger(top, load(sums, place, least))
        for place in range(column, count, columns):
            below = plus(load(sums, place, least), times(top, spread(-ONE, top)))
            store(sums, place, larger(below, least))
    exp_all(sums[: whole_vectors(count)])
    for column in range(0, columns, LANES):
        whole = zeros(LANES)
        for place in range(column, count, columns):
            whole = plus(whole, load(sums, place, whole))
        share = over(spread(ONE, whole), whole)
        for place in range(column, count, columns):
            store(sums, place, times(load(sums, place, share), share))


@part
def _subtract_targets(head: int, columns: int, kind: int, heads: Heads, room: Room) -> None:
    """What the outputs say -> the gradient of the cost by their weighted sums."""
    errors, first = room.errors, heads.first[head]
    for output in range(heads.size[head]):
        row = output * columns
        for level in range(heads.levels[head]):
            fires = heads.fires[first + output, heads.classes[head, level]]
            begin, end = row + room.ends[level], row + room.ends[level + 1]
            if kind == QUADRATIC:
                _quadratic(errors[begin:end], np.float32(fires))
            elif fires:
                for place in range(begin, end):
                    errors[place] -= ONE


@part
def _quadratic(errors: Floats, wanted: np.float32) -> None:
    for place in range(len(errors)):
        fired = errors[place]
        errors[place] = (fired - wanted) * fired * (ONE - fired)


@part
def _send_back(
    weights: Floats,
    first: int,
    size: int,
    errors: Floats,
    columns: int,
    digits: int,
    back: Floats,
) -> None:
    """Adds the gradient by the activity of the digits on the stack."""
    units = weights.shape[1]
    for digit in range(digits):
        for unit in range(0, units, LANES):
            place = digit * units + unit
            found = load(back, place, zeros(LANES))
            for output in range(size):
                error = spread(load_one(errors, output * columns + digit), found)
                own = load(weights, (first + output) * units + unit, found)
                found = multiply_add(error, own, found)
            store(back, place, found)


@part
def _follow(
    weights: Floats,
    first: int,
    size: int,
    errors: Floats,
    columns: int,
    digits: int,
    stack: Floats,
    against: np.float32,
    kept: Floats,
) -> None:
    """The weights of a head shrink, and follow their gradient."""
    units = weights.shape[1]
    like = zeros(LANES)
    rate = spread(against, like)
    for unit in range(0, units, LANES):
        left = load(kept, unit, like)
        place, start = first * units + unit, 0
        for _ in range(size // 4):
            one, two, three, four = _four(errors, start, columns, stack, units, unit, digits, like)
            _move(weights, place, left, rate, one)
            _move(weights, place + units, left, rate, two)
            _move(weights, place + 2 * units, left, rate, three)
            _move(weights, place + 3 * units, left, rate, four)
            place, start = place + 4 * units, start + 4 * columns
        for _ in range(size % 4):
            one = _one(errors, start, stack, units, unit, digits, like)
            _move(weights, place, left, rate, one)
            place, start = place + units, start + columns


@part
def _move(weights: Floats, place: int, left: Any, rate: Any, gradient: Any) -> None:
    shrunk = times(load(weights, place, left), left)
    store(weights, place, multiply_add(rate, gradient, shrunk))
