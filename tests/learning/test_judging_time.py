"""The time that judging a digit takes."""

from itertools import count

import numpy as np
import pytest

from nnviz.learning.judging_time import MOST, SLICE, TRIES, judging_seconds
from nnviz.learning.layouts import layout_of
from nnviz.learning.network import initial_network
from nnviz.learning.piecemeal import at_once
from nnviz.learning.settings import Settings


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


def timed(durations, images=MOST):
    settings = Settings(hidden=2)
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    digits, clock = np.zeros((images, 784), np.uint8), Clock(durations)
    tries = []
    work = judging_seconds(network, layout, "best-match", digits, clock)
    return at_once(work, tries.append), len(tries), clock


def test_the_fastest_of_several_tries_counts():
    sizes_found = [1e-5, 1e-4]  # 10 digits, then 100, then all
    tries = [0.03, 0.02, 0.05, 0.01, 0.04, 0.02, 0.03]
    assert len(tries) == TRIES
    seconds, pieces, clock = timed([*sizes_found, *tries])
    assert seconds == pytest.approx(0.01 / MOST)
    assert pieces == len(sizes_found) + TRIES - 1
    assert next(clock.durations, None) is None


def test_slow_networks_judge_fewer_digits_in_one_try():
    each = SLICE / 4  # room for four digits: less than the ten that are tried at least
    seconds, pieces, _ = timed(10 * each for _ in count())
    assert seconds == pytest.approx(each)
    assert pieces == TRIES


def test_one_digit_is_enough():
    seconds, pieces, _ = timed([0.5] * TRIES, images=1)
    assert (seconds, pieces) == (0.5, TRIES - 1)
