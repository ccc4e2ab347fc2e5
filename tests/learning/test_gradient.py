"""The hand-written step against autograd, nn.Linear and torch's own costs."""

import itertools

import numpy as np
import pytest
import torch
from scipy.special import expit, softmax
from torch import Tensor, nn

from nnviz.learning.designs import COSTS, DESIGNS
from nnviz.learning.digits import DigitSet
from nnviz.learning.gradient import BLOCK, LANES, Learner
from nnviz.learning.network import Network, initial_network
from nnviz.learning.settings import ACTIVATIONS, Settings
from tests.learning.runs import bits, new_network

PAIRS = list(itertools.product(COSTS, ACTIVATIONS))
RATES = DESIGNS["ten-outputs"].costs


class Reference:
    """The same network out of nn.Linear, in float64, with the gradient from autograd."""

    def __init__(self, network: Network, cost: str) -> None:
        self.cost_name = cost
        self.first = nn.Linear(network.inputs, network.hidden, dtype=torch.float64)
        self.second = nn.Linear(network.hidden, len(network.output_biases), dtype=torch.float64)
        self.activation = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU}[
            network.activation
        ]()
        given = (
            network.hidden_weights[0],
            network.hidden_biases[0],
            network.output_weights,
            network.output_biases,
        )
        with torch.no_grad():
            for parameter, array in zip(self.parameters(), given, strict=True):
                parameter.copy_(torch.tensor(array))

    def parameters(self) -> list[nn.Parameter]:
        return [self.first.weight, self.first.bias, self.second.weight, self.second.bias]

    def cost(self, inputs: Tensor, labels: Tensor) -> Tensor:
        """Mean cost per image."""
        sums = self.second(self.activation(self.first(inputs)))
        targets = nn.functional.one_hot(labels, sums.shape[1]).to(torch.float64)
        if self.cost_name == "softmax":
            return nn.functional.cross_entropy(sums, labels)
        if self.cost_name == "cross-entropy":
            whole = nn.functional.binary_cross_entropy(sums.sigmoid(), targets, reduction="sum")
            return whole / len(labels)
        return nn.functional.mse_loss(sums.sigmoid(), targets, reduction="sum") / 2 / len(labels)

    def step(
        self, inputs: Tensor, labels: Tensor, rate: float, shrink: float, nonnegative: bool
    ) -> None:
        gradients = torch.autograd.grad(self.cost(inputs, labels), self.parameters())
        with torch.no_grad():
            for parameter, gradient in zip(self.parameters(), gradients, strict=True):
                if parameter.ndim == 2:  # biases do not decay
                    parameter.mul_(shrink)
                parameter.sub_(rate * gradient)
            if nonnegative:
                self.first.weight.clamp_(min=0)

    def difference(self, learner: Learner) -> float:
        """The largest difference of any weight or bias."""
        inputs, hidden = learner.inputs, learner.hidden
        pairs = (
            (self.first.weight, learner.first[:inputs, :hidden].T),
            (self.first.bias, learner.first[inputs, :hidden]),
            (self.second.weight, learner.second[:hidden].T),
            (self.second.bias, learner.second[hidden]),
        )
        return max(float((a.detach() - b.double()).abs().max()) for a, b in pairs)


def loaded(learner: Learner, digits: DigitSet, count: int) -> tuple[Tensor, Tensor]:
    """Loads the first training digits; -> the same as float64 inputs and labels."""
    pixels = torch.tensor(digits.train_images[:count])
    labels = torch.tensor(digits.train_labels[:count].astype(np.int64))
    learner.load(pixels, nn.functional.one_hot(labels, digits.classes).float())
    return pixels.double() / 255, labels


def both_learn(
    settings: Settings,
    digits: DigitSet,
    dtype: torch.dtype,
    steps: int,
    shrink: float = 1.0,
) -> float:
    """Learns by hand and by autograd; -> the largest difference at the end."""
    network = new_network(settings, digits)
    learner = Learner(network, settings.cost, dtype)
    reference = Reference(network, settings.cost)
    inputs, labels = loaded(learner, digits, 300)
    before = reference.first.weight.clone()
    for step in range(steps):
        start = step * settings.batch % (300 - settings.batch + 1)
        rows = slice(start, start + settings.batch)
        learner.step(start, settings.batch, settings.rate, shrink, settings.nonnegative)
        reference.step(inputs[rows], labels[rows], settings.rate, shrink, settings.nonnegative)
    assert not torch.equal(before, reference.first.weight)
    return reference.difference(learner)


@pytest.mark.parametrize("nonnegative", [False, True])
@pytest.mark.parametrize("shrink", [1.0, 0.98])
@pytest.mark.parametrize(("cost", "activation"), PAIRS)
def test_the_step_follows_the_gradient_of_autograd(few, cost, activation, shrink, nonnegative):
    settings = Settings(
        cost=cost, activation=activation, rate=RATES[cost], hidden=20, nonnegative=nonnegative
    )
    assert both_learn(settings, few, torch.float64, 8, shrink) < 1e-10


@pytest.mark.parametrize(("hidden", "batch"), [(1, 1), (15, 17), (16, 16), (31, 7), (500, 300)])
def test_padding_and_batch_size_make_no_difference(few, hidden, batch):
    settings = Settings(hidden=hidden, batch=batch, cost="quadratic", rate=3.0)
    assert both_learn(settings, few, torch.float64, 5) < 1e-10


