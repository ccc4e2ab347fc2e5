"""The hand-written step on shared images against autograd in float64; the learner of a run."""

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import ACTIVATIONS, BALANCES, Settings
from nnviz.training.with_torch.gradient import BLOCK, LANES, WideStep
from nnviz.training.with_torch.learner import make_step
from nnviz.training.with_torch.read_out import heads_asked
from nnviz.training.with_torch.side_by_side import SideBySide
from tests.learning.costing import costs_of
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


def learner_of(settings: Settings, classes: int = 10) -> WideStep:
    network, layout = started(settings, classes=classes)
    return WideStep(network, settings.cost, layout, settings.trunk == "frozen")


def loaded(learner: WideStep, digits: DigitSet, count: int, classes: int) -> tuple[Tensor, Tensor]:
    """Loads the first training digits; -> the same as float64 inputs and labels."""
    pixels = torch.tensor(digits.train_images[:count])
    labels = torch.tensor(digits.train_labels[:count].astype(np.int64)) % classes
    learner.load(pixels, labels)
    return pixels.double() / 255, labels


class Both:
    """A learner by hand and one by autograd, on the same digits."""

    def __init__(
        self,
        settings: Settings,
        digits: DigitSet,
        dtype: torch.dtype = torch.float64,
        classes: int = 10,
        count: int = 300,
        scale: float = 1.0,
    ) -> None:
        network, layout = started(settings, classes=classes)
        read_out = network.output_weights * np.float32(scale)
        self.network = dataclasses.replace(network, output_weights=read_out)
        self.settings, frozen = settings, settings.trunk == "frozen"
        self.learner = WideStep(self.network, settings.cost, layout, frozen, dtype)
        self.reference = Reference(self.network, settings.cost, layout, frozen)
        self.inputs, self.labels = loaded(self.learner, digits, count, classes)

    def step(self, start: int, batch: int, shrink: float = 1.0) -> None:
        rows, how = slice(start, start + batch), (self.settings.rate, shrink)
        self.learner.step(start, batch, *how, self.settings.nonnegative)
        digits = self.inputs[rows], self.labels[rows]
        self.reference.step(*digits, *how, self.settings.nonnegative)

    @property
    def difference(self) -> float:
        return self.reference.difference(self.learner.weights())


def both_learn(
    settings: Settings, digits: DigitSet, steps: int = 5, shrink: float = 1.0, **more: Any
) -> float:
    """Learns by hand and by autograd; -> the largest difference at the end."""
    both = Both(settings, digits, **more)
    for step in range(steps):
        both.step(step * settings.batch % (300 - settings.batch + 1), settings.batch, shrink)
    before, frozen = both.network.weights().values(), settings.trunk == "frozen"
    moved = [
        not np.array_equal(old, new.detach())
        for old, new in zip(before, both.reference.weights, strict=True)
    ]
    assert moved == [not frozen, not frozen, True, True]
    return both.difference


@pytest.mark.parametrize(("design", "cost", "trunk", "activation"), ACTIVATED)
def test_every_design_follows_the_gradient_of_autograd(few, design, cost, trunk, activation):
    settings = Settings().change(design=design, trunk=trunk, cost=cost)
    settings = settings.change(activation=activation, hidden=20, initial="scaled", batch=10)
    classes = 5 if design == "elimination" else 10
    assert both_learn(settings, few, shrink=0.98, classes=classes) < 1e-9


@pytest.mark.parametrize(("cost", "activation", "shrink", "nonnegative"), LIMITED)
def test_decay_and_a_nonnegative_layer_follow_autograd(few, cost, activation, shrink, nonnegative):
    settings = Settings(
        cost=cost,
        activation=activation,
        rate=RATES[cost],
        hidden=20,
        nonnegative=nonnegative,
        initial="scaled",
    )
    assert both_learn(settings, few, steps=8, shrink=shrink) < 1e-10


@pytest.mark.parametrize("trunk", ["scratch", "frozen"])
def test_all_heads_of_ten_classes_follow_autograd(few, trunk):
    settings = Settings().change(design="elimination", trunk=trunk).change(batch=10, hidden=30)
    assert both_learn(settings, few, steps=3) < 1e-9


@pytest.mark.parametrize(("dtype", "most"), [(torch.float32, 1e-3), (torch.float64, 1e-9)])
def test_heads_with_enormous_sums_follow_autograd(few, dtype, most):
    settings = Settings().change(design="elimination", trunk="frozen", initial="normal")
    both = Both(settings.change(rate=0.1), few, dtype, classes=4, count=10, scale=300)
    both.step(0, 10)
    assert both.difference < most


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
    assert both_learn(settings, few, 100, dtype=torch.float32, classes=classes) < 5e-6


