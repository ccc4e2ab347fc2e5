"""The nearest training digits against scikit-learn's brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load
from nnviz.networks.network import as_inputs, hidden_activity, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions import neighbours
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.question import Subject
from tests.learning.asking import answer_to, made_training
from tests.learning.made_networks import TRAINED


def asked_about(image, network):
    return FindNeighbours(Subject(network, Settings()), image.tobytes())


@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs"])
def test_they_are_those_of_scikit_learn(design):
    digits, network = bundled_digits(), load(TRAINED / f"{design}.safetensors").network
    for number in (0, 35, 801):
        image = digits.test_images[number]
        told = answer_to(asked_about(image, network), digits)

        def activity(images):
            return hidden_activity(network, as_inputs(images)).reshape(len(images), -1)

        for found, space in ((told.by_pixels, as_inputs), (told.by_activity, activity)):
            brute = NearestNeighbors(n_neighbors=10, algorithm="brute")
            brute.fit(space(digits.train_images).astype(np.float64))
            far, which = brute.kneighbors(space(image[None]).astype(np.float64))
            np.testing.assert_allclose(found.distances, far[0], atol=1e-5)
            assert found.numbers.tolist() == which[0].tolist()
            np.testing.assert_array_equal(found.images, digits.train_images[found.numbers])
            np.testing.assert_array_equal(found.labels, digits.train_labels[found.numbers])


@tries(max_examples=40)
@given(seed=st.integers(0, 1000), count=st.integers(1, 40), levels=st.integers(1, 3))
def test_equal_distances_are_told_in_the_order_of_the_data_set(seed, count, levels):
    draw = np.random.default_rng(seed)
    images = draw.integers(0, levels, (count, 784)).astype(np.uint8) * (draw.random(784) < 0.004)
    images = images.astype(np.uint8)
    network = initial_network(Settings().change(hidden=3), 784, 10)
    whole = made_training(images, np.zeros(count, np.uint8))
    found = answer_to(asked_about(images[-1], network), whole).by_pixels
    squares = ((images.astype(int) - images[-1].astype(int)) ** 2).sum(axis=1)
    order = sorted(range(count), key=lambda each: (squares[each], each))[:10]
    assert found.numbers.tolist() == order


def test_it_pauses_after_every_block(monkeypatch):
    digits = bundled_digits()
    network = initial_network(Settings(), 784, 10)
    work = asked_about(digits.test_images[0], network).work(digits, {})
    blocks = -(-len(digits.train_images) // neighbours.BLOCK)
    assert sum(1 for _ in work) == 2 * blocks


def test_the_training_digits_are_read_anew_where_only_test_digits_are_shown():
    digits = bundled_digits()
    asked = asked_about(digits.test_images[0], initial_network(Settings(), 784, 10))
    told, expected = answer_to(asked, digits.to_look_at()), answer_to(asked, digits)
    np.testing.assert_array_equal(told.by_pixels.numbers, expected.by_pixels.numbers)
    np.testing.assert_array_equal(told.by_activity.images, expected.by_activity.images)
