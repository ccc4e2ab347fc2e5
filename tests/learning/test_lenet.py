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
    KERAS_CLIP,
    HowToLearn,
    Model,
    bounded,
    errors_of,
    hidden_of,
    initial_lenet,
    learn_lenet,
)
from nnviz.training.with_torch.lenet_heads import learn_heads, learn_outputs
from nnviz.training.with_torch.lenet_step import (
    KEPT_FEATURES,
    KEPT_HIDDEN,
    Sizes,
    from_row,
    pixels_of,
)

SHAPE = (9, 8, 2)
CLASSES, COUNT = 4, 12
RANDOM = np.random.default_rng(5)
IMAGES = RANDOM.integers(0, 256, (COUNT, 144), dtype=np.uint8)
LABELS = np.arange(COUNT, dtype=np.uint8) % CLASSES
TARGETS = RANDOM.integers(0, 2, (COUNT, 3), dtype=np.uint8)
FEATURES = RANDOM.random((COUNT, 256)).astype(np.float32)
HOW = HowToLearn("adadelta", 1.0, 5, 2, seed=(3, 1))
MODEL = initial_lenet(SHAPE, CLASSES, (1,), "torch")


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


def test_heads_learn_together_what_each_learns_alone(kernels: bool) -> None:
    heads = [(0, 1), (1, 3), (0, 1, 2), (2, 3), (0, 1, 2, 3)]
    for batch in (4, 64):
        how = replace(HOW, batch=batch, epochs=3, clip=KERAS_CLIP)
        together = learn_heads(FEATURES, LABELS, heads, how)
        compiled = learn_heads(FEATURES, LABELS, heads, replace(how, kernels=kernels))
        for head, (weights, biases), other in zip(heads, together, compiled, strict=True):
            assert weights.shape == (len(head), 256)
            ((own, own_biases),) = learn_heads(FEATURES, LABELS, [head], how)
            for found, found_biases in ((own, own_biases), other):
                np.testing.assert_allclose(found, weights, atol=2e-5)
                np.testing.assert_allclose(found_biases, biases, atol=2e-5)


def test_a_head_learns_as_autograd_and_keras_would_have_it(kernels: bool) -> None:
    head, how = (1, 3), replace(HOW, batch=64, epochs=7)
    ((weights, biases),) = learn_heads(FEATURES, LABELS, [head], replace(how, epochs=0))
    own = np.isin(LABELS, head)
    images = torch.tensor(FEATURES[own], dtype=torch.float64)
    right = torch.tensor((LABELS[own] == 3).astype(int))
    kept = [torch.tensor(each, dtype=torch.float64) for each in (weights, biases)]
    state = [(torch.zeros_like(each), torch.zeros_like(each)) for each in kept]
    for _ in range(7):
        layer = [each.clone().requires_grad_() for each in kept]
        nn.functional.cross_entropy(images @ layer[0].T + layer[1], right).backward()
        found = [
            keras_adadelta(each, one.grad, *two)
            for each, one, two in zip(kept, layer, state, strict=True)
        ]
        kept, state = [each[0] for each in found], [each[1:] for each in found]
    for compiled in (False, kernels):
        (ours,) = learn_heads(FEATURES, LABELS, [head], replace(how, kernels=compiled))
        for one, other in zip(ours, kept, strict=True):
            assert np.abs(one - other.numpy()).max() < 1e-5
    assert np.abs(weights - kept[0].numpy()).max() > 1e-3


def keras_adadelta(weights, gradient, gathered, walked):  # type: ignore[no-untyped-def]
    """`Adadelta.get_updates` of Keras 2.2.4, line by line, with its usual numbers."""
    lr, rho, epsilon = 1.0, 0.95, 1e-7
    new_a = rho * gathered + (1.0 - rho) * gradient**2
    update = gradient * (walked + epsilon) ** 0.5 / (new_a + epsilon) ** 0.5
    return weights - lr * update, new_a, rho * walked + (1 - rho) * update**2


def test_sigmoid_outputs_learn_by_autograd_too() -> None:
    how = replace(HOW, optimiser="sgd", rate=0.1, batch=64, epochs=3, positive_weight=2.0)
    weights, biases = map(torch.tensor, learn_outputs(FEATURES, TARGETS, replace(how, epochs=0)))
    for _ in range(3):
        layer = [each.clone().requires_grad_() for each in (weights, biases)]
        sums = torch.tensor(FEATURES) @ layer[0].T + layer[1]
        cost = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(2.0), reduction="sum")
        (cost(sums, torch.tensor(TARGETS).float()) / COUNT).backward()
        weights, biases = (each.detach() - 0.1 * each.grad for each in layer)
    ours, own_biases = learn_outputs(FEATURES, TARGETS, how)
    assert np.abs(ours - weights.numpy()).max() < 1e-6
    assert np.abs(own_biases - biases.numpy()).max() < 1e-6


