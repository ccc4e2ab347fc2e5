"""Learns LeNets on one thread: all the chance in a model comes from its own seed.

Two threads of a process may learn models at once: each model has its own random numbers, and
nothing else is shared.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from torch import Tensor

from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import Shape
from nnviz.networks.lenet import FILTERS, HIDDEN, SIDE, Lenet
from nnviz.networks.network import LARGEST_WEIGHT
from nnviz.training.with_torch.lenet_step import (
    KEPT_FEATURES,
    KEPT_HIDDEN,
    Sizes,
    Trunk,
    from_row,
    into_row,
    pixels_of,
)
from nnviz.training.with_torch.optimisers import Row, make_optimiser

INITIAL, ORDER, DROPOUT = 0, 1, 2
"""What the random numbers of a seed are for."""
KERAS_CLIP = 1e-7
"""Where Keras cuts probabilities off before it takes their logarithm."""


@dataclass(frozen=True)
class HowToLearn:
    """How one LeNet learns."""

    optimiser: str
    """sgd or adadelta"""
    rate: float
    batch: int
    epochs: int
    updates: int = 0
    """Steps in all, in place of epochs; 0: by epochs"""
    seed: tuple[int, ...] = (1,)
    """Initial weights, the order of images and dropout come from it"""
    device: str = "cpu"
    bfloat16: bool = False
    """Large products in bfloat16"""
    dropout: bool = True
    positive_weight: float = 1.0
    """Of sigmoid outputs: how much a target of 1 counts, where one of 0 counts 1"""
    initial: str = "keras"
    """Initial weights: keras or torch"""
    kernels: bool = False
    """What is compiled takes part (see `engines.lenet_kernels`); the same but for rounding"""
    clip: float = 0.0
    """Outputs nearer to 0 or 1 teach nothing: KERAS_CLIP, as Keras has it; 0: all teach"""

    def steps(self, images: int) -> int:
        """Steps that a model takes with so many images."""
        return self.updates or self.epochs * -(-images // self.batch)


def initial_lenet(shape: Shape, outputs: int, seed: tuple[int, ...], initial: str) -> Lenet:
    """Random weights as a framework begins with: `keras` (uniform as Glorot and Bengio 2010 have
    it, biases 0) or `torch` (uniform within 1 / sqrt(inputs of a neuron), biases, too).

    `shape`: rows, columns, channels. Every layer has random numbers of its own: models with other
    outputs begin with the same hidden layers.
    """
    sizes, area = Sizes(*shape), SIDE * SIDE
    layers = (
        ((FILTERS[0], sizes.channels, SIDE, SIDE), area * sizes.channels, area * FILTERS[0]),
        ((FILTERS[1], FILTERS[0], SIDE, SIDE), area * FILTERS[0], area * FILTERS[1]),
        ((HIDDEN, sizes.features), sizes.features, HIDDEN),
        ((outputs, HIDDEN), HIDDEN, outputs),
    )
    drawn: list[Floats] = []
    for layer, (of_weights, ways_in, ways_out) in enumerate(layers):
        random = np.random.default_rng([*seed, INITIAL, layer])
        drawn += initial_layer(random, of_weights, ways_in, ways_out, initial)
    return Lenet(*drawn)


def initial_layer(
    random: np.random.Generator, shape: tuple[int, ...], ways_in: int, ways_out: int, initial: str
) -> tuple[Floats, Floats]:
    """Weights (neurons, ...) and biases (neurons,) that a layer begins with."""
    if initial == "keras":
        weights = _uniform(random, (6 / (ways_in + ways_out)) ** 0.5, shape)
        return weights, np.zeros(shape[0], np.float32)
    return _uniform(random, ways_in**-0.5, shape), _uniform(random, ways_in**-0.5, shape[:1])


def learn_lenet(
    images: Bytes,
    shape: Shape,
    labels: Bytes,
    classes: int,
    how: HowToLearn,
    start: Lenet | None = None,
    softmax: bool = True,
    tick: Callable[[int], None] = lambda _: None,
) -> Lenet:
    """What becomes of a LeNet that learns from images (images, inputs).

    With `softmax`, `labels` (images,) are class numbers and there are `classes` outputs, with
    the cost -log of the right one; else `labels` (images, outputs) are targets 0 and 1 of sigmoid
    outputs, with the cross-entropy summed over them. It begins with the hidden layers of `start`
    and new outputs; without one, anew. `tick` is told the steps that are done, several times a
    second, and may raise to end it. Weights may leave all bounds (see `bounded`). Whether
    the device is there, `engines.lenet_kernels` says.
    """
    outputs = classes if softmax else labels.shape[1]
    begun = initial_lenet(shape, outputs, how.seed, how.initial)
    if start is not None:
        begun = replace(
            start, output_weights=begun.output_weights, output_biases=begun.output_biases
        )
    with one_thread():
        model = Model(begun, Sizes(*shape), how, softmax)
        model.learn(images, labels, tick)
        return model.copy()


def hidden_of(
    lenet: Lenet,
    images: Bytes,
    shape: Shape,
    device: str = "cpu",
    tick: Callable[[], None] = lambda: None,
    kernels: bool = False,
) -> Floats:
    """(images, 256): the activity of the hidden neurons, nothing dropped out.

    `tick` is called several times a second and may raise.
    """
    how = HowToLearn("sgd", 0.0, 1, 0, device=device, kernels=kernels)
    with one_thread():
        model = Model(lenet, Sizes(*shape), how, True)
        found = [
            model.hidden(images[first : first + EVALUATED], tick)
            for first in range(0, len(images), EVALUATED)
        ]
        return np.concatenate(found) if found else np.zeros((0, HIDDEN), np.float32)


EVALUATED = 512
"""Images whose features are in memory at once."""


class Model:
    """One LeNet as it learns. `dtype` is float32; the tests also run the same code in float64."""

    def __init__(
        self,
        begun: Lenet,
        sizes: Sizes,
        how: HowToLearn,
        softmax: bool,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        shapes = sizes.shapes(len(begun.output_biases))
        self.weights, self.gradients = (Row(shapes, dtype, how.device) for _ in range(2))
        into_row(begun, self.weights)
        self._sizes, self._how, self._softmax, self._dtype = sizes, how, softmax, dtype
        low = torch.bfloat16 if how.bfloat16 else dtype
        self._trunk = Trunk(self.weights, self.gradients, sizes, low, how.kernels)
        self._optimiser = make_optimiser(
            how.optimiser, self.weights, self.gradients, how.rate, how.kernels
        )
        self._dropout = np.random.default_rng([*how.seed, DROPOUT])

    def learn(self, images: Bytes, labels: Bytes, tick: Callable[[int], None]) -> None:
        """Takes all the steps; `labels` and `tick` as `learn_lenet` has them."""
        how, count, done = self._how, len(images), 0
        wanted, epoch = how.steps(count), 0
        with torch.inference_mode():
            pixels = pixels_of(images, self._sizes, self._dtype, how.device)
            targets = self.targets(labels)
            while done < wanted:
                order = np.random.default_rng([*how.seed, ORDER, epoch]).permutation(count)
                rows = torch.from_numpy(order).to(how.device)
                for first in range(0, count, how.batch)[: wanted - done]:
                    batch = rows[first : first + how.batch]
                    self.find_gradients(pixels[batch], targets[batch], partial(tick, done))
                    self._optimiser.follow()
                    done += 1
                    tick(done)
                epoch += 1

    def find_gradients(self, pixels: Tensor, targets: Tensor, tick: Callable[[], None]) -> None:
        """Leaves the gradients of the mean cost of a batch in `gradients`."""
        weights, gradients, trunk = self.weights.parts, self.gradients.parts, self._trunk
        features = trunk.features(pixels, tick, learns=True)
        by_features, by_hidden = 1.0, 1.0
        if self._how.dropout:
            by_features, by_hidden = 1 / KEPT_FEATURES, 1 / KEPT_HIDDEN
            features.mul_(self.mask(features.shape, 2))
        hidden = trunk.hidden(features, by_features).relu_()
        if self._how.dropout:
            hidden.mul_(self.mask(hidden.shape, 1))
        sums = torch.mm(hidden, weights["outputs"].t()).mul_(by_hidden)
        errors = errors_of(sums.add_(weights["output_biases"]), targets, self._softmax, self._how)
        torch.sum(errors, 0, out=gradients["output_biases"])
        errors.mul_(by_hidden)
        torch.mm(errors.t(), hidden, out=gradients["outputs"])
        back = torch.mm(errors, weights["outputs"])
        back = torch.ops.aten.threshold_backward(back, hidden, 0)
        trunk.back(trunk.hidden_back(back, features, by_features), features, tick)

    def hidden(self, images: Bytes, tick: Callable[[], None]) -> Floats:
        """(images, 256) of images (images, inputs), nothing dropped out."""
        with torch.inference_mode():
            pixels = pixels_of(images, self._sizes, self._dtype, self._how.device)
            features = self._trunk.features(pixels, tick, learns=False)
            found: Floats = self._trunk.hidden(features, 1.0).relu_().cpu().numpy()
            return found

    def copy(self) -> Lenet:
        """The weights as they are now."""
        return from_row(self.weights, self._sizes)

    def targets(self, labels: Bytes) -> Tensor:
        """(images, outputs): what each should be."""
        if not self._softmax:
            return torch.from_numpy(np.asarray(labels)).to(self.weights.all)
        outputs = len(self.weights.parts["output_biases"])
        return torch.from_numpy(np.eye(outputs)[labels]).to(self.weights.all)

    def mask(self, shape: torch.Size, bits: int) -> Tensor:
        """Of 0 and 1: 0 with the chance of so many random bits that are all 0."""
        count = shape.numel()
        drawn = [np.frombuffer(self._dropout.bytes(-(-count // 8)), np.uint8) for _ in range(bits)]
        kept = np.unpackbits(np.bitwise_or.reduce(drawn), count=count)
        return torch.from_numpy(kept).to(self.weights.all.device).view(shape)


def errors_of(sums: Tensor, targets: Tensor, softmax: bool, how: HowToLearn) -> Tensor:
    """The gradient of the mean cost by the weighted sums (..., images, outputs) of outputs."""
    clip, count = how.clip, sums.shape[-2]
    if softmax:
        shares = torch.softmax(sums, -1)
        errors = shares - targets
        if clip:
            right = (shares * targets).sum(-1, keepdim=True)
            errors.mul_((right >= clip) & (right <= 1 - clip))
        return errors.div_(count)
    shares = torch.sigmoid(sums)
    errors = (shares - targets).mul_(1 + (how.positive_weight - 1) * targets)
    if clip:
        errors.mul_((shares >= clip) & (shares <= 1 - clip))
    return errors.div_(count)


def bounded(weights: Iterable[Floats]) -> bool:
    """Whether weights are numbers to reckon with, as those of a file must be."""
    # false of what is no number
    return all(bool(np.abs(each).max() <= LARGEST_WEIGHT) for each in weights)


@contextmanager
def one_thread() -> Iterator[None]:
    """Has torch work on this thread alone, and without slow denormal numbers, which are there
    again afterwards."""
    torch.set_num_threads(1)
    had = bool(np.float32(1e-40) * np.float32(1) != 0)
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(not had)


def _uniform(random: np.random.Generator, most: float, shape: tuple[int, ...]) -> Floats:
    return random.uniform(-most, most, shape).astype(np.float32)
