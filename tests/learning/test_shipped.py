"""What comes with the program, against the original MNIST (NNVIZ_DATA/mnist)."""

from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import DigitSet, Source, open_digits
from nnviz.networks.curves import next_epoch
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork, fitting, load
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import measured
from nnviz.questions.question import Subject
from tests.idx_files import mnist_folder
from tests.learning.runs import learn, new_trainer

LEAST = {
    "ten-outputs": 0.96,
    "four-bits": 0.925,
    "bit-layer": 0.955,
    "any-code": 0.935,
    "one-vs-rest": 0.97,
    "all-pairs": 0.959,
    "elimination": 0.96,
    "plain-ensemble": 0.97,
    "row-reader": 0.98,
}
"""Accuracy on the MNIST test digits"""
SHIPPED = sorted(TRAINED.glob("*.safetensors"))


@pytest.fixture(scope="module")
def mnist() -> DigitSet:
    return open_digits(Source("mnist", str(mnist_folder())))


def with_labels(images: np.ndarray, labels: np.ndarray) -> set[tuple[bytes, int]]:
    return {(image.tobytes(), int(label)) for image, label in zip(images, labels, strict=True)}


def accuracy(trained: TrainedNetwork, images: np.ndarray, labels: np.ndarray) -> float:
    subject = Subject(trained.network, trained.settings)
    return measured(subject, images, labels, 10).accuracy


# ---- bundled digits ------------------------------------------------------------------


def test_the_bundled_digits_are_500_of_each_class(digits):
    assert digits.class_names == tuple("0123456789")
    np.testing.assert_array_equal(np.bincount(digits.train_labels), [400] * 10)
    np.testing.assert_array_equal(np.bincount(digits.test_labels), [100] * 10)
    assert digits.train_images.shape == (4000, 784)
    assert digits.test_images.shape == (1000, 784)


@pytest.mark.parametrize("count", [10, 50, 1000])
def test_the_first_bundled_digits_are_balanced_too(digits, count):
    for labels in (digits.train_labels, digits.test_labels):
        assert set(np.bincount(labels[:count])) == {count // 10}


def test_no_bundled_digit_is_there_twice(digits):
    images = {image.tobytes() for image in (*digits.train_images, *digits.test_images)}
    assert len(images) == 5000


def test_the_bundled_digits_are_mnist_training_digits_with_their_labels(digits, mnist):
    bundled = with_labels(digits.train_images, digits.train_labels)
    bundled |= with_labels(digits.test_images, digits.test_labels)
    assert bundled <= with_labels(mnist.train_images, mnist.train_labels)


def test_no_bundled_digit_is_an_mnist_test_digit(digits, mnist):
    bundled = {image.tobytes() for image in (*digits.train_images, *digits.test_images)}
    assert bundled.isdisjoint(image.tobytes() for image in mnist.test_images)


def test_leaving_the_bundled_digits_out_leaves_55000(digits, mnist):
    left = mnist.without([*digits.train_images, *digits.test_images])
    assert len(left.train_labels) == 55_000
    assert len(left.test_labels) == 10_000


# ---- shipped networks ----------------------------------------------------------------


@pytest.mark.parametrize("name", DESIGNS)
def test_each_design_has_a_shipped_network(name):
    trained = load(TRAINED / f"{name}.safetensors")
    assert trained.settings.design == name


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_network_has_not_seen_the_bundled_digits(path: Path, digits):
    trained = fitting(load(path), path, digits)
    assert (trained.digits, trained.left_out, trained.trained_on) == ("mnist", "bundled", 55_000)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_network_reads_the_bundled_digits(path: Path, digits):
    trained = load(path)
    for images, labels in (
        (digits.train_images, digits.train_labels),
        (digits.test_images, digits.test_labels),
    ):
        assert accuracy(trained, images, labels) >= LEAST[path.stem] - 0.015


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_network_is_as_good_on_the_mnist_test_digits_as_it_says(path: Path, mnist):
    trained = load(path)
    found = accuracy(trained, mnist.test_images, mnist.test_labels)
    assert found >= LEAST[path.stem]
    assert found == pytest.approx(trained.test_accuracy, abs=0.0005)


def test_ten_outputs_are_the_classic_network():
    trained = load(TRAINED / "ten-outputs.safetensors")
    assert (trained.network.inputs, trained.network.hidden) == (784, 30)
    assert trained.settings.cost == "softmax"


def test_the_row_reader_is_a_network_of_ten_outputs_that_knows_non_digits():
    trained = load(TRAINED / "row-reader.safetensors")
    assert trained.non_digits == 60_000
    assert (trained.settings.design, trained.network.hidden) == ("ten-outputs", 300)


def test_elimination_stands_on_the_hidden_layer_of_ten_outputs():
    trunk = load(TRAINED / "ten-outputs.safetensors").network
    heads = load(TRAINED / "elimination.safetensors").network
    np.testing.assert_array_equal(heads.hidden_weights, trunk.hidden_weights)
    np.testing.assert_array_equal(heads.hidden_biases, trunk.hidden_biases)


# ---- learning on all of MNIST --------------------------------------------------------


def test_five_epochs_on_mnist_get_95_4_percent(mnist):
    trainer = new_trainer(
        Settings(rate=0.1, batch=10, hidden=30), mnist, sample=1000, point_after=next_epoch
    )
    learn(trainer, 5 * 6000)
    assert trainer.position.epoch == 5
    assert trainer.points[-1].test_accuracy >= 0.954
