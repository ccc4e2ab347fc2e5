"""Measures how fast many digits are judged: by elimination, and anew."""

from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.operations import Operations, operated
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import judge
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.training.with_torch.learner import prepare_torch
from nnviz.verdicts.answers import Options
from tests.speed.learners.ours import Ours
from tests.speed.rounds import ratios, time_steps
from tests.speed.row import Row

Bytes = NDArray[np.uint8]

DIGITS = 10_000
LEARNED = 400
"""Steps before judging: the digits of networks that know nothing would take any way down."""
LIMITS = {"heads": 0.050, "pairs-8": 1.0, "pairs-30": 1.0}
"""Seconds."""
ANEW = 0.2
"""Seconds with one hidden neuron held at its mean."""
TIMES_FASTER = 12


def measure(rounds: int) -> list[Row]:
    prepare_torch()
    digits = bundled_digits()
    both = np.concatenate([digits.train_images, digits.test_images])
    images = np.resize(both, (DIGITS, digits.inputs))
    trunk = _learned(digits, Settings())
    heads = _learned(digits, Settings().change(design="elimination"), trunk)
    pairs = Settings().change(design="all-pairs")
    networks = {
        "heads": heads,
        "pairs-8": _learned(digits, pairs),
        "pairs-30": _learned(digits, pairs.change(hidden=30)),
    }
    judges: dict[str, Any] = {
        name: Grouped(network, design, images)
        for (name, network), design in zip(
            networks.items(), ("elimination", "all-pairs", "all-pairs"), strict=True
        )
    }
    judges["one by one"] = OneByOne(heads, images)
    taken = {
        name: [micro / 1e6 for micro in values]
        for name, values in time_steps(judges, dict.fromkeys(judges, 1), rounds).items()
    }
    same = float(np.mean(judges["heads"].answers == judges["one by one"].answers))
    task = f"judge {DIGITS:,} digits by elimination, from pixels"
    slow, fast = median(taken["one by one"]), median(taken["heads"])
    rows = [
        Row(
            "judge-grouped",
            f"{task}, 1,013 heads on 30 neurons",
            "the walk digit by digit in numpy",
            "x",
            ratios(taken["one by one"], taken["heads"]),
            TIMES_FASTER,
            at_least=True,
            note=f"{1e3 * fast:.0f} against {1e3 * slow:.0f} ms, {same:.2%} the same answers",
        )
    ]
    rows += [
        Row(
            f"judge-{name}",
            f"{task}, {_in_words(network)}",
            "limit",
            "ms",
            [1e3 * seconds for seconds in taken[name]],
            1e3 * LIMITS[name],
        )
        for name, network in networks.items()
    ]
    return [*rows, *operating_rows(images, rounds)]


def _learned(digits: DigitSet, settings: Settings, trunk: Network | None = None) -> Network:
    network = initial_network(settings, digits.inputs, digits.classes, trunk)
    ours = Ours(digits, settings, network)
    ours.learn(LEARNED)
    return ours.network()


def _in_words(network: Network) -> str:
    if network.networks == 1:
        return "one network"
    return f"{network.networks} networks of {network.hidden} neurons"


class Grouped:
    """The program's own walk, on images (images, inputs)."""

    def __init__(self, network: Network, design: str, images: Bytes) -> None:
        self._network, self._images = network, images
        self._layout = layout_of(Settings().change(design=design), 10)
        self.answers: NDArray[np.intp] = np.empty(0, np.intp)

    def learn(self, times: int) -> None:
        """Judges all images so many times."""
        for _ in range(times):
            self.answers = judge(self._network, self._layout, self._images, "walk").classes


class OneByOne:
    """Digit by digit: the head of the classes in play, the least likely leaves, and again."""

    def __init__(self, network: Network, images: Bytes) -> None:
        self._images = images
        self._hidden_weights = network.hidden_weights[0]
        self._hidden_biases = network.hidden_biases[0]
        heads = layout_of(Settings().change(design="elimination"), 10).heads
        self._heads = {
            classes: (network.output_weights[outputs], network.output_biases[outputs])
            for classes, outputs in heads.items()
        }
        self.answers: NDArray[np.intp] = np.empty(0, np.intp)

    def learn(self, times: int) -> None:
        """Judges all images so many times."""
        for _ in range(times):
            self.answers = np.array([self._answer(image) for image in self._images])

    def _answer(self, image: Bytes) -> int:
        inputs = image * np.float32(1 / 255)
        activity = 1 / (1 + np.exp(-(self._hidden_weights @ inputs + self._hidden_biases)))
        in_play = tuple(range(10))
        while len(in_play) > 1:
            weights, biases = self._heads[in_play]
            sums = weights @ activity + biases
            powers = np.exp(sums - sums.max())
            least = int((powers / powers.sum()).argmin())
            in_play = in_play[:least] + in_play[least + 1 :]
        return in_play[0]


class Kept:
    """The program's way: the read-out alone."""

    def __init__(self, design: str, images: NDArray[np.uint8]) -> None:
        trained = load(TRAINED / f"{design}.safetensors")
        self.reading = DESIGNS[design].readings[0]
        subject = Subject(trained.network, trained.settings)
        self.kept = KeptActivity(subject, images, np.zeros(len(images), np.uint8), 10)
        self.operations = Operations().change(0, 3, held=True)
        self.answers = np.empty(0, np.int8)
        at_once(self.kept.filling())

    def learn(self, times: int) -> None:
        """Judges all images so many times."""
        for _ in range(times):
            self.answers = self.kept.judge(self.operations)


def operating_rows(images: NDArray[np.uint8], rounds: int) -> Sequence[Row]:
    """One row for each design; images (images, inputs)."""
    judges = {design: Kept(design, images) for design in DESIGNS}
    taken = time_steps(judges, dict.fromkeys(judges, 1), rounds)
    return [
        Row(
            f"operate-{design}",
            f"judge {len(images):,} digits anew without a neuron, {design}",
            "limit",
            "ms",
            [micro / 1e3 for micro in taken[design]],
            1e3 * ANEW,
            note=f"{_same(judges[design], images):.2%} the answers of a whole forward pass",
        )
        for design in DESIGNS
    ]


def _same(fast: Kept, images: NDArray[np.uint8]) -> float:
    kept = fast.kept
    network = operated(kept.network, fast.operations, kept.means)
    slow = judge(network, kept.layout, images, fast.reading, Options()).classes
    return float(np.mean(fast.answers == slow))
