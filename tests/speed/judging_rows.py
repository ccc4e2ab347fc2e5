"""Measures how fast many digits are judged: by elimination, and anew."""

from statistics import median
from typing import Any

import numpy as np

from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.gradient import prepare_torch
from tests.speed.judges import Grouped, OneByOne
from tests.speed.learners.ours import Ours
from tests.speed.operating import operating_rows
from tests.speed.rounds import ratios, time_steps
from tests.speed.row import Row

DIGITS = 10_000
LEARNED = 400
"""Steps before judging: the digits of networks that know nothing would take any way down."""
LIMITS = {"heads": 0.050, "pairs-8": 1.0, "pairs-30": 1.0}
"""Seconds."""
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
