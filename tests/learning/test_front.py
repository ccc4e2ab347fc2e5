"""Networks with a convolutional front: they say what torch's layers say, and ask no more LeNets
than a reading asks."""

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from torch.nn import functional

from nnviz.data.digits import COLOUR, GREY
from nnviz.networks.curves import Position
from nnviz.networks.film import moment_of
from nnviz.networks.front import feature_count, largest
from nnviz.networks.layouts import layout_of
from nnviz.networks.lenet import Lenet
from nnviz.networks.lenet_networks import network_of_lenets
from nnviz.networks.network import (
    LARGEST_WITH_FRONT,
    as_inputs,
    hidden_activity,
    neuron_activity,
    outputs_of,
)
from nnviz.networks.storage import separate
from nnviz.questions.accuracy import judge
from nnviz.questions.measuring import Examination
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence, Later, evidence_of
from nnviz.verdicts.leads import lead_of, pair_evidence, pixel_shares
from nnviz.verdicts.verdict import look
from nnviz.verdicts.work_per_answer import multiply_adds, walked_multiply_adds
from tests.lenets import FEW, models_of, network_of, random_lenet, settings_of

FIVE = 5


def images(count: int, shape: tuple[int, int, int] = GREY) -> np.ndarray:
    numbers = np.random.default_rng(count).integers(0, 256, (count, np.prod(shape)))
    return numbers.astype(np.uint8)


