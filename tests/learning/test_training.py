"""Runs: the same seed, going on from any moment, live changes, pace, curves, accuracy."""

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from torch import nn

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import Diverged, Position, next_epoch, next_point
from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import PRESETS, Settings
from nnviz.training import trainer as training
from nnviz.training.balance import asked_counts, negatives_per_positive
from nnviz.training.learner import steps_at_once
from nnviz.training.orders import order_of, queues_of
from nnviz.training.trainer import Trainer
from tests.learning.runs import (
    Clock,
    as_modules,
    bits,
    learn,
    new_network,
    new_trainer,
    part_of_set,
    taken_up,
    where,
)


def same_run(one: Trainer, other: Trainer) -> bool:
    return (
        bits(one.network()) == bits(other.network())
        and where(one) == where(other)
        and one.points == other.points
    )


@pytest.fixture(scope="module")
def all_train(digits: DigitSet) -> DigitSet:
    """All 4,000 training digits with few test digits, which are quick to measure."""
    return part_of_set(digits, 4000, 50)


# ---- the same seed -------------------------------------------------------------------


def test_the_same_seed_gives_the_same_run_bit_for_bit(digits):
    one, other = (learn(new_trainer(Settings(seed=5), digits), 450) for _ in range(2))
    assert same_run(one, other)
    assert len(one.points) > 10


def test_another_seed_gives_another_start_and_another_order(few):
    one, other = new_trainer(Settings(seed=5), few), new_trainer(Settings(seed=6), few)
    assert bits(one.network()) != bits(other.network())
    same_start = Trainer(Settings(seed=6), few, one.network())
    assert bits(learn(one, 3).network()) != bits(learn(same_start, 3).network())


def test_neither_the_length_of_a_slice_nor_that_of_a_chunk_makes_a_difference(few, monkeypatch):
    in_chunks, at_once = new_trainer(Settings(), few), new_trainer(Settings(), few, clock=Clock())
    learn(at_once, 70)
    monkeypatch.setattr(training, "steps_at_once", lambda *_: 1)
    by_step = new_trainer(Settings(), few, clock=Clock(tick=1.0))
    slices = 0
    while by_step.position.steps < 70 or by_step.point_due:
        before = by_step.position.steps
        by_step.advance(70)
        assert by_step.position.steps <= before + 1
        slices += 1
    assert slices >= 70
    assert same_run(by_step, at_once)
    monkeypatch.setattr(training, "steps_at_once", lambda *_: 7)
    assert same_run(learn(in_chunks, 70), at_once)


def test_a_chunk_is_counted_from_sizes_and_batch_and_has_a_step_at_least():
    small, wide = (steps_at_once("torch", adds, 10) for adds in (23_820, 23_820 * 45))
    assert small > wide > 0
    assert steps_at_once("torch", 1_500_000 * 45, 1000) == 1


def test_each_epoch_shows_every_digit_once_in_another_order(few):
    # image i lights pixel i alone, so that only the weights of pixels shown can change
    one_pixel_each = dataclasses.replace(
        few,
        train_images=np.eye(300, few.inputs, dtype=np.uint8) * 255,
    )
    trainer = new_trainer(Settings(activation="tanh"), one_pixel_each)
    shown_first = []
    for epoch in range(2):
        begun = trainer.network().hidden_weights
        for steps in range(1, 31):
            now = learn(trainer, 30 * epoch + steps).network().hidden_weights
            shown = np.flatnonzero((now != begun).any(axis=(0, 1)))
            assert len(shown) == 10 * steps
            if steps == 1:
                shown_first.append(set(shown))
        assert set(shown) == set(range(300))
    assert shown_first[0] != shown_first[1]


