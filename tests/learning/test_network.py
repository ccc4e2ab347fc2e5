"""Outputs of networks in numpy against torch and scipy; the random start."""

import dataclasses
import itertools

import numpy as np
import pytest
import torch
from scipy.special import expit, softmax
from torch import nn

from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.network import (
    Network,
    as_inputs,
    fair_hidden,
    initial_network,
    outputs_of,
    parameter_count,
)
from nnviz.networks.settings import ACTIVATIONS, INITIAL_WEIGHTS, Settings
from tests.learning.made_networks import outputs_for_images
from tests.learning.runs import as_modules, bits, new_network


def side_by_side(networks: int, output_networks: list[int], **more: str) -> Network:
    """A random network of several, with five inputs and four hidden neurons each."""
    draw = np.random.default_rng(0).standard_normal
    outputs = len(output_networks)
    return Network(
        draw((networks, 4, 5)).astype(np.float32),
        draw((networks, 4)).astype(np.float32),
        draw((outputs, 4)).astype(np.float32),
        draw(outputs).astype(np.float32),
        np.array(output_networks),
        np.array(output_networks),
        more.get("activation", "sigmoid"),
        more.get("output_activation", "sigmoid"),
    )


@pytest.mark.parametrize(("cost", "activation"), list(itertools.product(COSTS, ACTIVATIONS)))
def test_outputs_are_those_of_torch(digits, cost, activation):
    settings = Settings(cost=cost, activation=activation, hidden=17, initial="normal")
    network = new_network(settings, digits)
    last = nn.Sigmoid() if cost != "softmax" else nn.Softmax(dim=1)
    model = nn.Sequential(as_modules(network), last).double()
    expected = model(torch.tensor(digits.test_images).double() / 255).detach()
    found = outputs_for_images(network, digits.test_images)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, atol=2e-5)


def test_pixels_become_inputs_from_0_to_1():
    inputs = as_inputs(np.arange(256, dtype=np.uint8))
    assert inputs.dtype == np.float32
    np.testing.assert_allclose(inputs, np.arange(256) / 255, rtol=1e-6)


@pytest.mark.parametrize("output_activation", ["sigmoid", "softmax"])
def test_the_largest_sums_give_outputs_without_a_warning(output_activation):
    sums = np.array([[1e30, -1e30, 0.0], [200.0, 100.0, -200.0]], np.float32)
    network = Network(
        np.eye(3, dtype=np.float32)[None],
        np.zeros((1, 3), np.float32),
        np.eye(3, dtype=np.float32),
        np.zeros(3, np.float32),
        np.zeros(3, int),
        np.zeros(3, int),
        "relu",
        output_activation,
    )
    outputs = outputs_of(network, sums[:, None])  # warnings are errors here
    oracle = expit(sums) if output_activation == "sigmoid" else softmax(sums, axis=1)
    np.testing.assert_allclose(outputs, oracle, atol=1e-7)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_networks_side_by_side_are_those_networks_alone(activation):
    network = side_by_side(3, [0, 0, 1, 2, 1], activation=activation)
    images = np.random.default_rng(1).integers(0, 256, (6, 5), np.uint8)
    together = outputs_for_images(network, images)
    for output, which in enumerate(network.output_networks):
        alone = dataclasses.replace(
            network,
            hidden_weights=network.hidden_weights[which][None],
            hidden_biases=network.hidden_biases[which][None],
            output_weights=network.output_weights[output][None],
            output_biases=network.output_biases[output][None],
            output_networks=np.zeros(1, int),
            output_groups=np.zeros(1, int),
        )
        found = outputs_for_images(alone, images)[:, 0]
        np.testing.assert_allclose(together[:, output], found, atol=1e-6)


def test_a_network_cannot_be_changed(few):
    network = new_network(Settings(), few)
    for array in network.arrays().values():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_network_knows_its_size(few):
    network = new_network(Settings(hidden=30), few)
    assert (network.inputs, network.hidden) == (784, 30)
    assert network.parameters == 784 * 30 + 30 + 30 * 10 + 10


