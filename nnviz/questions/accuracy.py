"""How often a network is right, and which images it misreads."""

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.curves import Measured
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.answers import Answers, Options, joined
from nnviz.verdicts.evidence import evidence_blocks
from nnviz.verdicts.readings import READINGS

MOST = 10_000
"""Images judged at once: more of them share each head that a walk asks."""


def judge(
    network: Network,
    layout: Layout,
    images: NDArray[np.uint8],
    reading: str,
    options: Options = Options(),
) -> Answers:
    """The answers to one or more images, pixels (images, inputs) 0..255, a block at a time."""
    read = READINGS[reading].read
    return joined([read(some, options) for some in evidence_blocks(network, layout, images, MOST)])


def measured(
    network: Network,
    layout: Layout,
    reading: str,
    examples: int,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    options: Options = Options(),
) -> Measured:
    """What the network says of all images, pixels (images, inputs) 0..255, labels (images,).

    `examples` is how many training digits it has seen.
    """
    given = judge(network, layout, images, reading, options).classes.astype(np.int8)
    return Measured(examples, float(np.mean(given == labels)), given)
