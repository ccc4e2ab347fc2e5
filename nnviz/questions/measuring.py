"""How often a network is right and what its answers cost, over the same digits again and again.

Whatever depends on the digits alone is worked out once; what a network does with each digit, once
for its answers and its cost.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.networks.costs import by_heads, costs_by_heads, costs_of_sums, most_costed
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network, read_out_of
from nnviz.questions.firing import QUICKER, Firing, MakeFiring, make_firing
from nnviz.questions.question import Kept, Working, block_of
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence, evidence_of
from nnviz.verdicts.readings import READINGS

READ = 1000
"""Digits read between two yields."""
WALKED = 5000
"""Digits that walk together: fewer share each head that is asked."""
COSTED_OF = 1000
"""Of so many digits as many count for the cost as `most_costed` allows."""
MOST_KEPT = 5_000_000
"""Activities that are kept while the hidden layer stays as it is (20 MB)."""


@dataclass(frozen=True, eq=False)
class Marks:
    """What one network was found to say of the digits."""

    answers: NDArray[np.int8]
    """(images,): the class, or NOT_A_DIGIT"""
    right: float
    """Fraction of the digits answered right; of what is no digit, no answer is"""
    cost: float
    """Mean per digit, without the weight decay term; 0 where none was asked for"""


class Examination:
    """Digits to be measured on again and again.

    images (images, inputs) 0..255, labels (images,) of so many classes; the label `classes` stands
    for what is no digit. `quicker`, if there is any, works out the hidden activity where it can.
    """

    def __init__(
        self, images: Bytes, labels: Bytes, classes: int, quicker: MakeFiring | None = None
    ) -> None:
        self._images, self._labels, self._classes = images, labels, classes
        self._quicker = quicker
        self._firing: Firing | None = None
        self._kept: tuple[Network, Floats] | None = None

    def __len__(self) -> int:
        return len(self._labels)

    def prepare(self) -> Working[Firing]:
        """Works out what depends on the digits alone, unless that was done before."""
        if self._firing is None:
            self._firing = yield from make_firing(self._images, self._quicker)
        return self._firing

    def work(
        self,
        network: Network,
        layout: Layout,
        reading: str,
        cost: str = "",
        options: Options = Options(),
    ) -> Working[Marks]:
        """Measures a network under one reading of its design ("": without a cost). Raises
        ValueError where a cost is asked of a network with a front, which no run here learns."""
        if network.front is not None:
            if cost:
                raise ValueError("only what learns here has a cost")
            return (yield from self._through_front(network, layout, reading, options))
        firing = yield from self.prepare()
        how = network, layout, reading, cost, options
        if layout.heads or by_heads(layout, cost):
            answers, costs = yield from self._by_heads(firing, *how)
        else:
            answers, costs = yield from self._by_sums(firing, *how)
        digits = self._labels < self._classes
        right = float(np.mean((answers == self._labels)[digits]))
        return Marks(answers, right, float(np.mean(costs, dtype=np.float64)))

    def _through_front(
        self, network: Network, layout: Layout, reading: str, options: Options
    ) -> Working[Marks]:
        """Image by image: neither lists of pixels nor activities that are kept serve here."""
        answers = np.empty(len(self._labels), np.int8)
        block = block_of(network)
        for start in range(0, len(answers), block):
            rows = slice(start, start + block)
            evidence = evidence_of(network, layout, self._images[rows])
            answers[rows] = yield from READINGS[reading].classes_of(evidence, options)
            yield
        digits = self._labels < self._classes
        return Marks(answers, float(np.mean((answers == self._labels)[digits])), 0.0)

    def _by_sums(
        self,
        firing: Firing,
        network: Network,
        layout: Layout,
        reading: str,
        cost: str,
        options: Options,
    ) -> Generator[None, None, tuple[NDArray[np.int8], Floats]]:
        """-> answers (images,), costs (images,) in another order"""
        sums = yield from self._sums(firing, network)
        count = len(self._labels)
        answers, costs = np.empty(count, np.int8), np.zeros(count, np.float32)
        unread = np.broadcast_to(np.float32(0), (READ, *network.hidden_biases.shape))
        for start in range(0, count, READ):
            block = slice(start, start + READ)
            rows = firing.order[block]
            known = sums[:, block].T
            with np.errstate(all="ignore"):
                if cost:
                    costs[block] = costs_of_sums(known, layout, cost, self._labels[rows])
            evidence = Evidence(network, layout, unread[: len(rows)], known)
            answers[rows] = yield from READINGS[reading].classes_of(evidence, options)
            yield
        return answers, costs

    def _by_heads(
        self,
        firing: Firing,
        network: Network,
        layout: Layout,
        reading: str,
        cost: str,
        options: Options,
    ) -> Generator[None, None, tuple[NDArray[np.int8], Floats]]:
        """The same where not all outputs are worked out for every digit."""
        activity = yield from self._activity(firing, network)
        count = len(self._labels)
        rows = np.flatnonzero(np.arange(count) % COSTED_OF < most_costed(layout, COSTED_OF))
        costs = np.zeros(1, np.float32)
        if cost:
            costs = yield from costs_by_heads(network, layout, activity[rows], self._labels[rows])
        answers = np.empty(count, np.int8)
        for start in range(0, count, WALKED):
            block = slice(start, start + WALKED)
            evidence = Evidence(network, layout, activity[block])
            answers[block] = yield from READINGS[reading].classes_of(evidence, options)
            yield
        return answers, costs

    def _sums(self, firing: Firing, network: Network) -> Generator[None, None, Floats]:
        """(outputs, images): the weighted sums, in the order of `firing`."""
        sums = np.empty((len(network.output_biases), len(self._labels)), np.float32)
        # one product with the zeros between networks side by side beats many small ones
        weights, biases = read_out_of(network)
        start = 0
        for activity in firing.of(network):
            if activity is None:
                yield
                continue
            end = start + activity.shape[1]
            with np.errstate(all="ignore"):
                np.matmul(weights, activity, out=sums[:, start:end])
            start = end
        sums += biases[:, None]
        return sums

    def _activity(self, firing: Firing, network: Network) -> Generator[None, None, Floats]:
        """(images, networks, hidden)"""
        if self._kept is not None and self._kept[0].fires_like(network):
            return self._kept[1]
        shape = network.hidden_biases.shape
        found, start = np.empty((len(self._labels), network.hidden_biases.size), np.float32), 0
        for activity in firing.of(network):
            if activity is None:
                yield
                continue
            end = start + activity.shape[1]
            found[firing.order[start:end]] = activity.T
            start = end
        activity = found.reshape(-1, *shape)
        self._kept = (network, activity) if activity.size <= MOST_KEPT else None
        return activity


def examined(
    images: Bytes, labels: Bytes, classes: int, part: str, rows: Indices, kept: Kept
) -> Examination:
    """The examination of some digits (`rows`) of a part of a set, which is kept."""
    quicker: MakeFiring | None = kept.get(QUICKER)
    key = Examination, part, len(rows), int(rows[-1]) if len(rows) else 0, quicker
    if key not in kept:
        all_first = len(rows) == 0 or rows[-1] == len(rows) - 1
        chosen: slice | Indices = slice(len(rows)) if all_first else rows
        kept[key] = Examination(images[chosen], labels[chosen], classes, quicker)
    found: Examination = kept[key]
    return found
