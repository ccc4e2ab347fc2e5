"""Learns many small output layers at once on the hidden activity of one frozen LeNet.

The activity is worked out once, with nothing dropped out. Every softmax head has images, an order
and first weights of its own, which come from the seed and its classes alone, so that it learns
what it would learn by itself; heads with as many classes and images take each step together.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.training.with_torch.lenet import (
    INITIAL,
    ORDER,
    HowToLearn,
    errors_of,
    initial_layer,
    one_thread,
)
from nnviz.training.with_torch.optimisers import EPSILON, LINE, RHO, Row, make_optimiser

AT_ONCE = 50
"""Steps from all images of a head that are taken before who waits is told"""
Outputs = tuple[Floats, Floats]
"""Weights (outputs, hidden) and biases (outputs,)"""


def learn_heads(
    features: Floats,
    labels: Bytes,
    heads: Sequence[tuple[int, ...]],
    how: HowToLearn,
    tick: Callable[[int], None] = lambda _: None,
) -> list[Outputs]:
    """One softmax head for each set of classes, on features (images, hidden) that do not change.

    A head learns only from the images of its classes; nothing is dropped out. `tick` is told the
    steps that all heads together have done, and may raise to end it.
    """
    rows = [np.flatnonzero(np.isin(labels, classes)) for classes in heads]
    with one_thread(), torch.inference_mode():
        if how.kernels:
            return _compiled(np.ascontiguousarray(features), labels, heads, rows, how, tick)
        alike: dict[tuple[int, int], list[int]] = {}
        for place, (classes, own) in enumerate(zip(heads, rows, strict=True)):
            alike.setdefault((len(classes), len(own)), []).append(place)
        found: dict[int, Outputs] = {}
        done = 0
        seen = torch.from_numpy(np.ascontiguousarray(features)).to(how.device)
        for places in alike.values():
            chosen = [heads[place] for place in places]
            group = Heads(seen, labels, chosen, [rows[place] for place in places], how)
            for _ in range(how.steps(len(rows[places[0]]))):
                group.step()
                done += len(places)
                tick(done)
            found.update(zip(places, group.copies(), strict=True))
        return [found[place] for place in range(len(heads))]


def learn_outputs(
    features: Floats,
    targets: Bytes,
    how: HowToLearn,
    tick: Callable[[int], None] = lambda _: None,
) -> Outputs:
    """One layer of sigmoid outputs on features (images, hidden) that do not change; `targets`
    (images, outputs), cost and errors as `learn_lenet` has them."""
    (count, outputs), hidden = targets.shape, features.shape[1]
    with one_thread(), torch.inference_mode():
        layer = Layer(1, outputs, hidden, how)
        random = np.random.default_rng([*how.seed, INITIAL])
        layer.begin(0, *initial_layer(random, (outputs, hidden), hidden, outputs, how.initial))
        seen = torch.from_numpy(np.ascontiguousarray(features)).to(how.device)
        wanted = torch.from_numpy(np.asarray(targets)).to(seen)
        random = np.random.default_rng([*how.seed, ORDER])
        order, at = torch.zeros(0, dtype=torch.int64), 0
        for step in range(how.steps(count)):
            if at >= len(order):
                order, at = torch.from_numpy(random.permutation(count)).to(how.device), 0
            taken = order[at : at + how.batch]
            at += how.batch
            layer.step(seen[taken][None], wanted[taken][None], softmax=False)
            tick(step + 1)
        return layer.copies()[0]


def _compiled(
    features: Floats,
    labels: Bytes,
    heads: Sequence[tuple[int, ...]],
    rows: Sequence[Indices],
    how: HowToLearn,
    tick: Callable[[int], None],
) -> list[Outputs]:
    """`learn_heads`, head by head: an epoch at a time."""
    # numba, which need not be there, takes a second to import
    from nnviz.training.compiled.lenet_heads import learn_head

    hidden = features.shape[1]
    rho = RHO if how.optimiser == "adadelta" else 0.0
    numbers: Sequence[Any] = [np.float32(number) for number in (how.rate, rho, EPSILON, how.clip)]
    # as torch lays it out, on cache lines
    aligned = torch.from_numpy(features).clone().numpy()
    found, done = [], 0
    for classes, own in zip(heads, rows, strict=True):
        outputs, batch = len(classes), min(how.batch, len(own))
        given = list(torch.zeros(4, outputs * hidden + LINE).numpy())
        weights = given[0][: outputs * hidden].reshape(outputs, hidden)
        biases = given[0][outputs * hidden :][:outputs]
        weights[:], biases[:] = _initial(classes, hidden, how)
        slots = np.zeros(256, np.uint8)
        slots[list(classes)] = range(outputs)
        wanted, random = how.steps(len(own)), _random(how.seed, classes)
        while wanted:
            if batch == len(own):  # the order of all of them is none
                taken = np.tile(own, min(wanted, AT_ONCE))
            else:
                taken = own[random.permutation(len(own))][: wanted * batch]
            learn_head(aligned, taken, slots[labels[taken]], batch, outputs, *given, *numbers)
            steps = -(-len(taken) // batch)
            wanted, done = wanted - steps, done + steps
            tick(done)
        found.append((weights.copy(), biases.copy()))
    return found


class Layer:
    """Output layers of one size, side by side."""

    def __init__(self, count: int, outputs: int, inputs: int, how: HowToLearn) -> None:
        shapes = {"weights": (count, outputs, inputs), "biases": (count, 1, outputs)}
        self._how = how
        self._weights, self._gradients = (Row(shapes, torch.float32, how.device) for _ in range(2))
        self._optimiser = make_optimiser(how.optimiser, self._weights, self._gradients, how.rate)

    def begin(self, place: int, weights: Floats, biases: Floats) -> None:
        """Puts the first weights of one of them in place."""
        parts: Mapping[str, Tensor] = self._weights.parts
        parts["weights"][place] = torch.from_numpy(weights)
        parts["biases"][place, 0] = torch.from_numpy(biases)

    def step(self, features: Tensor, targets: Tensor, softmax: bool) -> None:
        """All take one step: features (layers, batch, inputs), targets (layers, batch, outputs)."""
        weights, gradients = self._weights.parts, self._gradients.parts
        sums = torch.baddbmm(weights["biases"], features, weights["weights"].transpose(1, 2))
        errors = errors_of(sums, targets, softmax, self._how)
        torch.bmm(errors.transpose(1, 2), features, out=gradients["weights"])
        torch.sum(errors, 1, keepdim=True, out=gradients["biases"])
        self._optimiser.follow()

    def copies(self) -> list[Outputs]:
        """Weights and biases of each."""
        parts = {name: part.cpu().numpy().copy() for name, part in self._weights.parts.items()}
        return list(zip(parts["weights"], parts["biases"][:, 0], strict=True))


class Heads:
    """Softmax heads with as many classes and images each, in lockstep."""

    def __init__(
        self,
        features: Tensor,
        labels: Bytes,
        heads: Sequence[tuple[int, ...]],
        rows: Sequence[Indices],
        how: HowToLearn,
    ) -> None:
        self._features, self._how = features, how
        self._rows = torch.from_numpy(np.stack(rows))
        self._layer = Layer(len(heads), len(heads[0]), features.shape[1], how)
        for place, classes in enumerate(heads):
            self._layer.begin(place, *_initial(classes, features.shape[1], how))
        slots = np.stack(
            [
                np.argmax(labels[own, None] == classes, 1)
                for own, classes in zip(rows, heads, strict=True)
            ]
        )
        self._targets = torch.nn.functional.one_hot(torch.from_numpy(slots), len(heads[0]))
        self._targets = self._targets.to(features.dtype)
        self._random = [_random(how.seed, classes) for classes in heads]
        self._at = self._rows.shape[1]
        self._taken: list[tuple[Tensor, Tensor]] = []

    def step(self) -> None:
        """Every head learns from the next batch of its images."""
        if self._at >= self._rows.shape[1]:
            self._begin_epoch()
        self._layer.step(*self._batch(), softmax=True)
        self._at += self._how.batch

    def copies(self) -> list[Outputs]:
        """Weights and biases of each head."""
        return self._layer.copies()

    def _begin_epoch(self) -> None:
        self._at = 0
        count = self._rows.shape[1]
        orders = np.stack([random.permutation(count) for random in self._random])
        self._orders = torch.from_numpy(orders)

    def _batch(self) -> tuple[Tensor, Tensor]:
        """Features and targets; where a batch holds all images, in one order for ever."""
        count, device = self._rows.shape[1], self._features.device
        if self._how.batch >= count:
            if not self._taken:
                taken = self._features[self._rows.to(device)], self._targets.to(device)
                self._taken.append(taken)
            return self._taken[0]
        places = self._orders[:, self._at : self._at + self._how.batch]
        rows = self._rows.gather(1, places)
        outputs = self._targets.shape[2]
        targets = self._targets.gather(1, places[..., None].expand(-1, -1, outputs))
        return self._features[rows.to(device)], targets.to(device)


def _random(seed: Sequence[int], classes: Sequence[int]) -> np.random.Generator:
    """What the order of a head's images comes from."""
    return np.random.default_rng([*seed, *classes, ORDER])


def _initial(classes: Sequence[int], hidden: int, how: HowToLearn) -> Outputs:
    """What a head begins with."""
    random = np.random.default_rng([*how.seed, *classes, INITIAL])
    outputs = len(classes)
    return initial_layer(random, (outputs, hidden), hidden, outputs, how.initial)
