"""Has every kernel that learning calls made, or taken from the disk, before a run needs it.

The first call of a process costs most of a second, and making kernels for the first time of all
several; later calls with arguments of the same kinds cost nothing.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numba.core import event

from nnviz.data.digits import DigitSet, Source
from nnviz.networks.layouts import layout_of
from nnviz.networks.lenet import FILTERS, SIDE
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.piecemeal import at_once
from nnviz.training.compiled.adadelta import adadelta
from nnviz.training.compiled.firing import make_firing
from nnviz.training.compiled.lenet_back import back
from nnviz.training.compiled.lenet_forward import FREQUENCIES, around, convolve_and_pool, turn
from nnviz.training.compiled.lenet_heads import learn_head
from nnviz.training.compiled.lenet_hidden import product
from nnviz.training.compiled.making import make_compiled
from nnviz.training.table import Kernels

INPUTS, CLASSES = 4, 3
TRUNK = Settings(hidden=1)
RUNS: Mapping[Kernels, Settings] = MappingProxyType(
    {
        Kernels.NETWORKS: TRUNK,
        Kernels.READ_OUT: Settings().change(design="ten-outputs", trunk="frozen", hidden=1),
        Kernels.SUBSETS: Settings().change(design="elimination", trunk="scratch", hidden=1),
    }
)
"""What calls all of some kernels."""
SMALLEST = 6
"""Pixels to a side of the smallest image that a LeNet can see"""


def warm_up(kernels: Kernels, anew: Callable[[], None] = lambda: None) -> None:
    """Learns one step of a tiny run and measures it.

    `anew` is called for each function whose machine code is not there yet.
    """
    with event.install_listener("numba:compile", _Compiling(anew)):
        if kernels == Kernels.LENET:
            _step_of_lenet()
        else:
            _learn_and_measure(RUNS[kernels])


def _learn_and_measure(settings: Settings) -> None:
    digits, trunk = _digits(), initial_network(TRUNK, INPUTS, CLASSES)
    network = initial_network(settings, INPUTS, CLASSES, trunk)
    learner = make_compiled(network, settings, layout_of(settings, CLASSES), digits)
    learner.learn(0, 0, 1, 1, 0.1, 1.0, False)
    # a run of any kind is measured: it must not wait for kernels of others then
    firing = at_once(make_firing(digits.train_images))
    assert firing is not None
    for _ in firing.of(network):
        pass


def _step_of_lenet() -> None:
    """All that a step calls, with arrays as they come there."""
    below, here = FILTERS
    inner = SMALLEST - SIDE + 1
    around(np.zeros((1, SIDE, SIDE, 1), np.float32), np.zeros((1, SIDE * SIDE), np.float32))
    first = np.zeros((1, inner, inner, below), np.float32)
    filters = np.zeros((here, SIDE, SIDE, below), np.float32)
    turned, biases = np.zeros((FREQUENCIES, below, here), np.float32), np.zeros(here, np.float32)
    features, corners = np.zeros((1, here), np.float32), np.zeros((1, here), np.uint8)
    turn(filters, turned)
    convolve_and_pool(first, turned, biases, features, corners)
    errors, seen = np.zeros_like(features), filters.reshape(here, -1)
    back(errors, features, corners, first, seen, np.zeros_like(first), np.zeros_like(seen), biases)
    product(np.zeros((1, 1), np.float32), False, features, errors)
    rows = np.zeros((4, 65), np.float32)
    adadelta(*rows, *np.ones(3, np.float32))
    images, numbers = np.zeros(1, np.intp), np.ones(4, np.float32)
    learn_head(features, images, corners[0, :1], 1, 1, *rows, *numbers)


class _Compiling(event.Listener):
    """Hears of each function that is compiled."""

    def __init__(self, began: Callable[[], None]) -> None:
        self._began = began

    def on_start(self, _event: event.Event) -> None:
        self._began()

    def on_end(self, _event: event.Event) -> None:
        pass


def _digits() -> DigitSet:
    images = np.eye(CLASSES, INPUTS, dtype=np.uint8)  # little ink, which becomes lists
    labels = np.arange(CLASSES, dtype=np.uint8)
    return DigitSet(Source("bundled"), "", ("0", "1"), images, labels, images, labels)
