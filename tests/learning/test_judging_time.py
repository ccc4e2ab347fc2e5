"""The time that judging a digit takes."""

import numpy as np
import pytest

from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import MOST_TIMED, SLICE, TRIES, judging_seconds
from nnviz.questions.piecemeal import at_once


class Clock:
    """Every second look is a duration later than the one before."""

    def __init__(self, durations):
        self.durations = iter(durations)
        self.now, self.looks = 0.0, 0

    def __call__(self):
        self.looks += 1
        if self.looks % 2 == 0:
            self.now += next(self.durations)
        return self.now


def timed(durations, images=MOST_TIMED, hidden=2):
    settings = Settings(hidden=hidden)
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    digits, clock = np.zeros((images, 784), np.uint8), Clock(durations)
    tries = []
    work = judging_seconds(network, layout, "best-match", digits, clock)
    return at_once(work, tries.append), len(tries), clock, network


def test_the_fastest_of_several_tries_counts():
    durations = [0.03, 0.02, 0.05, 0.01, 0.04, 0.02, 0.03]
    assert len(durations) == TRIES
    seconds, pieces, clock, _ = timed(durations)
    assert seconds == pytest.approx(0.01 / MOST_TIMED)
    assert pieces == TRIES - 1
    assert next(clock.durations, None) is None


def test_large_networks_judge_fewer_digits_in_one_try():
    seconds, _, _, network = timed([1.0] * TRIES, hidden=500)
    assert seconds == pytest.approx(1 / (SLICE // network.multiply_adds))


def test_one_digit_is_enough():
    seconds, pieces, _, _ = timed([0.5] * TRIES, images=1)
    assert (seconds, pieces) == (0.5, TRIES - 1)
