"""How often a network is right, and which images it misreads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.designs import answers
from nnviz.learning.network import Network, outputs_for_images


@dataclass(frozen=True, eq=False)
class Report:
    """What a network said of a set of images."""

    answers: NDArray[np.int8]
    """(images,)"""
    mistakes: NDArray[np.intp]
    """(mistakes,): the images answered wrong, in their order"""
    accuracy: float


def judge(
    network: Network, design: str, classes: int, images: NDArray[np.uint8], labels: NDArray[np.uint8]
) -> Report:
    """The answers to all images, pixels (images, inputs) 0..255, with labels (images,)."""
    given = answers(outputs_for_images(network, images), design, classes).astype(np.int8)
    wrong = np.flatnonzero(given != labels)
    return Report(given, wrong, 1 - len(wrong) / len(labels))
