"""What makes one class lead another adds up, whichever way it is taken apart."""

import dataclasses
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load
from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import Settings
from nnviz.networks.templates import LINEARISATIONS, slopes_at, templates
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.leads import lead_of, pair_evidence, pixel_shares, preferences, pushes
from tests.learning.made_networks import TRAINED, cut_out, layout, shipped_base
from tests.learning.reference import ACTIVATE

DESIGNS_TRAINED = ["ten-outputs", "four-bits", "one-vs-rest", "all-pairs", "elimination"]


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return bundled_digits().test_images[::50]


def shipped(design: str) -> Network:
    return load(TRAINED / f"{design}.safetensors").network


@pytest.mark.parametrize("design", [*DESIGNS_TRAINED, "plain-ensemble", "bit-layer"])
def test_neurons_and_biases_add_up_to_the_difference_of_the_sums(design, images):
    network, made = shipped(design), layout(design)
    for image, (first, second) in zip(images[:3], ((4, 9), (7, 1), (0, 6)), strict=True):
        lead = lead_of(network, made, image, first, second)
        sums = sums_of(network, evidence_of(network, made, image[None]).activity)[0]
        expected = float(sums.astype(np.float64) @ preferences(made, first, second))
        assert lead.total == pytest.approx(expected, abs=1e-4)
        back = lead_of(network, made, image, second, first)
        assert back.total == pytest.approx(-lead.total, abs=1e-9)


def test_where_two_share_one_probability_it_is_how_many_times_likelier(images):
    for design in ("ten-outputs", "all-pairs", "elimination", "four-bits"):
        network, made = shipped(design), layout(design)
        evidence = evidence_of(network, made, images[:5])
        for number, image in enumerate(images[:5]):
            lead = lead_of(network, made, image, 3, 5)
            if made.has_bits:
                words = evidence.word_probabilities[number]
                said = words[3] / (words[3] + words[5])
            else:
                said = evidence.pairs[number, 3, 5]
            # outputs are float32, and words clip their bits at 1e-9
            assert 1 / (1 + math.exp(-lead.total)) == pytest.approx(said, abs=1e-5)


@pytest.mark.parametrize("design", [*DESIGNS_TRAINED, "plain-ensemble"])
def test_pixels_and_the_empty_image_add_up_to_the_lead(design, images):
    network, made = shipped(design), layout(design)
    for image in images[:4]:
        lead = lead_of(network, made, image, 4, 9)
        found = pixel_shares(network, lead, image)
        assert found.empty + found.pixels.sum() == pytest.approx(lead.total, abs=1e-5)
        nothing = lead_of(network, made, np.zeros_like(image), 4, 9)
        assert found.empty == pytest.approx(nothing.total, abs=1e-6)
        assert not found.pixels[image == 0].any()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_pixel_shares_are_integrated_gradients_by_autograd(activation, images):
    made = layout("ten-outputs")
    settings = Settings().change(hidden=8, activation=activation)
    network = initial_network(settings, 784, 10)
    image, steps = images[7], 4000
    found = pixel_shares(network, lead_of(network, made, image, 2, 7), image)
    way = torch.linspace(0.5 / steps, 1 - 0.5 / steps, steps, dtype=torch.float64)
    inputs = torch.from_numpy(image / 255.0)
    path = (way[:, None] * inputs).requires_grad_()
    weights = [torch.from_numpy(each.astype(np.float64)) for each in network.weights().values()]
    sums = path @ weights[0][0].T + weights[1][0]
    (ACTIVATE[activation](sums) @ (weights[2][2] - weights[2][7])).sum().backward()
    expected = (inputs * path.grad.mean(0)).numpy()
    np.testing.assert_allclose(found.pixels, expected, atol=5e-4 * np.abs(expected).max())


@tries(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    scale=st.sampled_from([0.0, 1e-6, 1.0, 300.0]),
    ink=st.sampled_from([0, 1, 255]),
    activation=st.sampled_from(["sigmoid", "tanh", "relu"]),
)
def test_it_adds_up_for_any_weights_and_ink(seed, scale, ink, activation):
    made = layout("ten-outputs")
    network = initial_network(
        Settings().change(hidden=4, activation=activation, seed=seed), 784, 10
    )
    network = replace(network, hidden_weights=network.hidden_weights * np.float32(scale))
    image = (np.random.default_rng(seed).integers(0, 2, 784) * ink).astype(np.uint8)
    lead = lead_of(network, made, image, 0, 1)
    found = pixel_shares(network, lead, image)
    size = 1 + np.abs(lead.pushes).sum()
    assert abs(found.empty + found.pixels.sum() - lead.total) < 2e-4 * size


