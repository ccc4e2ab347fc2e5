"""What shares nothing learns as if it were alone: networks in one matrix, heads in one matrix."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.gradient import Learner

BLOCK_DIAGONAL = ("one-vs-rest", "plain-ensemble")
STARTS = range(0, 300, 30)


def started(**changes: object) -> tuple[Settings, Network, Layout]:
    settings = Settings().change(**changes)
    trunk = initial_network(Settings(hidden=settings.hidden), 784, 10)
    return settings, initial_network(settings, 784, 10, trunk), layout_of(settings, 10)


def loaded(learner: Learner, few) -> None:
    labels = torch.tensor(few.train_labels.astype(np.int64))
    learner.load(torch.tensor(few.train_images), labels)


def one_of(network: Network, layout: Layout, own: int) -> tuple[Network, Layout]:
    """One network and its outputs, alone."""
    outputs = network.output_networks == own
    alone = np.zeros(int(outputs.sum()), np.intp)
    part = Network(
        network.hidden_weights[[own]],
        network.hidden_biases[[own]],
        network.output_weights[outputs],
        network.output_biases[outputs],
        alone,
        alone,
        network.activation,
        network.output_activation,
    )
    return part, dataclasses.replace(
        layout, table=layout.table[outputs], networks=alone, groups=alone
    )


@pytest.mark.parametrize(
    ("design", "cost"),
    [(design, cost) for design in BLOCK_DIAGONAL for cost in DESIGNS[design].costs],
)
def test_networks_trained_one_by_one_equal_one_block_diagonal_network(few, design, cost):
    _, network, layout = started(design=design, cost=cost, hidden=9)
    together = Learner(network, cost, layout, dtype=torch.float64)
    loaded(together, few)
    for start in STARTS:
        together.step(start, 30, 0.25, 0.999, False)
    learned = together.weights()
    for own in range(network.networks):
        part, part_layout = one_of(network, layout, own)
        alone = Learner(part, cost, part_layout, dtype=torch.float64)
        loaded(alone, few)
        for start in STARTS:
            alone.step(start, 30, 0.25, 0.999, False)
        outputs = torch.tensor(network.output_networks == own)
        rows = ([own], [own], outputs, outputs)
        for whole, lone, chosen in zip(learned, alone.weights(), rows, strict=True):
            torch.testing.assert_close(whole[chosen], lone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("design", BLOCK_DIAGONAL)
def test_the_zeros_of_a_block_diagonal_read_out_stay_zeros(few, design):
    settings, network, layout = started(design=design)
    learner = Learner(network, settings.cost, layout)
    loaded(learner, few)
    for start in STARTS:
        learner.step(start, 30, 1.0, 0.99, False)
    others = torch.ones_like(learner.read_out.columns, dtype=torch.bool)
    for output, own in enumerate(layout.networks):
        others[own * network.hidden : (own + 1) * network.hidden, output] = False
    others[learner.neurons] = False
    assert others.any()
    assert not learner.read_out.columns[others].any()


def test_sampled_heads_equal_separate_softmax_regressions(few):
    settings, network, layout = started(design="elimination", trunk="frozen")
    learner = Learner(network, "softmax", layout, frozen=True, dtype=torch.float64)
    loaded(learner, few)
    for start in STARTS:
        learner.step(start, 30, settings.rate, 1, False)
    _, _, weights, biases = learner.weights()
    hidden_weights, hidden_biases = map(
        torch.tensor, (network.hidden_weights[0], network.hidden_biases[0])
    )
    inputs = torch.tensor(few.train_images).double() / 255
    activity = torch.sigmoid(inputs @ hidden_weights.double().T + hidden_biases.double())
    labels = torch.tensor(few.train_labels.astype(np.int64))
    sampled = np.random.default_rng(1).permutation(len(layout.heads))[:20]
    for classes in (list(layout.heads)[number] for number in sampled):
        outputs = layout.heads[classes]
        head = nn.Linear(network.hidden, len(classes), dtype=torch.float64)
        with torch.no_grad():
            head.weight.copy_(torch.tensor(network.output_weights[outputs]))
            head.bias.copy_(torch.tensor(network.output_biases[outputs]))
        optimizer = torch.optim.SGD(head.parameters(), lr=settings.rate)
        places = torch.full((10,), -100)  # what cross_entropy passes over
        places[list(classes)] = torch.arange(len(classes))
        for start in STARTS:
            rows = slice(start, start + 30)
            optimizer.zero_grad()
            cost = nn.functional.cross_entropy(
                head(activity[rows]), places[labels[rows]], reduction="sum"
            )
            (cost / 30).backward()
            optimizer.step()
        torch.testing.assert_close(weights[outputs], head.weight.detach(), rtol=0, atol=1e-12)
        torch.testing.assert_close(biases[outputs], head.bias.detach(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs", "elimination", "four-bits"])
def test_a_frozen_hidden_layer_does_not_move(few, design):
    settings, network, layout = started(design=design, trunk="frozen", nonnegative=False)
    learner = Learner(network, settings.cost, layout, frozen=True)
    loaded(learner, few)
    for start in STARTS:
        learner.step(start, 30, 1.0, 0.9, nonnegative=True)
    copy = learner.copy()
    assert copy.hidden_weights.tobytes() == network.hidden_weights.tobytes()
    assert copy.hidden_biases.tobytes() == network.hidden_biases.tobytes()
    assert (copy.output_weights != network.output_weights).any()


def test_outputs_whose_classes_do_not_come_up_do_not_move(few):
    settings, network, layout = started(design="all-pairs", trunk="frozen", initial="scaled")
    learner = Learner(network, settings.cost, layout, frozen=True)
    pixels = torch.tensor(few.train_images[:10])
    learner.load(pixels, torch.tensor([3, 8] * 5))
    learner.step(0, 10, 1.0, 1, False)
    moved = (learner.copy().output_weights != network.output_weights).any(axis=1)
    assert moved.tolist() == layout.asked[:, [3, 8]].any(axis=1).tolist()
    assert not moved.all()
