"""The compiled steps against autograd in float64, and against themselves taken otherwise."""

import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
import torch

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import ACTIVATIONS, BALANCES, Settings
from nnviz.training.compiled import ink
from nnviz.training.compiled.learner import CompiledLearner
from nnviz.training.compiled.networks import widths_of
from nnviz.training.compiled.steps import learn
from nnviz.training.compiled.warming import warm_up
from nnviz.training.orders import order_of, queues_of
from nnviz.training.table import Kernels
from tests.learning.reference import Reference
from tests.learning.runs import bits

pytestmark = pytest.mark.usefixtures("all_kernels")

DESIGNS_OF_LEARNED_LAYERS = [design for design in DESIGNS if design != "elimination"]
KINDS = [(design, cost) for design in DESIGNS_OF_LEARNED_LAYERS for cost in DESIGNS[design].costs]
KERNELS = {"learn": learn, "count": ink._count, "collect": ink._collect}
LIMITED = list(product(COSTS, ACTIVATIONS, (1.0, 0.98), (False, True)))
"""Every cost, activation, shrinking and sign of the first layer."""


def started(settings: Settings, digits: DigitSet, **more: int) -> CompiledLearner:
    """A learner from the start of a run."""
    network = initial_network(settings, digits.inputs, digits.classes)
    return CompiledLearner(network, settings, layout_of(settings, digits.classes), digits, **more)


def learned(
    settings: Settings, digits: DigitSet, *calls: int, shrink: float = 1.0, **more: int
) -> CompiledLearner:
    """Learns so many steps in each call, epoch after epoch."""
    learner = started(settings, digits, **more)
    position = 0, 0
    for steps in calls:
        position = go_on(learner, settings, position, steps, shrink)
    return learner


