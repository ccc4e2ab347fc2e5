"""The training digits nearest to an image: by their pixels, and in the hidden layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.data.digits import Digits
from nnviz.networks.network import Network, as_inputs, hidden_activity
from nnviz.questions.question import Kept, Question, Subject, Working, block_of

COUNT = 10
"""Neighbours that are told."""
BLOCK = 1000
"""Training digits between two yields: 3 ms by pixels, up to 20 in a large hidden layer."""
MOST_KEPT = 50_000_000
"""Activities behind a front that are kept (200 MB)."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest training digits, the nearest first; of equals the first of the data set."""

    numbers: Indices
    """(COUNT,) or fewer: which training digits"""
    images: Bytes
    """(COUNT, inputs) 0..255"""
    labels: Bytes
    """(COUNT,)"""
    distances: Doubles
    """(COUNT,): Euclidean, of inputs in 0..1 or of activities"""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The neighbours of an image."""

    by_pixels: Nearest
    by_activity: Nearest
    """By the activities of all hidden neurons of all networks."""


@dataclass(frozen=True)
class FindNeighbours(Question[Neighbours]):
    """Which training digits are nearest to an image?"""

    kept: ClassVar[int] = 40
    subject: Subject
    """It is asked about its hidden layer."""
    pixels: bytes
    """Of the image, (inputs,) 0..255"""

    def work(self, digits: Digits, kept: Kept) -> Working[Neighbours]:
        images, labels, network = digits.train_images, digits.train_labels, self.subject.altered
        image = np.frombuffer(self.pixels, np.uint8)
        own = image.astype(np.float64)
        squares = np.empty(len(images))
        for start in range(0, len(images), BLOCK):
            # whole numbers below 2 ** 53: no rounding, so that equal distances are equal
            apart = images[start : start + BLOCK].astype(np.float64) - own
            squares[start : start + BLOCK] = np.einsum("ij,ij->i", apart, apart)
            yield
        by_pixels = _nearest(squares / 255**2, images, labels)
        fired = _activity(network, image[None])[0]
        start = 0
        for activity in _activities(network, images, kept):
            end = start + len(activity)
            apart = activity - fired
            squares[start:end] = np.einsum("ij,ij->i", apart, apart)
            start = end
            yield
        return Neighbours(by_pixels, _nearest(squares, images, labels))


def _activities(network: Network, images: Bytes, kept: Kept) -> Iterator[Doubles]:
    """Those of all images, some after the other; behind a front they are kept for the next digit,
    as far as there is room: there they take a thousand times as long."""
    if network.front is None:
        for start in range(0, len(images), BLOCK):
            yield _activity(network, images[start : start + BLOCK])
        return
    known: _Known | None = kept.get(FindNeighbours)
    if known is None or known.images is not images or not known.network.fires_like(network):
        known = kept[FindNeighbours] = _Known(network, images, [])
    block, size = block_of(network), len(images) * network.hidden_biases.size
    for number, start in enumerate(range(0, len(images), block)):
        if number < len(known.blocks):
            yield known.blocks[number].astype(np.float64)
            continue
        found = _activity(network, images[start : start + block])
        if size <= MOST_KEPT:
            known.blocks.append(found.astype(np.float32))
        yield found


@dataclass(frozen=True, eq=False)
class _Known:
    """Activities behind a front."""

    network: Network
    images: Bytes
    blocks: list[Floats]
    """(images of a block, networks x hidden) each, as far as worked out"""


def _activity(network: Network, images: Bytes) -> Doubles:
    """(images, networks x hidden); what is no number counts as 0"""
    with np.errstate(all="ignore"):
        fired = hidden_activity(network, as_inputs(images)).reshape(len(images), -1)
    return np.nan_to_num(fired.astype(np.float64), posinf=0.0, neginf=0.0)


def _nearest(squares: Doubles, images: Bytes, labels: Bytes) -> Nearest:
    count = min(COUNT, len(squares))
    furthest = np.partition(squares, count - 1)[count - 1]
    near = np.flatnonzero(squares <= furthest)
    numbers = near[np.argsort(squares[near], kind="stable")][:count]
    return Nearest(numbers, images[numbers], labels[numbers], np.sqrt(squares[numbers]))
