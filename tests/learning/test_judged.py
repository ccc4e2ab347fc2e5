"""What a network says of all test digits: the same as of each digit alone."""

import csv
import io
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from nnviz.data.digits import bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.judged import Judge, Judged, answers_csv, confusion
from nnviz.questions.listing import (
    ANY,
    EVERY,
    KINDS,
    ORDERS,
    SHOWN,
    AllSaid,
    Listing,
    both_ways,
    listed,
    most_mixed_up,
    only_these,
)
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS, Options
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


# ---- confusion -----------------------------------------------------------------------


@given(seed=st.integers(0, 2**32), classes=st.integers(2, 10), images=st.integers(1, 300))
def test_the_same_as_scikit_learn(seed, classes, images):
    chance = np.random.default_rng(seed)
    labels = chance.integers(0, classes, images).astype(np.uint8)
    answers = chance.integers(-1, classes, images).astype(np.int8)
    found = confusion(answers, labels, classes)
    everything = [*range(classes), -1]
    expected = confusion_matrix(labels.astype(np.int8), answers, labels=everything)
    np.testing.assert_array_equal(found, expected[:classes])


# ---- the table of answers ------------------------------------------------------------


def judged(answers):
    images = len(answers)
    confidence = np.linspace(0, 1, images).astype(np.float32)
    shares = np.full((images, 2), 0.5, np.float32)
    given = np.array(answers, np.int8)
    return Judged(given, confidence, shares, None)


def test_a_line_holds_what_every_network_says():
    labels = np.array([1, 0, 1, 0], np.uint8)
    names = ('a "cat", or so', "dog")
    said = {"one": judged([0, 1, 1, NOT_A_DIGIT]), "two": judged([1, 1, 0, 0])}
    content = answers_csv([3, 1], labels, names, said).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["index"] for row in rows] == ["3", "1"]
    assert [row["label"] for row in rows] == [names[0], names[0]]
    assert [row["one"] for row in rows] == [NOT_A_DIGIT_IN_WORDS, "dog"]
    assert [row["two"] for row in rows] == [names[0], "dog"]
    assert float(rows[0]["one confidence"]) == 1
    assert abs(float(rows[1]["two confidence"]) - 1 / 3) < 1e-4


def test_the_picture_of_a_digit_is_named():
    labels, said = np.array([1, 0], np.uint8), {"one": judged([0, 1])}
    content = answers_csv([1, 0], labels, ("cat", "dog"), said, ("7/a.png", "b, c.png")).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["index"], row["file"]) for row in rows] == [("1", "b, c.png"), ("0", "7/a.png")]
    without = answers_csv([1], labels, ("cat", "dog"), said).decode()
    assert without.splitlines()[0] == "index,label,one,one confidence"


# ---- lists of digits -----------------------------------------------------------------


CLASSES = 4
NAMED = ("a", "b", "c")


def made_judged(chance, images):
    return Judged(
        chance.integers(NOT_A_DIGIT, CLASSES, images).astype(np.int8),
        chance.integers(0, 5, images).astype(np.float32) / 4,
        chance.dirichlet(np.ones(CLASSES), images).astype(np.float32),
        None,
    )


def said_at_random(seed, images=60):
    chance = np.random.default_rng(seed)
    everyone = {name: made_judged(chance, images) for name in NAMED}
    labels = chance.integers(0, CLASSES, images).astype(np.uint8)
    return AllSaid(everyone["b"], everyone, labels)


def is_listed(listing, said, image):
    label = said.labels[image]
    answers = {name: int(each.answers[image]) for name, each in said.everyone.items()}
    own = int(said.own.answers[image])
    wrong = [answer != label for answer in answers.values()]
    misread = {ANY: any(wrong), EVERY: all(wrong)}.get(listing.whose, own != label)
    fits = {"misread": misread, "right": not misread, "all": True}[listing.kind]
    if listing.label is not None:
        fits = fits and label == listing.label
    if listing.answer is not None:
        several = answers.values() if listing.whose in (ANY, EVERY) else [own]
        fits = fits and listing.answer in several
    if listing.cells:
        several = answers.values() if listing.whose in (ANY, EVERY) else [own]
        fits = fits and any((label, each) in listing.cells for each in several)
    return fits


