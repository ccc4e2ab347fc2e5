"""Hidden activations of networks that others trained: as torch has them, and learned by nobody."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from nnviz.data.digits import bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import (
    HIGHEST,
    LOWEST,
    as_inputs,
    hidden_activity,
    initial_network,
    squashed,
)
from nnviz.networks.settings import (
    ALL_ACTIVATIONS,
    OTHERS_ACTIVATIONS,
    SettingError,
    Settings,
    must_be_learnable,
)
from nnviz.networks.templates import slopes_on
from nnviz.questions.measuring import Examination
from nnviz.questions.piecemeal import at_once
from nnviz.training.compiled.firing import make_firing

functional = torch.nn.functional
TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky-relu": functional.leaky_relu,
    "elu": functional.elu,
    "selu": functional.selu,
    "gelu": functional.gelu,
    "silu": functional.silu,
    "softplus": functional.softplus,
    "hard-sigmoid": functional.hardsigmoid,
}
DIGITS = bundled_digits()


@pytest.mark.parametrize("activation", ALL_ACTIVATIONS)
def test_activity_and_slopes_are_those_of_torch(activation: str) -> None:
    sums = np.concatenate([np.linspace(-9, 9, 181), [-300, 300]]).astype(np.float32)
    there = TORCH[activation](torch.tensor(sums.astype(np.float64))).numpy()
    for kind in (np.float32, np.float64):
        np.testing.assert_allclose(squashed(activation, sums.astype(kind)), there, 1e-5, 1e-6)
    if activation in LOWEST:
        assert squashed(activation, np.array([-1e4]))[0] == pytest.approx(LOWEST[activation])
    if activation in HIGHEST:
        assert squashed(activation, np.array([1e4]))[0] == HIGHEST[activation]

    settings = Settings().change(activation=activation, hidden=7, initial="scaled")
    network = initial_network(settings, 784, 10)
    images = DIGITS.test_images[:5]
    inputs = torch.tensor(images / 255) @ torch.tensor(network.hidden_weights[0].T.astype(float))
    inputs = (inputs + torch.tensor(network.hidden_biases.astype(float))).requires_grad_()
    TORCH[activation](inputs).sum().backward()
    assert inputs.grad is not None
    found = slopes_on(network, images)
    np.testing.assert_allclose(found[:, 0], inputs.grad.numpy(), atol=2e-3)


@pytest.mark.parametrize("activation", OTHERS_ACTIVATIONS)
def test_whatever_measures_them_agrees_and_nothing_learns_them(activation: str) -> None:
    settings = Settings().change(activation=activation, hidden=7, initial="scaled")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    images, labels = DIGITS.test_images[:300], DIGITS.test_labels[:300]
    how = network, layout, DESIGNS[settings.design].readings[0], settings.cost
    products, quicker = (Examination(images, labels, 10, each) for each in (None, make_firing))
    expected, found = at_once(products.work(*how)), at_once(quicker.work(*how))
    assert found.cost == pytest.approx(expected.cost, rel=1e-5)
    activity = hidden_activity(network, as_inputs(images))
    shifted = hidden_activity(replace(network, activation="relu"), as_inputs(images))
    assert not np.array_equal(activity, shifted)
    with pytest.raises(SettingError, match="shown here but learn nothing"):
        must_be_learnable(settings)
