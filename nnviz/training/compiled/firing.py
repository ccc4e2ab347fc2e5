"""Hidden activity from lists of pixels with ink, for measuring (see `nnviz.questions.firing`)."""

from collections.abc import Generator, Iterator, Sequence

import numpy as np

from nnviz.data.arrays import Bytes, Floats
from nnviz.networks.network import Network, fire
from nnviz.training.compiled.frozen import work_out
from nnviz.training.compiled.ink import Ink, ink_of
from nnviz.training.compiled.learner import ACTIVATIONS
from nnviz.training.compiled.networks import aligned, padded_hidden, room_of, widths_of
from nnviz.training.compiled.steps import LINEAR

LISTED = 1000
"""Images that become lists between two turns of others."""
TOGETHER = 250
"""Images worked out at once, at most: their activity stays in the cache."""
AT_ONCE = 300_000_000
"""Weights of all pixels of all images between two turns of others, of which a fifth are worked
out: some two milliseconds."""


def make_firing(images: Bytes) -> Generator[None, None, "ByInk | None"]:
    """What works out activities on images (images, inputs) 0..255; None where so many pixels have
    ink that products with all of them are quicker. Yields after some of the work."""
    inks = []
    for start in range(0, len(images), LISTED):
        ink = ink_of(images[start : start + LISTED])
        if ink.full:
            return None
        inks.append(ink)
        yield
    return ByInk(inks)


class ByInk:
    """The hidden activity of whatever network on the same images: as of one wide layer, so that
    an image is looked through once for many networks."""

    def __init__(self, inks: Sequence[Ink]) -> None:
        self._inks = inks
        self.order = np.arange(sum(len(ink.starts) - 1 for ink in inks))

    def of(self, network: Network) -> Iterator[Floats | None]:
        first, neurons = _as_one_layer(network), network.hidden_biases.size
        padded, known = padded_hidden(neurons), network.activation in ACTIVATIONS
        activation = ACTIVATIONS[network.activation] if known else LINEAR
        adds = neurons * network.inputs
        most = max((len(ink.starts) - 1 for ink in self._inks), default=1)
        step = max(1, min(TOGETHER, AT_ONCE // adds, most))
        room, activity = room_of(network.inputs, padded, step), aligned(step, neurons + 1)
        places = np.arange(step)
        done = 0
        for ink in self._inks:
            images = np.arange(len(ink.starts) - 1)
            for start in range(0, len(images), step):
                now = images[start : start + step]
                done += adds * len(now)
                if done > AT_ONCE:
                    yield None
                    done = adds * len(now)
                rows = places[: len(now)]
                work_out(ink, now, first, padded, neurons, activation, room, activity, rows)
                fired = activity[: len(now), :neurons].T
                yield fired if known else fire(network, fired)


def _as_one_layer(network: Network) -> Floats:
    """The hidden layers of all networks side by side (see `first_layer`)."""
    biases = network.hidden_biases.reshape(-1)
    weights = network.hidden_weights.reshape(len(biases), -1)
    rows = network.inputs + 1
    first, begin = aligned(rows * padded_hidden(len(biases))), 0
    for width in widths_of(len(biases)):
        block = first[begin * rows : (begin + width) * rows].reshape(rows, width)
        own = weights[begin : begin + width]
        block[:-1, : len(own)] = own.T
        block[-1, : len(own)] = biases[begin : begin + width]
        begin += width
    return first
