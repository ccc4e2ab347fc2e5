"""Measures the learning step of networks and heads of their own."""

from statistics import median
from typing import Any

from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.with_torch.learner import prepare_torch
from tests.speed.learners.heads import LinearHeads, LoopOfHeads, OurHeads
from tests.speed.learners.ours import Ours
from tests.speed.learners.products import OnlyProducts
from tests.speed.learners.separate import SKLEARN_STEPS, LoopOfAutograd, SeparateScikit
from tests.speed.rounds import time_steps, times_faster
from tests.speed.row import Row

STEPS = 30
"""Per round and slow learner; each is a step of every network."""
LONGER = 10
"""How much longer ours is measured."""
HEAD_STEPS = 20
SAMPLED = 20
"""Heads whose loop is measured."""
AUTOGRAD = "a loop of {} nn.Modules + autograd + SGD + DataLoader"


def measure(rounds: int) -> list[Row]:
    prepare_torch()
    digits = bundled_digits()
    return [
        *_separate(digits, rounds, "ovr", "one-vs-rest", 30, autograd=25, sklearn=18),
        *_separate(digits, rounds, "pairs-8", "all-pairs", 8, autograd=25, sklearn=22),
        *_separate(digits, rounds, "pairs-30", "all-pairs", 30, autograd=18),
        *_heads(digits, rounds, 30, limit=6),
        *_heads(digits, rounds, 256, limit=3),
    ]


def _separate(
    digits: DigitSet,
    rounds: int,
    name: str,
    design: str,
    hidden: int,
    autograd: float,
    sklearn: float | None = None,
) -> list[Row]:
    settings = Settings().change(design=design).change(hidden=hidden, batch=10)
    network = initial_network(settings, digits.inputs, digits.classes)
    task = (digits, settings, network)
    learners: dict[str, Any] = {
        "ours": Ours(*task),
        "products": OnlyProducts(*task),
        "autograd": LoopOfAutograd(*task),
    }
    steps = {"ours": LONGER * STEPS, "products": LONGER * STEPS, "autograd": STEPS}
    if sklearn:
        learners["scikit-learn"] = SeparateScikit(*task)
        steps["scikit-learn"] = SKLEARN_STEPS
    taken = time_steps(learners, steps, rounds)
    alone = f"; of ours {median(taken['products']):,.1f} are the two 784-wide products"
    step = f"step of {network.networks} networks 784-{hidden}-1, batch 10 each, bundled digits"
    loop = AUTOGRAD.format(network.networks)
    rows = [times_faster(f"{name}-autograd", step, loop, taken, autograd, more=alone)]
    if sklearn:
        wrapper = type(learners["scikit-learn"].model).__name__
        against = f"{wrapper}(MLPClassifier), {SKLEARN_STEPS} steps of each network per fit"
        rows.append(times_faster(f"{name}-sklearn", step, against, taken, sklearn, "scikit-learn"))
    return rows


def _heads(digits: DigitSet, rounds: int, hidden: int, limit: float) -> list[Row]:
    settings = Settings().change(design="elimination").change(hidden=hidden, batch=128)
    task = (digits, settings, _on_a_trunk(digits, settings))
    learners = {
        "ours": OurHeads(*task),
        "autograd": LinearHeads(*task),
        "loop": LoopOfHeads(*task, sampled=SAMPLED),
    }
    taken = time_steps(learners, dict.fromkeys(learners, HEAD_STEPS), rounds)
    heads = learners["ours"].heads
    taken["loop"] = [taken_by_few * heads / SAMPLED for taken_by_few in taken["loop"]]
    step = f"step of {heads:,} heads on {hidden} frozen neurons, batch 128"
    linear = f"one Linear({hidden}, {len(task[2].output_biases)}) + autograd + SGD, "
    return [
        times_faster(f"heads-{hidden}", step, linear + "a log-softmax per size", taken, limit),
        times_faster(
            f"heads-{hidden}-loop",
            step,
            f"a loop over the heads, EXTRAPOLATED from {SAMPLED} of them",
            taken,
            None,
            "loop",
        ),
    ]


def _on_a_trunk(digits: DigitSet, settings: Settings) -> Network:
    trunk = initial_network(Settings(hidden=settings.hidden), digits.inputs, digits.classes)
    return initial_network(settings, digits.inputs, digits.classes, trunk)
