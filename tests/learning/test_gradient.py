"""The hand-written step on shared images against autograd in float64."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import Tensor

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import ACTIVATIONS, Settings
from nnviz.training.gradient import BLOCK, LANES, Learner
from nnviz.training.read_out import heads_asked
from tests.learning.reference import Reference
from tests.learning.runs import bits

RATES = DESIGNS["ten-outputs"].costs
KINDS = [
    (design, cost, trunk)
    for design, entry in DESIGNS.items()
    for cost in entry.costs
    for trunk in entry.trunks
    # pairs that learn from scratch see images of their own
    if (design, trunk) != ("all-pairs", "scratch")
]
ACTIVATED = [
    (*kind, activation)
    for row, kind in enumerate(KINDS)
    for column, activation in enumerate(ACTIVATIONS)
    if row % len(ACTIVATIONS) == column or kind[0] in ("all-pairs", "elimination")
]
"""Every kind, and each design and each cost with every activation."""
LIMITED = [
    (cost, activation, (1.0, 0.98)[(row + column) % 2], column % 2 == row // 2)
    for row, cost in enumerate(COSTS)
    for column, activation in enumerate(ACTIVATIONS)
]
"""Every two of cost, activation, shrinking and the layer's sign together."""


def started(settings: Settings, inputs: int = 784, classes: int = 10) -> tuple[Network, Layout]:
    """The start of a run, on the trunk of a ten-output network where it is frozen."""
    wanted = settings.change(design="ten-outputs", trunk="scratch", hidden=settings.hidden)
    trunk = initial_network(wanted, inputs, classes) if settings.trunk == "frozen" else None
    return initial_network(settings, inputs, classes, trunk), layout_of(settings, classes)


def learner_of(
    settings: Settings, dtype: torch.dtype = torch.float32, classes: int = 10
) -> Learner:
    network, layout = started(settings, classes=classes)
    return Learner(network, settings.cost, layout, settings.trunk == "frozen", dtype)


def loaded(learner: Learner, digits: DigitSet, count: int, classes: int) -> tuple[Tensor, Tensor]:
    """Loads the first training digits; -> the same as float64 inputs and labels."""
    pixels = torch.tensor(digits.train_images[:count])
    labels = torch.tensor(digits.train_labels[:count].astype(np.int64)) % classes
    learner.load(pixels, labels)
    return pixels.double() / 255, labels


def both_learn(
    settings: Settings,
    digits: DigitSet,
    dtype: torch.dtype = torch.float64,
    steps: int = 5,
    shrink: float = 1.0,
    classes: int = 10,
) -> float:
    """Learns by hand and by autograd; -> the largest difference at the end."""
    network, layout = started(settings, classes=classes)
    frozen = settings.trunk == "frozen"
    learner = Learner(network, settings.cost, layout, frozen, dtype)
    reference = Reference(network, settings.cost, layout, frozen)
    inputs, labels = loaded(learner, digits, 300, classes)
    for step in range(steps):
        start = step * settings.batch % (300 - settings.batch + 1)
        rows = slice(start, start + settings.batch)
        learner.step(start, settings.batch, settings.rate, shrink, settings.nonnegative)
        reference.step(inputs[rows], labels[rows], settings.rate, shrink, settings.nonnegative)
    before = network.weights().values()
    moved = [
        not np.array_equal(old, new.detach())
        for old, new in zip(before, reference.weights, strict=True)
    ]
    assert moved == [not frozen, not frozen, True, True]
    return reference.difference(learner.weights())


@pytest.mark.parametrize(("design", "cost", "trunk", "activation"), ACTIVATED)
def test_every_design_follows_the_gradient_of_autograd(few, design, cost, trunk, activation):
    settings = Settings().change(design=design, trunk=trunk, cost=cost)
    settings = settings.change(activation=activation, hidden=20, initial="scaled", batch=10)
    classes = 5 if design == "elimination" else 10
    assert both_learn(settings, few, shrink=0.98, classes=classes) < 1e-9


@pytest.mark.parametrize(("cost", "activation", "shrink", "nonnegative"), LIMITED)
def test_decay_and_a_nonnegative_layer_follow_autograd(few, cost, activation, shrink, nonnegative):
    settings = Settings(
        cost=cost, activation=activation, rate=RATES[cost], hidden=20, nonnegative=nonnegative
    )
    assert both_learn(settings, few, steps=8, shrink=shrink) < 1e-10


@pytest.mark.parametrize("trunk", ["scratch", "frozen"])
def test_all_heads_of_ten_classes_follow_autograd(few, trunk):
    settings = Settings().change(design="elimination", trunk=trunk).change(batch=10, hidden=30)
    assert both_learn(settings, few, steps=3) < 1e-9


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_heads_with_enormous_sums_follow_autograd(few, dtype):
    settings = Settings().change(design="elimination", trunk="frozen", rate=0.1, batch=10)
    network, layout = started(settings, classes=4)
    rows = np.random.default_rng(1).standard_normal(network.output_weights.shape) * 300
    network = dataclasses.replace(network, output_weights=rows.astype(np.float32))
    learner = Learner(network, "softmax", layout, frozen=True, dtype=dtype)
    reference = Reference(network, "softmax", layout, frozen=True)
    inputs, labels = loaded(learner, few, 10, 4)
    learner.step(0, 10, 0.1, 1, False)
    reference.step(inputs, labels, 0.1, 1, False)
    assert reference.difference(learner.weights()) < (1e-9 if dtype == torch.float64 else 1e-3)


