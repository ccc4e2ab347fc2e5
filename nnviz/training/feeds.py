"""Which training digits a learner sees next: the same ones for all networks, or own ones.

The order depends on seed and epoch alone, so that a run can go on from any position.
"""

from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.settings import Settings
from nnviz.training.balance import (
    asked_by_network,
    asked_counts,
    is_balanced,
    positive_by_network,
)
from nnviz.training.gradient import BLOCK, Learner
from nnviz.training.side_by_side import SideBySide

Indices = NDArray[np.int64]


class Feed(Protocol):
    """Brings a learner its digits."""

    length: int
    """Digits that each network takes in one epoch; the most where they differ."""
    fills: bool
    """Whether a batch is full also at the end of an epoch, with digits that teach nothing."""

    def ready(self, epoch: int, offset: int, batch: int) -> int:
        """Has the digits offset..offset+batch of an epoch loaded; -> where they begin there."""

    def forget(self) -> None:
        """What is loaded no longer counts."""


def make_feed(
    learner: Learner | SideBySide, digits: DigitSet, settings: Settings, layout: Layout
) -> Feed:
    """The feed that a learner needs."""
    if isinstance(learner, SideBySide):
        return OwnFeed(learner, digits, settings, layout)
    return SharedFeed(learner, digits, settings.seed)


class SharedFeed:
    """Every network sees every digit, in one random order."""

    fills = False

    def __init__(self, learner: Learner, digits: DigitSet, seed: int) -> None:
        self.length = len(digits.train_labels)
        self._learner = learner
        self._seed = seed
        self._pixels = torch.from_numpy(digits.train_images)
        self._labels = torch.from_numpy(digits.train_labels.astype(np.int64))
        self._gathered = torch.empty(BLOCK, self._pixels.shape[1], dtype=torch.uint8)
        self._order = torch.empty(0, dtype=torch.int64)
        self._epoch = -1
        self._loaded = range(0)

    def ready(self, epoch: int, offset: int, batch: int) -> int:
        loaded = self._loaded
        if offset not in loaded or min(offset + batch, self.length) > loaded.stop:
            self._load(epoch, offset)
        return offset - self._loaded.start

    def forget(self) -> None:
        self._loaded = range(0)

    def _load(self, epoch: int, offset: int) -> None:
        if self._epoch != epoch:
            self._order = torch.from_numpy(order_of(self._seed, epoch, self.length))
            self._epoch = epoch
        rows = self._order[offset : offset + BLOCK]
        pixels = self._gathered[: len(rows)]
        torch.index_select(self._pixels, 0, rows, out=pixels)
        self._learner.load(pixels, self._labels[rows])
        self._loaded = range(offset, offset + len(rows))


class OwnFeed:
    """Each network takes the digits it is asked about, in the order that all share."""

    fills = True

    def __init__(
        self, learner: SideBySide, digits: DigitSet, settings: Settings, layout: Layout
    ) -> None:
        self._learner = learner
        self._settings = settings
        self._layout = layout
        self._pixels = torch.from_numpy(digits.train_images)
        self._gathered = self._pixels[:0]
        self._labels = digits.train_labels.astype(np.int64)
        self._queues = torch.empty(0, 0, dtype=torch.int64)
        self._counts = torch.empty(0, dtype=torch.int64)
        self._epoch = -1
        self._loaded = range(0)
        self.length = int(
            asked_counts(
                settings, layout, np.bincount(self._labels, minlength=layout.classes)
            ).max()
        )

    def ready(self, epoch: int, offset: int, batch: int) -> int:
        loaded = self._loaded
        if offset not in loaded or offset + batch > loaded.stop:
            self._load(epoch, offset, batch)
        return offset - self._loaded.start

    def forget(self) -> None:
        self._loaded = range(0)

    def _load(self, epoch: int, offset: int, batch: int) -> None:
        if self._epoch != epoch:
            queues = queues_of(self._settings, self._layout, self._labels, epoch)
            self._counts = torch.tensor([len(queue) for queue in queues])
            self._queues = torch.zeros(len(queues), self.length + BLOCK, dtype=torch.int64)
            for row, queue in zip(self._queues, queues, strict=True):
                row[: len(queue)] = torch.from_numpy(queue)
            self._epoch = epoch
        stop = offset + max(batch, self._learner.block)
        rows = self._queues[:, offset:stop]
        if rows.numel() > len(self._gathered):
            self._gathered = self._pixels.new_empty(rows.numel(), self._pixels.shape[1])
        pixels = self._gathered[: rows.numel()]
        torch.index_select(self._pixels, 0, rows.reshape(-1), out=pixels)
        labels = torch.from_numpy(self._labels)[rows]
        present = torch.arange(offset, stop) < self._counts[:, None]
        self._learner.load(pixels.view(*rows.shape, -1), labels, present)
        self._loaded = range(offset, stop)


def order_of(seed: int, epoch: int, count: int) -> Indices:
    """(count,): a random order of the training digits."""
    return np.random.default_rng([seed, 1, epoch]).permutation(count)


def queues_of(settings: Settings, layout: Layout, labels: Indices, epoch: int) -> list[Indices]:
    """For each network, the training digits it learns from in an epoch, in order."""
    order = order_of(settings.seed, epoch, len(labels))
    ordered = labels[order]
    asked, positive = asked_by_network(layout), positive_by_network(layout)
    class_counts = np.bincount(labels, minlength=layout.classes)
    counts = asked_counts(settings, layout, class_counts)
    queues = []
    for network, count in enumerate(counts.tolist()):
        taken = asked[network][ordered]
        if is_balanced(settings):
            own = positive[network][ordered]
            random = np.random.default_rng([settings.seed, 2, epoch, network])
            others = np.flatnonzero(taken & ~own)
            taken = own.copy()
            taken[random.choice(others, count - int(own.sum()), replace=False)] = True
        queues.append(order[taken])
    return queues