def go_on(
    learner: CompiledLearner,
    settings: Settings,
    position: tuple[int, int],
    steps: int,
    shrink: float,
) -> tuple[int, int]:
    """Learns so many steps from an epoch and a place in it; -> where it stands then."""
    epoch, offset = position
    while steps:
        left = -(-(learner.length - offset) // settings.batch)
        now = min(steps, left)
        how = settings.rate, shrink, settings.nonnegative
        learner.learn(epoch, offset, now, settings.batch, *how)
        steps -= now
        epoch, offset = (epoch + 1, 0) if now == left else (epoch, offset + now * settings.batch)
    return epoch, offset


def alone(network: Network, layout: Layout, own: int) -> tuple[Network, Layout]:
    """One network, and its layout."""
    outputs = layout.networks == own
    nowhere, groups = np.zeros(outputs.sum(), np.intp), layout.groups[outputs]
    part = dataclasses.replace(
        network,
        hidden_weights=network.hidden_weights[[own]],
        hidden_biases=network.hidden_biases[[own]],
        output_weights=network.output_weights[outputs],
        output_biases=network.output_biases[outputs],
        output_networks=nowhere,
        output_groups=groups,
    )
    table = layout.table[outputs]
    return part, dataclasses.replace(layout, table=table, networks=nowhere, groups=groups)


def queues(settings: Settings, layout: Layout, digits: DigitSet, own: bool, epoch: int):
    """The order in which each network sees its digits, epoch by epoch."""
    if own:
        labels = digits.train_labels.astype(np.int64)
        return queues_of(settings, layout, labels, epoch)
    order = order_of(settings.seed, epoch, len(digits.train_labels))
    return [order] * layout.network_count


def batches(
    settings: Settings, layout: Layout, digits: DigitSet, own: int, length: int
) -> Iterator:
    """What one network sees, step by step without end; an empty batch where it has run out."""
    epoch = 0
    while True:
        fills = length != len(digits.train_labels)
        queue = queues(settings, layout, digits, fills, epoch)[own]
        for offset in range(0, length, settings.batch):
            yield queue[offset : offset + settings.batch]
        epoch += 1


def difference(settings: Settings, digits: DigitSet, steps: int = 40, shrink: float = 1.0) -> float:
    """The largest difference from autograd, network by network, over the end of an epoch."""
    network = initial_network(settings, digits.inputs, digits.classes)
    layout = layout_of(settings, digits.classes)
    learner = learned(settings, digits, steps, shrink=shrink)
    found, largest = learner.copy(), 0.0
    inputs = torch.tensor(digits.train_images).double() / 255
    labels = torch.tensor(digits.train_labels.astype(np.int64))
    fills = learner.length != len(labels)
    for own in range(network.networks):
        part, its_layout = alone(network, layout, own)
        reference = Reference(part, settings.cost, its_layout)
        seen = batches(settings, layout, digits, own, learner.length)
        for _, batch in zip(range(steps), seen, strict=False):
            if len(batch):
                share = len(batch) / settings.batch if fills else 1
                how = settings.rate * share, shrink, settings.nonnegative
                reference.step(inputs[batch], labels[batch], *how)
        weights = alone(found, layout, own)[0].weights().values()
        largest = max(largest, reference.difference(tuple(map(torch.tensor, weights))))
    return largest


@pytest.fixture(scope="module")
def five(few: DigitSet) -> DigitSet:
    """140 digits of five classes, one far rarer than the others."""
    chosen = np.flatnonzero((few.train_labels < 4) | (np.arange(300) % 11 == 4))
    labels = np.minimum(few.train_labels[chosen], 4)
    return dataclasses.replace(
        few,
        class_names=few.class_names[:5],
        train_images=few.train_images[chosen],
        train_labels=labels,
    )


@pytest.mark.parametrize(("design", "cost"), KINDS)
def test_every_design_follows_the_gradient_of_autograd(five, design, cost):
    settings = Settings().change(design=design, trunk="scratch", cost=cost)
    settings = settings.change(hidden=7, batch=10, rate=min(settings.rate, 1.0))
    assert difference(settings, five) < 1e-5


@pytest.mark.parametrize(("cost", "activation", "shrink", "nonnegative"), LIMITED)
def test_costs_activations_decay_and_sign_follow_autograd(
    few, cost, activation, shrink, nonnegative
):
    settings = Settings(cost=cost, activation=activation, hidden=20, nonnegative=nonnegative)
    settings = settings.change(rate=0.1)
    assert difference(settings, few, shrink=shrink) < 1e-5


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    ("design", "balance"), [("all-pairs", "all"), *product(["one-vs-rest"], BALANCES)]
)
def test_networks_whose_digits_run_out_follow_autograd(five, design, balance, activation):
    settings = Settings().change(design=design, hidden=5, batch=30, activation=activation)
    settings = settings.change(nonnegative=activation == "relu", rate=0.5)
    if design == "one-vs-rest":
        settings = settings.change(balance=balance)
    assert difference(settings, five, steps=30, shrink=0.99) < 1e-5


@pytest.mark.parametrize(
    ("hidden", "batch"), [(1, 1), (8, 17), (9, 300), (17, 7), (33, 299), (50, 10), (500, 1000)]
)
def test_sizes_make_no_difference(few, hidden, batch):
    settings = Settings(hidden=hidden, batch=batch, rate=0.1)
    assert difference(settings, few, steps=3) < 2e-6


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("hidden", "batch"), [(5, 1), (9, 10), (41, 7)])
def test_images_that_are_full_of_ink_follow_autograd(few, hidden, batch, activation):
    settings = Settings(hidden=hidden, batch=batch, rate=0.1, activation=activation)
    noise = np.random.default_rng(0).integers(0, 256, (300, 27), dtype=np.uint8)
    digits = dataclasses.replace(few, train_images=noise)
    assert started(settings, digits)._digits.ink.full
    assert difference(settings, digits, shrink=0.99) < 1e-5


