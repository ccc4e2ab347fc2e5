"""Learning steps of networks that learn their hidden layer, many in one call.

Each image is a list of its pixels that are not black: the sums of the hidden neurons are those
pixels' rows of the weights, as often as there is ink, and the change of the weights goes to the
same rows. Each network learns all steps of a call before the next one does, so that its weights
stay in the processor's cache, and knows nothing of the others: weights do not depend on how steps
are divided into calls, nor networks among threads.

The hidden neurons of a network lie in blocks of 32, and a last one of 8, 16 or 32 (`widths_of`).
The weights of a block are rows of that width, one per pixel, then one of biases. Neurons
beyond those of the network are dead: no sum of theirs ever leaves 0.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.ink import Ink
from nnviz.training.compiled.lanes import (
    load,
    load_bytes,
    multiply_add,
    plus,
    spread,
    store,
    total,
    width_of,
    zeros,
    zeros_like,
)
from nnviz.training.compiled.vectors import exp_all, sigmoid_all, tanh_all

WIDEST, NARROWEST = 32, 8
"""Neurons of a block."""
MIDDLE = 16
SIGMOID, TANH, RELU = 0, 1, 2
SOFTMAX, CROSS_ENTROPY, QUADRATIC = 0, 1, 2
ONE = np.float32(1)
NOTHING = np.float32(0)
TO_INPUT = np.float32(1 / 255)
SMALLEST = np.float32(np.finfo(np.float32).tiny)
"""Smaller numbers are slow on many processors, and nothing next to any other weight."""


class Weights(NamedTuple):
    """All networks; the outputs in the order of their networks."""

    first: Floats
    """(networks, (inputs + 1) * padded hidden): block after block"""
    second: Floats
    """(outputs, padded hidden)"""
    biases: Floats
    """(outputs,)"""
    outputs: NDArray[np.int64]
    """(networks + 1,): the first output of each network"""


class Digits(NamedTuple):
    """What there is to learn from."""

    ink: Ink
    labels: Bytes
    """(images,)"""
    targets: Floats
    """(labels, outputs): 1 where an output should fire, else 0"""
    asked: Floats
    """(labels, outputs): 0 where a label teaches an output nothing, else 1"""


class Queues(NamedTuple):
    """The images that each network learns from in an epoch, in order, one after the other."""

    images: NDArray[np.int64]
    first: NDArray[np.int64]
    """(networks,)"""
    last: NDArray[np.int64]
    """(networks,): the one after"""


class Room(NamedTuple):
    """What a step works in: one per thread."""

    shades: Floats
    """(inputs + SPARE,): an image's pixels that are not black, 0..1"""
    activity: Floats
    """(batch * padded hidden,)"""
    hidden_errors: Floats
    """(batch * padded hidden,)"""
    errors: Floats
    """(batch * outputs of a network,)"""


class Rule(NamedTuple):
    """How the networks learn."""

    activation: int
    cost: int
    fills: bool
    """Whether networks whose digits run out follow those that are left with no more weight."""
    offset: int
    """Of the first step in the epoch."""
    steps: int
    batch: int
    rate: float
    shrink: float
    """What weights are multiplied by before each step."""
    nonnegative: bool
    """Whether the weights of the first layer are held at 0 or above."""


@kernel
def learn(
    weights: Weights, digits: Digits, queues: Queues, room: Room, rule: Rule, begin: int, end: int
) -> None:
    """The networks begin..end learn so many steps, one after the other."""
    for network in range(begin, end):
        outputs = slice(weights.outputs[network], weights.outputs[network + 1])
        first, second = weights.first[network], weights.second[outputs]
        biases = weights.biases[outputs]
        targets, asked = digits.targets[:, outputs], digits.asked[:, outputs]
        last = queues.last[network] - queues.first[network]
        queue = queues.images[queues.first[network] : queues.last[network]]
        for step in range(rule.steps):
            offset = rule.offset + step * rule.batch
            if offset >= last:
                break
            images = queue[offset : min(offset + rule.batch, last)]
            hidden_sums(digits.ink, images, first, second.shape[1], room)
            activity = room.activity[: len(images) * second.shape[1]]
            activate(activity, rule.activation)
            _judge(images, digits.labels, targets, asked, second, biases, rule.cost, room)
            follow = np.float32(-rule.rate / (rule.batch if rule.fills else len(images)))
            _send_back(len(images), second, follow, room)
            hidden_errors = room.hidden_errors[: len(activity)]
            slope(hidden_errors, activity, rule.activation)
            if rule.shrink != 1:
                shrink_first(first, second.shape[1], np.float32(rule.shrink))
                _shrink(second.reshape(-1), np.float32(rule.shrink))
            _follow_second(len(images), second, biases, follow, room)
            follow_first(digits.ink, images, first, second.shape[1], room)
            if rule.nonnegative:
                hold_first(first, second.shape[1])


