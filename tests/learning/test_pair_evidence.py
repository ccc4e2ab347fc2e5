"""What speaks for one class against another is what the outputs say."""

import numpy as np
import pytest

from nnviz.networks.network import Network, initial_network, sums_of
from nnviz.networks.settings import Settings
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.leads import pair_evidence, preferences, pushes
from tests.learning.made_networks import cut_out, layout, shipped_base

IMAGES = np.random.default_rng(1).integers(0, 256, (1, 784)).astype(np.uint8)


def started(design: str) -> Network:
    if design == "elimination":
        return cut_out(shipped_base(), design, noise=0.1)
    return initial_network(Settings().change(design=design, hidden=6), 784, 10)


@pytest.mark.parametrize("design", ["all-pairs", "elimination", "ten-outputs", "one-vs-rest"])
def test_the_pushes_add_up_to_the_difference_of_the_two_sums(design: str) -> None:
    network, made = started(design), layout(design)
    evidence = evidence_of(network, made, IMAGES)
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


def test_weights_that_are_no_numbers_count_as_nothing() -> None:
    base = cut_out(shipped_base(), "all-pairs")
    hidden = base.hidden_weights.copy()
    hidden[0, 0, 0], hidden[0, 1, 1] = np.nan, np.inf
    network = Network(
        hidden,
        base.hidden_biases,
        base.output_weights,
        base.output_biases,
        base.output_networks,
        base.output_groups,
        base.activation,
        base.output_activation,
    )
    made = layout("all-pairs")
    found = pair_evidence(network, made, 4, 9)
    assert np.isfinite(found.template).all()
    assert np.isfinite(pushes(found, evidence_of(network, made, IMAGES))).all()
