"""Brings a step the digits that it sees next: the same ones for all networks, or own ones."""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
import torch

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.settings import Settings
from nnviz.training.orders import digits_of_epoch, order_of, queues_of
from nnviz.training.with_torch.gradient import BLOCK, WideStep
from nnviz.training.with_torch.side_by_side import SideBySide


class Feed(ABC):
    """Brings a step its digits."""

    fills: ClassVar[bool]
    """Whether a batch is full also at the end of an epoch, with digits that teach nothing."""
    length: int
    """Digits that each network takes in one epoch; the most where they differ."""

    def __init__(self, digits: DigitSet, device: torch.device) -> None:
        self._pixels = torch.from_numpy(digits.train_images).to(device)
        self._epoch = -1
        self._loaded = range(0)

    def ready(self, epoch: int, offset: int, batch: int) -> int:
        """Has the digits offset..offset+batch of an epoch loaded; -> where they begin there."""
        stop = offset + batch if self.fills else min(offset + batch, self.length)
        if epoch != self._epoch:
            self._order(epoch)
            self._epoch, self._loaded = epoch, range(0)
        if offset not in self._loaded or stop > self._loaded.stop:
            self._loaded = range(offset, self._load(offset, batch))
        return offset - self._loaded.start

    @abstractmethod
    def _order(self, epoch: int) -> None:
        """Puts the digits of an epoch in order."""

    @abstractmethod
    def _load(self, offset: int, batch: int) -> int:
        """Loads a batch of the epoch and more; -> where what is loaded ends there."""


def make_feed(
    step: WideStep | SideBySide, digits: DigitSet, settings: Settings, layout: Layout
) -> Feed:
    """The feed that a step needs."""
    if isinstance(step, SideBySide):
        return OwnFeed(step, digits, settings, layout)
    return SharedFeed(step, digits, settings.seed)


class SharedFeed(Feed):
    """Every network sees every digit, in one random order."""

    fills = False

    def __init__(self, step: WideStep, digits: DigitSet, seed: int) -> None:
        super().__init__(digits, step.first.device)
        self.length = len(digits.train_labels)
        self._step = step
        self._seed = seed
        self._labels = torch.from_numpy(digits.train_labels.astype(np.int64)).to(step.first.device)
        self._gathered = self._pixels.new_empty(BLOCK, self._pixels.shape[1])
        self._queue = torch.empty(0, dtype=torch.int64)

    def _order(self, epoch: int) -> None:
        order = torch.from_numpy(order_of(self._seed, epoch, self.length))
        self._queue = order.to(self._pixels.device)

    def _load(self, offset: int, _batch: int) -> int:
        rows = self._queue[offset : offset + BLOCK]
        pixels = self._gathered[: len(rows)]
        torch.index_select(self._pixels, 0, rows, out=pixels)
        self._step.load(pixels, self._labels[rows])
        return offset + len(rows)


class OwnFeed(Feed):
    """Each network takes the digits it is asked about, in the order that all share."""

    fills = True

    def __init__(
        self, step: SideBySide, digits: DigitSet, settings: Settings, layout: Layout
    ) -> None:
        super().__init__(digits, step.first.device)
        self._step = step
        self._settings = settings
        self._layout = layout
        self._gathered = self._pixels[:0]
        self._labels = digits.train_labels.astype(np.int64)
        self._labels_there = torch.from_numpy(self._labels).to(step.first.device)
        self._queues = torch.empty(0, 0, dtype=torch.int64)
        self._counts = torch.empty(0, dtype=torch.int64)
        self.length = digits_of_epoch(settings, layout, digits.train_labels)

    def _order(self, epoch: int) -> None:
        queues = queues_of(self._settings, self._layout, self._labels, epoch)
        rows = torch.zeros(len(queues), self.length + BLOCK, dtype=torch.int64)
        for row, queue in zip(rows, queues, strict=True):
            row[: len(queue)] = torch.from_numpy(queue)
        self._queues = rows.to(self._pixels.device)
        self._counts = torch.tensor([len(queue) for queue in queues]).to(self._pixels.device)

    def _load(self, offset: int, batch: int) -> int:
        stop = offset + max(batch, self._step.block)
        rows = self._queues[:, offset:stop]
        if rows.numel() > len(self._gathered):
            self._gathered = self._pixels.new_empty(rows.numel(), self._pixels.shape[1])
        pixels = self._gathered[: rows.numel()]
        torch.index_select(self._pixels, 0, rows.reshape(-1), out=pixels)
        labels = self._labels_there[rows]
        present = torch.arange(offset, stop, device=rows.device) < self._counts[:, None]
        self._step.load(pixels.view(*rows.shape, -1), labels, present)
        return stop
