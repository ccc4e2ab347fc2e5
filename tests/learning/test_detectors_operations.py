"""Operating on neurons: the fast way is the slow way, for every design."""

import functools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.network import as_inputs, hidden_activity, initial_network, outputs_of
from nnviz.networks.operations import (
    HELD,
    MOST_SCALE,
    UNCHANGED,
    Operation,
    OperationError,
    Operations,
    operated,
)
from nnviz.networks.settings import Settings
from nnviz.questions import kept_activity
from nnviz.questions.accuracy import judge
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence
from nnviz.verdicts.readings import READINGS
from tests.learning.made_networks import TRAINED

IMAGES = 400

operation = st.builds(
    Operation,
    off=st.booleans(),
    held=st.booleans(),
    scale=st.sampled_from([1.0, 0.0, -1.0, 2.5]),
    shift=st.sampled_from([0.0, 1.0, -3.0]),
)
several = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500), operation), min_size=1, max_size=4
)


@functools.cache
def kept_of(design: str) -> KeptActivity:
    trained, digits = load(TRAINED / f"{design}.safetensors"), bundled_digits()
    return filled(Subject(trained.network, trained.settings), digits)


def filled(subject: Subject, digits, images: int = IMAGES) -> KeptActivity:
    kept = KeptActivity(subject, digits.test_images[:images], digits.test_labels[:images], 10)
    at_once(kept.filling())
    return kept


def slowly(kept: KeptActivity, network, digits) -> np.ndarray:
    """The answers by a forward pass of everything."""
    images = digits.test_images[: len(kept)]
    return judge(network, kept.layout, images, kept.reading, Options()).classes


@pytest.mark.parametrize("design", DESIGNS)
@tries(max_examples=12)
@given(chosen=several)
def test_judging_by_the_read_out_is_judging_everything(design, chosen):
    kept, digits = kept_of(design), bundled_digits()
    networks, hidden = kept.network.hidden_biases.shape
    operations = Operations()
    for network, neuron, each in chosen:
        operations = operations.put(network % networks, neuron % hidden, each)
    expected = slowly(kept, operated(kept.network, operations, kept.means), digits)
    found = kept.judge(operations)
    np.testing.assert_array_equal(found, expected)
    assert kept.accuracy_of(found) == np.mean(expected == kept.labels)


@pytest.mark.parametrize("design", DESIGNS)
@tries(max_examples=10)
@given(neuron=st.integers(0, 500), network=st.integers(0, 500))
def test_what_is_lost_without_a_neuron_is_what_is_lost_when_its_activity_is_its_mean(
    design, neuron, network
):
    kept, digits = kept_of(design), bundled_digits()
    networks, hidden = kept.network.hidden_biases.shape
    place = network % networks, neuron % hidden
    activity = hidden_activity(kept.network, as_inputs(digits.test_images[: len(kept)]))
    activity[(slice(None), *place)] = activity[(slice(None), *place)].mean()
    evidence = Evidence(kept.network, kept.layout, activity)
    answers = READINGS[kept.reading].read(evidence, Options()).classes
    before = np.mean(slowly(kept, kept.network, digits) == kept.labels)
    assert at_once(kept.lost_without(place)) == pytest.approx(
        before - np.mean(answers == kept.labels)
    )


