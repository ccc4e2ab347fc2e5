"""Many networks at once, each on digits of its own, against autograd."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import Tensor

from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import ACTIVATIONS, Settings
from nnviz.training.with_torch.side_by_side import SideBySide
from tests.learning.reference import Reference
from tests.learning.runs import bits

DESIGNS_OF_SEPARATE_NETWORKS = ("all-pairs", "one-vs-rest")
CLASSES = 5


def settings_of(design: str, cost: str = "cross-entropy", **more: object) -> Settings:
    return Settings().change(design=design, cost=cost).change(hidden=7, **more)


def started(settings: Settings, classes: int = CLASSES) -> tuple[Network, str, Layout]:
    layout = layout_of(settings, classes)
    return initial_network(settings, 784, classes), settings.cost, layout


def one_of(network: Network, cost: str, layout: Layout, output: int) -> Reference:
    """The network of one output, alone."""
    own, alone = layout.networks[output], np.zeros(1, np.intp)
    part = dataclasses.replace(
        network,
        hidden_weights=network.hidden_weights[[own]],
        hidden_biases=network.hidden_biases[[own]],
        output_weights=network.output_weights[[output]],
        output_biases=network.output_biases[[output]],
        output_networks=alone,
        output_groups=alone,
    )
    lone = dataclasses.replace(layout, table=layout.table[[output]], networks=alone, groups=alone)
    return Reference(part, cost, lone)


def own_digits(layout: Layout, few, digits: int) -> tuple[Tensor, Tensor, Tensor]:
    """The first digits that each network is asked about; every third runs out of them."""
    pixels = torch.zeros(layout.network_count, digits, 784, dtype=torch.uint8)
    labels = torch.zeros(layout.network_count, digits, dtype=torch.int64)
    present = torch.zeros(layout.network_count, digits, dtype=torch.bool)
    classes = few.train_labels % layout.classes
    for output, network in enumerate(layout.networks):
        asked = np.flatnonzero(layout.asked[output, classes])
        rows = asked[: digits // 2 - 3 if network % 3 == 1 else digits]
        pixels[network, : len(rows)] = torch.tensor(few.train_images[rows])
        labels[network, : len(rows)] = torch.tensor(classes[rows].astype(np.int64))
        present[network, : len(rows)] = True
    return pixels, labels, present


def both_learn(settings: Settings, few, dtype: torch.dtype, steps: int, shrink: float) -> float:
    """Learns by hand and by autograd, network by network; -> the largest difference."""
    start = _, _, layout = started(settings)
    learner = SideBySide(*start, dtype)
    digits, batch = 40, settings.batch
    pixels, labels, present = own_digits(layout, few, digits)
    learner.load(pixels, labels, present)
    starts = [step * batch % (digits - batch + 1) for step in range(steps)]
    for first in starts:
        learner.step(first, batch, settings.rate, shrink, settings.nonnegative)
    differences = []
    for output, own in enumerate(layout.networks):
        reference = one_of(*start, output)
        for first in starts:
            there = first + torch.arange(batch)[present[own, first : first + batch]]
            if len(there):
                reference.step(
                    pixels[own, there].double() / 255,
                    labels[own, there],
                    settings.rate * len(there) / batch,
                    shrink,
                    settings.nonnegative,
                )
        rows = zip(learner.weights(), (own, own, output, output), strict=True)
        differences.append(reference.difference([array[[row]] for array, row in rows]))
    return max(differences)


@pytest.mark.parametrize("nonnegative", [False, True])
@pytest.mark.parametrize("shrink", [1.0, 0.98])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
@pytest.mark.parametrize("design", DESIGNS_OF_SEPARATE_NETWORKS)
def test_every_network_follows_the_gradient_of_its_own_digits(
    few, design, cost, activation, shrink, nonnegative
):
    settings = settings_of(design, cost, activation=activation, nonnegative=nonnegative)
    assert both_learn(settings, few, torch.float64, 5, shrink) < 1e-9


@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
@pytest.mark.parametrize("design", DESIGNS_OF_SEPARATE_NETWORKS)
def test_float32_stays_with_float64_for_100_steps(few, design, cost):
    assert both_learn(settings_of(design, cost), few, torch.float32, 100, 1.0) < 5e-6


def test_networks_without_digits_do_not_move(few):
    settings = settings_of("all-pairs")
    start = network, _, layout = started(settings)
    learner = SideBySide(*start)
    pixels, labels, present = own_digits(layout, few, 20)
    present[::2] = False
    learner.load(pixels, labels, present)
    learner.step(0, 20, 1.0, 0.9, False)
    after = learner.copy()
    moved = (after.hidden_weights != network.hidden_weights).any(axis=(1, 2))
    assert moved.tolist() == present.any(1).tolist()
    still = ~moved
    for name, old in network.weights().items():
        assert np.array_equal(getattr(after, name)[still], old[still])


def test_batches_and_loads_may_change_their_size(few):
    settings = settings_of("all-pairs")
    learner, whole = (SideBySide(*started(settings), torch.float64) for _ in range(2))
    digits = own_digits(layout_of(settings, CLASSES), few, 60)
    whole.load(*digits)
    for first, last in ((0, 10), (10, 60)):
        learner.load(*(part[:, first:last] for part in digits))
        learner.step(0, 7, 0.25, 1, False)
        learner.step(7, last - first - 7, 0.25, 1, False)
        whole.step(first, 7, 0.25, 1, False)
        whole.step(first + 7, last - first - 7, 0.25, 1, False)
    assert all(map(torch.equal, learner.weights(), whole.weights()))


def test_a_thousand_digits_are_one_batch(digits):
    start = started(settings_of("one-vs-rest"), 2)
    learner, reference = SideBySide(*start, torch.float64), Reference(*start)
    pixels = torch.tensor(digits.train_images[:1000])
    labels = torch.tensor(digits.train_labels[:1000] % 2, dtype=torch.int64)
    learner.load(pixels.expand(2, -1, -1), labels.expand(2, -1), torch.ones(2, 1000).bool())
    learner.step(0, 1000, 0.25, 1, False)
    reference.step(pixels.double() / 255, labels, 0.25, 1, False)
    assert reference.difference(learner.weights()) < 1e-10


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_padding_never_changes(few, activation):
    settings = settings_of("all-pairs", activation=activation)
    start = network, _, layout = started(settings)
    learner = SideBySide(*start)
    learner.load(*own_digits(layout, few, 20))
    first, second = learner.first.clone(), learner.second.clone()
    for start in range(20):
        learner.step(start, 1, 1.0, 0.99, nonnegative=True)
    hidden, inputs = network.hidden, network.inputs
    assert learner.first.shape[1] > hidden
    assert torch.equal(learner.first[:, hidden:], first[:, hidden:])
    assert torch.equal(learner.first[:, :, inputs + 1 :], first[:, :, inputs + 1 :])
    assert torch.equal(learner.second[:, hidden:], second[:, hidden:])


def test_a_copy_without_learning_is_the_network_itself():
    network, cost, layout = started(settings_of("all-pairs"))
    backwards = dataclasses.replace(layout, networks=layout.networks[::-1].copy())
    for given in (layout, backwards):
        assert bits(SideBySide(network, cost, given).copy()) == bits(network)


def test_weights_that_are_no_numbers_are_noticed(few):
    start = _, _, layout = started(settings_of("all-pairs"))
    learner = SideBySide(*start)
    learner.load(*own_digits(layout, few, 20))
    assert learner.finite()
    for _ in range(60):
        learner.step(0, 10, 1.0, 1e6, False)
    assert not learner.finite()


def test_networks_of_several_outputs_and_softmax_are_refused():
    network, _, layout = started(settings_of("all-pairs"))
    with pytest.raises(ValueError, match="softmax"):
        SideBySide(network, "softmax", layout)
    network, _, layout = started(Settings())
    with pytest.raises(ValueError, match="one output each"):
        SideBySide(network, "quadratic", layout)