@pytest.mark.parametrize("name", ["hidden_weights", "hidden_biases", "output_weights"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_one_weight_that_is_no_number_is_noticed(few, name, value):
    network = new_network(Settings(), few)
    array = network.arrays()[name].copy()
    array.flat[-1] = value
    assert network.finite()
    assert not dataclasses.replace(network, **{name: array}).finite()


# ---- the random start ----------------------------------------------------------------


def test_the_same_settings_give_the_same_start_bit_for_bit(few):
    assert bits(new_network(Settings(seed=4), few)) == bits(new_network(Settings(seed=4), few))
    assert bits(new_network(Settings(seed=4), few)) != bits(new_network(Settings(seed=5), few))


@pytest.mark.parametrize(
    ("initial", "hidden_scale", "output_scale", "hidden_bias", "output_bias"),
    [
        ("faint", 0.01 * 784**-0.5, 400**-0.5, 0.01, 1.0),
        ("scaled", 784**-0.5, 400**-0.5, 1.0, 1.0),
        ("normal", 1.0, 1.0, 1.0, 1.0),
        ("tiny", 0.01 * 784**-0.5, 0.01 * 400**-0.5, 0.01, 0.01),
    ],
)
def test_the_start_is_as_large_as_it_says(
    initial, hidden_scale, output_scale, hidden_bias, output_bias
):
    network = initial_network(Settings(hidden=400, initial=initial), 784, 10)
    for array, scale, slack in (
        (network.hidden_weights, hidden_scale, 0.01),
        (network.hidden_biases, hidden_bias, 0.15),
        (network.output_weights, output_scale, 0.05),
    ):
        assert array.std() == pytest.approx(scale, rel=slack)
        assert abs(array.mean()) < 4 * scale / np.sqrt(array.size)
    assert 0.2 * output_bias < np.abs(network.output_biases).max() < 4 * output_bias


@pytest.mark.parametrize("initial", INITIAL_WEIGHTS)
def test_a_non_negative_first_layer_starts_at_a_fifth_of_the_sizes(few, initial):
    usual = new_network(Settings(initial=initial), few)
    clear = new_network(Settings(initial=initial, nonnegative=True), few)
    np.testing.assert_allclose(clear.hidden_weights, 0.2 * np.abs(usual.hidden_weights), rtol=1e-6)
    assert (clear.hidden_biases == -1).all()
    np.testing.assert_array_equal(clear.output_weights, usual.output_weights)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("classes", [2, 7, 10])
def test_the_start_has_an_output_for_each_class(cost, classes):
    network = initial_network(Settings(cost=cost, activation="tanh"), 784, classes)
    assert network.output_weights.shape == (classes, 30)
    assert network.activation == "tanh"
    assert network.output_activation == ("softmax" if cost == "softmax" else "sigmoid")


# ---- a fair comparison ---------------------------------------------------------------


TEN = Settings()


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("hidden", [1, 3, 30])
def test_the_count_is_that_of_the_network(name, hidden):
    settings = Settings().change(design=name).change(trunk="scratch", hidden=hidden)
    network = initial_network(settings, 784, 10)
    assert parameter_count(settings, 784, 10) == network.parameters


def test_ten_networks_of_thirty_match_one_of_about_three_hundred():
    # the table of Nielsen's network: 235,810 parameters against 784-n-10
    ensemble = parameter_count(Settings().change(design="one-vs-rest", hidden=30), 784, 10)
    assert ensemble == 235_810
    hidden = fair_hidden(TEN, 784, 10, ensemble)
    assert hidden == 297
    reached = parameter_count(TEN.change(hidden=hidden), 784, 10)
    assert abs(reached - ensemble) <= 795 / 2


@pytest.mark.parametrize(("wanted", "hidden"), [(0, 1), (10**9, 500)])
def test_the_settings_have_the_last_word(wanted, hidden):
    assert fair_hidden(TEN, 784, 10, wanted) == hidden