@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs"])
def test_activity_that_is_too_much_to_keep_is_worked_out_again(design, monkeypatch):
    kept, digits = kept_of(design), bundled_digits()
    monkeypatch.setattr(kept_activity, "MOST_KEPT", 0)
    lean = filled(kept.subject, digits)
    operations = Operations().change(0, 1, held=True).change(0, 2, shift=2, scale=3)
    np.testing.assert_array_equal(lean.judge(operations), kept.judge(operations))
    np.testing.assert_allclose(lean.activity_of((0, 3)), kept.activity_of((0, 3)), atol=1e-6)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_outputs_hear_what_an_operation_says(activation, digits):
    settings = Settings(activation=activation)
    network = initial_network(settings, 784, 10)
    inputs = as_inputs(digits.test_images[:50])
    activity = hidden_activity(network, inputs)
    means = activity.mean(axis=0).astype(np.float64)
    shifted = replace(network, hidden_biases=network.hidden_biases + np.float32(1.5))
    heard = {
        Operation(off=True): 0 * activity[:, 0, 4],
        Operation(scale=-2): -2 * activity[:, 0, 4],
        Operation(held=True, shift=1.5): means[0, 4] + 0 * activity[:, 0, 4],
        Operation(held=True, scale=0.5): means[0, 4] / 2 + 0 * activity[:, 0, 4],
        Operation(shift=1.5): hidden_activity(shifted, inputs)[:, 0, 4],
        Operation(shift=1.5, scale=3): 3 * hidden_activity(shifted, inputs)[:, 0, 4],
        Operation(held=True, off=True): 0 * activity[:, 0, 4],
    }
    for each, expected in heard.items():
        changed = activity.copy()
        changed[:, 0, 4] = expected
        other = operated(network, Operations().put(0, 4, each), means)
        found = outputs_of(other, hidden_activity(other, inputs))
        np.testing.assert_allclose(found, outputs_of(network, changed), atol=1e-5)


def test_the_network_itself_stays_as_it_is():
    kept = kept_of("one-vs-rest")
    before = {name: array.copy() for name, array in kept.network.arrays().items()}
    operations = Operations().change(3, 4, off=True, shift=1.0).change(1, 0, held=True)
    other = operated(kept.network, operations, kept.means)
    kept.judge(operations)
    for name, array in kept.network.arrays().items():
        np.testing.assert_array_equal(array, before[name])
    np.testing.assert_array_equal(other.hidden_weights, kept.network.hidden_weights)
    changed = np.argwhere(other.output_weights != kept.network.output_weights)
    assert changed.tolist() == [[1, 0], [3, 4]]
    assert operated(kept.network, Operations(), kept.means) is kept.network


def test_operations_are_a_value():
    one = Operations().change(0, 3, off=True).change(0, 1, scale=2.0)
    other = Operations().change(0, 1, scale=2.0).change(0, 3, off=True)
    assert one == other
    assert hash(one) == hash(other)
    assert one.at(0, 3) == Operation(off=True)
    assert one.at(0, 0) == UNCHANGED
    assert not one.change(0, 3, off=False).change(0, 1, scale=1.0)
    assert one.put(0, 3, HELD).at(0, 3) == HELD


@pytest.mark.parametrize(
    "values", [{"scale": 2 * MOST_SCALE}, {"scale": float("nan")}, {"shift": float("inf")}]
)
def test_impossible_values_are_refused(values):
    with pytest.raises(OperationError, match="not "):
        Operation(**values)


def test_neurons_that_a_network_lacks_are_passed_over():
    kept = kept_of("ten-outputs")
    operations = Operations().change(7, 0, off=True).change(0, 999, held=True)
    np.testing.assert_array_equal(kept.judge(operations), kept.judge(Operations()))


def test_kept_means_are_means():
    kept, digits = kept_of("ten-outputs"), bundled_digits()
    activity = hidden_activity(kept.network, as_inputs(digits.test_images[: len(kept)]))[:, 0]
    np.testing.assert_allclose(kept.means[0], activity.mean(axis=0), atol=1e-5)
    for label in range(10):
        expected = activity[kept.labels == label].mean(axis=0)
        np.testing.assert_allclose(kept.class_means[0, :, label], expected, atol=1e-5)


def test_a_kept_network_is_known_again():
    kept = kept_of("ten-outputs")
    subject, network = kept.subject, kept.network
    same = replace(network, hidden_biases=network.hidden_biases.copy())
    other = replace(network, hidden_biases=network.hidden_biases + np.float32(1e-3))
    assert kept.is_of(replace(subject, network=same), kept.labels)
    assert not kept.is_of(replace(subject, network=other), kept.labels)
    assert not kept.is_of(replace(subject, reading="votes"), kept.labels)
    assert not kept.is_of(replace(subject, options=Options(drop=2)), kept.labels)
    assert not kept.is_of(subject, kept.labels.copy())
