"""What a network says of one image: the same numbers that make its outputs."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import ACTIVATIONS, Settings
from nnviz.questions.accuracy import judge, measured
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import NOT_A_DIGIT, Options
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.verdict import MOST_ROWS, Verdict, look
from tests.learning.made_networks import (
    any_outputs,
    cut_out,
    layout,
    one_of,
    outputs_for_images,
    saying,
    shipped_base,
)

WAYS = [(design, reading) for design, entry in DESIGNS.items() for reading in entry.readings]
TEN = layout("ten-outputs")
NAMES = tuple("abcdefghij")


def verdict_on(outputs, design, reading, classes=10, options=Options()):
    """The verdict on an image of which a network says so."""
    return Verdict(saying(design, np.array([outputs]), classes), reading, options)


# ---- contributions -------------------------------------------------------------------


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_contributions_and_bias_add_up_to_the_outputs(digits, activation):
    network = initial_network(Settings(activation=activation), 784, 10)
    for image in digits.test_images[:20]:
        verdict = look(network, TEN, image, "best-match")
        added = [verdict.contributions_of(output).sum() for output in range(10)]
        sums = added + network.output_biases
        np.testing.assert_allclose(verdict.outputs, softmax(sums), atol=1e-6)


@pytest.mark.parametrize("design", DESIGNS)
def test_contributions_come_from_the_network_that_an_output_reads(design):
    settings = Settings().change(design=design).change(trunk="scratch", hidden=3)
    network = initial_network(settings, 4, 3)
    image = np.array([0, 10, 100, 255], np.uint8)
    verdict = look(network, layout_of(settings, 3), image, DESIGNS[design].readings[0])
    assert verdict.activity.shape == (network.networks, 3)
    for output, which in enumerate(network.output_networks):
        expected = network.output_weights[output] * verdict.activity[which]
        np.testing.assert_array_equal(verdict.contributions_of(output), expected)


def test_the_strongest_are_those_that_push_most_up_or_down(digits):
    verdict = look(shipped_base(), TEN, digits.test_images[0], "best-match")
    strongest = verdict.strongest(4, 8)
    sizes = np.abs(verdict.contributions_of(4))
    assert list(sizes[strongest]) == sorted(sizes, reverse=True)[:8]
    assert len(set(strongest)) == 8
    assert {-1, 1} == set(np.sign(verdict.contributions_of(4)[strongest]))


def test_there_are_no_more_strongest_than_neurons(digits):
    verdict = look(shipped_base(), TEN, digits.test_images[0], "best-match")
    assert sorted(verdict.strongest(0, 1000)) == list(range(30))


def test_only_what_is_asked_for_is_worked_out(digits):
    network = cut_out(shipped_base(), "elimination")
    verdict = look(network, layout("elimination"), digits.test_images[0], "walk")
    assert verdict.answer in range(10)
    assert verdict.confidence > 0
    verdict.rows(NAMES)
    verdict.strongest(0, 8)
    assert {"outputs", "pairs"}.isdisjoint(vars(verdict.evidence))
    assert "contributions" not in vars(verdict)


# ---- the answer ----------------------------------------------------------------------


@given(way=st.sampled_from(WAYS), seed=st.integers(0, 2**32), levels=st.sampled_from([1, 1000]))
def test_a_verdict_has_confidence_and_a_runner_up(way, seed, levels):
    design, reading = way
    evidence = saying(design, any_outputs(design, seed, levels))
    answers = READINGS[reading].read(evidence, Options()).classes.tolist()
    for image, answer in enumerate(answers):
        verdict = Verdict(one_of(evidence, image), reading, Options())
        assert verdict.answer == answer
        assert 0 <= verdict.confidence <= 1 + 1e-9
        assert verdict.runner_up in range(10)
        assert verdict.runner_up != answer


BEATEN = np.full(45, 0.75)
"""Outputs of pairs: each of the smaller class."""


@pytest.mark.parametrize(
    ("design", "reading", "outputs", "answer", "confidence", "runner_up"),
    [
        ("ten-outputs", "best-match", np.arange(1, 11) / 55, 9, 10 / 55, 8),
        # its share among the others
        ("one-vs-rest", "best-match", np.full(10, 0.2) + 0.7 * np.eye(10)[3], 3, 0.9 / 2.7, 0),
        # what the last head says
        ("ten-outputs", "walk", np.arange(1, 5) / 10, 3, 4 / 7, 2),
        # the share of rivals beaten
        ("all-pairs", "votes", BEATEN, 0, 1, 1),
        ("all-pairs", "summed", BEATEN, 0, 0.75, 1),
        ("all-pairs", "duels", BEATEN, 0, 0.75, 1),
        # the probability of the bits
        ("four-bits", "literal-bits", [0.1, 0.8, 0.9, 0.7], 7, 0.9 * 0.8 * 0.9 * 0.7, 6),
        ("four-bits", "literal-bits", [0.9, 0.8, 0.9, 0.7], NOT_A_DIGIT, 0.9 * (1 - 0.2 * 0.1), 7),
    ],
)
def test_confidence_is_what_the_reading_means_by_it(
    design, reading, outputs, answer, confidence, runner_up
):
    classes = 4 if reading == "walk" else 10
    verdict = verdict_on(outputs, design, reading, classes)
    assert (verdict.answer, verdict.runner_up) == (answer, runner_up)
    assert verdict.confidence == pytest.approx(confidence)


def test_confidence_is_the_probability_of_coupling():
    verdict = verdict_on(np.linspace(0.6, 0.9, 45), "all-pairs", "coupling")
    assert verdict.confidence == pytest.approx(verdict.steps[-1].scores[verdict.answer])


# ---- rows ----------------------------------------------------------------------------


def test_ten_outputs_are_their_own_rows():
    verdict = verdict_on(np.arange(1, 11) / 55, "ten-outputs", "best-match")
    rows = verdict.rows(NAMES)
    assert "".join(row.name for row in rows) == "abcdefghij"
    np.testing.assert_allclose([row.value for row in rows], np.arange(1, 11) / 55, rtol=1e-6)
    assert [(row.output, row.sign) for row in rows] == [(each, 1) for each in range(10)]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("natural", ["bit 8", "bit 4", "bit 2", "bit 1"]),
        ("gray", ["bit 1", "bit 2", "bit 3", "bit 4"]),
        ("error-correcting", [f"bit {place}" for place in range(1, 16)]),
    ],
)
def test_bits_are_rows_with_names(code, names, digits):
    settings = Settings().change(design="any-code", code=code)
    network = initial_network(settings, 784, 10)
    made = layout_of(settings, 10)
    verdict = look(network, made, digits.test_images[0], "nearest-code")
    rows = verdict.rows(NAMES)
    assert [row.name for row in rows] == names
    assert [row.value for row in rows] == verdict.outputs.tolist()
    assert [row.output for row in rows] == list(range(len(names)))


def test_rows_of_pairs_are_explained_by_the_strongest_rival():
    # 0 beats all, 3 comes next, and beats 1 and 2
    pairs = {(0, 1): 0.9, (0, 2): 0.9, (0, 3): 0.6, (1, 2): 0.5, (1, 3): 0.2, (2, 3): 0.1}
    verdict = verdict_on(np.array(list(pairs.values())), "all-pairs", "summed", classes=4)
    rows = verdict.rows("abcd")
    asked = list(pairs)
    assert [(asked[row.output], row.sign) for row in rows] == [
        ((0, 3), 1),
        ((0, 1), -1),
        ((0, 2), -1),
        ((0, 3), -1),
    ]
    np.testing.assert_allclose([row.value for row in rows], verdict.pairs.sum(axis=1) / 3)


def test_rows_of_subset_heads_are_the_head_of_all(digits):
    verdict = verdict_on(any_outputs("elimination", 1, 1000)[0], "elimination", "walk")
    table = verdict.evidence.layout.table
    rows = verdict.rows(NAMES)
    for own, row in enumerate(rows):
        assert (table[row.output] != 0).all()
        assert table[row.output].argmax() == own
        assert row.value == pytest.approx(verdict.outputs[row.output])


@pytest.mark.parametrize("member", [0, 4])
def test_rows_of_a_plain_ensemble_are_means_explained_by_one_member(member):
    verdict = verdict_on(any_outputs("plain-ensemble", 1, 1000)[0], "plain-ensemble", "best-match")
    rows = verdict.rows(NAMES, member)
    assert [row.output for row in rows] == list(range(10 * member, 10 * member + 10))
    means = verdict.outputs.reshape(5, 10).mean(axis=0)
    np.testing.assert_allclose([row.value for row in rows], means, rtol=1e-6)


@pytest.mark.parametrize("classes", range(2, 11))
@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_fits_a_page(design, classes):
    outputs = any_outputs(design, 1, 1000, classes)[0]
    verdict = verdict_on(outputs, design, DESIGNS[design].readings[0], classes)
    rows = verdict.rows(NAMES[:classes])
    assert 2 <= len(rows) <= MOST_ROWS
    for row in rows:
        assert row.name
        assert 0 <= row.value <= 1 + 1e-6
        assert 0 <= row.output < len(outputs)
        assert row.sign in (-1, 1)


# ---- weights that are no numbers -----------------------------------------------------


@pytest.mark.parametrize("design", DESIGNS)
def test_a_verdict_stands_on_weights_that_are_no_numbers(design, digits):
    settings = Settings().change(design=design).change(trunk="scratch", hidden=3)
    network = initial_network(settings, 784, 10)
    nothing = np.full_like(network.output_weights, np.nan)
    broken = dataclasses.replace(network, output_weights=nothing)
    for reading in DESIGNS[design].readings:
        verdict = look(broken, layout_of(settings, 10), digits.test_images[0], reading)
        assert verdict.answer in range(-1, 10)
        assert 0 <= verdict.confidence <= 1
        assert verdict.rows(NAMES)


# ---- many images ---------------------------------------------------------------------


def test_measuring_counts_the_right_answers(digits):
    network = shipped_base()
    subject = Subject(network, Settings(), "walk", examples=600)
    found = measured(subject, digits.test_images, digits.test_labels, 10)
    expected = outputs_for_images(network, digits.test_images).argmax(axis=1)
    np.testing.assert_array_equal(found.answers, expected)
    assert found.answers.dtype == np.int8
    assert found.accuracy == np.mean(expected == digits.test_labels)
    assert 0.95 < found.accuracy < 1
    assert found.examples == 600


def test_measuring_takes_options(digits):
    network = cut_out(shipped_base(), "elimination", noise=0.3)
    images, labels = digits.test_images, digits.test_labels
    subject = Subject(network, Settings().change(design="elimination"), "walk")
    one = measured(subject, images, labels, 10)
    nine = measured(dataclasses.replace(subject, options=Options(drop=9)), images, labels, 10)
    # where nine leave at once, only the head of all classes is asked
    first = judge(network, layout("elimination"), images, "best-match").classes
    np.testing.assert_array_equal(nine.answers, first)
    assert (one.answers != nine.answers).any()
