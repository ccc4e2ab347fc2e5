"""Which digits each network learns from: all of one order, or its own share of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import Settings
from nnviz.training.balance import asked_counts, negatives_per_positive
from nnviz.training.feeds import order_of, queues_of
from tests.learning.runs import bits, learn, new_trainer, taken_up, where


@tries(max_examples=50)
@given(
    labels=st.lists(st.integers(0, 3), min_size=4, max_size=60),
    seed=st.integers(0, 1000),
    epoch=st.integers(0, 5),
)
def test_each_pair_takes_its_digits_in_the_order_that_all_share(labels, seed, epoch):
    labels = np.array([0, 1, 2, 3, *labels])
    settings = Settings().change(design="all-pairs", seed=seed)
    layout = layout_of(settings, 4)
    order = order_of(seed, epoch, len(labels)).tolist()
    queues = queues_of(settings, layout, labels, epoch)
    assert len(queues) == 6
    for asked, queue in zip(layout.asked, queues, strict=True):
        assert queue.tolist() == [digit for digit in order if asked[labels[digit]]]
    counts = asked_counts(settings, layout, np.bincount(labels, minlength=4))
    np.testing.assert_array_equal(counts, list(map(len, queues)))


@pytest.mark.parametrize(("balance", "negatives"), [("equal", 1.0), ("none", 0.0)])
def test_one_vs_rest_takes_so_many_negatives(few, balance, negatives):
    settings = Settings().change(design="one-vs-rest", balance=balance)
    labels = few.train_labels.astype(int)
    layout = layout_of(settings, 10)
    for epoch in (0, 1):
        for own, queue in enumerate(queues_of(settings, layout, labels, epoch)):
            positive = int((labels[queue] == own).sum())
            assert positive == (labels == own).sum()
            assert len(queue) == positive * (1 + negatives)
            assert len(set(queue.tolist())) == len(queue)
    first, second = (queues_of(settings, layout, labels, epoch)[3] for epoch in (0, 1))
    assert first.tolist() != second.tolist()


@pytest.mark.parametrize("balance", ["all", "equal", "none"])
def test_the_ratio_told_is_that_of_the_digits_taken(few, balance):
    settings = Settings().change(design="one-vs-rest", balance=balance)
    labels = few.train_labels.astype(int)
    layout = layout_of(settings, 10)
    told = negatives_per_positive(settings, layout, np.bincount(labels, minlength=10))
    for own, queue in enumerate(queues_of(settings, layout, labels, 0)):
        positive = int((labels[queue] == own).sum())
        assert told[own] == pytest.approx((len(queue) - positive) / positive)


def test_on_a_trunk_that_all_share_every_output_learns_from_every_digit():
    settings = Settings().change(design="one-vs-rest", balance="none", trunk="frozen")
    told = negatives_per_positive(settings, layout_of(settings, 3), np.array([10, 20, 0]))
    assert told[:2].tolist() == [2, 0.5]
    assert np.isnan(told[2])


@pytest.mark.parametrize(
    "changes",
    [
        {"design": "all-pairs", "hidden": 3},
        {"design": "one-vs-rest", "hidden": 3, "balance": "equal"},
        {"design": "one-vs-rest", "hidden": 3, "balance": "none"},
    ],
)
@pytest.mark.parametrize("steps", [1, 5, 13])
def test_a_run_of_own_digits_goes_on_bit_for_bit_from_anywhere(few, changes, steps):
    settings = Settings().change(**changes, batch=7)
    straight = learn(new_trainer(settings, few), 20)
    broken = learn(taken_up(learn(new_trainer(settings, few), steps)), 20)
    assert bits(broken.network()) == bits(straight.network())
    assert where(broken) == where(straight)


def test_an_epoch_of_pairs_passes_every_training_digit(few):
    settings = Settings().change(design="all-pairs", hidden=3, batch=10)
    trainer = new_trainer(settings, few)
    steps = 0
    while trainer.position.epoch < 1:
        steps += 1
        learn(trainer, steps)
        assert trainer.position.examples <= 300
    assert trainer.position.examples == 300
    assert steps == 6  # 60 digits of two classes, ten at a time
