"""The first layer of a compiled step: sums of the hidden neurons, and what follows from errors.

Where images are lists of pixels that are not black, the sums are those pixels' rows of the weights,
as often as there is ink, and the change of the weights goes to the same rows. Where most pixels
have ink, every row is loaded once for four images.

The hidden neurons of a network lie in blocks of 32, and a last one of 8, 16 or 32. The weights of a
block are rows of that width, one per pixel, then one of biases. Neurons beyond those of the network
are dead: no sum of theirs ever leaves 0.
"""

from typing import Any, NamedTuple

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.compiled.building import part
from nnviz.training.compiled.ink import Ink
from nnviz.training.compiled.lanes import (
    load,
    load_bytes,
    multiply_add,
    plus,
    spread,
    store,
    width_of,
    zeros,
    zeros_like,
)

WIDEST, MIDDLE, NARROWEST = 32, 16, 8
"""Neurons of a block."""
TOGETHER = 4
"""Images for which a row of weights is loaded once where most pixels have ink."""
FEW = 3
"""Fewer images than this are quicker one by one."""
NOTHING = np.float32(0)
TO_INPUT = np.float32(1 / 255)
SMALLEST = np.float32(np.finfo(np.float32).tiny)
"""Smaller numbers are slow on many processors, and nothing next to any other weight."""


class Room(NamedTuple):
    """What a step works in: one per thread."""

    shades: Floats
    """(TOGETHER, inputs + SPARE): pixels of images, 0..1"""
    activity: Floats
    """(batch * padded hidden,)"""
    hidden_errors: Floats
    """(batch * padded hidden,)"""
    errors: Floats
    """(batch * outputs of a network,)"""


@part
def hidden_sums(ink: Ink, images: Indices, first: Floats, hidden: int, room: Room) -> None:
    """Writes the sums of the hidden neurons for some images to `room.activity`."""
    rows = len(first) // hidden
    for block in range(0, hidden, WIDEST):
        weights, sums = first[block * rows :], room.activity[block:]
        if hidden - block >= WIDEST:
            _sums(ink, images, weights, rows, room, sums, hidden, zeros(WIDEST))
        elif hidden - block == MIDDLE:
            _sums(ink, images, weights, rows, room, sums, hidden, zeros(MIDDLE))
        else:
            _sums(ink, images, weights, rows, room, sums, hidden, zeros(NARROWEST))


@part
def _sums(
    ink: Ink,
    images: Indices,
    weights: Floats,
    rows: int,
    room: Room,
    sums: Floats,
    hidden: int,
    like: Any,
) -> None:
    """The sums of one block of neurons: weights (rows of `like`,), the last one biases; sums of
    an image every `hidden` places."""
    if not ink.full:
        for place in range(len(images)):
            start, stop = ink.starts[images[place]], ink.starts[images[place] + 1]
            shades = room.shades[0]
            _unpack(ink.shades, start, stop - start, shades)
            found = _sums_of_ink(ink.pixels[start:stop], shades, weights, rows, like)
            store(sums, place * hidden, found)
    else:
        for place in range(0, len(images), TOGETHER):
            together = images[place : place + TOGETHER]
            _unpack_together(ink, together, rows - 1, room.shades)
            if len(together) < FEW:
                for one in range(len(together)):
                    found = _sums_of_ink(ink.pixels, room.shades[one], weights, rows, like)
                    store(sums, (place + one) * hidden, found)
                break
            _sums_of_all(
                len(together), room.shades, weights, rows, sums[place * hidden :], hidden, like
            )


@part
def _sums_of_ink(pixels: Any, shades: Floats, weights: Floats, rows: int, like: Any) -> Any:
    """The sums of an image of these pixels."""
    width = width_of(like)
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
    return plus(plus(first, second), plus(third, fourth))


@part
def _sums_of_all(
    count: int, shades: Floats, weights: Floats, rows: int, sums: Floats, hidden: int, like: Any
) -> None:
    """The sums of up to four images of all pixels."""
    width = width_of(like)
    first = second = third = fourth = load(weights, (rows - 1) * width, like)
    for pixel in range(rows - 1):
        row = load(weights, pixel * width, like)
        first = multiply_add(spread(shades[0, pixel], like), row, first)
        second = multiply_add(spread(shades[1, pixel], like), row, second)
        third = multiply_add(spread(shades[2, pixel], like), row, third)
        fourth = multiply_add(spread(shades[3, pixel], like), row, fourth)
    store(sums, 0, first)
    if count > 1:
        store(sums, hidden, second)
    if count > 2:
        store(sums, 2 * hidden, third)
    if count > 3:
        store(sums, 3 * hidden, fourth)


