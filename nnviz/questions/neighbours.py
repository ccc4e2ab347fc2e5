"""The training digits nearest to an image: by their pixels, and in the hidden layer."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Indices
from nnviz.data.digits import Digits
from nnviz.networks.network import Network, as_inputs, hidden_activity
from nnviz.questions.question import Kept, Question, Subject, Working

COUNT = 10
"""Neighbours that are told."""
BLOCK = 1000
"""Training digits between two yields: 3 ms by pixels, up to 20 in a large hidden layer."""


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
        for start in range(0, len(images), BLOCK):
            apart = _activity(network, images[start : start + BLOCK]) - fired
            squares[start : start + BLOCK] = np.einsum("ij,ij->i", apart, apart)
            yield
        return Neighbours(by_pixels, _nearest(squares, images, labels))


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
