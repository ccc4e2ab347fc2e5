"""Selectivity by hand, and the matching of neurons between networks."""

import numpy as np
import pytest

from nnviz.data.digits import bundled_digits
from nnviz.networks.network import as_inputs, hidden_activity, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.detectors.inputs import fired, summed
from nnviz.questions.detectors.measures import classes_on, firing, selectivity
from nnviz.questions.detectors.report import matched


def test_selectivity_by_hand():
    means = np.array([[0.9, 0.1, 0.2], [0.4, 0.4, 0.4], [0.6, 0.0, 0.0], [0.0, 0.0, 0.0]])
    expected = [(0.9 - 0.15) / (0.9 + 0.15), 0, 1, 0]
    np.testing.assert_allclose(selectivity(means), expected, atol=1e-12)
    assert classes_on(means).tolist() == [1, 0, 1, 0]


def test_tanh_fires_from_minus_1_to_1():
    means = np.array([-1.0, 0.0, 1.0])
    assert firing(means, "tanh").tolist() == [0, 0.5, 1]
    assert firing(means, "relu") is means


def test_a_network_and_its_neurons_in_another_order_are_the_same():
    random = np.random.default_rng(0)
    activity = random.random((300, 20)).astype(np.float32)
    order = random.permutation(20)
    found = matched(activity, activity[:, order])
    assert found.stability == pytest.approx(1)
    assert order[found.partners].tolist() == list(range(20))


def test_a_neuron_that_sees_the_opposite_is_the_same():
    activity = np.random.default_rng(1).random((300, 6)).astype(np.float32)
    assert matched(activity, 1 - activity).stability == pytest.approx(1)


def test_strangers_agree_little_and_silent_neurons_not_at_all():
    random = np.random.default_rng(2)
    first, second = random.random((2000, 5)), random.random((2000, 5))
    assert matched(first, second).stability < 0.1
    second[:, 2] = 0.5
    found = matched(first, second)
    assert found.agreement[found.partners == 2].tolist() == [0]


def test_networks_of_different_sizes_leave_neurons_alone():
    activity = np.random.default_rng(3).random((300, 5)).astype(np.float32)
    found = matched(activity, activity[:, [3, 1]])
    assert found.partners.tolist() == [-1, 1, -1, 0, -1]
    assert found.stability == pytest.approx(1)


def test_the_pairs_agree_most_as_a_whole():
    # the first neuron alone would prefer the first one too, but together this way is better
    random = np.random.default_rng(4)
    one, two, noise = random.standard_normal((3, 5000))
    first = np.stack([one + 0.1 * noise, one], axis=1)
    second = np.stack([one, one + 0.5 * two], axis=1)
    agreement = np.abs(np.corrcoef(first.T, second.T)[:2, 2:])
    found = matched(first, second)
    best = max(agreement[0, 0] + agreement[1, 1], agreement[0, 1] + agreement[1, 0])
    assert found.stability == pytest.approx(best / 2)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_what_fires_a_neuron_is_what_the_network_says(activation):
    digits = bundled_digits()
    settings = Settings(hidden=6, activation=activation)
    network = initial_network(settings, digits.inputs, digits.classes)
    images, labels = digits.test_images[:300], digits.test_labels[:300]
    sums = summed(network, 0, 4, images)
    found = fired(network, sums, labels, digits.classes)
    whole = hidden_activity(network, as_inputs(images))[:, 0, 4]
    np.testing.assert_allclose(found.activity, whole, rtol=1e-4, atol=1e-6)
    for label in range(digits.classes):
        assert found.class_means[label] == pytest.approx(whole[labels == label].mean(), rel=1e-4)
    assert (np.diff(found.sums[found.order]) <= 0).all()
    silent = fired(network, np.full(300, -5, np.float32), labels, digits.classes)
    assert silent.never == (activation == "relu")
