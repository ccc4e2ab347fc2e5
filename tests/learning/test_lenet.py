"""How LeNets learn, against autograd, a transcription of Keras and each model alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.networks.lenet import Lenet
from nnviz.training.engines import lenet_kernels
from nnviz.training.with_torch.lenet import (
    HowToLearn,
    Model,
    hidden_of,
    initial_lenet,
    learn_lenet,
)
from nnviz.training.with_torch.lenet_heads import learn_heads
from nnviz.training.with_torch.lenet_step import Sizes, from_row, pixels_of

SHAPE = (9, 8, 2)
CLASSES, COUNT = 4, 12
RANDOM = np.random.default_rng(5)
IMAGES = RANDOM.integers(0, 256, (COUNT, 144), dtype=np.uint8)
LABELS = np.arange(COUNT, dtype=np.uint8) % CLASSES
TARGETS = RANDOM.integers(0, 2, (COUNT, 3), dtype=np.uint8)
HOW = HowToLearn("adadelta", 1.0, 5, 2, seed=(3, 1))


def module(lenet: Lenet) -> nn.Sequential:
    """The usual way to write it down, in float64."""
    channels = lenet.first_weights.shape[1]
    rows, columns = Sizes(*SHAPE).pooled
    model = nn.Sequential(
        nn.Conv2d(channels, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(lenet.hidden_weights.shape[1], 256),
        nn.ReLU(),
        nn.Linear(256, len(lenet.output_biases)),
    )
    # torch flattens channel by channel
    hidden = lenet.hidden_weights.reshape(-1, rows, columns, 64).transpose(0, 3, 1, 2)
    values = replace(lenet, hidden_weights=hidden.reshape(len(hidden), -1))
    for parameter, value in zip(model.parameters(), astuple(values), strict=True):
        parameter.data = torch.tensor(value, dtype=torch.float64)
    return model


def images_of_torch() -> torch.Tensor:
    return torch.tensor(IMAGES.reshape(-1, *SHAPE).transpose(0, 3, 1, 2) / 255)


def same(one: Lenet, other: Lenet) -> bool:
    return all(map(np.array_equal, astuple(one), astuple(other)))


@pytest.fixture(scope="module")
def kernels() -> bool:
    """Compiled once."""
    assert lenet_kernels("cpu")
    return True


def gradients(how: HowToLearn, begun: Lenet, labels: np.ndarray, dtype: torch.dtype) -> nn.Module:
    """Those of one batch, as the weights of a module."""
    model = Model(begun, Sizes(*SHAPE), how, labels.ndim == 1, dtype)
    with torch.inference_mode():
        pixels = pixels_of(IMAGES, Sizes(*SHAPE), dtype, "cpu")
        model.find_gradients(pixels, model.targets(labels), lambda: None)
    return module(from_row(model.gradients, Sizes(*SHAPE)))


@pytest.mark.parametrize("softmax", [True, False])
def test_gradients_are_those_of_autograd(kernels: bool, softmax: bool) -> None:
    how = replace(HOW, dropout=False, positive_weight=1.0 if softmax else 7.0)
    begun = initial_lenet(SHAPE, CLASSES if softmax else 3, (1,), "torch")
    labels = LABELS if softmax else TARGETS
    usual = module(begun)
    sums = usual(images_of_torch())
    if softmax:
        nn.functional.cross_entropy(sums, torch.tensor(labels).long()).backward()
    else:
        cost = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(7.0), reduction="sum")
        (cost(sums, torch.tensor(labels).double()) / COUNT).backward()
    exact = gradients(how, begun, labels, torch.float64)
    single = gradients(how, begun, labels, torch.float32)
    compiled = gradients(replace(how, kernels=kernels), begun, labels, torch.float32)
    for wanted, *found in zip(
        *(each.parameters() for each in (usual, exact, single, compiled)), strict=True
    ):
        assert wanted.grad is not None
        largest = float(wanted.grad.abs().max())
        assert largest > 1e-3
        differences = [float((one.data - wanted.grad).abs().max()) / largest for one in found]
        assert differences[0] < 1e-7
        assert max(differences) < 2e-6


def test_hidden_activity_is_that_of_the_usual_way(kernels: bool) -> None:
    begun = initial_lenet(SHAPE, CLASSES, (1,), "torch")
    wanted = module(begun)[:-1](images_of_torch()).detach().numpy()
    for compiled in (False, kernels):
        found = hidden_of(begun, IMAGES, SHAPE, kernels=compiled)
        assert np.abs(found - wanted).max() < 1e-6
    assert hidden_of(begun, IMAGES[:0], SHAPE).shape == (0, 256)


def test_the_same_seed_learns_the_same_whatever_learns_beside_it(kernels: bool) -> None:
    seeds = [(3, 1), (3, 2), (3, 1)]
    with ThreadPoolExecutor(3) as pool:
        hows = [replace(HOW, seed=seed, kernels=kernels) for seed in seeds]
        learn = lambda how: learn_lenet(IMAGES, SHAPE, LABELS, CLASSES, how)  # noqa: E731
        one, other, again = pool.map(learn, hows)
    assert same(one, again)
    assert same(one, learn(hows[0]))
    assert not np.array_equal(one.second_weights, other.second_weights)


def test_heads_learn_together_what_each_learns_alone() -> None:
    features = RANDOM.random((COUNT, 256)).astype(np.float32)
    heads = [(0, 1), (1, 3), (0, 1, 2), (3, 2), (0, 1, 2, 3)]
    for batch in (4, 64):
        how = replace(HOW, batch=batch, epochs=3)
        together = learn_heads(features, LABELS, heads, how)
        for head, (weights, biases) in zip(heads, together, strict=True):
            ((own, own_biases),) = learn_heads(features, LABELS, [head], how)
            np.testing.assert_allclose(weights, own, atol=1e-6)
            np.testing.assert_allclose(biases, own_biases, atol=1e-6)
            assert weights.shape == (len(head), 256)
