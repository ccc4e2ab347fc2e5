"""The learner of the engine torch: steps by hand on digits that a feed brings."""

from typing import ClassVar

import torch

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.learned_by import TORCH
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.orders import have_own_digits
from nnviz.training.with_torch.feeds import make_feed
from nnviz.training.with_torch.gradient import WideStep
from nnviz.training.with_torch.side_by_side import SideBySide


class TorchLearner:
    """Learns one run (see `Learner`)."""

    engine: ClassVar[str] = TORCH

    def __init__(
        self, network: Network, settings: Settings, layout: Layout, digits: DigitSet
    ) -> None:
        self._step = make_step(network, settings, layout)
        self._feed = make_feed(self._step, digits, settings, layout)

    @property
    def length(self) -> int:
        """Digits that each network takes in one epoch; the most where they differ."""
        return self._feed.length

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
        feed, step = self._feed, self._step
        with torch.inference_mode():
            for _ in range(steps):
                taken = batch if feed.fills else min(batch, feed.length - offset)
                start = feed.ready(epoch, offset, batch)
                step.step(start, taken, rate, shrink, nonnegative)
                offset += taken

    def finite(self) -> bool:
        """Whether the weights are still numbers to reckon with."""
        return self._step.finite()

    def copy(self) -> Network:
        """The weights as they are now."""
        return self._step.copy()


def make_step(network: Network, settings: Settings, layout: Layout) -> WideStep | SideBySide:
    """Side by side where networks of their own learn from digits of their own."""
    what = network, settings.cost, layout
    if have_own_digits(settings, layout):
        return SideBySide(*what, device=settings.device)
    return WideStep(*what, frozen=settings.trunk == "frozen", device=settings.device)


def prepare_torch() -> None:
    """One thread (small products gain nothing from two) and no slow denormal numbers."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)


def has_device(device: str) -> bool:
    """Whether torch can work on a device here."""
    if device == "cuda":
        return torch.cuda.is_available()
    return device == "cpu" or (device == "mps" and torch.backends.mps.is_available())
