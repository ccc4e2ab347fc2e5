"""Readings against theorems, brute force, direct solvers and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances_argmin

from nnviz.data.digits import MOST_CLASSES
from nnviz.networks.codes import words_of
from nnviz.networks.designs import DESIGNS
from nnviz.questions.accuracy import judge
from nnviz.verdicts.answers import NOT_A_DIGIT, Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.pairwise import coupled, coupling, votes
from nnviz.verdicts.readings import READINGS, literal_bits, nearest_code
from tests.learning.made_networks import (
    any_outputs,
    cut_out,
    layout,
    one_of,
    outputs_for_images,
    random_pairs,
    saying,
    shipped_base,
)

CLASSES = range(2, MOST_CLASSES + 1)
WAYS = [(design, reading) for design, entry in DESIGNS.items() for reading in entry.readings]
OPTIONS = [Options(), *(Options(drop=k) for k in range(2, 6)), Options(below=0.01)]
REJECTING = {"literal-bits"}


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_explains_itself(name):
    assert READINGS[name].label
    assert READINGS[name].help.endswith(".")


# ---- whatever is said, there is one answer -------------------------------------------


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("design", DESIGNS)
def test_perfect_outputs_are_read_right(design, classes):
    perfect = (layout(design, classes).table.T > 0).astype(float)
    evidence = saying(design, perfect, classes)
    for reading in DESIGNS[design].readings:
        found = READINGS[reading].read(evidence, Options())
        np.testing.assert_array_equal(found.classes, np.arange(classes), reading)


@given(
    way=st.sampled_from(WAYS),
    classes=st.integers(2, 6) | st.just(10),
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 2, 3, 1000]),
    options=st.sampled_from(OPTIONS),
)
def test_any_outputs_mean_one_class_and_the_last_step_leaves_it(
    way, classes, seed, levels, options
):
    design, reading = way
    evidence = saying(design, any_outputs(design, seed, levels, classes), classes)
    found = READINGS[reading].read(evidence, options)
    assert found.classes.shape == (4,)
    assert np.issubdtype(found.classes.dtype, np.integer)
    lowest = NOT_A_DIGIT if reading in REJECTING else 0
    assert ((found.classes >= lowest) & (found.classes < classes)).all()
    for image, answer in enumerate(found.classes.tolist()):
        steps = READINGS[reading].steps(one_of(evidence, image), options)
        assert steps[-1].staying == (() if answer == NOT_A_DIGIT else (answer,))
        assert 0 <= READINGS[reading].confidence(steps[-1], answer) <= 1 + 1e-9
        for step in steps:
            assert len(step.scores) == len(step.in_play)
            assert set(step.leaving) <= set(step.in_play)
            assert all(score >= 0 for score in step.scores)


def test_only_literal_bits_can_reject():
    assert {name for name, reading in READINGS.items() if reading.rejects} == REJECTING


@pytest.mark.parametrize(
    ("design", "reading"), [way for way in WAYS if way[0] in ("ten-outputs", "plain-ensemble")]
)
def test_equal_outputs_give_the_first_of_them(design, reading):
    outputs = np.full((1, len(layout(design, 4).table)), 0.25)
    assert READINGS[reading].read(saying(design, outputs, 4), Options()).classes == [0]


# ---- the restriction theorem ---------------------------------------------------------


@pytest.mark.parametrize("design", ["ten-outputs", "elimination", "all-pairs"])
def test_what_is_cut_from_one_base_gives_its_answer_under_every_rule(design, digits):
    images = np.concatenate([digits.test_images, digits.train_images])
    base = shipped_base()
    expected = outputs_for_images(base, images).argmax(axis=1)
    network = base if design == "ten-outputs" else cut_out(base, design)
    evidence = evidence_of(network, layout(design), images)
    for reading in DESIGNS[design].readings:
        for options in OPTIONS if reading == "walk" else OPTIONS[:1]:
            found = READINGS[reading].read(evidence, options)
            np.testing.assert_array_equal(found.classes, expected, f"{reading} {options}")
            assert found.changed is None or not found.changed.any()


# ---- pairs ---------------------------------------------------------------------------


@given(seed=st.integers(0, 2**32), levels=st.sampled_from([1, 2, 3, 1000]))
def test_votes_by_counting(seed, levels):
    pairs = random_pairs(seed, levels, images=5)
    found = votes(pairs)
    for image, beats in enumerate(pairs):
        counts = [
            sum(1.0 if r > 0.5 else 0.5 if r == 0.5 else 0 for j, r in enumerate(row) if j != i)
            for i, row in enumerate(beats.tolist())
        ]
        assert found.scores[image].tolist() == counts
        assert sum(counts) == 45
        best = [each for each in range(10) if counts[each] == max(counts)]
        assert found.ties[image] == (len(best) > 1)
        assert found.classes[image] == max(best, key=lambda each: beats[each].sum())


def by_the_whole_system(pairs):
    """Wu, Lin and Weng's system with its Lagrange multiplier, (classes + 1) squared."""
    classes = len(pairs)
    system = np.zeros((classes + 1, classes + 1))
    for i in range(classes):
        for j in range(classes):
            system[i, j] = -pairs[j, i] * pairs[i, j]
        system[i, i] = sum(pairs[s, i] ** 2 for s in range(classes) if s != i)
    system[-1, :-1] = system[:-1, -1] = 1
    return np.linalg.solve(system, np.eye(classes + 1)[-1])[:-1]


