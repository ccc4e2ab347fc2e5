"""How often a network is right, and which images it misreads."""

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.curves import Measured
from nnviz.learning.designs import answers
from nnviz.learning.network import Network, outputs_for_images


def measured(
    network: Network,
    design: str,
    classes: int,
    examples: int,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
) -> Measured:
    """What the network says of all images, pixels (images, inputs) 0..255, labels (images,).

    `examples` is how many training digits it has seen.
    """
    given = answers(outputs_for_images(network, images), design, classes).astype(np.int8)
    return Measured(examples, float(np.mean(given == labels)), given)