@pytest.mark.parametrize("design", ["ten-outputs", "plain-ensemble", "elimination"])
def test_a_batch_may_change_its_size_from_step_to_step(few, design):
    both = Both(Settings().change(design=design, trunk="scratch", rate=0.1), few, classes=4)
    for start, batch in ((0, 10), (10, 3), (13, 10), (23, 277), (0, 1)):
        both.step(start, batch)
    assert both.difference < 1e-10


def test_a_whole_block_fits_and_is_one_batch(digits):
    both = Both(Settings(rate=0.1), digits, count=BLOCK)
    both.step(0, BLOCK)
    assert both.difference < 1e-10


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


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden": 17},
        {"design": "plain-ensemble", "hidden": 5},
        # the heads of a copy have the order of the layout
        {"design": "elimination", "trunk": "scratch"},
        {"design": "elimination", "trunk": "frozen"},
    ],
)
def test_a_copy_without_learning_is_the_network_itself(changes):
    network, layout = started(Settings().change(**changes), classes=5)
    assert bits(WideStep(network, "softmax", layout).copy()) == bits(network)


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


@pytest.mark.parametrize("design", ["one-vs-rest", "plain-ensemble"])
def test_the_zeros_of_a_block_diagonal_read_out_stay_zeros(few, design):
    settings = Settings().change(design=design)
    learner, hidden = learner_of(settings), settings.hidden
    loaded(learner, few, 300, 10)
    for start in range(0, 300, 30):
        learner.step(start, 30, 1.0, 0.99, False)
    others = torch.ones_like(learner.read_out.columns, dtype=torch.bool)
    for output, own in enumerate(layout_of(settings, 10).networks):
        others[own * hidden : (own + 1) * hidden, output] = False
    others[learner.neurons] = False
    assert others.any()
    assert not learner.read_out.columns[others].any()


@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs", "elimination", "four-bits"])
def test_a_frozen_hidden_layer_does_not_move(few, design):
    learner = learner_of(Settings().change(design=design, trunk="frozen"))
    loaded(learner, few, 300, 10)
    before = bits(learner.copy())
    for start in range(0, 300, 30):
        learner.step(start, 30, 1.0, 0.9, nonnegative=True)
    after = bits(learner.copy())
    moved = {name for name, values in before.items() if values != after[name]}
    assert moved == {"output_weights", "output_biases"}


# ---- the learner that a run gets -----------------------------------------------------


def made_step(**changes: object) -> WideStep | SideBySide:
    settings = Settings().change(**changes)
    network, layout = started(settings, classes=5)
    return make_step(network, settings, layout)


@pytest.mark.parametrize(
    ("design", "trunk"),
    [(design, trunk) for design, entry in DESIGNS.items() for trunk in entry.trunks],
)
def test_only_pairs_from_scratch_see_digits_of_their_own(design, trunk):
    learner = made_step(design=design, trunk=trunk)
    own = (design, trunk) == ("all-pairs", "scratch")
    assert type(learner) is (SideBySide if own else WideStep)
    assert own or learner.frozen == (trunk == "frozen")


@pytest.mark.parametrize("balance", BALANCES)
def test_networks_with_chosen_negatives_see_digits_of_their_own(balance):
    learner = made_step(design="one-vs-rest", balance=balance)
    assert isinstance(learner, SideBySide) == (balance != "all")
    # it means nothing to designs that do not use it
    assert isinstance(made_step(balance=balance), WideStep)


# ---- the cost itself -----------------------------------------------------------------


CASES = [(name, cost) for name, design in DESIGNS.items() for cost in design.costs]


@pytest.mark.parametrize(("design", "cost"), CASES)
def test_the_cost_is_that_of_torch(few, design, cost):
    settings = Settings().change(design=design, cost=cost, trunk=DESIGNS[design].trunks[-1])
    settings = settings.change(trunk="scratch", initial="normal")
    network = initial_network(settings, 784, 10)
    layout = layout_of(settings, 10)
    activity = hidden_activity(network, as_inputs(few.test_images[:20]))
    labels = few.test_labels[:20]
    found = costs_of(network, layout, cost, activity, labels)
    sums = torch.tensor(sums_of(network, activity)).double()
    reference, heads = Reference(network, cost, layout), heads_asked(layout)
    if cost == "softmax" and not layout.heads:
        heads = len(set(layout.groups.tolist()))  # each digit is one for every member
    each = zip(sums.split(1), torch.tensor(labels).long().split(1), strict=True)
    expected = [reference.output_cost(*digit).item() / heads for digit in each]
    np.testing.assert_allclose(found, expected, rtol=2e-4)


def test_of_very_many_outputs_the_first_digits_stand_for_all(few):
    settings = Settings().change(design="elimination", trunk="scratch")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    activity = np.zeros((1000, 1, 30), np.float32)
    costs = costs_of(network, layout, "softmax", activity, np.zeros(1000, np.uint8))
    assert 100 < len(costs) < 1000
