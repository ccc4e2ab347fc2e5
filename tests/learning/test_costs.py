"""The cost of every design against torch."""

import itertools

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import Settings
from nnviz.training.costs import costs_of

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
    expected = [_by_torch(sums[i], layout, cost, int(label)) for i, label in enumerate(labels)]
    np.testing.assert_allclose(found, expected, rtol=2e-4)


def _by_torch(sums, layout, cost, label):
    wanted = torch.tensor(layout.table[:, label])
    asked = wanted != 0
    if cost == "softmax":
        each = []
        for _, members in itertools.groupby(
            sorted(range(len(sums)), key=lambda output: layout.groups[output]),
            key=lambda output: layout.groups[output],
        ):
            outputs = list(members)
            right = [place for place, output in enumerate(outputs) if wanted[output] > 0]
            if right:
                target = torch.tensor(right)
                each.append(nn.functional.cross_entropy(sums[outputs][None], target))
        return torch.stack(each).mean().item()
    targets = (wanted[asked] > 0).double()
    if cost == "cross-entropy":
        return nn.functional.binary_cross_entropy_with_logits(
            sums[asked], targets, reduction="sum"
        ).item()
    return ((torch.sigmoid(sums[asked]) - targets) ** 2).sum().item() / 2


def test_of_very_many_outputs_the_first_digits_stand_for_all(few):
    settings = Settings().change(design="elimination", trunk="scratch")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    activity = np.zeros((1000, 1, 30), np.float32)
    costs = costs_of(network, layout, "softmax", activity, np.zeros(1000, np.uint8))
    assert 100 < len(costs) < 1000
