"""One softmax head on hidden activity that does not change, for many steps at a time.

Its weights stay in the cache, and an image is read once for the sums and once more for what follows
from them: no batch is gathered. Weights, gradients and what the optimiser keeps are rows of the
weights of all outputs, one after the other, and then their biases.
"""

from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.compiled.adadelta import adadelta
from nnviz.training.compiled.building import kernel, part
from nnviz.training.compiled.lanes import (
    load,
    multiply_add,
    spread,
    store,
    total,
    zeros,
    zeros_like,
)
from nnviz.training.compiled.vectors import exp

LANES = 64
TOGETHER = 4
"""Images for which weights and gradients are read once"""
NOTHING, ONE = np.float32(0), np.float32(1)


@kernel
def learn_head(
    features: Floats,
    rows: Indices,
    slots: Bytes,
    batch: int,
    outputs: int,
    weights: Floats,
    gradients: Floats,
    gathered: Floats,
    walked: Floats,
    rate: np.float32,
    rho: np.float32,
    epsilon: np.float32,
    clip: np.float32,
) -> None:
    """Learns from images `rows` of features (images, a multiple of 64), `batch` at a step, each the
    mean of its images; slots (rows,): which output is right. Adadelta; plain steps where rho is 0.

    Nothing is learned from an image whose right output is within `clip` of 0 or 1.
    """
    hidden = features.shape[1]
    shares = np.empty((TOGETHER, outputs), np.float32)
    images = np.empty(TOGETHER, np.intp)
    for start in range(0, len(rows), batch):
        stop = min(start + batch, len(rows))
        share = ONE / np.float32(stop - start)
        gradients[:] = NOTHING
        for place in range(start, stop, TOGETHER):
            for each in range(TOGETHER):
                # beyond the last one, that one again: nothing follows from it
                images[each] = rows[min(place + each, stop - 1)] * hidden
            _find(features, images, weights, shares)
            for each in range(TOGETHER):
                if place + each < stop:
                    _judge(shares[each], slots[place + each], clip, share)
                else:
                    shares[each] = NOTHING
            _follow(features, images, shares, gradients)
        if rho > NOTHING:
            adadelta(weights, gradients, gathered, walked, rate, rho, epsilon)
        else:
            for place in range(len(weights)):
                weights[place] -= rate * gradients[place]


@part
def _find(features: Floats, images: Indices, weights: Floats, sums: Floats) -> None:
    """Writes the sums of all outputs: (images, outputs)."""
    hidden, outputs = features.shape[1], sums.shape[1]
    for output in range(outputs):
        own = output * hidden
        _sums(features, images, weights, own, hidden, sums[:, output], zeros(LANES))
        for each in range(TOGETHER):
            sums[each, output] += weights[outputs * hidden + output]


@part
def _follow(features: Floats, images: Indices, errors: Floats, gradients: Floats) -> None:
    """Adds to the gradients of all outputs what follows from errors (images, outputs)."""
    hidden, outputs = features.shape[1], errors.shape[1]
    for output in range(outputs):
        own = output * hidden
        _add(features, images, errors[:, output], gradients, own, hidden, zeros(LANES))
        for each in range(TOGETHER):
            gradients[outputs * hidden + output] += errors[each, output]


@part
def _sums(
    features: Floats,
    images: Indices,
    weights: Floats,
    own: int,
    hidden: int,
    found: Floats,
    like: Any,
) -> None:
    """What an output sums up of four images."""
    one = two = three = four = zeros_like(like)
    for at in range(0, hidden, LANES):
        row = load(weights, own + at, like)
        one = multiply_add(load(features, images[0] + at, like), row, one)
        two = multiply_add(load(features, images[1] + at, like), row, two)
        three = multiply_add(load(features, images[2] + at, like), row, three)
        four = multiply_add(load(features, images[3] + at, like), row, four)
    found[0], found[1], found[2], found[3] = total(one), total(two), total(three), total(four)


@part
def _judge(shares: Floats, slot: int, clip: np.float32, share: np.float32) -> None:
    """From the sums of an image to its part of the errors, in place."""
    _share(shares)
    right = shares[slot]
    if right < clip or right > ONE - clip:
        shares[:] = NOTHING
        return
    shares[slot] -= ONE
    for output in range(len(shares)):
        shares[output] *= share


@part
def _share(shares: Floats) -> None:
    """Softmax, in place."""
    largest = shares.max()
    together = NOTHING
    for output in range(len(shares)):
        shares[output] = exp(shares[output] - largest)
        together += shares[output]
    for output in range(len(shares)):
        shares[output] /= together


@part
def _add(
    features: Floats,
    images: Indices,
    errors: Floats,
    gradients: Floats,
    own: int,
    hidden: int,
    like: Any,
) -> None:
    """Adds four images, each times its error, to the gradient of an output."""
    one, two = spread(errors[0], like), spread(errors[1], like)
    three, four = spread(errors[2], like), spread(errors[3], like)
    for at in range(0, hidden, LANES):
        found = load(gradients, own + at, like)
        found = multiply_add(one, load(features, images[0] + at, like), found)
        found = multiply_add(two, load(features, images[1] + at, like), found)
        found = multiply_add(three, load(features, images[2] + at, like), found)
        found = multiply_add(four, load(features, images[3] + at, like), found)
        store(gradients, own + at, found)
