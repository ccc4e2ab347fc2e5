"""Measures the learning step against others."""

from collections.abc import Sequence
from itertools import islice
from statistics import median
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.with_torch.learner import prepare_torch
from tests.speed.learners.autograd import WithAutograd, module
from tests.speed.learners.in_numpy import InNumpy
from tests.speed.learners.nielsen import OfNielsen
from tests.speed.learners.order import rows_of_steps
from tests.speed.learners.ours import Ours
from tests.speed.learners.scikit import WithScikit
from tests.speed.remainder import remainder
from tests.speed.rounds import Timings, microseconds, ratios, time_steps, times_faster
from tests.speed.row import Row

STEPS = 400
"""Per round and learner: an epoch of the bundled digits in batches of 10."""
LONGER = 3
"""How much longer the fast ones are measured."""
EXACT_AFTER = 100
FAST = ("ours", "numpy", "numpy, padded", "scipy's BLAS")


def measure(rounds: int) -> tuple[list[Row], list[dict[str, Any]]]:
    prepare_torch()
    digits = bundled_digits()
    small, large = Settings(hidden=30, batch=10), Settings(hidden=100, batch=32)
    rows, parts = [], []
    for settings, measure in ((small, _small_rows), (large, _large_rows)):
        network = initial_network(settings, digits.inputs, digits.classes)
        found, whole = measure(digits, settings, network, rounds)
        rows += found
        parts.append(remainder(digits, settings, network, whole, rounds))
    rows.append(_exactness_row(digits, small))
    return rows, parts


def _small_rows(
    digits: DigitSet, settings: Settings, network: Network, rounds: int
) -> tuple[list[Row], float]:
    task = (digits, settings, network)
    taken = _timed(
        {
            "ours": Ours(*task),
            "autograd": WithAutograd(*task),
            "scikit-learn": WithScikit(*task),
            "Nielsen": OfNielsen(*task),
            "numpy": InNumpy(*task),
            "numpy, padded": InNumpy(*task, lanes=16),
            "scipy's BLAS": InNumpy(*task, lanes=16, fused=True),
        },
        rounds,
    )
    step = "step 784-30-10, batch 10, bundled digits"
    best = min(("numpy", "numpy, padded"), key=lambda name: median(taken[name]))
    rows = [
        times_faster("step-autograd", step, "nn.Module + autograd + SGD + DataLoader", taken, 12),
        times_faster(
            "step-sklearn", step, "MLPClassifier, same sizes and SGD", taken, 7, "scikit-learn"
        ),
        times_faster("step-nielsen", step, "Nielsen's network.py, float64", taken, 14, "Nielsen"),
        _share(
            "step-numpy", f"{step}: time", f"best hand-written step in {best}", taken, best, 1.1
        ),
        _share("step-blas", f"{step}: time", "the same with scipy's sgemm", taken, "scipy's BLAS"),
    ]
    return rows, median(taken["ours"])


def _large_rows(
    digits: DigitSet, settings: Settings, network: Network, rounds: int
) -> tuple[list[Row], float]:
    task = (digits, settings, network)
    taken = _timed({"ours": Ours(*task), "autograd": WithAutograd(*task)}, rounds)
    step = "step 784-100-10, batch 32, bundled digits"
    against = "nn.Module + autograd + SGD + DataLoader"
    return [times_faster("step-wide", step, against, taken, 6)], median(taken["ours"])


def _timed(learners: dict[str, Any], rounds: int) -> Timings:
    return time_steps(
        learners, {name: STEPS * (LONGER if name in FAST else 1) for name in learners}, rounds
    )


def _share(
    name: str, step: str, against: str, taken: Timings, other: str, limit: float | None = None
) -> Row:
    values = ratios(taken["ours"], taken[other])
    return Row(name, step, against, "x", values, limit, note=microseconds(taken, other))


def _exactness_row(digits: DigitSet, settings: Settings) -> Row:
    network = initial_network(settings, digits.inputs, digits.classes)
    task = (digits, settings, network)
    wanted = after(EXACT_AFTER, *task)
    ours, padded, nielsen = Ours(*task), InNumpy(*task, lanes=16), OfNielsen(*task)
    for learner in (ours, padded, nielsen):
        learner.learn(EXACT_AFTER)
    others = {"numpy": padded, "Nielsen": nielsen}
    drift = [f"{k} {difference(v.network(), wanted):.1g}" for k, v in others.items()]
    return Row(
        "exact",
        f"largest difference of a weight after {EXACT_AFTER} steps, 784-30-10",
        "autograd in float64, same digits",
        "",
        [difference(weights_of(ours.network()), wanted)],
        5e-6,
        note=", ".join(drift),
    )


Weights = Sequence[NDArray[np.floating]]
"""Hidden weights and biases, output weights and biases."""


def after(steps: int, digits: DigitSet, settings: Settings, network: Network) -> Weights:
    """What autograd in float64 makes of the network in so many steps of its run."""
    inputs = torch.from_numpy(digits.train_images).double() / 255
    labels = torch.from_numpy(digits.train_labels).long()
    model = module(network).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.rate)
    cost = torch.nn.CrossEntropyLoss()
    for numbers in islice(rows_of_steps(settings, len(labels)), steps):
        rows = torch.from_numpy(numbers)
        optimizer.zero_grad()
        cost(model(inputs[rows]), labels[rows]).backward()
        optimizer.step()
    return [parameter.detach().numpy() for parameter in model.parameters()]


def weights_of(network: Network) -> Weights:
    """The weights of one network in the order compared here."""
    return (
        network.hidden_weights[0],
        network.hidden_biases[0],
        network.output_weights,
        network.output_biases,
    )


def difference(one: Weights, other: Weights) -> float:
    """The largest difference of any weight or bias."""
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True))
