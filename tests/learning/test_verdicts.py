"""What a network says of one image: the same numbers that make its outputs."""

import numpy as np
import pytest
from scipy.special import softmax

from nnviz.learning.designs import answers
from nnviz.learning.mistakes import measured
from nnviz.learning.network import Network, outputs_for_images
from nnviz.learning.settings import ACTIVATIONS, Settings
from nnviz.learning.verdicts import look
from tests.learning.runs import learn, new_network, new_trainer


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_contributions_and_bias_add_up_to_the_outputs(few, activation):
    network = new_network(Settings(activation=activation), few)
    for image in few.test_images[:20]:
        verdict = look(network, "ten-outputs", 10, image)
        sums = verdict.contributions.sum(axis=1) + network.output_biases
        np.testing.assert_allclose(verdict.outputs, softmax(sums), atol=1e-6)


def test_a_contribution_is_weight_times_activity(few):
    network = new_network(Settings(), few)
    verdict = look(network, "ten-outputs", 10, few.test_images[3])
    assert verdict.activity.shape == (1, 30)
    assert verdict.contributions.shape == (10, 30)
    for output, neuron in ((0, 0), (3, 29), (9, 14)):
        expected = network.output_weights[output, neuron] * verdict.activity[0, neuron]
        assert verdict.contributions[output, neuron] == expected


def test_the_verdict_of_each_image_is_its_answer_among_all(few):
    network = learn(new_trainer(Settings(), few), 60).network()
    outputs = outputs_for_images(network, few.test_images)
    together = answers(outputs, "ten-outputs", 10)
    for image, answer, row in zip(few.test_images, together, outputs, strict=True):
        verdict = look(network, "ten-outputs", 10, image)
        assert verdict.answer == answer
        assert verdict.confidence == verdict.outputs[answer]
        np.testing.assert_allclose(verdict.outputs, row, atol=1e-6)


def test_contributions_come_from_the_network_that_an_output_reads():
    draw = np.random.default_rng(0).standard_normal
    network = Network(
        draw((2, 3, 4)).astype(np.float32),
        draw((2, 3)).astype(np.float32),
        draw((3, 3)).astype(np.float32),
        draw(3).astype(np.float32),
        np.array([1, 0, 1]),
        "tanh",
        "sigmoid",
    )
    verdict = look(network, "ten-outputs", 3, np.array([0, 10, 100, 255], np.uint8))
    assert verdict.activity.shape == (2, 3)
    for output, which in enumerate((1, 0, 1)):
        expected = network.output_weights[output] * verdict.activity[which]
        np.testing.assert_array_equal(verdict.contributions[output], expected)


def test_the_strongest_are_those_that_push_most_up_or_down(few):
    verdict = look(new_network(Settings(), few), "ten-outputs", 10, few.test_images[0])
    strongest = verdict.strongest(4, 8)
    sizes = np.abs(verdict.contributions[4])
    assert list(sizes[strongest]) == sorted(sizes, reverse=True)[:8]
    assert len(set(strongest)) == 8
    signs = np.sign(verdict.contributions[4][strongest])
    assert {-1, 1} == set(signs)


def test_there_are_no_more_strongest_than_neurons(few):
    verdict = look(new_network(Settings(hidden=3), few), "ten-outputs", 10, few.test_images[0])
    assert sorted(verdict.strongest(0, 8)) == [0, 1, 2]


def test_accuracy_is_the_fraction_of_answers_that_are_right(few):
    network = learn(new_trainer(Settings(), few), 60).network()
    found = measured(network, "ten-outputs", 10, 600, few.test_images, few.test_labels)
    by_one = [
        look(network, "ten-outputs", 10, image).answer == label
        for image, label in zip(few.test_images, few.test_labels, strict=True)
    ]
    assert 0.3 < found.accuracy < 1
    assert found.accuracy == np.mean(by_one)
    assert found.examples == 600
    np.testing.assert_array_equal(found.answers == few.test_labels, by_one)
