"""The LeNets of a trial, learned with torch."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from nnviz.data.arrays import Bytes, Floats, Indices
from nnviz.data.digits import DigitSet, Shape
from nnviz.networks.codes import Codes
from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.learned_by import TORCH, of_this_machine
from nnviz.networks.lenet import HIDDEN, Lenet
from nnviz.networks.lenet_networks import network_of_lenets
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.study.budgets import budget_of
from nnviz.study.chance import Purpose, seed_of
from nnviz.study.learning import Learned, Teachable
from nnviz.study.lenet_asking import Asked, sizes_of
from nnviz.study.made import Made, Taken
from nnviz.study.plan import Learning, SchemeEntry, Study
from nnviz.study.schemes import (
    Model,
    asked_classes,
    base_of,
    code_of,
    hidden_parameters,
    members_of,
    models_of,
    scheme_of,
)
from nnviz.training.with_torch.lenet import KERAS_CLIP, HowToLearn, hidden_of, learn_lenet
from nnviz.training.with_torch.lenet_heads import learn_heads, learn_outputs

RATES = {"sgd": 0.1, "adadelta": 1.0}
"""What suits an optimiser, if a study names no rate"""
Did: TypeAlias = Callable[[float], None]
Words: TypeAlias = tuple[tuple[int, ...], ...]
"""(classes, outputs) of 0 and 1: which outputs should fire for an image of each class"""


@dataclass(frozen=True)
class LenetModel:
    """One LeNet."""

    classes: tuple[int, ...]
    """The classes whose images it learns from, as numbers among those of the study"""
    words: Words
    """Of those classes; none for an output for each of them with a common softmax"""
    how: HowToLearn
    images: int
    """That it learns from"""
    shape: Shape
    forward: float
    """Multiply-adds of one image"""
    again: int = 1
    """How often each image is there that its only output should fire for"""
    start: "LenetModel | None" = None
    """Whose hidden layers it begins with"""

    networks = 1

    @property
    def steps(self) -> int:
        """Updates."""
        return self.how.steps(self.images)

    updates = steps

    @property
    def epochs(self) -> float:
        """How often it sees its images."""
        return self.steps * self.how.batch / max(1, self.images)

    @property
    def asking(self) -> float:
        """Multiply-adds of an answer."""
        return self.forward

    @property
    def work(self) -> float:
        """In multiply-adds: forward and twice back."""
        return 3 * self.forward * self.steps * min(self.how.batch, self.images)

    def learn(self, digits: DigitSet, start: Learned | None, did: Did) -> Learned:
        """Learns from the training images of a trial."""
        images, labels = own_images(digits, self.classes)
        began = time.thread_time()
        targets = labels
        if self.words:
            targets = np.array(self.words, np.uint8)[labels]
            if self.again > 1:
                copies = np.where(targets[:, 0] > 0, self.again, 1)
                images, targets = (np.repeat(each, copies, axis=0) for each in (images, targets))
        lenet = learn_lenet(
            images,
            self.shape,
            targets,
            len(self.classes),
            self.how,
            None if start is None else start.weights,
            softmax=not self.words,
            tick=Steps(did, self.work / max(1, self.steps)),
        )
        return Learned(lenet, time.thread_time() - began, _by(self.how))


@dataclass(frozen=True)
class LenetHeads:
    """Output layers on the hidden layers of a LeNet, which stay as they are; nothing is dropped
    out."""

    sets: tuple[tuple[int, ...], ...]
    """Each head's classes, as numbers among those of the study; a softmax each"""
    words: Words
    """Instead: of all classes, for one layer of sigmoid outputs"""
    how: HowToLearn
    counts: tuple[int, ...]
    """Training images of each class"""
    shape: Shape
    forward: float
    start: "LenetModel"

    @property
    def networks(self) -> int:
        """Heads."""
        return len(self.sets) or 1

    @property
    def steps(self) -> int:
        """Updates of each; the most where they differ."""
        return max(self._steps)

    @property
    def updates(self) -> int:
        """Of all of them together."""
        return sum(self._steps)

    @property
    def epochs(self) -> float:
        """How often they see their images."""
        return self.steps * self.how.batch / max(1, sum(self.counts))

    @property
    def asking(self) -> float:
        """Multiply-adds of an answer, what the base network does included."""
        return self.forward

    @property
    def work(self) -> float:
        """In multiply-adds: the features of all images, and the heads."""
        return self.forward * sum(self.counts) + self.updates * self._step

    @property
    def _step(self) -> float:
        outputs = max(map(len, self.sets or self.words))
        return 3 * self.how.batch * HIDDEN * outputs

    @property
    def _steps(self) -> list[int]:
        sets = self.sets or (tuple(range(len(self.counts))),)
        return [self.how.steps(sum(self.counts[each] for each in one)) for one in sets]

    def learn(self, digits: DigitSet, start: Learned | None, did: Did) -> Learned:
        """Learns from the training images of a trial: their features are worked out once."""
        assert start is not None
        began = time.thread_time()
        images, labels = digits.train_images, digits.train_labels
        features = hidden_of(
            start.weights, images, self.shape, self.how.device, lambda: did(0.0)
        )
        did(self.forward * len(images))
        tick = Steps(did, self._step)
        if self.words:
            targets = np.array(self.words, np.uint8)[labels]
            heads = [learn_outputs(features, targets, self.how, tick)]
        else:
            heads = learn_heads(features, labels, self.sets, self.how, tick)
        return Learned(heads, time.thread_time() - began, _by(self.how))