@part
def hidden_sums(ink: Ink, images: Indices, first: Floats, hidden: int, room: Room) -> None:
    """Writes the sums of the hidden neurons to `room.activity`."""
    rows = len(first) // hidden
    for block in range(0, hidden - WIDEST + 1, WIDEST):
        _block_sums(ink, images, first[block * rows :], rows, room, block, hidden, zeros(WIDEST))
    rest = hidden % WIDEST
    block = hidden - rest
    if rest == MIDDLE:
        _block_sums(ink, images, first[block * rows :], rows, room, block, hidden, zeros(MIDDLE))
    elif rest == NARROWEST:
        _block_sums(ink, images, first[block * rows :], rows, room, block, hidden, zeros(NARROWEST))


@part
def _block_sums(
    ink: Ink,
    images: Indices,
    weights: Floats,
    rows: int,
    room: Room,
    block: int,
    hidden: int,
    like: Any,
) -> None:
    """The sums of one block of neurons: weights (rows of `like`,), the last one biases."""
    width = width_of(like)
    for place in range(len(images)):
        start, stop = ink.starts[images[place]], ink.starts[images[place] + 1]
        _unpack(ink.shades, start, stop, room.shades)
        pixels, shades = ink.pixels[start:stop], room.shades
        # four sums at a time, so that none waits for the one before
        first = load(weights, (rows - 1) * width, like)
        second = third = fourth = zeros_like(like)
        whole = len(pixels) // 4 * 4
        for at in range(0, whole, 4):
            row = load(weights, np.intp(pixels[at]) * width, like)
            first = multiply_add(spread(shades[at], like), row, first)
            row = load(weights, np.intp(pixels[at + 1]) * width, like)
            second = multiply_add(spread(shades[at + 1], like), row, second)
            row = load(weights, np.intp(pixels[at + 2]) * width, like)
            third = multiply_add(spread(shades[at + 2], like), row, third)
            row = load(weights, np.intp(pixels[at + 3]) * width, like)
            fourth = multiply_add(spread(shades[at + 3], like), row, fourth)
        for at in range(whole, len(pixels)):
            row = load(weights, np.intp(pixels[at]) * width, like)
            first = multiply_add(spread(shades[at], like), row, first)
        sums = plus(plus(first, second), plus(third, fourth))
        store(room.activity, place * hidden + block, sums)


@part
def _unpack(shades: Bytes, start: int, stop: int, unpacked: Floats) -> None:
    """Shades start..stop as inputs 0..1."""
    like = zeros(16)
    for at in range(0, stop - start, 16):
        inputs = multiply_add(
            load_bytes(shades, start + at, like), spread(TO_INPUT, like), zeros_like(like)
        )
        store(unpacked, at, inputs)


@part
def activate(activity: Floats, activation: int) -> None:
    if activation == SIGMOID:
        sigmoid_all(activity)
    elif activation == TANH:
        tanh_all(activity)
    else:
        for at in range(len(activity)):
            activity[at] = NOTHING if activity[at] <= 0 else activity[at]


@part
def slope(errors: Floats, activity: Floats, activation: int) -> None:
    """Multiplies errors by the derivative of the activation."""
    if activation == SIGMOID:
        for at in range(len(activity)):
            errors[at] *= activity[at] - activity[at] * activity[at]
    elif activation == TANH:
        for at in range(len(activity)):
            errors[at] *= ONE - activity[at] * activity[at]
    else:
        for at in range(len(activity)):
            errors[at] = NOTHING if activity[at] <= 0 else errors[at]


@part
def _judge(
    images: Indices,
    labels: Bytes,
    targets: Floats,
    asked: Floats,
    second: Floats,
    biases: Floats,
    cost: int,
    room: Room,
) -> None:
    """Writes the gradient of the cost by the sums of the outputs to `room.errors`."""
    outputs, hidden = second.shape
    like = zeros(8)
    weights, activity = second.reshape(-1), room.activity
    errors = room.errors[: len(images) * outputs]
    for place in range(len(images)):
        for output in range(outputs):
            sums = zeros_like(like)
            for neuron in range(0, hidden, 8):
                own = load(activity, place * hidden + neuron, like)
                sums = multiply_add(own, load(weights, output * hidden + neuron, like), sums)
            errors[place * outputs + output] = total(sums) + biases[output]
    if cost == SOFTMAX:
        _share(errors, outputs)
    else:
        sigmoid_all(errors)
    for place in range(len(images)):
        label = labels[images[place]]
        for output in range(outputs):
            fires = errors[place * outputs + output]
            error = (fires - targets[label, output]) * asked[label, output]
            if cost == QUADRATIC:
                error *= fires - fires * fires
            errors[place * outputs + output] = error


