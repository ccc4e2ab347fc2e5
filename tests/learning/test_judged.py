"""What a network says of all test digits: the same as of each digit alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.digits import bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.judged import Judge
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import NOT_A_DIGIT, Options
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.verdict import Verdict, look
from tests.learning.asking import answer_to, made_tests
from tests.learning.made_networks import TRAINED, any_outputs, one_of, outputs_for_images, saying

WAYS = [(design, reading) for design, entry in DESIGNS.items() for reading in entry.readings]
OPTIONS = [Options(), Options(drop=3), Options(below=0.1)]


@pytest.fixture(scope="module")
def images():
    return bundled_digits().test_images[:40]


def as_tests(images):
    return made_tests(images, np.zeros(len(images), np.uint8))


def judge_shipped(design, reading, images):
    trained = load(TRAINED / f"{design}.safetensors")
    asked = Judge(Subject(trained.network, trained.settings, reading))
    return trained, answer_to(asked, as_tests(images))


@given(
    way=st.sampled_from(WAYS),
    classes=st.integers(2, 5) | st.just(10),
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 3, 1000]),
    options=st.sampled_from(OPTIONS),
)
def test_all_images_at_once_are_as_sure_as_each_alone(way, classes, seed, levels, options):
    design, reading = way
    evidence = saying(design, any_outputs(design, seed, levels, classes), classes)
    rule = READINGS[reading]
    read = rule.read(evidence, options)
    found = rule.confidences(evidence, read, options)
    for image in range(len(evidence)):
        verdict = Verdict(one_of(evidence, image), reading, options)
        assert found[image] == pytest.approx(verdict.confidence, abs=1e-6)


@given(
    way=st.sampled_from(WAYS),
    classes=st.integers(2, 5) | st.just(10),
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 3, 1000]),
)
def test_probabilities_add_up_to_one_unless_bits_may_spell_no_digit(way, classes, seed, levels):
    design, reading = way
    evidence = saying(design, any_outputs(design, seed, levels, classes), classes)
    found = READINGS[reading].probabilities(evidence)
    assert found.shape == (4, classes)
    assert (found >= 0).all()
    totals = found.sum(axis=1)
    if READINGS[reading].rejects:
        assert (totals < 1 + 1e-6).all()
    else:
        np.testing.assert_allclose(totals, 1)


@pytest.mark.parametrize(("design", "reading"), WAYS)
def test_what_is_told_belongs_to_the_network_asked_about(design, reading, images):
    trained, told = judge_shipped(design, reading, images)
    made = layout_of(trained.settings, 10)
    for image in range(len(images)):
        verdict = look(trained.network, made, images[image], reading)
        assert told.answers[image] == verdict.answer
        assert told.confidence[image] == pytest.approx(verdict.confidence, abs=1e-5)


def test_a_softmax_is_told_as_it_is(images):
    trained, told = judge_shipped("ten-outputs", "best-match", images)
    expected = outputs_for_images(trained.network, images)
    np.testing.assert_allclose(told.probabilities, expected, atol=1e-6)
    assert told.outputs is not None
    np.testing.assert_allclose(told.outputs, expected, atol=1e-6)


def test_separate_networks_keep_their_own_scales(images):
    trained, told = judge_shipped("one-vs-rest", "best-match", images)
    expected = outputs_for_images(trained.network, images)
    assert told.outputs is not None
    np.testing.assert_allclose(told.outputs, expected, atol=1e-6)
    assert (np.abs(told.outputs.sum(axis=1) - 1) > 0.01).any()


@pytest.mark.parametrize("design", ["four-bits", "all-pairs", "elimination"])
def test_outputs_that_speak_for_no_single_class_are_not_told(design, images):
    assert judge_shipped(design, DESIGNS[design].readings[0], images)[1].outputs is None


@pytest.mark.parametrize(("design", "reading"), WAYS)
def test_the_margin_is_the_way_to_the_next_class(design, reading, images):
    _, told = judge_shipped(design, reading, images)
    for answer, probabilities, chance, margin in zip(
        told.answers, told.probabilities, told.chances, told.margin, strict=True
    ):
        everything = [*probabilities.tolist(), max(0.0, 1 - float(probabilities.sum()))]
        own = everything.pop(int(answer) if answer != NOT_A_DIGIT else -1)
        assert chance == pytest.approx(own, abs=1e-6)
        others = everything if answer == NOT_A_DIGIT else everything[:-1]
        assert margin == pytest.approx(own - max(others), abs=1e-6)


def test_an_untrained_network_is_judged_too(images):
    settings = Settings()
    network = initial_network(settings, 784, 10)
    told = answer_to(Judge(Subject(network, settings, "best-match")), as_tests(images))
    assert len(told.answers) == len(images)