@given(
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 2, 3, 1000, 10**9]),
    classes=st.integers(2, 10),
)
def test_coupling_solves_the_whole_system(seed, levels, classes):
    pairs = random_pairs(seed, levels, 4, classes)
    found = coupled(pairs)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()
    for beats, p in zip(pairs, found, strict=True):
        np.testing.assert_allclose(p, by_the_whole_system(beats), atol=1e-9)


def test_coupling_finds_the_probabilities_that_the_pairs_come_from():
    scores = np.random.default_rng(0).dirichlet(np.ones(10), 100)
    pairs = scores[:, :, None] / (scores[:, :, None] + scores[:, None])
    pairs[:, range(10), range(10)] = 0
    np.testing.assert_allclose(coupling(pairs).scores, scores, atol=1e-12)


@pytest.mark.parametrize("reading", ["summed", "votes"])
def test_totals_grow_rival_by_rival(reading):
    evidence = saying("all-pairs", any_outputs("all-pairs", 3, 1000, images=1))
    steps = READINGS[reading].steps(evidence, Options())
    assert [step.rivals for step in steps] == [(rival,) for rival in range(10)]
    beats = evidence.pairs[0] if reading == "summed" else evidence.pairs[0] > 0.5
    for rival, step in enumerate(steps):
        np.testing.assert_allclose(step.scores, beats[:, : rival + 1].sum(axis=1))


def test_coupling_grows_class_by_class():
    evidence = saying("all-pairs", any_outputs("all-pairs", 3, 1000, images=1))
    steps = READINGS["coupling"].steps(evidence, Options())
    assert [len(step.in_play) for step in steps] == list(range(2, 11))
    for step in steps:
        size = len(step.in_play)
        direct = by_the_whole_system(evidence.pairs[0, :size, :size])
        np.testing.assert_allclose(step.scores, direct, atol=1e-9)


# ---- code words ----------------------------------------------------------------------


@given(seed=st.integers(0, 2**32), levels=st.sampled_from([1, 2, 1000]))
def test_literal_bits_are_looked_up(seed, levels):
    outputs = any_outputs("four-bits", seed, levels)
    found = literal_bits(saying("four-bits", outputs)).classes
    words = words_of("natural")
    for row, answer in zip(outputs, found.tolist(), strict=True):
        word = "".join("1" if bit > 0.5 else "0" for bit in row)
        assert answer == (words.index(word) if word in words else NOT_A_DIGIT)


def test_ten_to_fifteen_are_not_a_digit():
    numbers = np.array([[number >> place & 1 for place in (3, 2, 1, 0)] for number in range(16)])
    evidence = saying("four-bits", numbers.astype(float))
    expected = [*range(10), *[NOT_A_DIGIT] * 6]
    np.testing.assert_array_equal(literal_bits(evidence).classes, expected)
    assert (nearest_code(evidence).classes >= 0).all()


def test_the_probability_of_no_word_is_what_the_words_leave():
    bits = np.array([[0.8, 0.2, 0.6, 0.3]])  # 10
    evidence = saying("four-bits", bits)
    (step,) = READINGS["literal-bits"].steps(evidence, Options())
    no_word = 0.8 * (1 - 0.8 * 0.4)  # 8 is set, and not both 4 and 2 are off
    found = READINGS["literal-bits"].confidence(step, NOT_A_DIGIT)
    assert found == pytest.approx(no_word, abs=1e-6)


@given(seed=st.integers(0, 2**32), design=st.sampled_from(["four-bits", "any-code"]))
def test_the_nearest_word_is_that_of_scikit_learn(seed, design):
    outputs = any_outputs(design, seed, 2**20 + 1, images=20)
    expected = pairwise_distances_argmin(2 * outputs - 1, layout(design).words.T)
    np.testing.assert_array_equal(nearest_code(saying(design, outputs)).classes, expected)


# ---- many images ---------------------------------------------------------------------


@pytest.mark.parametrize("reading", READINGS)
def test_images_are_judged_a_block_at_a_time(reading, digits, monkeypatch):
    monkeypatch.setattr("nnviz.verdicts.evidence.evidence_blocks.__defaults__", (64,))
    network = cut_out(shipped_base(), "elimination", noise=0.3)
    images = digits.test_images[:150]
    # all readings go with all layouts; the nearest of 5,110 outputs is only slow
    found = judge(network, layout("elimination"), images, reading)
    whole = READINGS[reading].read(evidence_of(network, layout("elimination"), images), Options())
    np.testing.assert_array_equal(found.classes, whole.classes)
    for name in ("ties", "heads_used", "changed"):
        mine, theirs = getattr(found, name), getattr(whole, name)
        assert (mine is None) == (theirs is None)
        if mine is not None:
            np.testing.assert_array_equal(mine, theirs)