@pytest.mark.parametrize("softmax", [True, False])
def test_what_keras_cuts_off_teaches_nothing(softmax: bool) -> None:
    sums = torch.tensor([[20.0, 0.0], [0.0, 20.0], [1.0, 0.0]], dtype=torch.float64)
    targets = torch.tensor([[0.0, 1.0]] * 3, dtype=torch.float64)
    all_teach = errors_of(sums, targets, softmax, HOW)
    clipped = errors_of(sums, targets, softmax, replace(HOW, clip=KERAS_CLIP))
    silent = (all_teach != clipped).any(1).tolist()
    assert silent == [True, True, False]
    assert clipped[0, 0] == 0
    assert bool(all_teach[0].abs().max() > 0.3)


def test_dropout_leaves_half_and_three_quarters_and_scales_the_rest() -> None:
    begun = initial_lenet((28, 28, 1), 2, (1,), "keras")
    masks = Model(begun, Sizes(28, 28, 1), HOW, True)
    for bits, kept in ((1, KEPT_HIDDEN), (2, KEPT_FEATURES)):
        mask = masks.mask(torch.Size((100, 3000)), bits).double()
        assert abs(float(mask.mean()) - kept) < 0.005
        assert set(mask.unique().tolist()) == {0.0, 1.0}
    # an error of what was kept counts as much more as was dropped out
    without = replace(HOW, dropout=False)
    mean, wanted = (
        np.mean(
            [
                gradients(replace(how, seed=(k,)), MODEL, LABELS, torch.float64)[-1].bias.data
                for k in range(60 if how.dropout else 1)
            ],
            axis=0,
        )
        for how in (HOW, without)
    )
    assert np.abs(mean - wanted).max() < 0.05


def test_initial_weights_are_those_of_keras_or_torch() -> None:
    keras, torches = (initial_lenet((28, 28, 1), 5, (1, 2), each) for each in ("keras", "torch"))
    assert np.abs(keras.first_weights).max() == pytest.approx((6 / (9 + 9 * 32)) ** 0.5, rel=0.02)
    assert np.abs(keras.hidden_weights).max() == pytest.approx((6 / (9216 + 256)) ** 0.5, rel=0.01)
    assert not keras.hidden_biases.any()
    assert np.abs(torches.second_weights).max() == pytest.approx((9 * 32) ** -0.5, rel=0.01)
    assert 0 < np.abs(torches.second_biases).max() <= (9 * 32) ** -0.5
    other = initial_lenet((28, 28, 1), 3, (1, 2), "keras")
    assert np.array_equal(other.hidden_weights, keras.hidden_weights)


def test_learning_goes_on_from_hidden_layers_for_so_many_updates(kernels: bool) -> None:
    how = replace(HOW, kernels=kernels, updates=4)
    told: list[int] = []
    found = learn_lenet(IMAGES, SHAPE, TARGETS, 3, how, MODEL, softmax=False, tick=told.append)
    assert told == sorted(told)
    assert told[-1] == 4
    assert found.output_weights.shape == (3, 256)
    by_epochs = learn_lenet(IMAGES, SHAPE, TARGETS, 3, replace(how, updates=0, epochs=0), MODEL)
    assert np.array_equal(by_epochs.second_weights, MODEL.second_weights)
    assert not np.array_equal(by_epochs.output_weights, MODEL.output_weights)
    assert not np.array_equal(found.second_weights, MODEL.second_weights)
    assert how.steps(COUNT) == 4
    assert replace(how, updates=0).steps(COUNT) == 2 * 3


def test_whoever_waits_may_end_it_and_small_numbers_are_as_before() -> None:
    class Enough(Exception):
        pass

    def enough(*_: int) -> None:
        raise Enough

    small = np.float32(1e-40)
    for call in (
        lambda: learn_lenet(IMAGES, SHAPE, LABELS, CLASSES, HOW, tick=enough),
        lambda: hidden_of(MODEL, IMAGES, SHAPE, tick=enough),
        lambda: learn_heads(FEATURES, LABELS, [(0, 1)], HOW, tick=enough),
        lambda: learn_outputs(FEATURES, TARGETS, HOW, tick=enough),
    ):
        with pytest.raises(Enough):
            call()
        assert small * np.float32(1) != 0


def test_weights_beyond_all_bounds_are_told() -> None:
    assert bounded(vars(MODEL).values())
    how = replace(HOW, optimiser="sgd", rate=1e12)
    assert not bounded(vars(learn_lenet(IMAGES, SHAPE, LABELS, CLASSES, how)).values())


def test_bfloat16_learns_nearly_the_same(kernels: bool) -> None:
    for compiled in (False, kernels):
        how = replace(HOW, dropout=False, kernels=compiled)
        one = gradients(how, MODEL, LABELS, torch.float32)
        other = gradients(replace(how, bfloat16=True), MODEL, LABELS, torch.float32)
        for exact, rough in zip(one.parameters(), other.parameters(), strict=True):
            difference = float((exact.data - rough.data).norm() / exact.data.norm())
            assert 0 < difference < 0.1
