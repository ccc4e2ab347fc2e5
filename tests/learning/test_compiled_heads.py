"""The compiled heads, on a frozen hidden layer and on one that learns too, against autograd in
float64, and against themselves taken otherwise."""

import dataclasses
from itertools import chain, count

import numpy as np
import pytest
import torch

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network
from nnviz.networks.settings import ACTIVATIONS, Settings
from nnviz.training.compiled.frozen import FrozenLearner, Trunk
from nnviz.training.compiled.head_lists import heads_of
from nnviz.training.compiled.learner import CompiledLearner
from nnviz.training.compiled.making import make_compiled
from nnviz.training.compiled.subsets import SubsetsLearner
from nnviz.training.learner import Learner
from nnviz.training.orders import order_of
from tests.learning.reference import Reference
from tests.learning.runs import bits

pytestmark = pytest.mark.usefixtures("all_kernels")

FROZEN = [
    (design, cost)
    for design, entry in DESIGNS.items()
    if "frozen" in entry.trunks
    for cost in entry.costs
]


@pytest.fixture(scope="module")
def five(few: DigitSet) -> DigitSet:
    """130 digits of five classes, one of them far rarer than the others."""
    chosen = np.flatnonzero((few.train_labels < 4) | (np.arange(300) % 11 == 4))
    return dataclasses.replace(
        few,
        class_names=few.class_names[:5],
        train_images=few.train_images[chosen],
        train_labels=np.minimum(few.train_labels[chosen], 4),
    )


def start_of(settings: Settings, digits: DigitSet) -> Network:
    """The start of a run, on the trunk of a ten-output network where it is frozen."""
    wanted = settings.change(design="ten-outputs", trunk="scratch", hidden=settings.hidden)
    trunk = initial_network(wanted, digits.inputs, digits.classes)
    frozen = settings.trunk == "frozen"
    return initial_network(settings, digits.inputs, digits.classes, trunk if frozen else None)


def made(settings: Settings, digits: DigitSet, network: Network | None = None) -> Learner:
    layout = layout_of(settings, digits.classes)
    return make_compiled(network or start_of(settings, digits), settings, layout, digits)


