"""Learning steps of networks that learn their hidden layer, many in one call.

Each network learns all steps of a call before the next one does, so that its weights stay in the
processor's cache, and knows nothing of the others: weights do not depend on how steps are divided
into calls, nor networks among threads.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.first_layer import (
    Room,
    follow_first,
    hidden_sums,
    hold_first,
    shrink,
    shrink_first,
)
from nnviz.training.compiled.ink import Ink
from nnviz.training.compiled.lanes import (
    load,
    multiply_add,
    plus,
    spread,
    store,
    total,
    zeros,
    zeros_like,
)
from nnviz.training.compiled.vectors import exp_all, sigmoid_all, tanh_all

SIGMOID, TANH, RELU, LINEAR = 0, 1, 2, 3
SOFTMAX, CROSS_ENTROPY, QUADRATIC = 0, 1, 2
ONE = np.float32(1)
NOTHING = np.float32(0)


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
                shrink(second.reshape(-1), np.float32(rule.shrink))
            _follow_second(len(images), second, biases, follow, room)
            follow_first(digits.ink, images, first, second.shape[1], room)
            if rule.nonnegative:
                hold_first(first, second.shape[1])


@part
def activate(activity: Floats, activation: int) -> None:
    """Turns weighted sums into activity, in place: (any,)."""
    if activation == SIGMOID:
        sigmoid_all(activity)
    elif activation == TANH:
        tanh_all(activity)
    elif activation == RELU:
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