def test_read_only_digits_are_learned_and_no_kernel_is_compiled_for_them(few):
    images, labels = few.train_images.copy(), few.train_labels.copy()
    images.flags.writeable = labels.flags.writeable = False
    digits = dataclasses.replace(few, train_images=images, train_labels=labels)
    found = bits(learned(Settings(hidden=9), few, 3).copy())
    kinds = {name: len(part.signatures) for name, part in KERNELS.items()}
    assert bits(learned(Settings(hidden=9), digits, 3).copy()) == found
    assert {name: len(part.signatures) for name, part in KERNELS.items()} == kinds
    assert set(kinds.values()) == {1}


def test_a_second_process_compiles_nothing():
    # the first one is this very process
    warm_up_all()
    program = f"import {__name__} as tests; tests.warm_up_all(); print(tests.compiled_anew())"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0"], done.stderr


def warm_up_all() -> None:
    """Has all kernels made in this process."""
    for kernels in Kernels:
        warm_up(kernels)


def compiled_anew() -> int:
    """How many kernels this process did not find where they are kept."""
    return sum(sum(part.stats.cache_misses.values()) for part in KERNELS.values())


def test_a_network_is_padded_by_less_than_a_block():
    assert [widths_of(hidden) for hidden in (1, 8, 9, 16, 17, 30, 100)] == [
        [8],
        [8],
        [16],
        [16],
        [32],
        [32],
        [32, 32, 32, 8],
    ]


@pytest.mark.parametrize("design", DESIGNS_OF_LEARNED_LAYERS)
def test_weights_are_bit_for_bit_the_same_however_steps_are_taken(five, design):
    settings = Settings().change(design=design, trunk="scratch", hidden=7, batch=30)
    at_once = bits(learned(settings, five, 23, threads=1).copy())
    for calls in ((1,) * 23, (5, 11, 7)):
        assert bits(learned(settings, five, *calls, threads=2).copy()) == at_once


@pytest.mark.parametrize("steps", [1, 4, 6])
@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs"])
def test_a_run_goes_on_from_a_copy_bit_for_bit(five, design, steps):
    settings = Settings().change(design=design, hidden=7, batch=30, decay=1.0)
    whole = started(settings, five)
    there = go_on(whole, settings, (0, 0), steps, 0.99)
    again = CompiledLearner(whole.copy(), settings, layout_of(settings, 5), five)
    for learner in (whole, again):
        go_on(learner, settings, there, 9, 0.99)
    assert bits(whole.copy()) == bits(again.copy())


@pytest.mark.parametrize("design", DESIGNS_OF_LEARNED_LAYERS)
def test_a_copy_without_learning_is_the_network_itself(five, design):
    settings = Settings().change(design=design, trunk="scratch", hidden=41)
    network = initial_network(settings, five.inputs, five.classes)
    assert bits(started(settings, five).copy()) == bits(network)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_dead_neurons_stay_dead(few, activation):
    settings = Settings(hidden=9, activation=activation, rate=0.1, nonnegative=True)
    learner = started(settings, few)
    weights = learner._networks.weights
    first, second = (array.copy() for array in weights[:2])
    go_on(learner, settings, (0, 0), 30, 0.99)
    for rows, before in ((weights.first, first), (weights.second, second)):
        now, then = (array.reshape(-1, 16) for array in (rows, before))
        assert np.array_equal(now[:, 9:], then[:, 9:])
        assert not np.array_equal(now[:, :9], then[:, :9])


@pytest.mark.parametrize("design", ["ten-outputs", "one-vs-rest"])
def test_weights_that_are_no_numbers_are_noticed(few, design):
    settings = Settings().change(design=design)
    learner = started(settings, few)
    assert learner.finite()
    go_on(learner, settings, (0, 0), 30, 1e6)
    assert not learner.finite()
    assert not np.isfinite(learner.copy().output_weights).all()


def test_what_these_steps_cannot_learn_is_refused(five):
    settings = Settings().change(design="elimination", trunk="scratch")
    with pytest.raises(ValueError, match="one softmax"):
        started(settings, five)
    frozen = Settings().change(trunk="frozen")
    network = initial_network(Settings(), five.inputs, five.classes)
    with pytest.raises(ValueError, match="hidden layer"):
        CompiledLearner(network, frozen, layout_of(frozen, 5), five)