def learn(
    learner: Learner, settings: Settings, *calls: int, shrink: float = 1.0, done: int = 0
) -> Learner:
    """Learns so many steps in each call; those that cross the end of an epoch in two."""
    batch = settings.batch
    per_epoch = -(-learner.length // batch)
    for steps in calls:
        while steps:
            epoch, step = divmod(done, per_epoch)
            now = min(steps, per_epoch - step)
            how = settings.rate, shrink, settings.nonnegative
            learner.learn(epoch, step * batch, now, batch, *how)
            done, steps = done + now, steps - now
    return learner


def difference(
    settings: Settings,
    digits: DigitSet,
    steps: int = 40,
    shrink: float = 1.0,
    network: Network | None = None,
) -> float:
    """Learns compiled and by autograd; -> the largest difference of a weight at the end."""
    network = network or start_of(settings, digits)
    layout = layout_of(settings, digits.classes)
    reference = Reference(network, settings.cost, layout, settings.trunk == "frozen")
    learner = learn(made(settings, digits, network), settings, steps, shrink=shrink)
    labels = torch.tensor(digits.train_labels.astype(np.int64))
    inputs = torch.tensor(digits.train_images).double() / 255
    orders = (order_of(settings.seed, epoch, len(labels)) for epoch in count())
    batches = chain.from_iterable(
        np.split(order, range(settings.batch, len(order), settings.batch)) for order in orders
    )
    for _, batch in zip(range(steps), batches, strict=False):
        how = settings.rate, shrink, settings.nonnegative
        reference.step(inputs[batch], labels[batch], *how)
    return reference.difference(tuple(map(torch.tensor, learner.copy().weights().values())))


def chosen(design: str, trunk: str = "frozen", **more: object) -> Settings:
    settings = Settings().change(design=design, trunk=trunk)
    return settings.change(**({"hidden": 20, "batch": 30, "initial": "scaled", "rate": 0.5} | more))


@pytest.mark.parametrize(("design", "cost"), FROZEN)
def test_read_outs_of_a_frozen_layer_follow_autograd(five, design, cost):
    assert difference(chosen(design, cost=cost, rate=0.5), five, shrink=0.99) < 1e-5


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_heads_and_the_layer_below_them_follow_autograd(five, activation):
    settings = chosen("elimination", "scratch", activation=activation, rate=0.1, batch=10)
    assert difference(settings, five, shrink=0.99) < 1e-5
    held = settings.change(nonnegative=True)
    assert difference(held, five, steps=20) < 1e-5


@pytest.mark.parametrize("trunk", ["frozen", "scratch"])
def test_all_heads_of_ten_classes_follow_autograd(few, trunk):
    assert difference(chosen("elimination", trunk, hidden=30, rate=0.1), few, steps=4) < 1e-5


@pytest.mark.parametrize(("hidden", "batch"), [(1, 1), (15, 130), (16, 17), (50, 200)])
@pytest.mark.parametrize("trunk", ["frozen", "scratch"])
def test_sizes_make_no_difference(five, trunk, hidden, batch):
    settings = chosen("elimination", trunk, hidden=hidden, batch=batch, rate=0.1)
    assert difference(settings, five, steps=4) < 2e-6


def test_heads_with_enormous_sums_follow_autograd(five):
    settings = chosen("elimination", batch=10, rate=0.1)
    network = start_of(settings, five)
    weights = 1000 * network.output_weights
    enormous = dataclasses.replace(network, output_weights=weights)
    assert difference(settings, five, steps=3, network=enormous) < 1e-3


@pytest.mark.parametrize(
    ("design", "trunk"),
    [
        ("ten-outputs", "frozen"),
        ("all-pairs", "frozen"),
        *((("elimination", t)) for t in ("frozen", "scratch")),
    ],
)
def test_weights_are_bit_for_bit_the_same_however_steps_are_taken(five, design, trunk):
    settings = chosen(design, trunk)
    at_once = bits(learn(made(settings, five), settings, 13, shrink=0.99).copy())
    assert bits(learn(made(settings, five), settings, *(1,) * 13, shrink=0.99).copy()) == at_once
    first = learn(made(settings, five), settings, 4, 3, shrink=0.99).copy()
    rest = learn(made(settings, five, first), settings, 6, shrink=0.99, done=7)
    assert bits(rest.copy()) == at_once


@pytest.mark.parametrize("white", [0, 255])  # few pixels with ink, or nearly all
def test_activity_is_the_same_whether_it_is_kept_or_not(five, white):
    settings = chosen("ten-outputs", hidden=17)
    network, layout = start_of(settings, five), layout_of(settings, 5)
    images = five.train_images ^ np.uint8(white)
    digits = np.array([129, 3, 77, 3], np.int64)
    found = []
    for room in (0, 10**6):
        trunk = Trunk(network, layout, images, 32, room)
        trunk.activity(digits[:2])
        activity, rows = trunk.activity(digits)
        found.append(activity[rows])
    assert np.array_equal(*found)
    wanted = hidden_activity(network, as_inputs(images[digits]))[:, 0]
    np.testing.assert_allclose(found[0][:, :17], wanted, atol=1e-6)
    assert (found[0][:, 17] == 1).all()
    assert not found[0][:, 18:].any()


def test_heads_are_asked_about_their_classes():
    heads = heads_of(layout_of(chosen("elimination"), 3), "softmax", np.arange(3))
    assert heads.classes.tolist() == [[0, 1, 0], [0, 1, 2], [0, 2, 0], [1, 2, 0]]
    assert heads.levels.tolist() == heads.size.tolist() == [2, 3, 2, 2]
    assert heads.shared.tolist() == [0, 2, 1, 0]
    pairs = heads_of(layout_of(chosen("all-pairs"), 3), "quadratic", np.array([0, 2]))
    assert pairs.classes[:, :2].tolist() == [[0, 0], [0, 2], [2, 0]]
    assert pairs.levels.tolist() == [1, 2, 1]
    (all_outputs,) = heads_of(layout_of(chosen("one-vs-rest"), 3), "quadratic", np.arange(3)).size
    assert all_outputs == 3


@pytest.mark.parametrize("trunk", ["frozen", "scratch"])
def test_weights_that_are_no_numbers_are_noticed(five, trunk):
    settings = chosen("elimination", trunk)
    learner = made(settings, five)
    assert learner.finite()
    learn(learner, settings, 60, shrink=1e6)
    assert not learner.finite()


def test_every_design_has_a_learner(five):
    wanted = {"frozen": FrozenLearner, "scratch": CompiledLearner}
    for design, entry in DESIGNS.items():
        for trunk in entry.trunks:
            subsets = (design, trunk) == ("elimination", "scratch")
            kind = SubsetsLearner if subsets else wanted[trunk]
            assert type(made(chosen(design, trunk), five)) is kind