# ---- going on ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("batch", "stop", "end"),
    [
        (10, 1, 30),
        (10, 57, 130),  # beyond the images that are loaded at once
        (10, 399, 410),
        (10, 400, 410),
        (48, 20, 60),
        (48, 83, 90),  # the last batch of an epoch is partial
        (48, 84, 90),
        (48, 85, 180),
        (1000, 3, 6),
    ],
)
def test_going_on_gives_the_uninterrupted_run_bit_for_bit(all_train, batch, stop, end):
    settings = Settings(batch=batch, decay=2.0)
    whole = learn(new_trainer(settings, all_train, sample=100), end)
    half = learn(new_trainer(settings, all_train, sample=100), stop)
    assert same_run(learn(taken_up(half, sample=100), end), whole)


def test_the_last_batch_of_an_epoch_holds_what_is_left(all_train):
    trainer = learn(new_trainer(Settings(batch=48), all_train, sample=100), 83)
    assert where(trainer) == (0, 3984, 3984, 83)
    assert where(learn(trainer, 84)) == (1, 0, 4000, 84)
    assert where(learn(trainer, 85)) == (1, 48, 4048, 85)


@tries(max_examples=15)
@given(
    batch=st.integers(1, 310),
    stop=st.integers(0, 60),
    more=st.integers(1, 60),
    nonnegative=st.booleans(),
    images=st.sampled_from([0, 7, 100]),
)
def test_going_on_from_any_moment_gives_the_same_run(few, batch, stop, more, nonnegative, images):
    settings = Settings(batch=batch, nonnegative=nonnegative, images=images, hidden=5)
    whole = learn(new_trainer(settings, few), stop + more)
    half = learn(new_trainer(settings, few), stop)
    assert same_run(learn(taken_up(half), stop + more), whole)


@pytest.mark.parametrize("stop", [50, 95, 140])
def test_going_on_after_a_live_change_gives_the_same_run(all_train, stop):
    first = Settings(batch=48)
    then = first.change(rate=0.5, batch=7, decay=3.0)

    def changed_at_60(trainer: Trainer) -> Trainer:
        learn(trainer, 60).change(then)
        return trainer

    whole = learn(changed_at_60(new_trainer(first, all_train, sample=100)), 180)
    half = new_trainer(first, all_train, sample=100)
    if stop > 60:
        half = taken_up(learn(changed_at_60(half), stop), sample=100)
    else:
        half = changed_at_60(taken_up(learn(half, stop), sample=100))
    assert same_run(learn(half, 180), whole)


def test_a_live_change_is_in_force_at_the_next_step(few):
    trainer, unchanged = (learn(new_trainer(Settings(), few), 20) for _ in range(2))
    trainer.change(Settings(rate=1.0, batch=33))
    before = where(trainer)
    assert where(learn(trainer, 21)) == (0, before[1] + 33, before[2] + 33, 21)
    assert bits(trainer.network()) != bits(learn(unchanged, 21).network())


# ---- against autograd ----------------------------------------------------------------


