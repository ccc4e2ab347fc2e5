"""What a network says in each form, against outputs worked out whole."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_blocks, evidence_of
from nnviz.verdicts.readings import READINGS
from tests.learning.made_networks import any_outputs, outputs_for_images, saying


def random_start(design, classes=10):
    """A network with 12 inputs, and its layout."""
    settings = Settings().change(design=design, hidden=5)
    settings = settings.change(trunk="scratch", initial="normal")
    return initial_network(settings, 12, classes), layout_of(settings, classes)


IMAGES = np.random.default_rng(0).integers(0, 256, (6, 12), np.uint8)


@pytest.mark.parametrize("design", DESIGNS)
def test_outputs_are_those_of_the_network(design):
    network, made = random_start(design)
    evidence = evidence_of(network, made, IMAGES)
    np.testing.assert_array_equal(evidence.outputs, outputs_for_images(network, IMAGES))
    assert len(evidence) == 6


@pytest.mark.parametrize("design", DESIGNS)
def test_blocks_say_what_all_images_say_together(design):
    network, made = random_start(design)
    blocks = list(evidence_blocks(network, made, IMAGES, 4))
    assert [len(block) for block in blocks] == [4, 2]
    whole = evidence_of(network, made, IMAGES)
    for form in ("outputs", "bits", "scores", "pairs"):
        parts = np.concatenate([getattr(block, form) for block in blocks])
        np.testing.assert_allclose(parts, getattr(whole, form), atol=1e-6)


@given(
    design=st.sampled_from(list(DESIGNS)),
    classes=st.integers(2, 6) | st.just(10),
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 2, 1000]),
)
def test_forms_keep_their_promises(design, classes, seed, levels):
    evidence = saying(design, any_outputs(design, seed, levels, classes), classes)
    assert evidence.scores.shape == (4, classes)
    assert (evidence.scores >= 0).all()
    assert (evidence.scores <= 1 + 1e-9).all()
    r = evidence.pairs
    np.testing.assert_allclose(r + r.swapaxes(1, 2), np.broadcast_to(1 - np.eye(classes), r.shape))
    assert (r[:, range(classes), range(classes)] == 0).all()
    chosen = tuple(range(0, classes, 2))
    for rows in (None, np.array([2, 0])):
        shares = evidence.head(chosen, rows)
        assert shares.shape == (4 if rows is None else 2, len(chosen))
        np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-6)
        assert (shares >= 0).all()


# ---- scores --------------------------------------------------------------------------


def test_a_plain_ensemble_is_averaged():
    evidence = saying("plain-ensemble", any_outputs("plain-ensemble", 1, 1000))
    members = evidence.outputs.reshape(4, 5, 10)
    np.testing.assert_allclose(evidence.scores, members.mean(axis=1), rtol=1e-6)


@pytest.mark.parametrize("design", ["ten-outputs", "one-vs-rest", "bit-layer"])
def test_outputs_that_speak_for_one_class_are_its_score(design):
    evidence = saying(design, any_outputs(design, 1, 1000))
    np.testing.assert_array_equal(evidence.scores, evidence.outputs)


def test_the_score_of_a_code_word_is_its_share_of_the_probabilities():
    bits = any_outputs("four-bits", 1, 1000)
    evidence = saying("four-bits", bits)
    expected = np.empty((4, 10))
    for number in range(10):
        word = np.array([number >> place & 1 for place in (3, 2, 1, 0)])
        expected[:, number] = np.where(word, bits, 1 - bits).prod(axis=1)
    np.testing.assert_allclose(evidence.word_probabilities, expected, rtol=1e-4)
    expected /= expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(evidence.scores, expected, rtol=1e-4)


def test_bits_that_are_surely_no_word_still_give_scores():
    evidence = saying("four-bits", np.ones((1, 4)))  # 15
    assert evidence.word_probabilities.sum() < 1e-6
    assert evidence.scores.sum() == pytest.approx(1)
    assert evidence.scores.argmax() == 7


def test_the_bits_of_a_fixed_layer_are_those_of_its_sums():
    evidence = saying("bit-layer", np.eye(10))
    numbers = np.array([[number >> place & 1 for place in (3, 2, 1, 0)] for number in range(10)])
    np.testing.assert_allclose(evidence.bits, numbers, atol=1e-4)


# ---- pairs ---------------------------------------------------------------------------


def test_pairs_are_the_outputs_that_ask_about_them():
    outputs = any_outputs("all-pairs", 1, 1000)
    evidence = saying("all-pairs", outputs)
    assert not evidence.derived_pairs
    first, second = np.triu_indices(10, 1)
    np.testing.assert_allclose(evidence.pairs[:, first, second], outputs, atol=1e-6)
    np.testing.assert_allclose(evidence.pairs[:, second, first], 1 - outputs, atol=1e-6)
    np.testing.assert_allclose(evidence.scores, evidence.pairs.sum(axis=2) / 9)


def test_pairs_of_subset_heads_are_the_heads_of_two():
    evidence = saying("elimination", any_outputs("elimination", 1, 1000))
    assert not evidence.derived_pairs
    for pair in ((0, 1), (4, 9), (8, 9)):
        head = evidence.head(pair)
        np.testing.assert_allclose(evidence.pairs[:, pair[0], pair[1]], head[:, 0], rtol=1e-6)


@pytest.mark.parametrize("classes", [2, 10])
@pytest.mark.parametrize("design", ["ten-outputs", "four-bits", "plain-ensemble", "one-vs-rest"])
def test_other_pairs_are_derived_from_the_scores(design, classes):
    evidence = saying(design, any_outputs(design, 1, 1000, classes), classes)
    assert evidence.derived_pairs
    scores = evidence.scores
    for i, j in ((0, 1), (classes - 1, 0)):
        expected = scores[:, i] / (scores[:, i] + scores[:, j])
        np.testing.assert_allclose(evidence.pairs[:, i, j], expected)


def test_two_classes_for_which_nothing_speaks_are_even():
    evidence = saying("one-vs-rest", np.zeros((1, 10)))
    silent = dataclasses.replace(evidence.network, output_biases=np.full(10, -1e4, np.float32))
    evidence = dataclasses.replace(evidence, network=silent)
    assert (evidence.outputs == 0).all()
    np.testing.assert_array_equal(evidence.pairs[0], 0.5 * (1 - np.eye(10)))


# ---- heads ---------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", [(0, 1), (3, 8), (1, 4, 9), tuple(range(10))])
def test_a_trained_head_is_read_by_itself(chosen):
    network, made = random_start("elimination")
    evidence = evidence_of(network, made, IMAGES)
    own = made.heads[chosen]
    expected = evidence.outputs[:, own]
    np.testing.assert_allclose(evidence.head(chosen), expected, atol=1e-6)
    # other outputs are not even worked out
    weights = np.full_like(network.output_weights, np.nan)
    weights[own] = network.output_weights[own]
    broken = evidence_of(dataclasses.replace(network, output_weights=weights), made, IMAGES)
    np.testing.assert_allclose(broken.head(chosen), expected, atol=1e-6)


def test_scores_are_restricted_to_the_chosen():
    evidence = saying("ten-outputs", any_outputs("ten-outputs", 1, 1000))
    scores = evidence.scores[:, [2, 5, 6]]
    found = evidence.head((2, 5, 6))
    np.testing.assert_allclose(found, scores / scores.sum(axis=1, keepdims=True))


def test_pairs_are_summed_among_the_chosen_only():
    evidence = saying("all-pairs", any_outputs("all-pairs", 1, 1000))
    chosen = [2, 5, 6]
    sums = evidence.pairs[:, chosen][:, :, chosen].sum(axis=2)
    np.testing.assert_allclose(evidence.head((2, 5, 6)), sums / 3)


def test_one_class_among_itself_is_certain():
    evidence = saying("elimination", any_outputs("elimination", 1, 1000))
    np.testing.assert_array_equal(evidence.head((3,)), np.ones((4, 1)))


# ---- weights that are no numbers -----------------------------------------------------


@pytest.mark.parametrize("classes", [2, 10])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3e38])
@pytest.mark.parametrize("design", DESIGNS)
def test_weights_that_are_no_numbers_still_mean_a_class(design, value, classes):
    network, made = random_start(design, classes)
    for name in network.weights():
        array = np.full_like(network.arrays()[name], value)
        array.flat[::2] = -value
        broken = dataclasses.replace(network, **{name: array})
        evidence = evidence_of(broken, made, IMAGES)  # warnings are errors here
        for form in ("outputs", "bits", "scores", "pairs"):
            assert np.isfinite(getattr(evidence, form)).all()
        for reading in DESIGNS[design].readings:
            for options in (Options(), Options(drop=3), Options(below=0.1)):
                classes_found = READINGS[reading].read(evidence, options).classes
                lowest = -1 if READINGS[reading].rejects else 0
                assert ((classes_found >= lowest) & (classes_found < classes)).all()


@pytest.mark.parametrize("design", ["ten-outputs", "one-vs-rest", "all-pairs", "elimination"])
def test_no_numbers_at_all_say_nothing_and_mean_the_first_class(design):
    network, made = random_start(design)
    nothing = np.full_like(network.hidden_weights, np.nan)
    evidence = evidence_of(dataclasses.replace(network, hidden_weights=nothing), made, IMAGES)
    for reading in DESIGNS[design].readings:
        answers = READINGS[reading].read(evidence, Options()).classes
        np.testing.assert_array_equal(answers, np.zeros(6), reading)
