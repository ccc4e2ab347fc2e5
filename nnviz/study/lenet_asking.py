"""Asking the LeNets of a trial about its test images, with torch: each about an image once, and
only about those that come to it."""

from collections.abc import Callable, Sequence

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats, Indices
from nnviz.data.digits import Shape
from nnviz.networks.front import Front
from nnviz.networks.layouts import Layout
from nnviz.networks.lenet import HIDDEN, Lenet
from nnviz.networks.lenet_networks import ACTIVATION, read_out
from nnviz.networks.network import Network
from nnviz.training.with_torch.lenet import hidden_of
from nnviz.verdicts.evidence import Evidence, Later

MOST_KNOWN = 400_000_000
"""Bytes of activity that schemes may share."""
TOGETHER = 32
"""Images that are asked about at once, or a multiple of them"""
Known = tuple[Floats, Bools]
"""Activity (images, hidden), and of which images it is known (images,)"""


class Asked:
    """What the LeNets of a trial have said so far."""

    def __init__(self, shape: Shape, device: str, kernels: bool) -> None:
        self._shape, self._device, self._kernels = shape, device, kernels
        # with the model and the images, whose places in memory name them
        self._known: dict[tuple[int, int, int], tuple[Lenet, Bytes, Known]] = {}
        self._bytes = 0

    def fired(
        self, lenets: Sequence[Lenet], layout: Layout, network: Network
    ) -> Callable[[Bytes, slice, Callable[[], None]], Evidence]:
        """How the networks of a scheme are asked (see `Made.fired`)."""

        def ask(images: Bytes, some: slice, tick: Callable[[], None]) -> Evidence:
            return Evidence(network, layout, _ByTorch(self, lenets, network, images, some, tick))

        return ask

    def activity(
        self, lenet: Lenet, images: Bytes, rows: Indices, tick: Callable[[], None]
    ) -> Floats:
        """(rows, hidden): that of some of the images (images, inputs).

        The same whoever asks, and with which others: products of one or two rows alone differ in
        their last bits, so that there are never so few.
        """
        activity, known = self._of(lenet, images)
        missing = rows[~known[rows]]
        if len(missing):
            filled = np.resize(missing, -(-len(missing) // TOGETHER) * TOGETHER)
            how = self._shape, self._device, tick, self._kernels
            activity[missing] = hidden_of(lenet, images[filled], *how)[: len(missing)]
            known[missing] = True
        return activity[rows]

    def _of(self, lenet: Lenet, images: Bytes) -> Known:
        key = id(lenet), images.ctypes.data, len(images)
        if key in self._known:
            return self._known[key][2]
        fresh = np.empty((len(images), HIDDEN), np.float32), np.zeros(len(images), bool)
        self._bytes += fresh[0].nbytes
        while self._bytes > MOST_KNOWN and self._known:
            _, _, (oldest, _) = self._known.pop(next(iter(self._known)))
            self._bytes -= oldest.nbytes
        self._known[key] = lenet, images, fresh
        return fresh


class _ByTorch(Later):
    """The hidden activity of LeNets side by side, for some images."""

    def __init__(
        self,
        asked: Asked,
        lenets: Sequence[Lenet],
        network: Network,
        images: Bytes,
        some: slice,
        tick: Callable[[], None],
    ) -> None:
        super().__init__(network, images[some])
        self._asked, self._lenets, self._tick = asked, lenets, tick
        self._all, self._first = images, some.start

    def work_out(self, member: int, rows: Indices) -> Floats:
        """(rows, hidden): the activity of one of them."""
        return self._asked.activity(self._lenets[member], self._all, self._first + rows, self._tick)


def sizes_of(
    lenets: Sequence[Lenet], layout: Layout, shared: bool, output_activation: str, shape: Shape
) -> Network:
    """The network that `network_of_lenets` makes of them, but only its read-out has the true
    weights: all others are 0 and take no memory."""
    count = 1 if shared else len(lenets)
    first = lenets[0]

    def nothing(like: Floats) -> Floats:
        return np.broadcast_to(np.float32(0), (count, *like.shape))

    weights = np.empty((len(layout.table), HIDDEN), np.float32)
    biases = np.empty(len(layout.table), np.float32)
    for group, lenet in enumerate(lenets):
        own = layout.groups == group
        weights[own], biases[own] = read_out(lenet, int(own.sum()))
    return Network(
        nothing(first.hidden_weights),
        nothing(first.hidden_biases),
        weights,
        biases,
        layout.networks.copy(),
        layout.groups.copy(),
        ACTIVATION,
        output_activation,
        Front(
            nothing(first.first_weights),
            nothing(first.first_biases),
            nothing(first.second_weights),
            nothing(first.second_biases),
            shape,
        ),
    )