def test_rate_decay_and_images_mean_what_they_say(digits):
    """Full batches, so that the order of the digits is of no account."""
    settings = Settings(images=500, batch=500, rate=0.5, decay=40.0, cost="cross-entropy")
    trainer = new_trainer(settings, digits)
    model = as_modules(trainer.network()).double()
    inputs = torch.tensor(digits.train_images[:500]).double() / 255
    targets = nn.functional.one_hot(torch.tensor(digits.train_labels[:500]).long(), 10).double()
    for _ in range(10):
        cost = nn.functional.binary_cross_entropy_with_logits(
            model(inputs), targets, reduction="sum"
        )
        # the L2 term whose gradient is the factor 1 - rate * decay / N
        squares = sum((x**2).sum() for x in model.parameters() if x.ndim == 2)
        whole = cost / 500 + 40.0 / 500 * squares / 2
        gradients = torch.autograd.grad(whole, list(model.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(model.parameters(), gradients, strict=True):
                parameter.sub_(0.5 * gradient)
    learned = learn(trainer, 10).network()
    assert trainer.position.epoch == 10
    for parameter, array in zip(model.parameters(), learned.arrays().values(), strict=False):
        np.testing.assert_allclose(array.reshape(parameter.shape), parameter.detach(), atol=5e-6)


# ---- pace ----------------------------------------------------------------------------


def paced(few: DigitSet, speed: int) -> tuple[Clock, Trainer]:
    """A run at a pace, with its first point, and its clock."""
    clock = Clock()
    trainer = new_trainer(Settings(speed=speed), few, clock=clock, point_after=next_epoch)
    trainer.points.append(trainer.measure_now())
    return clock, trainer


def steps_at(clock: Clock, trainer: Trainer, now: float) -> int:
    """Steps in all after a look at this moment."""
    clock.now = now
    trainer.advance()
    return trainer.position.steps


def test_a_slow_pace_is_honoured(few):
    run = paced(few, 10)
    done = [steps_at(*run, now) for now in (0.0, 0.05, 0.1, 0.15, 0.25, 0.25, 1.0)]
    assert done == [1, 1, 2, 2, 3, 3, 11]


def test_the_wait_ends_when_the_next_batch_is_due(few):
    clock, trainer = paced(few, 4)
    for steps in range(1, 12):
        clock.now += trainer.advance()
        assert trainer.position.steps == steps
        assert clock.now == pytest.approx(steps / 4)


def test_after_a_long_sleep_the_missed_batches_are_not_chased(few):
    run = paced(few, 10)
    assert [steps_at(*run, now) for now in (0.0, 1000.0, 1000.1)] == [1, 2, 3]


def test_a_new_pace_counts_from_the_change(few):
    clock, trainer = paced(few, 1)
    trainer.advance()
    clock.now = 0.5
    trainer.change(Settings(speed=20))
    assert trainer.advance() == pytest.approx(0.05)
    assert trainer.position.steps == 2
    assert steps_at(clock, trainer, 1.0) == 12


def test_full_speed_never_waits(few):
    trainer = new_trainer(Settings(), few)
    assert {trainer.advance() for _ in range(40)} == {0.0}
    assert trainer.position.steps > 1


# ---- diverging -----------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_a_run_that_diverges_says_so_in_one_sentence(few, activation):
    settings = Settings(activation=activation, rate=100.0, decay=100.0)
    trainer = new_trainer(settings, few)
    with pytest.raises(Diverged) as caught:
        learn(trainer, 100_000)
    sentence = str(caught.value)
    assert sentence.startswith("Learning diverged at step ")
    assert "learning rate of 100" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


# ---- accuracy ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "epochs", "floor"),
    [
        ({}, 5, 0.89),
        ({"cost": "cross-entropy"}, 5, 0.89),
        ({"cost": "quadratic"}, 5, 0.89),
        ({"activation": "tanh"}, 5, 0.90),
        ({"activation": "relu"}, 5, 0.88),
        ({"nonnegative": True}, 5, 0.86),
        ({"decay": 5.0}, 5, 0.89),
        ({"initial": "tiny"}, 5, 0.86),
        ({"batch": 32, "rate": 0.3}, 5, 0.88),
        (PRESETS["book"].changes, 10, 0.86),
        (PRESETS["clear"].changes, 10, 0.83),
    ],
)
def test_the_bundled_digits_are_learned(digits, changes, epochs, floor):
    settings = Settings().change(**changes).change(epochs=epochs)
    trainer = new_trainer(settings, digits, point_after=next_epoch)
    while trainer.position.epoch < epochs or trainer.point_due:
        trainer.advance()
    assert trainer.points[-1].test_accuracy >= floor
    assert trainer.points[-1].train_cost < trainer.points[0].train_cost / 2


def test_a_non_negative_first_layer_never_holds_a_negative_weight(digits):
    settings = Settings().change(**PRESETS["clear"].changes)
    trainer = new_trainer(settings, digits)
    for steps in (0, 1, 50, 400):
        network = learn(trainer, steps).network()
        assert network.hidden_weights.min() >= 0
        assert network.output_weights.min() < 0
    assert (network.hidden_weights == 0).mean() > 0.1


def test_two_classes_are_learned_by_two_outputs(threes_and_eights):
    trainer = learn(new_trainer(Settings(), threes_and_eights), 400)
    assert trainer.network().output_biases.shape == (2,)
    assert trainer.points[-1].test_accuracy > 0.95


# ---- which digits each network learns from -------------------------------------------


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


# ---- the points of the curves --------------------------------------------------------


def test_one_point_an_epoch_where_that_is_asked_for(few):
    trainer = learn(new_trainer(Settings(batch=7), few, point_after=next_epoch), 3 * 43)
    assert [point.examples for point in trainer.points] == [0, 300, 600, 900]


def test_a_point_says_how_the_network_does_on_all_digits(few):
    trainer = learn(new_trainer(Settings(), few), 30)
    network, point = trainer.network(), trainer.points[-1]
    model = as_modules(network)
    for images, labels, cost, accuracy in (
        (few.train_images, few.train_labels, point.train_cost, point.train_accuracy),
        (few.test_images, few.test_labels, point.test_cost, point.test_accuracy),
    ):
        wanted = torch.tensor(labels).long()
        sums = model(torch.tensor(images) / 255).detach()
        assert cost == pytest.approx(nn.functional.cross_entropy(sums, wanted).item(), rel=1e-5)
        assert accuracy == float((sums.argmax(1) == wanted).double().mean())
    assert trainer.measured.accuracy == point.test_accuracy
    assert trainer.measured.examples == point.examples == 300
    assert np.mean(trainer.measured.answers == few.test_labels) == point.test_accuracy


def test_a_sample_limits_the_training_digits_that_are_measured(few):
    network = new_network(Settings(), few)
    sampled = Trainer(Settings(), few, network, sample=40).measure_now()
    whole = Trainer(Settings(images=40), few, network).measure_now()
    assert sampled == whole


def test_a_measurement_is_fresh_until_the_next_step(few):
    trainer = new_trainer(Settings(), few)
    assert not trainer.fresh
    learn(trainer, 1)
    assert trainer.fresh
    trainer.advance(2)
    assert trainer.position.steps == 2
    assert not trainer.fresh


def test_seconds_count_learning_and_not_measuring(few):
    clock = Clock(tick=0.001)
    trainer = learn(new_trainer(Settings(), few, clock=clock), 30)
    learned = trainer.position.seconds
    assert 0 < learned < clock.now
    trainer.measure_now()
    assert trainer.position.seconds == learned


def test_a_run_taken_up_keeps_counting_its_seconds(few):
    trainer = new_trainer(Settings(), few)
    position = Position(epoch=2, offset=10, examples=610, steps=61, seconds=100.0)
    later = Trainer(Settings(), few, trainer.network(), position)
    assert 100.0 < learn(later, 70).position.seconds < 200.0


# ---- when points are due -------------------------------------------------------------


EXAMPLES, LENGTHS = st.integers(0, 10**7), st.integers(1, 60_000)


@tries(max_examples=200)
@given(examples=EXAMPLES, length=LENGTHS)
def test_the_next_epoch_is_the_next_multiple_of_its_length(examples, length):
    due = next_epoch(examples, length)
    assert due % length == 0
    assert examples < due <= examples + length


@tries(max_examples=200)
@given(examples=EXAMPLES, length=LENGTHS)
def test_the_next_point_is_ahead_and_no_epoch_is_missed(examples, length):
    assert examples < next_point(examples, length) <= next_epoch(examples, length)


def test_points_are_dense_at_first_then_once_an_epoch():
    schedule = [0]
    while schedule[-1] < 600_000:
        schedule.append(next_point(schedule[-1], 60_000))
    assert schedule[:5] == [0, 10, 20, 30, 40]
    assert schedule[-7:] == list(range(240_000, 600_001, 60_000))
    assert {60_000, 120_000, 180_000} < set(schedule)
    assert 30 < len(schedule) < 60