@part
def _unpack_together(ink: Ink, images: Indices, inputs: int, shades: Floats) -> None:
    """All pixels of up to four images; the others are as they were."""
    for place in range(len(images)):
        _unpack(ink.shades, ink.starts[images[place]], inputs, shades[place])


@part
def _unpack(shades: Bytes, start: int, count: int, unpacked: Floats) -> None:
    """So many shades as inputs 0..1."""
    like = zeros(16)
    for at in range(0, count, 16):
        inputs = multiply_add(
            load_bytes(shades, start + at, like), spread(TO_INPUT, like), zeros_like(like)
        )
        store(unpacked, at, inputs)


@part
def shrink(weights: Floats, share: np.float32) -> None:
    """Weights (any,) times `share`."""
    for at in range(len(weights)):
        shrunk = weights[at] * share
        weights[at] = NOTHING if abs(shrunk) < SMALLEST else shrunk


@part
def shrink_first(first: Floats, hidden: int, share: np.float32) -> None:
    """Shrinks the weights of the first layer, not its biases."""
    rows = len(first) // hidden
    for block in range(0, hidden, WIDEST):
        width = min(WIDEST, hidden - block)
        shrink(first[block * rows : block * rows + (rows - 1) * width], share)


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
def follow_first(ink: Ink, images: Indices, first: Floats, hidden: int, room: Room) -> None:
    """The first layer changes by `room.hidden_errors` of some images."""
    rows = len(first) // hidden
    # the other way round: what the sums were worked out with last is still in the cache
    for block in range((hidden - 1) // WIDEST * WIDEST, -1, -WIDEST):
        weights, errors = first[block * rows :], room.hidden_errors[block:]
        if hidden - block >= WIDEST:
            _follow(ink, images, weights, rows, room, errors, hidden, zeros(WIDEST))
        elif hidden - block == MIDDLE:
            _follow(ink, images, weights, rows, room, errors, hidden, zeros(MIDDLE))
        else:
            _follow(ink, images, weights, rows, room, errors, hidden, zeros(NARROWEST))


@part
def _follow(
    ink: Ink,
    images: Indices,
    weights: Floats,
    rows: int,
    room: Room,
    errors: Floats,
    hidden: int,
    like: Any,
) -> None:
    """One block of neurons: weights (rows of `like`,), the last one biases; errors of an image
    every `hidden` places."""
    if not ink.full:
        for place in range(len(images)):
            start, stop = ink.starts[images[place]], ink.starts[images[place] + 1]
            shades = room.shades[0]
            _unpack(ink.shades, start, stop - start, shades)
            error = load(errors, place * hidden, like)
            _follow_ink(ink.pixels[start:stop], shades, weights, error)
    else:
        for place in range(0, len(images), TOGETHER):
            together = images[place : place + TOGETHER]
            _unpack_together(ink, together, rows - 1, room.shades)
            if len(together) < FEW:
                for one in range(len(together)):
                    error = load(errors, (place + one) * hidden, like)
                    _follow_ink(ink.pixels, room.shades[one], weights, error)
                break
            _follow_all(
                len(together),
                room.shades,
                weights,
                rows - 1,
                errors[place * hidden :],
                hidden,
                like,
            )
    # added up first: many small changes of a large bias would each be rounded
    change = zeros_like(like)
    for place in range(len(images)):
        change = plus(change, load(errors, place * hidden, like))
    biases = (rows - 1) * width_of(like)
    store(weights, biases, plus(load(weights, biases, like), change))


@part
def _follow_ink(pixels: Any, shades: Floats, weights: Floats, error: Any) -> None:
    """The rows of these pixels change."""
    width = width_of(error)
    for at in range(len(pixels)):
        row = np.intp(pixels[at]) * width
        changed = multiply_add(spread(shades[at], error), error, load(weights, row, error))
        store(weights, row, changed)


@part
def _follow_all(
    count: int, shades: Floats, weights: Floats, pixels: int, errors: Floats, hidden: int, like: Any
) -> None:
    """The rows of all pixels change by up to four images."""
    width = width_of(like)
    second = third = fourth = zeros_like(like)
    first = load(errors, 0, like)
    if count > 1:
        second = load(errors, hidden, like)
    if count > 2:
        third = load(errors, 2 * hidden, like)
    if count > 3:
        fourth = load(errors, 3 * hidden, like)
    for pixel in range(pixels):
        row = load(weights, pixel * width, like)
        row = multiply_add(spread(shades[0, pixel], like), first, row)
        row = multiply_add(spread(shades[1, pixel], like), second, row)
        row = multiply_add(spread(shades[2, pixel], like), third, row)
        row = multiply_add(spread(shades[3, pixel], like), fourth, row)
        store(weights, pixel * width, row)
