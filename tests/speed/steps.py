"""Which learning steps are measured, and what each must reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AUTOGRAD = "nn.Module + autograd + SGD + DataLoader"
LOOP = "a loop of {} nn.Modules + autograd + SGD + DataLoader"


@dataclass(frozen=True)
class Peer:
    """Another way of doing the same; `steps` of it are measured in each round."""

    way: str
    """Name in `adapters.peers`, or `train_step` of neural-network-digits"""
    told: str
    steps: int
    limit: float | None = None
    """How many times longer it must take at least"""
    share: int = 1
    """It does only one part in so many of a step; the rest is extrapolated."""
    at_most: float | None = None
    """How many times its time ours may take; in place of `limit`"""


@dataclass(frozen=True)
class Step:
    """One kind of step; `steps` of ours are measured in each round."""

    name: str
    told: str
    settings: Mapping[str, Any]
    steps: int
    today: float | None = None
    """How many times faster than the other revision at least"""
    digits: str = "bundled"
    peers: Sequence[Peer] = ()
    threads: bool = False
    """Whether two threads are measured, too"""


def _ten(hidden: int, batch: int) -> Mapping[str, Any]:
    return {"design": "ten-outputs", "hidden": hidden, "batch": batch, "rate": 0.1}


def _own(design: str, hidden: int) -> Mapping[str, Any]:
    return {"design": design, "hidden": hidden, "batch": 10}


def _heads(hidden: int) -> Mapping[str, Any]:
    return {"design": "elimination", "hidden": hidden, "batch": 128}


TWO_THREADS = 1.5
"""How many times as fast by the clock two threads are at least, where a core is free"""
NEVER_SLOWER = 0.95
SKLEARN_STEPS = 400
"""Steps of each network in one fit of scikit-learn's wrappers."""
SAMPLED = 20
"""Heads whose loop is measured."""
HEADS = 1013

STEPS = (
    Step(
        "step",
        "784-30-10, batch 10, bundled digits",
        _ten(30, 10),
        2000,
        4,
        peers=(
            Peer("autograd", AUTOGRAD, 200, 27),
            Peer("scikit", "MLPClassifier, same sizes and SGD", 400, 18),
            Peer("train_step", "neural-network-digits 1.2.2, its train_step", 400, 8),
            Peer("nielsen", "Nielsen's network.py, float64", 200),
            Peer("padded", "the best hand-written step in numpy", 1000, at_most=1.1),
        ),
    ),
    Step("step-60000", "784-30-10, batch 10, 60,000 MNIST digits", _ten(30, 10), 2000, 3, "mnist"),
    Step("step-100", "784-100-10, batch 10, bundled digits", _ten(100, 10), 1000, 3),
    Step(
        "step-100-32",
        "784-100-10, batch 32, bundled digits",
        _ten(100, 32),
        500,
        2.2,
        peers=(Peer("autograd", AUTOGRAD, 200, 5.5),),
    ),
    Step(
        "one-vs-rest",
        "ten one-vs-rest networks 784-30-1, batch 10",
        _own("one-vs-rest", 30),
        300,
        2.4,
        peers=(
            Peer("loop_of_autograd", LOOP.format(10), 30, 36),
            Peer("separate_scikit", "OneVsRestClassifier(MLPClassifier)", SKLEARN_STEPS, 21),
        ),
    ),
    Step(
        "pairs-8",
        "45 pairs 784-8-1, batch 10 each",
        _own("all-pairs", 8),
        120,
        3,
        peers=(
            Peer("loop_of_autograd", LOOP.format(45), 8, 75),
            Peer("separate_scikit", "OneVsOneClassifier(MLPClassifier)", SKLEARN_STEPS, 35),
        ),
        threads=True,
    ),
    Step(
        "pairs-30",
        "45 pairs 784-30-1, batch 10 each",
        _own("all-pairs", 30),
        80,
        3.3,
        peers=(Peer("loop_of_autograd", LOOP.format(45), 8, 43),),
        threads=True,
    ),
    Step(
        "heads-30",
        "1,013 heads on 30 frozen neurons, batch 128",
        _heads(30),
        40,
        1.25,
        peers=(
            Peer(
                "linear_heads",
                "one Linear(30, 5110) + autograd, a log-softmax per size",
                10,
                10,
            ),
            Peer(
                "loop_of_heads",
                f"a loop over the heads, EXTRAPOLATED from {SAMPLED} of them",
                2,
                share=SAMPLED,
            ),
        ),
    ),
    Step(
        "heads-256", "1,013 heads on 256 frozen neurons, batch 128", _heads(256), 15, NEVER_SLOWER
    ),
    Step("ink", "784-30-10, batch 10, Fashion-MNIST", _ten(30, 10), 1000, NEVER_SLOWER, "fashion"),
    Step("colour", "3072-30-10, batch 10, CIFAR-10", _ten(30, 10), 400, NEVER_SLOWER, "colour"),
    Step("wide", "784-500-10, batch 10, bundled digits", _ten(500, 10), 200, NEVER_SLOWER),
    Step("batch-128", "784-30-10, batch 128, bundled digits", _ten(30, 128), 200, NEVER_SLOWER),
    Step(
        "ink-128",
        "784-100-10, batch 128, Fashion-MNIST",
        _ten(100, 128),
        60,
        NEVER_SLOWER,
        "fashion",
    ),
)
