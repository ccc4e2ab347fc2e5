"""Multiplications per answer, against the published numbers of each design."""

import numpy as np
import pytest

from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import MOST_TIMED, SLICE, TRIES, judging_seconds
from nnviz.questions.piecemeal import at_once
from nnviz.verdicts.answers import Options
from nnviz.verdicts.work_per_answer import multiply_adds, usual_multiply_adds


def work(design: str, reading: str = "", options: Options = Options(), **changes: object) -> int:
    settings = Settings().change(design=design, **{"trunk": "scratch"} | changes)
    network = initial_network(settings, 784, 10)
    layout = layout_of(settings, 10)
    if reading:
        return multiply_adds(network, layout, reading, options)
    return usual_multiply_adds(network, settings, layout)


@pytest.mark.parametrize(
    ("design", "hidden", "expected"),
    [
        ("ten-outputs", 30, 23_820),
        ("ten-outputs", 15, 11_910),
        ("ten-outputs", 60, 47_640),
        ("ten-outputs", 100, 79_400),
        ("ten-outputs", 300, 238_200),
        ("four-bits", 30, 23_640),
        ("bit-layer", 30, 23_860),
        ("one-vs-rest", 30, 235_500),
        ("one-vs-rest", 3, 23_550),
        ("all-pairs", 3, 105_975),
        ("all-pairs", 8, 282_600),
        ("elimination", 30, 25_140),
        ("plain-ensemble", 30, 5 * 23_820),
    ],
)
def test_the_usual_reading_takes_the_published_number(
    design: str, hidden: int, expected: int
) -> None:
    assert work(design, hidden=hidden) == expected


def test_only_the_heads_that_are_asked_count() -> None:
    trunk = 30 * 784
    assert work("elimination", "best-match") == trunk + 30 * 10
    assert work("elimination", "summed") == 26_220  # 45 heads of two
    assert work("elimination", "duels") == trunk + 30 * 9 * 2
    assert work("elimination", "walk", Options(drop=3)) == trunk + 30 * (10 + 7 + 4)
    assert work("elimination", "walk", Options(drop=3, below=0.1)) == 25_140


def test_duels_ask_nine_of_the_45_networks() -> None:
    assert work("all-pairs", "duels", hidden=8) == 9 * (8 * 784 + 8)
    assert work("all-pairs", "votes", hidden=8) == 282_600


def test_duels_on_a_shared_hidden_layer_work_it_out_once() -> None:
    settings = Settings().change(design="all-pairs", trunk="frozen")
    layout = layout_of(settings, 10)
    zeros = np.zeros((1, 30, 784), np.float32), np.zeros((1, 30), np.float32)
    read_out = np.zeros((45, 30), np.float32), np.zeros(45, np.float32)
    network = Network(*zeros, *read_out, layout.networks, layout.groups, "sigmoid", "sigmoid")
    assert multiply_adds(network, layout, "duels") == 30 * 784 + 30 * 9
    assert multiply_adds(network, layout, "summed") == 30 * 784 + 30 * 45


def test_the_fixed_layer_counts_only_where_its_bits_are_read() -> None:
    assert work("bit-layer", "literal-bits") - work("bit-layer", "best-match") == 4 * 10


# ---- the time that it takes ----------------------------------------------------------


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