@pytest.mark.parametrize(("cost", "activation"), PAIRS)
def test_float32_stays_with_float64_for_100_steps(few, cost, activation):
    settings = Settings(cost=cost, activation=activation, rate=RATES[cost])
    assert both_learn(settings, few, torch.float32, 100) < 5e-6


def test_a_batch_may_change_its_size_from_step_to_step(few):
    network = new_network(Settings(), few)
    learner, reference = Learner(network, "softmax", torch.float64), Reference(network, "softmax")
    inputs, labels = loaded(learner, few, 300)
    for start, batch in ((0, 10), (10, 3), (13, 10), (23, 277), (0, 1)):
        rows = slice(start, start + batch)
        learner.step(start, batch, 0.1, 1, False)
        reference.step(inputs[rows], labels[rows], 0.1, 1, False)
    assert reference.difference(learner) < 1e-10


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_constant_and_padding_units_never_change(few, activation):
    settings = Settings(activation=activation, cost="quadratic", rate=3.0)
    learner = Learner(new_network(settings, few), settings.cost)
    first, second = learner.first.clone(), learner.second.clone()
    loaded(learner, few, 300)
    for start in range(0, 300, 10):
        learner.step(start, 10, settings.rate, 0.99, nonnegative=True)
    inputs, hidden = learner.inputs, learner.hidden
    assert learner.first.shape[0] % LANES == learner.first.shape[1] % LANES == 0
    assert torch.equal(learner.first[:, hidden:], first[:, hidden:])
    assert torch.equal(learner.first[inputs + 1 :], first[inputs + 1 :])
    assert torch.equal(learner.second[hidden + 1 :], second[hidden + 1 :])
    assert not torch.equal(learner.first[: inputs + 1, :hidden], first[: inputs + 1, :hidden])
    assert not torch.equal(learner.second[: hidden + 1], second[: hidden + 1])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_constant_unit_fires_at_exactly_one_and_the_dead_ones_at_zero(few, activation):
    network = new_network(Settings(activation=activation), few)
    learner = Learner(network, "softmax")
    loaded(learner, few, 300)
    learner.step(0, 300, 0.1, 1, False)
    assert torch.equal(learner._activity[:, learner.hidden], torch.ones(300))
    assert not learner._activity[:, learner.hidden + 1 :].any()


@pytest.mark.parametrize(("cost", "activation"), PAIRS)
def test_the_cost_is_that_of_torch(few, cost, activation):
    network = new_network(Settings(cost=cost, activation=activation, rate=RATES[cost]), few)
    learner, reference = Learner(network, cost, torch.float64), Reference(network, cost)
    inputs, labels = loaded(learner, few, 300)
    expected = reference.cost(inputs, labels).item() * 300
    assert learner.costs(learner.sums(300)) == pytest.approx(expected, rel=1e-12)


def test_outputs_are_the_activations_of_scipy(few):
    sums = torch.tensor([[-800.0, 0.0, 3.0], [1.0, 2.0, 900.0]])
    network = initial_network(Settings(), few.inputs, 3)
    by_softmax = Learner(network, "softmax").outputs(sums)
    np.testing.assert_allclose(by_softmax, softmax(sums.numpy(), axis=1), atol=1e-7)
    for cost in ("cross-entropy", "quadratic"):
        by_sigmoid = Learner(network, cost).outputs(sums)
        np.testing.assert_allclose(by_sigmoid, expit(sums.numpy()), atol=1e-7)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_copy_without_learning_is_the_network_itself(few, activation):
    network = initial_network(Settings(activation=activation, hidden=17), few.inputs, 7)
    copy = Learner(network, "softmax").copy()
    assert bits(copy) == bits(network)
    assert (copy.activation, copy.output_activation) == (activation, "softmax")


def test_a_copy_stays_as_it_is_while_learning_goes_on(few):
    learner = Learner(new_network(Settings(), few), "softmax")
    loaded(learner, few, 300)
    copy = learner.copy()
    before = bits(copy)
    learner.step(0, 10, 1.0, 0.9, False)
    assert bits(copy) == before != bits(learner.copy())


def test_weights_that_are_no_numbers_are_noticed(few):
    learner = Learner(new_network(Settings(), few), "softmax")
    loaded(learner, few, 300)
    assert learner.finite()
    for _ in range(60):
        learner.step(0, 10, 1.0, 1e6, False)
    assert not learner.finite()


def test_a_whole_block_fits_and_is_one_batch(digits):
    network = new_network(Settings(), digits)
    learner, reference = Learner(network, "softmax", torch.float64), Reference(network, "softmax")
    inputs, labels = loaded(learner, digits, BLOCK)
    learner.step(0, BLOCK, 0.1, 1, False)
    reference.step(inputs, labels, 0.1, 1, False)
    assert reference.difference(learner) < 1e-10


def test_several_networks_at_once_are_refused():
    rows = np.zeros((2, 3, 4), np.float32)
    network = Network(
        rows, rows[:, :, 0], rows[0, :, :3], rows[0, :, 0], np.zeros(3, int), "tanh", "softmax"
    )
    with pytest.raises(ValueError, match="one network at a time"):
        Learner(network, "softmax")