def by_torch(lenet: Lenet, shown: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """(images, outputs): the weighted sums, layer by layer as the blog's code has them."""
    sums = torch.from_numpy(as_inputs(shown)).reshape(-1, *shape).permute(0, 3, 1, 2)
    for weights, biases in (
        (lenet.first_weights, lenet.first_biases),
        (lenet.second_weights, lenet.second_biases),
    ):
        convolved = functional.conv2d(sums, torch.from_numpy(weights), torch.from_numpy(biases))
        sums = functional.relu(convolved)
    flat = functional.max_pool2d(sums, 2).permute(0, 2, 3, 1).flatten(1)
    hidden = functional.relu(functional.linear(flat, *map(torch.from_numpy, dense(lenet)[0])))
    return np.asarray(functional.linear(hidden, *map(torch.from_numpy, dense(lenet)[1])))


def dense(lenet: Lenet) -> list[tuple[np.ndarray, np.ndarray]]:
    return [
        (lenet.hidden_weights, lenet.hidden_biases),
        (lenet.output_weights, lenet.output_biases),
    ]


# ---- convolutions --------------------------------------------------------------------


@pytest.mark.parametrize("shape", [GREY, COLOUR])
@pytest.mark.parametrize("count", [1, 3, 65])
def test_a_lenet_says_what_torch_says(shape, count) -> None:
    settings, lenet = settings_of("ten-outputs"), random_lenet(10, 4, shape)
    layout = layout_of(settings, 10)
    network = network_of_lenets([lenet], layout, False, "softmax")
    shown = images(count, shape)
    said = outputs_of(network, hidden_activity(network, as_inputs(shown)))
    wanted = torch.softmax(torch.from_numpy(by_torch(lenet, shown, shape)), 1).numpy()
    assert np.abs(said - wanted).max() < 2e-6


def test_maps_are_those_before_and_after_pooling() -> None:
    network, shown = network_of(settings_of("ten-outputs"), 10), as_inputs(images(2))
    front = network.front
    assert front is not None
    first = front.first_maps(0, shown)
    second = front.second_maps(0, first)
    assert (first.shape, second.shape) == ((2, 26, 26, 32), (2, 24, 24, 64))
    (pooled,) = front.pooled(0, shown)
    assert np.array_equal(largest(second).reshape(2, -1), pooled)
    assert first.min() == second.min() == 0


def test_a_last_row_without_a_partner_is_dropped() -> None:
    maps = np.arange(5 * 7, dtype=np.float32).reshape(1, 5, 7, 1)
    assert largest(maps)[0, :, :, 0].tolist() == [[8, 10, 12], [22, 24, 26]]
    assert feature_count((9, 11, 1), 64) == 2 * 3 * 64


def test_no_images_have_no_activity() -> None:
    network = network_of(settings_of("ten-outputs"), 10)
    assert hidden_activity(network, np.zeros((0, 784), np.float32)).shape == (0, 1, FEW)


def test_what_it_takes_is_counted() -> None:
    network = network_of(settings_of("ten-outputs"), 10)
    convolutions = 26 * 26 * 9 * 32 + 24 * 24 * 9 * 32 * 64
    assert network.multiply_adds == convolutions + 9216 * FEW + 10 * FEW
    filters = 32 * 10 + 64 * (9 * 32 + 1)
    assert network.parameters == filters + FEW * 9217 + 10 * (FEW + 1)
    assert (network.inputs, network.hidden) == (784, FEW)
    alone = separate(layout_of(settings_of("ten-outputs"), 10), 9216, FEW, filters)
    assert alone.parameters == network.parameters


# ---- side by side --------------------------------------------------------------------


def test_two_outputs_of_a_softmax_serve_as_one_of_a_pair() -> None:
    settings, shown = settings_of("all-pairs"), images(7)
    layout = layout_of(settings, 3)
    models = models_of(layout)
    network = network_of_lenets(models, layout, False, "sigmoid")
    said = evidence_of(network, layout, shown)
    for model, (first, second) in zip(models, ((0, 1), (0, 2), (1, 2)), strict=True):
        wanted = torch.softmax(torch.from_numpy(by_torch(model, shown, GREY)), 1).numpy()
        assert np.abs(said.pairs[:, first, second] - wanted[:, 0]).max() < 2e-6


def test_heads_on_shared_layers_are_worked_out_once() -> None:
    settings, shown = settings_of("elimination"), images(3)
    layout = layout_of(settings, FIVE)
    models = models_of(layout)
    shared = [
        dataclasses.replace(
            models[0], output_weights=m.output_weights, output_biases=m.output_biases
        )
        for m in models
    ]
    one = network_of_lenets(models, layout, True, "softmax")
    apart = layout_of(settings.change(trunk="separate"), FIVE)
    many = network_of_lenets(shared, apart, False, "softmax")
    assert (one.networks, many.networks) == (1, 26)
    assert one.hidden_multiply_adds(1) * 26 == many.hidden_multiply_adds(26)
    ours, theirs = evidence_of(one, layout, shown), evidence_of(many, apart, shown)
    assert np.abs(ours.outputs - theirs.outputs).max() < 1e-6
    assert np.array_equal(
        judge(one, layout, shown, "walk").classes, judge(many, apart, shown, "walk").classes
    )


@pytest.mark.parametrize(
    ("design", "count", "shared"),
    [("ten-outputs", 2, False), ("all-pairs", 9, False), ("elimination", 26, False)],
)
def test_models_that_do_not_fit_are_refused(design, count, shared) -> None:
    layout = layout_of(settings_of(design), FIVE)
    with pytest.raises(ValueError, match="models for"):
        network_of_lenets([random_lenet(2)] * count, layout, shared, "softmax")


def test_outputs_and_images_that_do_not_fit_are_refused() -> None:
    layout = layout_of(settings_of("ten-outputs"), 10)
    with pytest.raises(ValueError, match="a model of 4 outputs where 10 are wanted"):
        network_of_lenets([random_lenet(4)], layout, False, "softmax")
    torn = dataclasses.replace(random_lenet(10), hidden_weights=np.zeros((FEW, 99), np.float32))
    with pytest.raises(ValueError, match="no images have 99 features"):
        network_of_lenets([torn], layout, False, "softmax")


# ---- only what is asked --------------------------------------------------------------


def asked_of(evidence: Evidence) -> np.ndarray:
    """(networks,): how many images each network was asked about"""
    assert isinstance(evidence.fired, Later)
    return np.asarray(evidence.fired._known.sum(axis=1))


@pytest.fixture(scope="module")
def heads():
    settings = settings_of("elimination", trunk="separate")
    return network_of(settings, FIVE), layout_of(settings, FIVE)


def test_a_walk_asks_one_lenet_for_each_size_of_sets(heads) -> None:
    network, layout = heads
    verdict = look(network, layout, images(1)[0], "walk")
    answer = verdict.answer
    asked = asked_of(verdict.evidence)
    assert asked.sum() == len(verdict.steps) == FIVE - 1
    assert np.isfinite(verdict.outputs).all()
    assert (asked_of(verdict.evidence) == 1).all()
    assert answer == look(network, layout, images(1)[0], "walk").answer


def test_what_was_asked_before_does_not_matter(heads) -> None:
    network, layout = heads
    shown = images(6)
    whole = evidence_of(network, layout, shown)
    whole.activity.sum()
    some = evidence_of(network, layout, shown)
    some.heads(np.array([[1, 3], [0, 4]]), np.array([0, 1, 0]), np.array([4, 0, 2]))
    assert sorted(asked_of(some)[asked_of(some) > 0].tolist()) == [1, 2]
    assert np.abs(some.pairs - whole.pairs).max() < 1e-6
    for reading in ("walk", "summed", "coupling", "duels", "best-match"):
        ours = judge(network, layout, shown, reading).classes
        assert np.array_equal(ours, look_at_each(network, layout, shown, reading))


def look_at_each(network, layout, shown, reading) -> np.ndarray:
    return np.array([look(network, layout, one, reading).answer for one in shown])


def test_a_walk_takes_the_lenets_that_it_asks(heads) -> None:
    network, layout = heads
    one = network.hidden_multiply_adds(1)
    outputs = FEW * (5 + 4 + 3 + 2)
    assert multiply_adds(network, layout, "walk") == 4 * one + outputs
    assert multiply_adds(network, layout, "walk", Options(drop=3)) == 2 * one + FEW * (5 + 2)
    assert multiply_adds(network, layout, "best-match") == one + FEW * 5
    assert multiply_adds(network, layout, "summed") == 10 * one + FEW * 20
    assert walked_multiply_adds(network, layout, 7, 1.5) == 1.5 * one + FEW * 7


# ---- many digits ---------------------------------------------------------------------


@pytest.mark.parametrize("reading", ["walk", "summed"])
def test_an_examination_reads_image_by_image(heads, reading) -> None:
    network, layout = heads
    shown, labels = images(21), (np.arange(21) % FIVE).astype(np.uint8)

    def nobody(_images):
        raise AssertionError("lists of pixels serve no convolution")
        yield

    examination = Examination(shown, labels, FIVE, nobody)
    marks = at_once(examination.work(network, layout, reading))
    wanted = judge(network, layout, shown, reading).classes
    assert np.array_equal(marks.answers, wanted)
    assert marks.right == np.mean(wanted == labels)
    with pytest.raises(ValueError, match="cost"):
        at_once(examination.work(network, layout, reading, "softmax"))


def test_neighbours_are_found_in_the_hidden_layer_and_kept(few) -> None:
    settings = settings_of("ten-outputs")
    network, kept = network_of(settings, 10), {}
    small = dataclasses.replace(
        few, train_images=few.train_images[:40], train_labels=few.train_labels[:40]
    )
    activity = hidden_activity(network, as_inputs(small.train_images))[:, 0].astype(float)
    for number in (3, 8):
        pixels = small.test_images[number]
        own = hidden_activity(network, as_inputs(pixels[None]))[0, 0].astype(float)
        asked = FindNeighbours(Subject(network, settings), pixels.tobytes())
        found = at_once(asked.work(small, kept)).by_activity
        wanted = np.sqrt(np.square(activity - own).sum(axis=1))
        assert np.allclose(found.distances, np.sort(wanted)[:10], atol=1e-5)
        network = dataclasses.replace(network)  # as a message brings it: another object
    assert sum(map(len, kept[FindNeighbours].blocks)) == 40


# ---- what else is asked of a network -------------------------------------------------


def test_a_lead_is_a_sum_over_hidden_neurons(heads) -> None:
    network, layout = heads
    (shown,) = images(1)
    lead = lead_of(network, layout, shown, 1, 3)
    pair = evidence_of(network, layout, shown[None]).pairs[0, 1, 3]
    assert lead.total == pytest.approx(np.log(pair / (1 - pair)), abs=1e-4)
    assert not pair_evidence(network, layout, 1, 3).template.any()
    with pytest.raises(ValueError, match="convolutions"):
        pixel_shares(network, lead, shown)


def test_a_neuron_fires_as_among_all(heads) -> None:
    network, _ = heads
    inputs = as_inputs(images(2))
    activity = hidden_activity(network, inputs)
    assert np.abs(neuron_activity(network, (7, 2), inputs) - activity[:, 7, 2]).max() < 1e-5


def test_a_moment_brings_all_its_weights_back() -> None:
    network = network_of(settings_of("ten-outputs"), 10)
    moment = moment_of(network, 0, Position())
    assert len(moment.weights) == network.parameters
    again = moment.network(network)
    for name, array in network.weights().items():
        assert np.allclose(again.weights()[name], array, rtol=1e-3, atol=1e-6)
    assert not again.fires_like(network)  # float16
    assert again.fires_like(dataclasses.replace(again))


@tries(max_examples=10, deadline=None)
@given(st.sampled_from(["first_weights", "second_biases", "hidden_weights", "output_biases"]))
def test_weights_beyond_reckoning_are_found_in_every_layer(name) -> None:
    network = network_of(settings_of("ten-outputs"), 10)
    assert network.finite()
    weights = {key: array.copy() for key, array in network.weights().items()}
    weights[name].flat[-1] = 2 * LARGEST_WITH_FRONT
    assert not network.with_weights(weights).finite()