def test_the_strongest_are_those_that_push_most_and_belong_to_it(images):
    network, made = shipped("one-vs-rest"), layout("one-vs-rest")
    lead = lead_of(network, made, images[3], 4, 9)
    chosen = lead.strongest(7)
    assert {member for member, _ in chosen} <= {4, 9}
    sizes = [abs(lead.pushes[place]) for place in chosen]
    assert sizes == sorted(np.abs(lead.pushes).ravel(), reverse=True)[:7]
    # a pair has 8 neurons of its own; nobody else is listed
    pair = lead_of(shipped("all-pairs"), layout("all-pairs"), images[3], 4, 9)
    assert len(pair.strongest(50)) == 8


@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs"])
def test_weights_that_are_no_numbers_count_as_nothing(images, design):
    base, made = shipped(design), layout(design)
    hidden = base.hidden_weights.copy()
    hidden[:, 0], hidden[:, 1, 300] = np.nan, np.inf
    network = replace(base, hidden_weights=hidden)
    lead = lead_of(network, made, images[0], 4, 9)
    assert math.isfinite(lead.total)
    assert np.isfinite(pixel_shares(network, lead, images[0]).pixels).all()
    found = pair_evidence(network, made, 4, 9)
    assert np.isfinite(found.template).all()
    assert np.isfinite(pushes(found, evidence_of(network, made, images[:1]))).all()


# ---- one class against another, for all digits ---------------------------------------


def started(design: str) -> Network:
    if design == "elimination":
        return cut_out(shipped_base(), design, noise=0.1)
    return initial_network(Settings().change(design=design, hidden=6), 784, 10)


@pytest.mark.parametrize("design", ["all-pairs", "elimination", "ten-outputs", "one-vs-rest"])
def test_the_pushes_add_up_to_the_difference_of_the_two_sums(design, images):
    network, made = started(design), layout(design)
    evidence = evidence_of(network, made, images[:1])
    sums = sums_of(network, evidence.activity)[0] - network.output_biases
    for i, j in ((4, 9), (9, 4), (0, 1)):
        found = pair_evidence(network, made, i, j)
        if design == "all-pairs":
            low, high = min(i, j), max(i, j)
            own = int(made.pair_outputs[low, high])
            expected = sums[own] if i < j else -sums[own]
        elif design == "elimination":
            both = made.heads[min(i, j), max(i, j)]
            expected = (sums[both[0]] - sums[both[1]]) * (1 if i < j else -1)
        else:
            expected = sums[i] - sums[j]
        assert pushes(found, evidence).sum() == pytest.approx(expected, abs=1e-3)


def test_members_of_an_ensemble_are_averaged() -> None:
    made = layout("plain-ensemble")
    shares = preferences(made, 2, 7)
    assert shares.sum() == pytest.approx(0)
    assert shares[shares > 0].sum() == pytest.approx(1)


def test_bits_that_two_words_share_say_nothing() -> None:
    shares = preferences(layout("four-bits"), 4, 5)  # 0100 and 0101
    assert shares.tolist() == [0, 0, 0, -1]


@pytest.mark.parametrize("design", ["all-pairs", "ten-outputs", "one-vs-rest", "four-bits"])
def test_the_template_is_what_each_pixel_adds_through_linear_neurons(design: str) -> None:
    network, made = started(design), layout(design)
    found = pair_evidence(network, made, 3, 5)
    expected = np.zeros(784)
    for output, share in enumerate(preferences(made, 3, 5).tolist()):
        own = network.hidden_weights[network.output_networks[output]].astype(float)
        expected += share * network.output_weights[output] @ own
    np.testing.assert_allclose(found.template, expected, atol=1e-4)
    np.testing.assert_allclose(pair_evidence(network, made, 5, 3).template, -expected, atol=1e-4)


# ---- templates -----------------------------------------------------------------------


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
