"""What designs store and how often a digit is sent through, counted out for several classes."""

from itertools import chain, combinations

import pytest

from nnviz.networks.designs import DESIGNS, sets_to_ask
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.networks.storage import growth, on_one_trunk, separate
from nnviz.verdicts.answers import Options
from nnviz.verdicts.walks import duel_steps, walk_steps
from nnviz.verdicts.work_per_answer import Passes, passes, usual_passes
from tests.learning.made_networks import any_outputs, saying

INPUTS, HIDDEN = 784, 30


def questions(design: str, classes: int) -> list[int]:
    """Outputs of each separate network that a design would be, counted out by hand."""
    everyone = range(classes)
    if design == "one-vs-rest":
        return [1] * classes
    if design == "all-pairs":
        return [1 for _ in combinations(everyone, 2)]
    if design == "elimination":
        sets = chain.from_iterable(combinations(everyone, size) for size in range(classes + 1))
        return [len(each) for each in sets if len(each) > 1]
    if design == "plain-ensemble":
        return [classes] * 5
    return [len(layout_of(Settings().change(design=design), classes).table)]


@pytest.mark.parametrize("classes", [2, 3, 5, 7, 10])
@pytest.mark.parametrize("design", DESIGNS)
def test_storage_is_that_of_every_network_counted_alone(design: str, classes: int) -> None:
    layout = layout_of(Settings().change(design=design, trunk="scratch"), classes)
    alone = questions(design, classes)
    hidden = HIDDEN * INPUTS + HIDDEN
    apart = sum(hidden + outputs * HIDDEN + outputs for outputs in alone)
    together = hidden + sum(outputs * HIDDEN + outputs for outputs in alone)
    found, shared = separate(layout, INPUTS, HIDDEN), on_one_trunk(layout, INPUTS, HIDDEN)
    assert (found.parts, found.parameters) == (len(alone), apart)
    assert (shared.parts, shared.parameters) == (len(alone), together)
    assert found.bytes == 4 * apart


@pytest.mark.parametrize("classes", range(2, 11))
def test_so_many_sets_of_classes_need_a_head(classes: int) -> None:
    masks = range(2**classes)
    assert sets_to_ask(classes) == sum(mask.bit_count() > 1 for mask in masks)


def test_the_published_numbers_of_ten_and_of_five_classes() -> None:
    settings = Settings().change(design="elimination")
    assert (sets_to_ask(10), sets_to_ask(5)) == (1013, 26)
    assert separate(layout_of(settings, 10), INPUTS, HIDDEN).parameters == 24_014_560
    assert on_one_trunk(layout_of(settings, 10), INPUTS, HIDDEN).parameters == 181_960


def test_growth_is_read_off_the_number_of_networks() -> None:
    found = {design: growth(design) for design in DESIGNS}
    grows = {"one-vs-rest": 1, "all-pairs": 2, "elimination": None}
    assert found == {design: grows.get(design, 0) for design in DESIGNS}


def asked(design: str, reading: str, options: Options, classes: int, trunk: str) -> Passes:
    settings = Settings().change(design=design, trunk=trunk, hidden=2)
    if trunk == "frozen":
        below = initial_network(Settings(hidden=2), 6, classes)
        network = initial_network(settings, 6, classes, below)
    else:
        network = initial_network(settings, 6, classes)
    return passes(network, layout_of(settings, classes), reading, options)


@pytest.mark.parametrize("classes", [2, 3, 5, 7])
def test_a_walk_asks_a_head_a_step_on_one_forward_pass(classes: int) -> None:
    evidence = saying("elimination", any_outputs("elimination", 4, 1000, classes, 1), classes)
    for drop in (1, 2, 3):
        steps = len(walk_steps(evidence, Options(drop=drop)))
        found = asked("elimination", "walk", Options(drop=drop), classes, "frozen")
        assert found == Passes(1, steps)
    fought = len(duel_steps(evidence))
    assert asked("elimination", "duels", Options(), classes, "frozen") == Passes(1, fought)
    assert asked("elimination", "best-match", Options(), classes, "frozen") == Passes(1, 1)
    pairs = len(list(combinations(range(classes), 2)))
    assert asked("elimination", "votes", Options(), classes, "frozen") == Passes(1, pairs)
    assert asked("all-pairs", "votes", Options(), classes, "scratch").heads == pairs
    assert asked("all-pairs", "duels", Options(), classes, "frozen") == Passes(1, fought)


@pytest.mark.parametrize(
    ("design", "forward", "heads"),
    [
        ("ten-outputs", 1, 1),
        ("four-bits", 1, 1),
        ("one-vs-rest", 10, 10),
        ("all-pairs", 45, 45),
        ("elimination", 1, 9),
        ("plain-ensemble", 5, 5),
    ],
)
def test_the_usual_reading_takes_so_many_forward_passes(
    design: str, forward: int, heads: int
) -> None:
    settings = Settings().change(design=design, trunk="scratch", hidden=2)
    network = initial_network(settings, 6, 10)
    assert usual_passes(network, settings, layout_of(settings, 10)) == Passes(forward, heads)
