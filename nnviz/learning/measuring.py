"""How good a network is on labelled images, read as its design usually is."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.answers import Answers, Options, joined
from nnviz.learning.curves import Measured
from nnviz.learning.designs import DESIGNS
from nnviz.learning.evidence import evidence_blocks
from nnviz.learning.layouts import layout_of
from nnviz.learning.network import Network
from nnviz.learning.readings import READINGS
from nnviz.learning.settings import Settings

Bytes = NDArray[np.uint8]


def answers_by_block(
    network: Network, settings: Settings, classes: int, images: Bytes
) -> Iterator[Answers]:
    """The answers to pixels (images, inputs) 0..255, a thousand images at a time."""
    reading = READINGS[DESIGNS[settings.design].readings[0]]
    for evidence in evidence_blocks(network, layout_of(settings, classes), images):
        yield reading.read(evidence, Options())


def measured(
    network: Network,
    settings: Settings,
    classes: int,
    examples: int,
    images: Bytes,
    labels: Bytes,
) -> Measured:
    """What the network says of all images (images, inputs), labels (images,).

    `examples` is how many training digits it has seen.
    """
    given = joined(list(answers_by_block(network, settings, classes, images))).classes.astype(
        np.int8
    )
    return Measured(examples, float(np.mean(given == labels)), given)
