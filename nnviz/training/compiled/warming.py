"""Makes the compiled engine ready before a run needs it."""

import numpy as np

from nnviz.data.digits import DigitSet, Source
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.learner import CompiledLearner


def warm_up() -> None:
    """Learns one step from two tiny images: the kernels are compiled, or loaded from where they are
    kept (see `building.KEPT_IN`).

    A process needs most of a second for the first kernel that it calls, whatever is kept, and some
    seconds to compile them all. Raises whatever numba does where it cannot compile here.
    """
    images, labels = np.eye(2, 9, dtype=np.uint8), np.arange(2, dtype=np.uint8)
    digits = DigitSet(Source("bundled"), "", ("0", "1"), images, labels, images, labels)
    settings = Settings(hidden=1, batch=2)
    network = initial_network(settings, digits.inputs, digits.classes)
    learner = CompiledLearner(network, settings, layout_of(settings, 2), digits, threads=1)
    learner.learn(0, 0, 1, settings.batch, settings.rate, 1.0, False)