@given(
    seed=st.integers(0, 2**32),
    kind=st.sampled_from(list(KINDS)),
    whose=st.sampled_from([SHOWN, ANY, EVERY, "b"]),
    label=st.none() | st.integers(0, CLASSES - 1),
    answer=st.none() | st.integers(NOT_A_DIGIT, CLASSES - 1),
    order=st.sampled_from(list(ORDERS)),
    cells=st.frozensets(st.tuples(st.integers(0, CLASSES - 1), st.integers(-1, CLASSES - 1))),
)
def test_exactly_the_digits_asked_for_are_listed(seed, kind, whose, label, answer, order, cells):
    said, cells = said_at_random(seed), tuple(sorted(cells))
    listing = Listing(kind, label, answer, whose, order, cells=cells)
    expected = [image for image in range(60) if is_listed(listing, said, image)]
    found = listed(listing, said)
    assert sorted(found.tolist()) == expected
    np.testing.assert_array_equal(listed(replace(listing, backwards=True), said), found[::-1])


@given(seed=st.integers(0, 2**32), first=st.integers(0, 2), second=st.integers(0, 2))
def test_only_digits_read_as_the_cells_have_it_count_where_designs_disagree(seed, first, second):
    said = said_at_random(seed)
    cells = both_ways(first, second)
    answers = [each.answers for each in said.everyone.values()]
    expected = [
        int(label) in (first, second)
        and all(int(each[image]) in (first, second) for each in answers)
        for image, label in enumerate(said.labels)
    ]
    assert only_these(cells, said.labels, answers).tolist() == expected
    assert only_these((), said.labels, answers).all()


def test_pairs_are_offered_by_how_often_they_are_mixed_up():
    counts = np.array([[9, 1, 0], [2, 9, 0], [5, 0, 9]])
    assert most_mixed_up(counts, 3) == (both_ways(0, 2), both_ways(0, 1))


def test_listing_leaves_what_is_said_as_it_was():
    said = said_at_random(1)
    before = listed(Listing(), said).tolist()
    listed(Listing(label=2, answer=1), said)
    assert listed(Listing(), said).tolist() == before


@given(seed=st.integers(0, 2**32))
def test_spread_takes_one_of_each_class_in_turn(seed):
    said = said_at_random(seed)
    found = listed(Listing(), said)
    before: Counter[int] = Counter()
    turns = []
    for image in found.tolist():
        label = int(said.labels[image])
        turns.append((before[label], label))
        before[label] += 1
    assert turns == sorted(turns)
    for label in range(CLASSES):
        of_class = found[said.labels[found] == label].tolist()
        assert of_class == sorted(of_class)


@pytest.mark.parametrize(
    ("order", "value"),
    [
        ("confidence", lambda said, image: -float(said.own.confidence[image])),
        ("margin", lambda said, image: float(said.own.margin[image])),
        ("label", lambda said, image: int(said.labels[image])),
        ("answer", lambda said, image: int(said.own.answers[image])),
        ("number", lambda said, image: image),
    ],
)
def test_orders_sort_by_what_they_say(order, value):
    said = said_at_random(3)
    found = listed(Listing("all", order=order), said).tolist()
    assert found == sorted(range(60), key=lambda image: (value(said, image), image))


def test_ambiguity_counts_the_designs_that_agree():
    said = said_at_random(5)
    found = listed(Listing("all", order="ambiguity"), said).tolist()
    agreeing = []
    for image in found:
        answers = Counter(int(each.answers[image]) for each in said.everyone.values())
        agreeing.append(answers.most_common(1)[0][1])
        assert ORDERS["ambiguity"].words(said, image) == f"{agreeing[-1]} of 3"
    assert agreeing == sorted(agreeing)


def test_words_say_the_value_sorted_by():
    said = said_at_random(7)
    assert ORDERS["confidence"].words(said, 4) == f"{100 * said.own.confidence[4]:.0f} %"
    assert ORDERS["number"].words(said, 4) == "#4"
    assert all(order.help.endswith(".") for order in ORDERS.values())
