"""Multiplications per answer, against the published numbers of each design."""

import numpy as np
import pytest

from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
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