@part
def _share(sums: Floats, outputs: int) -> None:
    """Sums of the outputs, image by image -> their shares of 1."""
    for start in range(0, len(sums), outputs):
        largest = sums[start]
        for at in range(start + 1, start + outputs):
            largest = max(largest, sums[at])
        for at in range(start, start + outputs):
            sums[at] -= largest
    exp_all(sums)
    for start in range(0, len(sums), outputs):
        whole = NOTHING
        for at in range(start, start + outputs):
            whole += sums[at]
        share = ONE / whole
        for at in range(start, start + outputs):
            sums[at] *= share


@part
def _send_back(count: int, second: Floats, follow: np.float32, room: Room) -> None:
    """Writes the gradient by the activity, times `follow`, to `room.hidden_errors`."""
    outputs, hidden = second.shape
    weights, errors = second.reshape(-1), room.errors
    like = zeros(8)
    for place in range(count):
        for neuron in range(0, hidden, 8):
            back = zeros_like(like)
            for output in range(outputs):
                error = spread(errors[place * outputs + output] * follow, like)
                back = multiply_add(error, load(weights, output * hidden + neuron, like), back)
            store(room.hidden_errors, place * hidden + neuron, back)


@part
def _shrink(weights: Floats, shrink: np.float32) -> None:
    for at in range(len(weights)):
        shrunk = weights[at] * shrink
        weights[at] = NOTHING if abs(shrunk) < SMALLEST else shrunk


@part
def shrink_first(first: Floats, hidden: int, shrink: np.float32) -> None:
    """Shrinks the weights of the first layer, not its biases."""
    rows = len(first) // hidden
    for block in range(0, hidden, WIDEST):
        width = min(WIDEST, hidden - block)
        _shrink(first[block * rows : block * rows + (rows - 1) * width], shrink)


@part
def hold_first(first: Floats, hidden: int) -> None:
    """Negative weights of the first layer become 0, not its biases."""
    rows = len(first) // hidden
    for block in range(0, hidden, WIDEST):
        width = min(WIDEST, hidden - block)
        weights = first[block * rows : block * rows + (rows - 1) * width]
        for at in range(len(weights)):
            weights[at] = NOTHING if weights[at] < 0 else weights[at]


@part
def _follow_second(
    count: int, second: Floats, biases: Floats, follow: np.float32, room: Room
) -> None:
    """The read-out follows its gradient."""
    outputs, hidden = second.shape
    weights, errors = second.reshape(-1), room.errors
    like = zeros(8)
    for output in range(outputs):
        for neuron in range(0, hidden, 8):
            # added up first: many small changes of a large weight would each be rounded
            change = zeros_like(like)
            for place in range(count):
                error = spread(errors[place * outputs + output] * follow, like)
                own = load(room.activity, place * hidden + neuron, like)
                change = multiply_add(error, own, change)
            row = output * hidden + neuron
            store(weights, row, plus(load(weights, row, like), change))
        whole = NOTHING
        for place in range(count):
            whole += errors[place * outputs + output]
        biases[output] += follow * whole


@part
def follow_first(ink: Ink, images: Indices, first: Floats, hidden: int, room: Room) -> None:
    """The first layer follows its gradient."""
    rows = len(first) // hidden
    rest = hidden % WIDEST
    block = hidden - rest
    # the other way round: what the sums were worked out with last is still in the cache
    if rest == MIDDLE:
        _follow_block(ink, images, first[block * rows :], rows, room, block, hidden, zeros(MIDDLE))
    elif rest == NARROWEST:
        _follow_block(
            ink, images, first[block * rows :], rows, room, block, hidden, zeros(NARROWEST)
        )
    for before in range(block - WIDEST, -1, -WIDEST):
        _follow_block(
            ink, images, first[before * rows :], rows, room, before, hidden, zeros(WIDEST)
        )


@part
def _follow_block(
    ink: Ink,
    images: Indices,
    weights: Floats,
    rows: int,
    room: Room,
    block: int,
    hidden: int,
    like: Any,
) -> None:
    """One block of neurons: weights (rows of `like`,), the last one biases."""
    width = width_of(like)
    change_of_biases = zeros_like(like)
    for place in range(len(images)):
        start, stop = ink.starts[images[place]], ink.starts[images[place] + 1]
        _unpack(ink.shades, start, stop, room.shades)
        pixels, shades = ink.pixels[start:stop], room.shades
        error = load(room.hidden_errors, place * hidden + block, like)
        change_of_biases = plus(change_of_biases, error)
        for at in range(len(pixels)):
            row = np.intp(pixels[at]) * width
            shade = spread(shades[at], like)
            store(weights, row, multiply_add(shade, error, load(weights, row, like)))
    biases = (rows - 1) * width
    store(weights, biases, plus(load(weights, biases, like), change_of_biases))
