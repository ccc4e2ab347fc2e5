"""Comparing kinds of networks: the tests against scipy, and what the sentences say."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from nnviz.data.digits import bundled_digits
from nnviz.data.handed import Handed
from nnviz.networks.network import as_inputs, hidden_activity, initial_network
from nnviz.networks.settings import Settings
from nnviz.networks.taught import Taught
from nnviz.questions.comparison import holm
from nnviz.questions.detectors.inputs import fired, summed
from nnviz.questions.detectors.measures import Detectors, classes_on, firing, selectivity
from nnviz.questions.detectors.report import (
    TRAITS,
    Kind,
    TraitCompared,
    Welch,
    about,
    between,
    compared,
    matched,
    welch,
)

LEARNED = Taught(Handed("mnist", ("0", "1"), 60_000), 30.0)


def made(seed: int, **means: float) -> Detectors:
    """The measures of a network of 30 neurons, some of them around given means."""
    random = np.random.default_rng(seed)
    arrays = {
        item.name: random.random((1, 30))
        for item in dataclasses.fields(Detectors)
        if item.name != "accuracy"
    }
    arrays["nulls_beaten"] = np.where(np.arange(30) % 2, 10, 3)[None]
    for name, mean in means.items():
        arrays[name] = mean + 0.01 * random.standard_normal((1, 30))
    return Detectors(**arrays, accuracy=0.9)


def kind(name: str, networks: int, seed: int = 0, **means: float) -> Kind:
    found = [made(seed + number, **means) for number in range(networks)]
    fired = [np.random.default_rng(seed + number).random((50, 30)) for number in range(networks)]
    return Kind(name, found, fired, [LEARNED] * networks)


@pytest.mark.parametrize("sizes", [(5, 5), (3, 40), (2, 2)])
def test_welchs_test_is_that_of_scipy(sizes):
    random = np.random.default_rng(sum(sizes))
    first, second = random.normal(0, 1, sizes[0]), random.normal(0.5, 3, sizes[1])
    found = welch(first, second)
    assert found.p == pytest.approx(stats.ttest_ind(first, second, equal_var=False).pvalue)
    assert found.difference == pytest.approx(first.mean() - second.mean())


def test_welchs_test_needs_two_values_and_knows_constants():
    assert math.isnan(welch(np.ones(1), np.ones(5)).p)
    assert welch(np.ones(3), np.ones(3)).p == 1
    assert welch(np.ones(3), np.zeros(3)).p == 0


def test_holms_correction_by_hand():
    found = holm([0.01, 0.04, 0.03, 0.005, math.nan])
    assert found[:4] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert math.isnan(found[4])
    assert holm([0.4, 0.9]) == pytest.approx([0.8, 0.9])


def test_networks_are_compared_where_there_are_several_else_neurons():
    first, second = kind("a", 4, moran=0.6), kind("b", 3, seed=9, moran=0.5)
    by_trait = {each.trait: each for each in compared(first, second)}
    assert by_trait.keys() == TRAITS.keys()
    expected = stats.ttest_ind(first.means("moran"), second.means("moran"), equal_var=False)
    assert by_trait["moran"].welch.p == pytest.approx(expected.pvalue)
    assert by_trait["moran"].significant
    alone = Kind("a", first.detectors[:1], first.activity[:1], [LEARNED])
    (found, *_) = compared(alone, second)
    neurons = alone.values("moran")[0], np.concatenate(second.values("moran"))
    expected = stats.ttest_ind(*neurons, equal_var=False)
    assert found.welch.p == pytest.approx(expected.pvalue)


def test_stability_is_the_mean_over_all_pairs_of_networks():
    assert math.isnan(kind("a", 1).stability)
    random = np.random.default_rng(0).random((50, 30))
    same = Kind("a", [made(0)] * 3, [random, random[:, ::-1], random], [LEARNED] * 3)
    assert same.stability == pytest.approx(1)


def answers(**ps: float) -> list[TraitCompared]:
    """p of some traits; those that are negative speak for the second kind."""
    return [
        TraitCompared(name, Welch(0.5, 0.5 - math.copysign(0.1, ps.get(name, 1)), 0.01), abs(p))
        for name in TRAITS
        for p in [ps.get(name, 1.0)]
    ]


def test_the_sentences_say_who_is_more_shape_like_and_what_is_not_significant():
    first, second = kind("ten", 5), kind("four", 5)
    text = " ".join(between(first, second, answers(moran=0.01, pieces=-0.02, ablation=-0.001)))
    # fewer pieces are more like a shape
    assert "ten is more shape-like by Moran's I and number of pieces (significant)." in text
    assert "Not significant: the difference in blob share, stroke fit above chance and" in text
    assert "Accuracy lost without a neuron: 60.00 % in four, 50.00 % in ten (significant)." in text
    assert "Selectivity: 0.50 in ten, 0.40 in four (not significant)." in text
    assert "over 5 and 5 networks" in text


def test_the_sentences_admit_when_nothing_or_not_enough_is_known():
    first, second = kind("ten", 1), kind("four", 1)
    text = " ".join(between(first, second, answers()))
    assert "do not show that either is more shape-like" in text
    assert "say nothing of networks from other seeds" in text
    mixed = " ".join(between(first, second, answers(moran=0.01, blob_share=-0.01)))
    assert "four is more shape-like by blob share (significant)." in mixed
    assert "neither is more shape-like as a whole" in mixed


@pytest.mark.parametrize(
    ("beaten", "pieces", "words"),
    [
        (np.full((1, 30), 3), 1.0, "hardly more stroke-like than chance"),
        (np.full((1, 30), 10), 5.0, "half right"),
        (np.full((1, 30), 10), 1.0, "is right: most"),
    ],
)
def test_the_judgement_follows_from_the_numbers(beaten, pieces, words):
    found = dataclasses.replace(made(0, pieces=pieces), nulls_beaten=beaten)
    assert words in " ".join(about(Kind("ten", [found], [], [LEARNED])))


# ---- selectivity, and neurons of other networks --------------------------------------


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
