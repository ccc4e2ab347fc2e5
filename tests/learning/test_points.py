"""The points of the curves: when they are taken and what they say."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from torch import nn

from nnviz.networks.curves import Position, next_epoch, next_point
from nnviz.networks.settings import Settings
from nnviz.training.trainer import Trainer
from tests.learning.runs import Clock, as_modules, learn, new_network, new_trainer

# ---- curves --------------------------------------------------------------------------


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
