"""What shows whether learning goes wrong: what the outputs and hidden neurons do over some
training digits, and how much of the random start the weight images still show.

Whatever goes wrong does so for all of these digits or for most of them: a few show where it does
not. The others are only looked at where it may.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Floats, Indices
from nnviz.data.digits import Digits
from nnviz.networks.costs import taught_by
from nnviz.networks.curves import LIVE_TAUGHT, spread
from nnviz.networks.layouts import Layout
from nnviz.networks.network import HIGHEST, LOWEST, Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.firing import QUICKER, Firing, make_firing
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.evidence import Evidence

MOST_OUTPUTS = 1_000_000
"""Outputs worked out in all: of designs with thousands of them fewer digits are looked at."""
FAINT = 0.5
"""Times what an output says that knows nothing but how often it should fire (half of 0.1 for each
of ten classes): outputs that never say as much are stuck. Those that the book's start leaves off
are at a tenth of it and less, and of other runs none is below twice as much once it has seen a few
thousand digits, however slow it is (measured by `python -m tests.checks`)."""
ASLEEP = 0.01
"""A hidden neuron that never comes so far from an end of its activation, in parts of its range, on
any digit, cannot learn any more: its gradient is less than 4 % of the largest one."""
FIRST = 8
"""One of so many digits is looked at first."""
HARDLY = 0.1
"""Share of the digits without any output that fires, of which no more digits can make a half."""
ROUNDING = 1e-5
"""Part of the squares of weights that their differences from each other make at least."""
FEWEST = 5
"""Digits that should make an output fire, without which nothing is said of it."""


@dataclass(frozen=True)
class CheckedUp:
    """What was found."""

    examples: int
    """Training digits that the network had seen"""
    digits: int
    """Training digits that were looked at"""
    outputs: int
    """Outputs of the network"""
    faint: float
    """Below it an output is all but silent"""
    near_zero: float
    """Share of the digits for which all outputs are"""
    never: tuple[int, ...]
    """Outputs that are faint for every digit that should make them fire"""
    most: float
    """What these say at most then"""
    always: tuple[int, ...]
    """Outputs that are as far from silent for every digit that should silence them"""
    least: float
    """What these say at least then"""
    neurons: int
    """Hidden neurons, of all networks side by side"""
    asleep: int
    """Those at one end of their activation whatever the digit"""
    networks_asleep: int
    """Networks that have such"""
    start: float | None
    """Share of what the weight images show, on inked pixels, that is their random start; None where
    they had another"""


@dataclass(frozen=True)
class CheckUp(Question[CheckedUp]):
    """Is there anything wrong with what was learned?"""

    subject: Subject
    settings: Settings
    """Of the run."""
    own_start: bool = True
    """Whether it began with the random start of these settings."""
    patient: ClassVar[bool] = True

    def work(self, digits: Digits, kept: Kept) -> Working[CheckedUp]:
        network, classes = self.subject.network, digits.classes
        layout = self.subject.laid_out(classes)
        images = min(self.settings.images or len(digits.train_labels), len(digits.train_labels))
        most = min(LIVE_TAUGHT, MOST_OUTPUTS // len(layout.table))
        rows, seen = spread(most, images), _Seen(network, layout)
        first = np.arange(len(rows)) % FIRST == 0
        for some in (rows[first], rows[~first]):
            if seen.suspicious:
                yield from self._look(seen, digits, some, kept)
        share = None
        if self.own_start and self.settings.trunk == "scratch":
            share = yield from self._start(digits, kept)
        never: tuple[tuple[int, ...], float] = (), 0.0
        always, asleep = never, np.zeros(network.hidden_biases.shape, bool)
        if seen.suspicious:
            never, always, asleep = _extreme(*seen.never), _extreme(*seen.always), seen.asleep
        return CheckedUp(
            self.subject.examples,
            seen.digits,
            len(layout.table),
            seen.faint,
            seen.near_zero / max(1, seen.digits),
            *never,
            *always,
            asleep.size,
            int(asleep.sum()),
            int(asleep.any(axis=1).sum()),
            share,
        )

    def _look(
        self, seen: "_Seen", digits: Digits, rows: Indices, kept: Kept
    ) -> Generator[None, None, None]:
        """What the network does with these training digits as well."""
        if not len(rows):
            return
        firing = yield from self._firing(digits, rows, kept)
        labels, start = digits.train_labels[rows][firing.order], 0
        for activity in firing.of(self.subject.network):
            if activity is None:
                yield
                continue
            end = start + activity.shape[1]
            seen.add(activity, labels[start:end])
            start = end

    def _firing(self, digits: Digits, rows: Indices, kept: Kept) -> Working[Firing]:
        """What the hidden neurons do with these training digits, prepared once."""
        key = CheckUp, rows.tobytes()
        if key not in kept:
            images = digits.train_images[rows]
            kept[key] = yield from make_firing(images, kept.get(QUICKER))
        found: Firing = kept[key]
        return found

    def _start(self, digits: Digits, kept: Kept) -> Working[float]:
        """How much of the random start is still there."""
        known: tuple[Settings, Floats] | None = kept.get(CheckUp)
        if known is None or known[0] != self.settings:
            first = initial_network(self.settings, digits.inputs, digits.classes)
            yield
            known = kept[CheckUp] = self.settings, as_shown(first, digits.inked)
        return share_of_start(self.subject.network, known[1], digits.inked)


class _Seen:
    """What the outputs and hidden neurons did so far."""

    def __init__(self, network: Network, layout: Layout) -> None:
        self._network, self._layout = network, layout
        fires = (layout.table > 0).sum(axis=1)
        self._share: Doubles = fires / np.maximum(1, layout.asked.sum(axis=1))
        self.faint = FAINT / layout.classes
        shape = network.hidden_biases.shape
        self._lowest, self._highest = np.full(shape, np.inf), np.full(shape, -np.inf)
        outputs = len(layout.table)
        self._wanted = np.zeros((2, outputs), np.intp)
        self._high, self._low = np.full(outputs, -np.inf), np.full(outputs, np.inf)
        self.digits = 0
        self.near_zero = 0
        """Digits for which all outputs are faint"""
        self.suspicious = True
        """Whether more digits are needed: of what all of them have to show, none showed the
        contrary so far"""

    def add(self, activity: Floats, labels: Bytes) -> None:
        """More digits: the activity (neurons, images) of all hidden neurons."""
        shape = self._lowest.shape
        self.digits += len(labels)
        self._lowest = np.minimum(self._lowest, activity.min(axis=1).reshape(shape))
        self._highest = np.maximum(self._highest, activity.max(axis=1).reshape(shape))
        fired = activity.T.reshape(-1, *shape)
        outputs = Evidence(self._network, self._layout, fired).outputs
        self.near_zero += int((outputs.max(axis=1) < self.faint).sum())
        wanted = taught_by(self._layout, labels).T
        fire, rest = wanted > 0, wanted < 0
        self._wanted += np.stack([fire.sum(axis=0), rest.sum(axis=0)])
        self._high = np.maximum(self._high, np.where(fire, outputs, -np.inf).max(axis=0))
        self._low = np.minimum(self._low, np.where(rest, outputs, np.inf).min(axis=0))
        self.suspicious = bool(
            self.near_zero > HARDLY * self.digits
            or (self._high < FAINT * self._share).any()
            or (1 - self._low < FAINT * (1 - self._share)).any()
            or self.asleep.any()
        )

    @property
    def never(self) -> tuple[Bools, Doubles]:
        """(outputs,): whether each never fires, and what it says at most when it should."""
        enough, share = self._wanted[0] >= FEWEST, self._share
        return enough & (self._high < FAINT * share), self._high

    @property
    def always(self) -> tuple[Bools, Doubles]:
        """(outputs,): whether each always fires, and minus what it says at least when it should
        not."""
        enough, share = self._wanted[1] >= FEWEST, 1 - self._share
        return enough & (1 - self._low < FAINT * share), -self._low

    @property
    def asleep(self) -> Bools:
        """(networks, hidden)"""
        activation = self._network.activation
        low, high = LOWEST.get(activation, -np.inf), HIGHEST.get(activation)
        room = ASLEEP * (1 if high is None else high - low)
        at_low = self._highest <= low + (0 if high is None else room)
        return np.asarray(at_low if high is None else at_low | (self._lowest >= high - room))


def _extreme(which: Bools, said: Doubles) -> tuple[tuple[int, ...], float]:
    """Numbers of those outputs, and the largest of what they say without its sign; 0 for none."""
    found = np.flatnonzero(which)
    return tuple(found.tolist()), abs(float(said[found].max())) if len(found) else 0.0


def as_shown(network: Network, inked: Bools) -> Floats:
    """(networks, hidden, inputs): each weight image about its mean over inked pixels, 0 on the
    others, and as long as 1."""
    weights, pixels = network.hidden_weights, inked.astype(np.float32)
    centred = (weights - (weights @ pixels)[..., None] / max(1.0, float(pixels.sum()))) * pixels
    with np.errstate(all="ignore"):
        return np.asarray(centred / np.linalg.norm(centred, axis=2, keepdims=True))


def share_of_start(network: Network, start: Floats, inked: Bools) -> float:
    """How much of the differences within the weight images, on inked pixels (inputs,), is told by
    those of the random start (see `as_shown`): their squared correlation, on average over the
    hidden neurons."""
    weights, pixels = network.hidden_weights, inked.astype(np.float32)
    with np.errstate(all="ignore"):
        # against images whose mean is 0, that of others does not matter
        along = np.einsum("nhi,nhi->nh", weights, start)
        squares = weights**2 @ pixels
        own = squares - (weights @ pixels) ** 2 / pixels.sum()
        # of images that are all alike nothing but rounding is left
        shares = np.where(own > ROUNDING * squares, along**2 / own, 0)
    return float(np.nan_to_num(shares).mean())
