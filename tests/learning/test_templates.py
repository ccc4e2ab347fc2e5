"""Templates: exact where the network is linear, else its gradient."""

import dataclasses

import numpy as np
import pytest

from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import Settings
from nnviz.networks.templates import LINEARISATIONS, slopes_at, templates

RANDOM = np.random.default_rng(3)
DIGITS = RANDOM.integers(0, 256, (40, 784), np.uint8)


def network_of(design: str, activation: str = "sigmoid", **more: object) -> Network:
    settings = Settings().change(design=design, hidden=6, activation=activation, **more)
    return initial_network(settings, 784, 10)


def sums(network: Network, inputs: np.ndarray) -> np.ndarray:
    return sums_of(network, hidden_activity(network, inputs))


@pytest.mark.parametrize("design", ["ten-outputs", "four-bits", "one-vs-rest", "all-pairs"])
@pytest.mark.parametrize("name", list(LINEARISATIONS))
def test_the_template_of_a_linear_network_is_exact(design: str, name: str) -> None:
    network = network_of(design, "relu")
    always_on = dataclasses.replace(
        network, hidden_biases=np.full_like(network.hidden_biases, 1000)
    )
    outputs = np.arange(len(network.output_biases))
    slopes = LINEARISATIONS[name].slopes(always_on, DIGITS[0], DIGITS)
    found = templates(always_on, slopes, outputs)
    moved = as_inputs(DIGITS[1:2]) - as_inputs(DIGITS[:1])
    expected = sums(always_on, as_inputs(DIGITS[1:2])) - sums(always_on, as_inputs(DIGITS[:1]))
    np.testing.assert_allclose(found @ moved[0], expected[0], atol=0.02)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_at_the_digit_it_is_the_gradient_of_the_weighted_sum(activation: str) -> None:
    network = network_of("one-vs-rest", activation)
    outputs = np.array([7, 2, 9])
    found = templates(network, LINEARISATIONS["digit"].slopes(network, DIGITS[0], DIGITS), outputs)
    direction = RANDOM.standard_normal(784)
    here, small = DIGITS[0] / 255, 1e-5

    def exact(inputs: np.ndarray) -> np.ndarray:
        pre = network.hidden_weights.astype(float) @ inputs + network.hidden_biases
        act = {
            "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
            "tanh": np.tanh,
            "relu": lambda z: np.maximum(z, 0),
        }[activation](pre)
        return (network.output_weights * act[network.output_networks]).sum(axis=1)

    slope = (exact(here + small * direction) - exact(here - small * direction)) / (2 * small)
    np.testing.assert_allclose(found @ direction, slope[outputs], rtol=2e-3, atol=1e-4)


def test_the_mean_is_the_mean_gradient_of_the_digits() -> None:
    network = network_of("four-bits")
    outputs = np.arange(4)
    each = [
        templates(network, LINEARISATIONS["digit"].slopes(network, digit, DIGITS), outputs)
        for digit in DIGITS
    ]
    found = templates(network, LINEARISATIONS["mean"].slopes(network, DIGITS[0], DIGITS), outputs)
    np.testing.assert_allclose(found, np.mean(each, axis=0), atol=1e-6)


def test_slopes_keep_the_shape_of_the_activities() -> None:
    network = network_of("all-pairs", "tanh")
    activity = hidden_activity(network, as_inputs(DIGITS))
    assert slopes_at(network, activity).shape == (40, 45, 6)