class Steps:
    """Tells work, where steps are told that are done so far."""

    def __init__(self, did: Did, each: float) -> None:
        self._did, self._each, self._told = did, each, 0

    def __call__(self, steps: int) -> None:
        self._did((steps - self._told) * self._each)
        self._told = steps


def _by(how: HowToLearn) -> object:
    return of_this_machine(TORCH, how.device)


def own_images(digits: DigitSet, classes: Sequence[int]) -> tuple[Bytes, Bytes]:
    """-> the training images of some classes, and their labels 0, 1, ... in the order of those."""
    images, labels = digits.train_images, digits.train_labels
    if len(classes) == digits.classes:
        return images, labels
    kept = np.isin(labels, classes)
    return images[kept], np.searchsorted(classes, labels[kept]).astype(np.uint8)


class Lenets:
    """The LeNets of the schemes of a study, for the images of a trial."""

    def __init__(self, study: Study, digits: DigitSet, trial: int) -> None:
        self._study, self._digits, self._trial = study, digits, trial
        self._counts = np.bincount(digits.train_labels, minlength=digits.classes)
        self._asked = Asked(digits.shape, study.device)

    def models(self, entry: SchemeEntry) -> tuple[Teachable, ...]:
        """What must learn for a scheme, besides what that begins on."""
        if entry.trunk == "frozen":
            return (self._heads(entry),)
        base = entry.scheme == "ten-outputs" and entry.trunk == "scratch"
        return tuple(self._model(entry, each, base) for each in models_of(entry, self._names))

    def made(self, entry: SchemeEntry, learned: Mapping[Teachable, Learned]) -> Made:
        """The networks of a scheme, once all has learned."""
        models = self.models(entry)
        asked = asked_classes(entry, self._names)
        settings = self._settings(entry, models[0])
        layout = layout_of(settings, len(asked))
        shared = entry.trunk == "frozen"
        if shared:
            assert models[0].start is not None
            trunk = learned[models[0].start].weights
            lenets = [
                replace(trunk, output_weights=weights, output_biases=biases)
                for weights, biases in self._split(learned[models[0]].weights, layout)
            ]
        else:
            lenets = [learned[each].weights for each in models]
        activation = COSTS[settings.cost].output_activation
        network = sizes_of(lenets, layout, shared, activation, self._digits.shape)
        return Made(
            asked,
            settings,
            layout,
            network,
            self._asked.fired(lenets[:1] if shared else lenets, layout, network),
            lambda: network_of_lenets(lenets, layout, shared, activation),
            Taken.of(models, learned),
            models[0].start,
        )

    @property
    def _names(self) -> tuple[str, ...]:
        return self._digits.class_names
