"""Images in groups that leave the same pixels empty, so that a product with weights can skip those.

Of handwritten digits four in five pixels are empty, and some hundred digits of one height, width
and place leave more than half of all pixels empty: their weighted sums take half the multiply-adds
of all pixels, in products as fast as before.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats, Indices

WORTH = 400
"""Images that it is worth to part into groups."""
LEAST = 80
"""Images of a group at least, about: of fewer, gathering the weights costs more than it spares."""
MOST = 250
"""Images of a group at most: their activity stays in the cache."""
LOOKED_AT = 500
"""Images that are looked at to find where to part them."""
AT_ONCE = 1000
"""Images looked through between two yields, about."""


@dataclass(frozen=True, eq=False)
class InkGroup:
    """Some of the images, and the pixels that any of them uses."""

    rows: Indices
    """(images,): their places among all"""
    used: Indices | None
    """(used + 1,): those pixels, in their order, and behind them all the bias; None for all"""
    pixels: Bytes
    """(images, used + 1): 0..255, and a 1 for the bias"""

    def of(self, weights: Floats) -> Floats:
        """Of weights (inputs + 1, neurons), the last ones being biases, the rows that count."""
        return weights if self.used is None else np.take(weights, self.used, axis=0)


def ink_groups(images: Bytes) -> Generator[None, None, Sequence[InkGroup]]:
    """All images (images, inputs) 0..255, each in one group; depends on nothing but the images.

    A group is parted by whether images have ink in a certain row or column of pixels: in that of
    all which leaves the least to work through. Few images, and those that are no square of grey
    pixels, are only cut into pieces. Yields after some of the work.
    """
    count, inputs = images.shape
    side = isqrt(inputs)
    if count < WORTH or side * side != inputs:
        pieces = np.array_split(np.arange(count), max(1, -(-count // MOST)))
        return [InkGroup(piece, None, _with_ones(images[piece])) for piece in pieces]
    crossed = np.empty((count, 2 * side), bool)
    for start in range(0, count, AT_ONCE):
        block = slice(start, start + AT_ONCE)
        crossed[block] = _lines_crossed(images[block].reshape(-1, side, side))
        yield
    found: list[InkGroup] = []
    cut = 0
    for rows in (yield from _parted(images, crossed)):
        pixels = images[rows]
        used = np.flatnonzero(np.bitwise_or.reduce(pixels, axis=0))
        pieces = np.array_split(np.arange(len(rows)), -(-len(rows) // MOST))
        found += [
            InkGroup(rows[piece], np.append(used, inputs), _with_ones(pixels[np.ix_(piece, used)]))
            for piece in pieces
        ]
        cut += len(rows)
        if cut > AT_ONCE:
            cut = 0
            yield
    return found


def _with_ones(pixels: Bytes) -> Bytes:
    return np.concatenate([pixels, np.ones((len(pixels), 1), np.uint8)], axis=1)


def _lines_crossed(images: Bytes) -> Bools:
    """(images, side, side) -> (images, 2 x side): which rows, and which columns, have ink."""
    turned = np.ascontiguousarray(images.swapaxes(1, 2))
    either = [np.bitwise_or.reduce(each, axis=1) for each in (turned, images)]
    return np.concatenate(either, axis=1) > 0


def _parted(images: Bytes, crossed: Bools) -> Generator[None, None, list[Indices]]:
    """-> the images (images of a group,) of every group, found by looking at a few."""
    looked_at = np.arange(0, len(images), -(-len(images) // LOOKED_AT))
    ink = (images[looked_at] > 0).astype(np.float32)
    lines = crossed[looked_at].astype(np.float32)
    done: list[Indices] = []
    waiting = [(np.arange(len(images)), np.arange(len(looked_at)))]
    looked = 0
    while waiting:
        rows, seen = waiting.pop()
        least = LEAST * len(looked_at) / len(images)
        line = _best_line(ink[seen], lines[seen], max(1.0, least)) if len(rows) >= 2 * LEAST else -1
        if line < 0:
            done.append(rows)
        else:
            has, shows = crossed[rows, line], lines[seen, line] > 0
            waiting += [(rows[has], seen[shows]), (rows[~has], seen[~shows])]
        looked += len(seen)
        if looked > AT_ONCE:
            looked = 0
            yield
    return done


def _best_line(ink: Floats, lines: Floats, least: float) -> int:
    """Where to part images (images, pixels) that cross lines (images, lines), so that at least so
    many are on either side; -1 where no line spares anything worth it."""
    count, used = len(ink), ink.sum(axis=0)
    cross = lines.sum(axis=0)
    likely = np.flatnonzero((cross >= least) & (cross <= count - least))
    if not len(likely):
        return -1
    both, cross = lines[:, likely].T @ ink, cross[likely]  # (lines, pixels): images that have both
    within = np.count_nonzero(both, axis=1) * cross
    beside = np.count_nonzero(used - both, axis=1) * (count - cross)
    best = int((within + beside).argmin())
    spares = within[best] + beside[best] < 0.995 * np.count_nonzero(used) * count
    return int(likely[best]) if spares else -1
