"""The learner of the compiled engine, for networks that learn their hidden layer."""

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.first_layer import Room
from nnviz.training.compiled.ink import Ink, ink_of
from nnviz.training.compiled.networks import Networks, room_of
from nnviz.training.compiled.steps import (
    CROSS_ENTROPY,
    QUADRATIC,
    RELU,
    SIGMOID,
    SOFTMAX,
    TANH,
    Digits,
    Queues,
    Rule,
    learn,
)
from nnviz.training.orders import digits_of_epoch, have_own_digits, order_of, queues_of

ACTIVATIONS = {"sigmoid": SIGMOID, "tanh": TANH, "relu": RELU}
COSTS = {"softmax": SOFTMAX, "cross-entropy": CROSS_ENTROPY, "quadratic": QUADRATIC}
WORTH_A_THREAD = 5_000_000
"""Multiply-adds of one call from which on a second thread takes a part of the networks."""
SECOND = "second-learner"
"""What the thread is called."""
PIECES = 8
"""Parts of the networks: a thread that is done takes the next."""


class CompiledLearner:
    """Learns one run (see `Learner`).

    Raises ValueError for what these steps cannot learn: a frozen hidden layer, and several
    softmax groups on one.
    """

    engine: ClassVar[str] = "compiled"

    def __init__(
        self,
        network: Network,
        settings: Settings,
        layout: Layout,
        digits: DigitSet,
        threads: int | None = None,
    ) -> None:
        if settings.trunk == "frozen":
            raise ValueError("These steps learn the hidden layer too")
        if settings.cost == "softmax" and not _one_group_each(layout):
            raise ValueError("A network of these steps has one softmax")
        self.length = digits_of_epoch(settings, layout, digits.train_labels)
        self._settings, self._layout = settings, layout
        # a copy: for arrays that are read-only, or steps apart, kernels would be compiled anew
        self._labels = np.array(digits.train_labels)
        self._networks = Networks(network, layout)
        taught = layout.taught[:, self._networks.order]
        self._digits = Digits(
            kept_ink(digits.train_images),
            self._labels,
            np.array(taught > 0, np.float32, order="C"),
            np.array(taught != 0, np.float32, order="C"),
        )
        self._own = have_own_digits(settings, layout)
        self._how = ACTIVATIONS[network.activation], COSTS[settings.cost], self._own
        self._inputs, self._multiply_adds = network.inputs, network.multiply_adds
        self._outputs = int(np.diff(self._networks.weights.outputs).max())
        self._epoch = -1
        self._queues: Queues
        threads = threads or min(2, usable_cores())
        self._rooms = deque(self._room(1) for _ in range(min(threads, network.networks)))

    def learn(
        self,
        epoch: int,
        offset: int,
        steps: int,
        batch: int,
        rate: float,
        shrink: float,
        nonnegative: bool,
    ) -> None:
        """Learns so many steps from a place of the epoch on."""
        if epoch != self._epoch:
            self._queues = self._queues_of(epoch)
            self._epoch = epoch
        if len(self._rooms[0].activity) < batch * self._networks.weights.second.shape[1]:
            self._rooms = deque(self._room(batch) for _ in self._rooms)
        rule = Rule(*self._how, offset, steps, batch, float(rate), float(shrink), nonnegative)
        count = len(self._networks.weights.first)
        if len(self._rooms) == 1 or steps * batch * self._multiply_adds < WORTH_A_THREAD:
            self._learn(rule, deque([(0, count)]), self._rooms[0])
            return
        ends = np.linspace(0, count, min(count, PIECES) + 1).astype(int).tolist()
        pieces = deque(pairwise(ends))
        other = second_thread().submit(self._learn, rule, pieces, self._rooms[1])
        self._learn(rule, pieces, self._rooms[0])
        other.result()

    def finite(self) -> bool:
        """Whether the weights are still numbers to reckon with."""
        return self._networks.finite()

    def copy(self) -> Network:
        """The weights as they are now."""
        return self._networks.copy()

    def _learn(self, rule: Rule, pieces: deque[tuple[int, int]], room: Room) -> None:
        """One thread: networks do not know of each other, so that it makes no difference which
        of them it takes."""
        while pieces:
            try:
                begin, end = pieces.popleft()
            except IndexError:  # the other thread was quicker
                return
            learn(self._networks.weights, self._digits, self._queues, room, rule, begin, end)

    def _queues_of(self, epoch: int) -> Queues:
        count = len(self._networks.weights.first)
        if not self._own:
            order = order_of(self._settings.seed, epoch, len(self._labels))
            return Queues(order, np.zeros(count, np.int64), np.full(count, len(order), np.int64))
        labels = self._labels.astype(np.int64)
        queues = queues_of(self._settings, self._layout, labels, epoch)
        ends = np.cumsum([len(queue) for queue in queues], dtype=np.int64)
        return Queues(np.concatenate(queues), np.append(0, ends[:-1]), ends)

    def _room(self, batch: int) -> Room:
        hidden = self._networks.weights.second.shape[1]
        return room_of(self._inputs, hidden, batch, self._outputs)


@cache
def second_thread() -> ThreadPoolExecutor:
    """What learns beside the thread that asks; as long as the process lives."""
    return ThreadPoolExecutor(1, SECOND)


def usable_cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _one_group_each(layout: Layout) -> bool:
    pairs = set(zip(layout.networks.tolist(), layout.groups.tolist(), strict=True))
    return len(pairs) == layout.network_count


_LAST: list[tuple[Bytes, Ink]] = []
"""The images that were last made lists, which several runs may learn from."""


def kept_ink(images: Bytes) -> Ink:
    """Images as lists, made once for all runs on them in a row."""
    for known, ink in _LAST:
        if known.shape == images.shape and known.ctypes.data == images.ctypes.data:
            return ink
    _LAST[:] = [(images, ink_of(images))]
    return _LAST[0][1]
