"""What the hidden neurons of a network do with the same images again and again."""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Protocol

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.data.ink_groups import InkGroup, ink_groups
from nnviz.networks.network import Network, fire

AT_ONCE = 100_000_000
"""Multiply-adds between two turns of others, at most: some two milliseconds."""


class Firing(Protocol):
    """Works out the hidden activity of whatever network on the same images."""

    @property
    def order(self) -> Indices:
        """(images,): the images as they come."""

    def of(self, network: Network) -> Iterator[Floats | None]:
        """(neurons, images) of some images after the other, each valid until the next is asked
        for; None where others may have a turn."""


MakeFiring = Callable[[Bytes], Generator[None, None, Firing | None]]
"""Images (images, inputs) 0..255 -> what is quickest on them, if that is not `InGroups`; yields
after some of the work"""
QUICKER = "quicker-firing"
"""Where a `MakeFiring` is kept that questions may use."""


class InGroups:
    """By products with weights, of images that leave the same pixels empty together."""

    def __init__(self, groups: Sequence[InkGroup]) -> None:
        self._groups = groups
        self.order = np.concatenate([group.rows for group in groups])

    def of(self, network: Network) -> Iterator[Floats | None]:
        neurons = network.hidden_biases.size
        weights = np.empty((network.inputs + 1, neurons), np.float32)
        weights[:-1] = network.hidden_weights.reshape(neurons, -1).T
        weights[:-1] *= np.float32(1 / 255)
        weights[-1] = network.hidden_biases.reshape(-1)
        done = 0
        for group in self._groups:
            own = group.of(weights).T
            step = max(1, AT_ONCE // own.size)
            for start in range(0, len(group.rows), step):
                pixels = group.pixels[start : start + step].astype(np.float32)
                done += own.size * len(pixels)
                if done > AT_ONCE:
                    yield None
                    done = own.size * len(pixels)
                with np.errstate(all="ignore"):  # a run that diverges is told of by its trainer
                    fired = fire(network, own @ pixels.T)
                yield fired


def make_firing(images: Bytes, quicker: MakeFiring | None = None) -> Generator[None, None, Firing]:
    """What works out activities on these images, the quicker way where that suits them."""
    found = None if quicker is None else (yield from quicker(images))
    return found or InGroups((yield from ink_groups(images)))
