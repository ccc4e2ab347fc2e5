"""Has every kernel that learning calls made, or taken from the disk, before a run needs it.

The first call of a process costs most of a second, and making a kernel for the first time of all
several; later calls with arguments of the same kinds cost nothing.
"""

import numpy as np

from nnviz.data.digits import DigitSet, Source
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.making import make_compiled

INPUTS, CLASSES = 4, 3
TRUNK = Settings(hidden=1)
RUNS = (
    TRUNK,
    Settings().change(design="ten-outputs", trunk="frozen", hidden=1),
    Settings().change(design="elimination", trunk="scratch", hidden=1),
)
"""What calls every kernel."""


def warm_up() -> None:
    """Learns one step of a tiny run of each kind."""
    digits, trunk = _digits(), initial_network(TRUNK, INPUTS, CLASSES)
    for settings in RUNS:
        network = initial_network(settings, INPUTS, CLASSES, trunk)
        learner = make_compiled(network, settings, layout_of(settings, CLASSES), digits)
        learner.learn(0, 0, 1, 1, 0.1, 1.0, False)


def _digits() -> DigitSet:
    images = np.arange(CLASSES * INPUTS, dtype=np.uint8).reshape(CLASSES, INPUTS)
    labels = np.arange(CLASSES, dtype=np.uint8)
    return DigitSet(Source("bundled"), "", ("0", "1"), images, labels, images, labels)
