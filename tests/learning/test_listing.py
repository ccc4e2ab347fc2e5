"""Lists of digits against the slow way: look at each digit, then sort."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.questions.judged import Judged
from nnviz.questions.listing import ANY, EVERY, KINDS, ORDERS, SHOWN, AllSaid, Listing, listed
from nnviz.verdicts.answers import NOT_A_DIGIT

CLASSES = 4
DESIGNS = ("a", "b", "c")


def judged(chance, images):
    return Judged(
        chance.integers(NOT_A_DIGIT, CLASSES, images).astype(np.int8),
        chance.integers(0, 5, images).astype(np.float32) / 4,
        chance.dirichlet(np.ones(CLASSES), images).astype(np.float32),
        None,
    )


def said_at_random(seed, images=60):
    chance = np.random.default_rng(seed)
    everyone = {name: judged(chance, images) for name in DESIGNS}
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
    return fits


@given(
    seed=st.integers(0, 2**32),
    kind=st.sampled_from(list(KINDS)),
    whose=st.sampled_from([SHOWN, ANY, EVERY, "b"]),
    label=st.none() | st.integers(0, CLASSES - 1),
    answer=st.none() | st.integers(NOT_A_DIGIT, CLASSES - 1),
    order=st.sampled_from(list(ORDERS)),
)
def test_exactly_the_digits_asked_for_are_listed(seed, kind, whose, label, answer, order):
    said, listing = said_at_random(seed), Listing(kind, label, answer, whose, order)
    expected = [image for image in range(60) if is_listed(listing, said, image)]
    found = listed(listing, said)
    assert sorted(found.tolist()) == expected
    np.testing.assert_array_equal(
        listed(Listing(kind, label, answer, whose, order, True), said), found[::-1]
    )


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
