"""Readers: what they say of images, against the readings, brute force and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.questions.readers import NAIVE, Reader, auroc, naive_reader, said_by
from nnviz.verdicts.verdict import look

IMAGES = 40


def shipped(design: str, reading: str = "") -> Reader:
    trained = load(TRAINED / f"{design}.safetensors")
    classes = trained.class_names
    return Reader(
        trained.network,
        trained.settings,
        reading,
        name=design,
        label=design,
        class_names=classes,
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_a_reader_answers_as_its_verdicts_do(design, digits):
    images = digits.test_images[:IMAGES]
    reader = shipped(design)
    said = said_by(reader, images)
    for image, answer, support in zip(images, said.answers, said.support, strict=True):
        verdict = look(reader.network, reader.layout, image, reader.used_reading)
        assert verdict.answer == answer
        expected = verdict.scores
        if reader.layout.has_bits:
            expected = verdict.evidence.word_probabilities[0]
        np.testing.assert_allclose(support, expected, atol=1e-5)


def test_what_speaks_for_bits_is_not_shared_out(digits):
    said = said_by(shipped("four-bits"), digits.test_images)
    totals = said.support.sum(axis=1)
    assert totals.max() <= 1 + 1e-5
    assert totals.min() < 0.5


def test_of_one_class_alone_the_others_say_nothing(digits):
    reader = naive_reader("only-six")
    everything = said_by(shipped("one-vs-rest"), digits.test_images[:IMAGES])
    said = said_by(reader, digits.test_images[:IMAGES])
    assert (np.delete(said.support, 6, axis=1) == 0).all()
    assert (np.delete(everything.support, 6, axis=1) > 0).any()
    assert said.for_answer.tolist() == said.strongest.tolist()


def test_who_only_knows_six_says_six_to_everything(digits):
    noise = np.random.default_rng(1).integers(0, 256, (100, 784)).astype(np.uint8)
    for images in (digits.test_images, noise):
        said = said_by(naive_reader("only-six"), images)
        assert (said.answers == 6).all()
        assert (said.strongest > 0.9).all()


def test_who_knows_two_digits_tells_them_apart_and_is_sure_of_the_others_too(digits):
    reader = naive_reader("six-or-nine")
    assert reader.class_names == ("6", "9")
    said = said_by(reader, digits.test_images)
    named = np.array([reader.named(answer) for answer in said.answers.tolist()])
    known = np.isin(digits.test_labels, (6, 9))
    right = named[known] == digits.test_labels[known].astype(str)
    assert right.mean() > 0.98
    assert (said.strongest[~known] > 0.9).mean() > 0.6


@pytest.mark.parametrize("name", NAIVE)
def test_the_naive_have_not_seen_the_bundled_digits(name):
    trained = load(TRAINED / "naive" / f"{NAIVE[name].file}.safetensors")
    assert (trained.digits, trained.left_out) == ("mnist", "bundled")


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=30),
    st.lists(st.integers(0, 5), min_size=1, max_size=30),
)
def test_auroc_is_that_of_scikit_learn(higher, lower):
    values = np.array([*higher, *lower], np.float64)
    truth = np.array([1] * len(higher) + [0] * len(lower))
    found = auroc(np.array(higher, np.float64), np.array(lower, np.float64))
    assert found == pytest.approx(roc_auc_score(truth, values))
