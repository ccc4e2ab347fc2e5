"""The LeNets of a trial, learned with torch."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import DigitSet, Shape
from nnviz.networks.designs import COSTS, DESIGNS, ONE_NETWORK, SEPARATE, Given
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.learned_by import COMPILED, TORCH, LearnedBy, of_this_machine
from nnviz.networks.lenet import FILTERS, HIDDEN, SIDE
from nnviz.networks.lenet_networks import ACTIVATION, network_of_lenets
from nnviz.networks.settings import SETTINGS, Settings
from nnviz.study.budgets import Budget, budget_of
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
    features_of,
    members_of,
    models_of,
    scheme_of,
)
from nnviz.training.engines import lenet_kernels
from nnviz.training.with_torch.lenet import (
    KERAS_CLIP,
    HowToLearn,
    bounded,
    hidden_of,
    learn_lenet,
)
from nnviz.training.with_torch.lenet_heads import Outputs, learn_heads, learn_outputs

KERAS = "keras"
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

    @property
    def networks(self) -> int:
        """How many it is."""
        return 1

    @property
    def steps(self) -> int:
        """Updates."""
        return self.how.steps(self.images)

    @property
    def updates(self) -> int:
        """The same: there is one network."""
        return self.steps

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
        finite = bounded(vars(lenet).values())
        return Learned(lenet, time.thread_time() - began, _by(self.how), finite)


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
            start.weights, images, self.shape, self.how.device, lambda: did(0.0), self.how.kernels
        )
        did(self.forward * len(images))
        tick = Steps(did, self._step)
        if self.words:
            targets = np.array(self.words, np.uint8)[labels]
            heads = [learn_outputs(features, targets, self.how, tick)]
        else:
            heads = learn_heads(features, labels, self.sets, self.how, tick)
        finite = bounded(each for head in heads for each in head)
        return Learned(heads, time.thread_time() - began, _by(self.how), finite)


class Steps:
    """Tells work, where steps are told that are done so far."""

    def __init__(self, did: Did, each: float) -> None:
        self._did, self._each, self._told = did, each, 0

    def __call__(self, steps: int) -> None:
        self._did((steps - self._told) * self._each)
        self._told = steps


def _by(how: HowToLearn) -> tuple[LearnedBy, ...]:
    torch = of_this_machine(TORCH, how.device)
    return (of_this_machine(COMPILED), torch) if how.kernels else (torch,)


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
        self._kernels = lenet_kernels(study.device)
        self._asked = Asked(digits.shape, study.device, self._kernels)

    def models(self, entry: SchemeEntry) -> tuple[LenetModel | LenetHeads, ...]:
        """What must learn for a scheme, besides what that begins on."""
        if entry.trunk == "frozen":
            return (self._heads(entry),)
        base = entry.scheme == ONE_NETWORK and entry.trunk == "scratch"
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
                for weights, biases in _split(learned[models[0]].weights, layout)
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

    def _model(self, entry: SchemeEntry, model: Model, base: bool) -> LenetModel:
        learning = self._study.learning_of(entry)
        everyone = asked_classes(entry, self._names)
        budget = budget_of(learning, base, self._images(everyone))
        start = None if entry.trunk == "scratch" else self._base(entry)
        # what goes on from the base network does not go its way again
        chance = (model, 1) if start else (model,)
        seed = seed_of(self._study, self._trial, Purpose.INITIAL, *chance)
        words = self._words(entry, learning, model)
        how = self._how(learning, budget, seed)
        images, again = self._images(model.classes), 1
        if entry.balance:
            how, images, again = self._balanced(entry, how, model)
        return LenetModel(
            model.classes,
            words,
            how,
            images,
            self._digits.shape,
            self._forward(len(words[0]) if words else len(model.classes)),
            again,
            start,
        )

    def _base(self, entry: SchemeEntry) -> LenetModel:
        """The usual network, whose hidden layers a scheme begins with."""
        usual = SchemeEntry(entry.name, ONE_NETWORK, taught=entry.taught)
        return self._model(usual, base_of(usual, self._names), base=True)

    def _heads(self, entry: SchemeEntry) -> LenetHeads:
        learning = self._study.learning_of(entry)
        models = models_of(entry, self._names)
        everyone = base_of(entry, self._names)
        budget = budget_of(learning, False, self._images(everyone.classes))
        # every head adds its classes: it is the same whichever scheme wants it
        seed = seed_of(self._study, self._trial, Purpose.INITIAL, everyone, 2)
        how = self._how(learning, budget, seed)
        words = self._words(entry, learning, models[0])
        if words and entry.scheme == SEPARATE:
            words = _one_hot(len(everyone.classes))
            if entry.balance == "weight":
                how = self._balanced(entry, how, models[0])[0]
        return LenetHeads(
            () if words else tuple(each.classes for each in models),
            words,
            how,
            tuple(self._counts.tolist()),
            self._digits.shape,
            self._forward(0),
            self._base(entry),
        )

    def _how(self, learning: Learning, budget: Budget, seed: tuple[int, ...]) -> HowToLearn:
        initial = learning.initial or KERAS
        return HowToLearn(
            learning.optimiser,
            learning.rate or RATES[learning.optimiser],
            budget.batch,
            budget.epochs,
            budget.updates,
            seed,
            self._study.device,
            learning.bfloat16,
            initial=initial,
            kernels=self._kernels,
            clip=KERAS_CLIP if initial == KERAS else 0.0,
        )

    def _balanced(
        self, entry: SchemeEntry, how: HowToLearn, model: Model
    ) -> tuple[HowToLearn, int, int]:
        """-> how a network learns that asks for one class, from how many images, and how often
        each positive is among them.

        By weight both kinds weigh equally, and all images 1 on average (plain steps; those of
        Adadelta are as long whatever the gradients are multiplied with). By sampling every
        positive is repeated until both are equally many; an epoch is then as long as if there
        were as many negatives as positives, as in the window.
        """
        everyone, own = self._images(model.classes), self._images((model.asks,))
        others = everyone - own
        if entry.balance == "weight":
            rate = how.rate
            if how.optimiser == "sgd":
                rate *= everyone / (2 * others)
            return replace(how, positive_weight=others / own, rate=rate), everyone, 1
        again = max(1, round(others / own))
        updates = how.updates or how.epochs * -(-2 * own // how.batch)
        return replace(how, updates=updates), others + again * own, again

    def _words(self, entry: SchemeEntry, learning: Learning, model: Model) -> Words:
        """Of the classes of a model; none for a softmax."""
        classes = len(model.classes)
        if model.asks >= 0:
            return tuple((int(each == model.asks),) for each in model.classes)
        design = DESIGNS[scheme_of(entry).design]
        if design.code is not None or "nearest-code" in design.readings:
            table = design.table(Given(classes, code_of(entry)))
            return tuple(tuple(map(int, word)) for word in (table.T > 0).tolist())
        one_hot = learning.cost == "cross-entropy" and "softmax" in design.costs
        return _one_hot(classes) if one_hot else ()

    def _images(self, classes: Sequence[int]) -> int:
        return int(self._counts[list(classes)].sum())

    def _forward(self, outputs: int) -> float:
        """Multiply-adds of one image."""
        height, width, channels = self._digits.shape
        lost, (few, many) = SIDE - 1, FILTERS
        first = (height - lost) * (width - lost) * few * channels
        second = (height - 2 * lost) * (width - 2 * lost) * many * few
        hidden = HIDDEN * (features_of(self._digits.shape) + outputs)
        return float(SIDE * SIDE * (first + second) + hidden)

    def _settings(self, entry: SchemeEntry, model: LenetModel | LenetHeads) -> Settings:
        """As a file of all networks has them."""
        design = scheme_of(entry).design
        trunk = "frozen" if entry.trunk == "frozen" else "scratch"
        if entry.scheme == "elimination" and trunk == "scratch":
            trunk = "separate"
        learning, how = self._study.learning_of(entry), model.how
        usual = Settings().change(design=design)
        cost = learning.cost or usual.cost
        epochs = min(max(1, round(model.epochs)), int(SETTINGS["epochs"].high))
        return replace(
            usual,
            trunk=trunk,
            cost=cost if cost in DESIGNS[design].costs else usual.cost,
            hidden=HIDDEN,
            activation=ACTIVATION,
            members=members_of(entry),
            code=code_of(entry),
            rate=how.rate,
            batch=how.batch,
            epochs=epochs,
            seed=self._study.seed,
        )


def _one_hot(classes: int) -> Words:
    return tuple(tuple(int(k == each) for k in range(classes)) for each in range(classes))


def _split(heads: Sequence[Outputs], layout: Layout) -> list[Outputs]:
    """One read-out for each question of a layout (see `network_of_lenets`)."""
    questions = int(layout.groups.max()) + 1
    if len(heads) == questions:
        return list(heads)
    (weights, biases) = heads[0]
    return [(weights[layout.groups == k], biases[layout.groups == k]) for k in range(questions)]