@pytest.mark.parametrize(("hidden", "batch"), [(1, 1), (15, 17), (16, 16), (31, 7), (500, 300)])
def test_padding_and_batch_size_make_no_difference(few, hidden, batch):
    settings = Settings(hidden=hidden, batch=batch, cost="quadratic", rate=3.0)
    assert both_learn(settings, few) < 1e-10


@pytest.mark.parametrize(("design", "cost", "trunk"), KINDS)
def test_float32_stays_with_float64_for_100_steps(few, design, cost, trunk):
    settings = Settings().change(design=design, trunk=trunk, cost=cost).change(batch=10)
    # faster still, heads on a random hidden layer are chaotic: rounding grows without bound
    settings = settings.change(rate=min(settings.rate, 1.0))
    classes = 5 if design == "elimination" else 10
    assert both_learn(settings, few, torch.float32, steps=100, classes=classes) < 5e-6


def test_a_batch_may_change_its_size_from_step_to_step(few):
    for design in ("ten-outputs", "plain-ensemble", "elimination"):
        settings = Settings().change(design=design, trunk="scratch")
        network, layout = started(settings, classes=4)
        learner = Learner(network, "softmax", layout, dtype=torch.float64)
        reference = Reference(network, "softmax", layout)
        inputs, labels = loaded(learner, few, 300, 4)
        for start, batch in ((0, 10), (10, 3), (13, 10), (23, 277), (0, 1)):
            rows = slice(start, start + batch)
            learner.step(start, batch, 0.1, 1, False)
            reference.step(inputs[rows], labels[rows], 0.1, 1, False)
        assert reference.difference(learner.weights()) < 1e-10


def test_a_whole_block_fits_and_is_one_batch(digits):
    network, layout = started(Settings())
    learner = Learner(network, "softmax", layout, dtype=torch.float64)
    reference = Reference(network, "softmax", layout)
    inputs, labels = loaded(learner, digits, BLOCK, 10)
    learner.step(0, BLOCK, 0.1, 1, False)
    reference.step(inputs, labels, 0.1, 1, False)
    assert reference.difference(learner.weights()) < 1e-10


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("design", ["ten-outputs", "one-vs-rest", "elimination"])
def test_constant_and_padding_units_never_change(few, design, activation):
    settings = Settings().change(design=design, trunk="scratch", activation=activation)
    learner = learner_of(settings, classes=4)
    loaded(learner, few, 300, 4)
    first, second = learner.first.clone(), learner.read_out.columns.clone()
    for start in range(0, 300, 10):
        learner.step(start, 10, settings.rate, 0.99, nonnegative=True)
    inputs, neurons = learner.inputs, learner.neurons
    assert learner.first.shape[0] % LANES == learner.first.shape[1] % LANES == 0
    assert torch.equal(learner.first[:, neurons:], first[:, neurons:])
    assert torch.equal(learner.first[inputs + 1 :], first[inputs + 1 :])
    assert torch.equal(learner.read_out.columns[neurons + 1 :], second[neurons + 1 :])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_constant_unit_fires_at_exactly_one_and_the_dead_ones_at_zero(few, activation):
    learner = learner_of(Settings(activation=activation))
    loaded(learner, few, 300, 10)
    learner.step(0, 300, 0.1, 1, False)
    assert torch.equal(learner._activity[:, learner.neurons], torch.ones(300))
    assert not learner._activity[:, learner.neurons + 1 :].any()


@pytest.mark.parametrize(("design", "hidden"), [("ten-outputs", 17), ("plain-ensemble", 5)])
def test_a_copy_without_learning_is_the_network_itself(design, hidden):
    network, layout = started(Settings(design=design, hidden=hidden))
    assert bits(Learner(network, "softmax", layout).copy()) == bits(network)


@pytest.mark.parametrize("trunk", ["scratch", "frozen"])
def test_a_copy_of_heads_has_them_in_the_order_of_the_layout(trunk):
    network, layout = started(Settings().change(design="elimination", trunk=trunk), classes=5)
    assert bits(Learner(network, "softmax", layout).copy()) == bits(network)


def test_a_copy_stays_as_it_is_while_learning_goes_on(few):
    learner = learner_of(Settings())
    loaded(learner, few, 300, 10)
    copy = learner.copy()
    before = bits(copy)
    learner.step(0, 10, 1.0, 0.9, False)
    assert bits(copy) == before != bits(learner.copy())


@pytest.mark.parametrize("design", ["ten-outputs", "one-vs-rest", "elimination"])
def test_weights_that_are_no_numbers_are_noticed(few, design):
    settings = Settings().change(design=design, trunk="scratch")
    learner = learner_of(settings, classes=4)
    loaded(learner, few, 300, 4)
    assert learner.finite()
    for _ in range(60):
        learner.step(0, 10, 1.0, 1e6, False)
    assert not learner.finite()


def test_a_digit_asks_every_head_that_holds_its_class():
    def asked(design, classes):
        return heads_asked(layout_of(Settings().change(design=design), classes))

    assert [asked("elimination", classes) for classes in (2, 3, 10)] == [1, 3, 511]
    assert asked("ten-outputs", 10) == asked("all-pairs", 10) == asked("plain-ensemble", 10) == 1
