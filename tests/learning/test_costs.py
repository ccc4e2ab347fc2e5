"""The cost of every design against torch."""

import numpy as np
import pytest
import torch

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import Settings
from nnviz.training.costs import costs_of
from nnviz.training.read_out import heads_asked
from tests.learning.reference import Reference

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
