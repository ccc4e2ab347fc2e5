"""Measures how fast LeNets learn, as studies have them, against the usual way to write it in torch.

Whole trials are worked out from their parts: the usual way takes half an hour for one.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from statistics import median
from time import perf_counter

import numpy as np
import torch
from torch import nn

from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import GREY, DigitSet, bundled_digits
from nnviz.networks.lenet import HIDDEN, Lenet
from nnviz.training.engines import lenet_kernels
from nnviz.training.with_torch.learner import prepare_torch
from nnviz.training.with_torch.lenet import (
    KERAS_CLIP,
    HowToLearn,
    hidden_of,
    initial_lenet,
    learn_lenet,
)
from nnviz.training.with_torch.lenet_heads import learn_heads
from tests.speed.rounds import Timings, ratios, time_steps
from tests.speed.row import Row

CLASSES, BATCH = 5, 128
HOW = HowToLearn("adadelta", 1.0, BATCH, 1, clip=KERAS_CLIP)
HEADS = [each for size in range(2, CLASSES + 1) for each in combinations(range(CLASSES), size)]
OF_CLASS = 612
"""Training images of a class of MNIST where every tenth is left"""
TESTED = 5139
"""Test images of its classes 0-4"""
BASE_EPOCHS, EPOCHS = 12, 20
STEPS = {
    "usual": 3,
    "ours": 6,
    "torch": 4,
    "bfloat16": 6,
    "torch bfloat16": 4,
    "usual trunk": 4,
    "usual heads": 2,
    "heads": 60,
    "usual asked": 3,
    "asked": 6,
}
ACCURACY_STEPS = 60


def measure(rounds: int) -> list[Row]:
    prepare_torch()
    assert lenet_kernels("cpu")
    digits = bundled_digits()
    few = digits.train_labels < CLASSES
    images, labels = digits.train_images[few], digits.train_labels[few]
    begun = initial_lenet(GREY, CLASSES, (1,), "keras")
    features = hidden_of(begun, images, GREY, kernels=True)
    how = replace(HOW, kernels=True)
    learners = {
        "usual": Usual(begun, images, labels),
        "ours": Ours(images, labels, how),
        "torch": Ours(images, labels, HOW),
        "bfloat16": Ours(images, labels, replace(how, bfloat16=True)),
        "torch bfloat16": Ours(images, labels, replace(HOW, bfloat16=True)),
        "usual trunk": UsualHeads(images, labels, begun, None),
        "usual heads": UsualHeads(images, labels, begun, features),
        "heads": Heads(features, labels, how),
        "usual asked": UsualAsked(begun, images),
        "asked": Asked(begun, images),
    }
    taken = time_steps(learners, STEPS, rounds)
    return [*_steps(taken, digits), *_heads(taken), *_trials(taken), _side_by_side(images, labels)]


class Usual:
    """A module of the usual layers, batch by batch."""

    def __init__(self, begun: Lenet, images: Bytes, labels: Bytes) -> None:
        self.model = usual_module(begun)
        self._images = pixels(images)
        self._labels = torch.from_numpy(labels).long()
        self._optimiser = usual_optimiser(self.model)

    def learn(self, steps: int) -> None:
        for _ in range(steps):
            rows = torch.randperm(len(self._images))[:BATCH]
            self._optimiser.zero_grad()
            sums = self.model(self._images[rows])
            nn.functional.cross_entropy(sums, self._labels[rows]).backward()
            self._optimiser.step()


class Ours:
    """What a study does, its beginning included."""

    def __init__(self, images: Bytes, labels: Bytes, how: HowToLearn) -> None:
        self._images, self._labels, self._how = images, labels, how

    def learn(self, steps: int) -> None:
        how = replace(self._how, updates=steps)
        learn_lenet(self._images, GREY, self._labels, CLASSES, how)


class UsualHeads:
    """A step of each head alone: through the frozen layers every time, as a fit of such a model
    does, or on features that were worked out once."""

    def __init__(self, images: Bytes, labels: Bytes, begun: Lenet, features: Floats | None) -> None:
        self._trunk = usual_module(begun)[:-2].requires_grad_(False)
        # through the trunk all heads cost the same: one of them will do
        self._sets = HEADS if features is not None else HEADS[:1]
        self._cached = features is not None
        seen = pixels(images) if features is None else torch.from_numpy(features)
        self._parts = []
        for classes in self._sets:
            own = np.flatnonzero(np.isin(labels, classes))
            right = torch.from_numpy(np.searchsorted(classes, labels[own]))
            head = nn.Linear(HIDDEN, len(classes))
            self._parts.append((head, usual_optimiser(head), seen[own], right))

    def learn(self, steps: int) -> None:
        for head, optimiser, seen, right in self._parts:
            for _ in range(steps):
                rows = torch.randperm(len(seen))[:BATCH]
                optimiser.zero_grad()
                features = seen[rows] if self._cached else self._trunk(seen[rows])
                nn.functional.cross_entropy(head(features), right[rows]).backward()
                optimiser.step()


class Heads:
    """A step of all heads."""

    def __init__(self, features: Floats, labels: Bytes, how: HowToLearn) -> None:
        self._features, self._labels, self._how = features, labels, how

    def learn(self, steps: int) -> None:
        how = replace(self._how, updates=steps)
        learn_heads(self._features, self._labels, HEADS, how)


class UsualAsked:
    """A batch that a module is asked about."""

    def __init__(self, begun: Lenet, images: Bytes) -> None:
        self._model, self._images = usual_module(begun).eval(), pixels(images)[:BATCH]

    def learn(self, steps: int) -> None:
        with torch.no_grad():
            for _ in range(steps):
                self._model(self._images)


class Asked:
    """The same, of ours, with what it takes to begin."""

    def __init__(self, begun: Lenet, images: Bytes) -> None:
        self._begun, self._images = begun, images[:BATCH]

    def learn(self, steps: int) -> None:
        hidden_of(self._begun, np.tile(self._images, (steps, 1)), GREY, kernels=True)


def usual_module(begun: Lenet) -> nn.Sequential:
    """Layer after layer, ReLU before pooling, channels first; its dropout is on."""
    outputs, features = len(begun.output_biases), begun.hidden_weights.shape[1]
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.25),
        nn.Linear(features, HIDDEN),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(HIDDEN, outputs),
    )


def usual_optimiser(model: nn.Module) -> torch.optim.Optimizer:
    """Adadelta with the numbers of Keras, weight by weight."""
    return torch.optim.Adadelta(model.parameters(), lr=1.0, rho=0.95, eps=1e-7, foreach=False)


def pixels(images: Bytes) -> torch.Tensor:
    """(images, 1, 28, 28), 0..1"""
    return (torch.from_numpy(images).float() / 255).view(-1, 1, 28, 28)


def _steps(taken: Timings, digits: DigitSet) -> list[Row]:
    exact, rough = (_accuracy(digits, bfloat16) for bfloat16 in (False, True))
    more = f"; {ACCURACY_STEPS} steps, test digits 0-4: {exact:.1%}, bfloat16 {rough:.1%}"
    step = f"a step of a LeNet from scratch, batch {BATCH}"
    against = "the usual layers in torch, one thread"
    return [
        _row("lenet", f"{step}, compiled parts", against, taken, "usual", "ours", 1.15),
        _row("lenet-torch", f"{step}, torch alone", against, taken, "usual", "torch", 1.15),
        _row(
            "lenet-bfloat16",
            f"{step}, compiled parts, other products in bfloat16",
            against,
            taken,
            "usual",
            "bfloat16",
            1.9,
            more,
        ),
        _row(
            "lenet-torch-bfloat16",
            f"{step}, torch alone, products in bfloat16",
            against,
            taken,
            "usual",
            "torch bfloat16",
        ),
        _row(
            "lenet-asked",
            f"{BATCH} images that a LeNet is asked about",
            against,
            taken,
            "usual asked",
            "asked",
        ),
    ]


def _heads(taken: Timings) -> list[Row]:
    count = len(HEADS)
    through = [count * each for each in taken["usual trunk"]]
    name = f"a step of {count} softmax heads on a frozen LeNet, batch {BATCH}"
    return [
        _row(
            "lenet-heads",
            name,
            "each head alone, through the frozen layers",
            {**taken, "usual trunk": through},
            "usual trunk",
            "heads",
            45,
        ),
        _row(
            "lenet-heads-cached",
            name,
            "each head alone, on cached features",
            taken,
            "usual heads",
            "heads",
        ),
    ]


def _trials(taken: Timings) -> list[Row]:
    """From the median of each round: the blog on MNIST, classes 0-4, every tenth image."""
    base = BASE_EPOCHS * -(-CLASSES * OF_CLASS // BATCH)
    pairs = [EPOCHS * -(-2 * OF_CLASS // BATCH)] * 10
    subsets = [EPOCHS * -(-len(each) * OF_CLASS // BATCH) for each in HEADS]
    every, shared = base + sum(pairs) + sum(subsets), base + sum(subsets)
    asked = TESTED / BATCH
    usual = [
        every * step + 37 * asked * ask
        for step, ask in zip(taken["usual"], taken["usual asked"], strict=True)
    ]
    ours = {
        steps: [
            steps * step + models * asked * ask
            for step, ask in zip(taken["ours"], taken["asked"], strict=True)
        ]
        for steps, models in ((every, 37), (shared, 27))
    }
    frozen_usual = [
        base * step + (every - base) * head + 37 * asked * ask
        for step, head, ask in zip(
            taken["usual"], taken["usual trunk"], taken["usual asked"], strict=True
        )
    ]
    frozen = [
        base * step + sum(subsets) / len(HEADS) * heads + (asked + CLASSES * OF_CLASS / BATCH) * ask
        for step, heads, ask in zip(taken["ours"], taken["heads"], taken["asked"], strict=True)
    ]
    trial = "a trial of the blog on MNIST, one core, worked out from its steps:"
    usually = "the usual layers in torch, one thread"
    return [
        _trial("lenet-trial", f"{trial} from scratch", usually, usual, ours[every], 2.0),
        _trial(
            "lenet-trial-shared",
            f"{trial} two-class subsets serve as pairs",
            usually,
            usual,
            ours[shared],
            2.5,
        ),
        _trial("lenet-trial-frozen", f"{trial} frozen layers", usually, frozen_usual, frozen, 10),
    ]


def _side_by_side(images: Bytes, labels: Bytes) -> Row:
    """Two models on two threads of a process; on a machine with less to do it is near 2."""
    one = Ours(images, labels, replace(HOW, kernels=True))
    values = []
    with ThreadPoolExecutor(2) as pool:
        for _ in range(3):
            began = perf_counter()
            one.learn(STEPS["ours"])
            one.learn(STEPS["ours"])
            middle = perf_counter()
            list(pool.map(one.learn, [STEPS["ours"]] * 2))
            values.append((middle - began) / (perf_counter() - middle))
    return Row(
        "lenet-threads",
        "two LeNets learn on two threads of a process, time on the wall",
        "one after the other",
        "x",
        values,
    )


def _accuracy(digits: DigitSet, bfloat16: bool) -> float:
    """That of a LeNet after some steps, for test digits of the classes in use."""
    few, tested = digits.train_labels < CLASSES, digits.test_labels < CLASSES
    how = replace(HOW, bfloat16=bfloat16, updates=ACCURACY_STEPS, kernels=True)
    found = learn_lenet(digits.train_images[few], GREY, digits.train_labels[few], CLASSES, how)
    sums = hidden_of(found, digits.test_images[tested], GREY) @ found.output_weights.T
    right = (sums + found.output_biases).argmax(1) == digits.test_labels[tested]
    return float(right.mean())


def _row(
    name: str,
    measured: str,
    against: str,
    taken: Timings,
    other: str,
    ours: str,
    limit: float | None = None,
    more: str = "",
) -> Row:
    """How many times longer the other takes."""
    milli = [median(taken[each]) / 1000 for each in (ours, other)]
    note = f"{milli[0]:,.3g} against {milli[1]:,.3g} ms{more}"
    values = ratios(taken[other], taken[ours])
    return Row(name, measured, against, "x", values, limit, at_least=True, note=note)


def _trial(
    name: str,
    measured: str,
    against: str,
    usual: Sequence[float],
    ours: Sequence[float],
    limit: float,
) -> Row:
    minutes = [median(each) / 6e7 for each in (ours, usual)]
    note = f"{minutes[0]:.1f} against {minutes[1]:.1f} minutes"
    values = ratios(list(usual), list(ours))
    return Row(name, measured, against, "x", values, limit, at_least=True, note=note)
