"""The three-layer networks of a trial, learned by what learns them in the window.

Where a design of the window is just what a scheme is, its networks learn at once: the same digits
and settings give the same weights as there, bit for bit.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import DESIGNS, ONE_NETWORK
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, initial_network, parameter_count
from nnviz.networks.settings import SETTINGS, Settings
from nnviz.study.budgets import Budget, budget_of
from nnviz.study.chance import Purpose, chance_of, one_seed_of
from nnviz.study.learning import Learned, Teachable
from nnviz.study.made import Made, Taken, evidence_in_numpy
from nnviz.study.plan import Learning, SchemeEntry, Study
from nnviz.study.schemes import (
    SCHEMES,
    Model,
    asked_classes,
    base_of,
    code_of,
    hidden_of_scheme,
    members_of,
    models_of,
    scheme_of,
)
from nnviz.study.weighted import WeightedLearner
from nnviz.training.choosing import choose, make_learner
from nnviz.training.learner import Learner, steps_at_once
from nnviz.training.orders import digits_of_epoch

MANY = 10
"""Times as many steps are taken before the next look at the outside world than a window takes,
which wants to be heard within milliseconds."""
BESIDE = 30_000
"""What a step costs beside its products, in multiply-adds."""
Did: TypeAlias = Callable[[float], None]


@dataclass(frozen=True)
class ThreeLayer:
    """One or several three-layer networks side by side that learn at once."""

    settings: Settings
    classes: tuple[int, ...]
    """The classes that they learn from, as numbers among those of the study"""
    steps: int
    images: int
    """Training images of those classes"""
    inputs: int
    weighted: bool = False
    """See `WeightedLearner`"""
    start: "ThreeLayer | None" = None
    """Whose hidden layer they begin with, or stand on"""

    @property
    def layout(self) -> Layout:
        """Of their outputs."""
        return layout_of(self.settings, len(self.classes))

    @property
    def networks(self) -> int:
        """How many there are; on a common hidden layer its heads."""
        groups, networks = self.layout.groups, self.layout.networks
        return int(max(groups.max(), networks.max())) + 1

    @property
    def updates(self) -> int:
        """Steps of all of them together."""
        return self.steps * self.networks

    @property
    def epochs(self) -> float:
        """How often they see their images."""
        return self.steps * self.settings.batch / max(1, self.images)

    @property
    def asking(self) -> float:
        """Multiply-adds of an answer."""
        return float(parameter_count(self.settings, self.inputs, len(self.classes)))

    @property
    def work(self) -> float:
        """In multiply-adds: forward and twice back, of pixels a fifth being ink."""
        hidden = self.settings.hidden
        below = 0 if self.settings.trunk == "frozen" else self.layout.network_count * hidden
        adds = below * self.inputs / 5 + len(self.layout.table) * hidden
        return self.steps * (3 * adds * self.settings.batch + BESIDE)

    def learn(self, digits: DigitSet, start: Learned | None, did: Did) -> Learned:
        """Learns from the training images of a trial."""
        part = images_of(digits, self.classes)
        # compiles what it needs where that is not there yet, which is no learning
        by = None if self.weighted else choose(self.settings, part).by
        began = time.thread_time()
        network = self._begun(start)
        learner: Learner
        if by is None:
            learner = WeightedLearner(network, self.settings, self.layout, part)
        else:
            learner = make_learner(by, network, self.settings, self.layout, part, threads=1)
        share = self.work / max(1, self.steps)
        finite = take_steps(
            learner, self.settings, self.steps, network.multiply_adds, lambda k: did(k * share)
        )
        return Learned(
            learner.copy(), time.thread_time() - began, () if by is None else (by,), finite
        )

    def _begun(self, start: Learned | None) -> Network:
        settings, classes = self.settings, len(self.classes)
        below = None if start is None else start.weights
        network = initial_network(settings, self.inputs, classes, below)
        if below is None or settings.trunk == "frozen":
            return network
        return replace(
            network,
            hidden_weights=np.repeat(below.hidden_weights, network.networks, axis=0),
            hidden_biases=np.repeat(below.hidden_biases, network.networks, axis=0),
        )


def take_steps(
    learner: Learner,
    settings: Settings,
    steps: int,
    multiply_adds: int,
    did: Callable[[int], None],
) -> bool:
    """Takes so many steps at full speed, as a run of the window does that nobody watches; `did`
    is told how many more were taken. -> whether the weights stayed numbers; where they do not,
    the steps that are left are not taken."""
    batch, length = settings.batch, learner.length
    shrink = 1 - settings.rate * settings.decay / length
    at_once = MANY * steps_at_once(learner.engine, multiply_adds, batch)
    epoch = offset = done = told = 0
    while done < steps:
        chunk = min(at_once, steps - done, -(-(length - offset) // batch))
        learner.learn(epoch, offset, chunk, batch, settings.rate, shrink, settings.nonnegative)
        done, offset = done + chunk, offset + chunk * batch
        if offset >= length:
            epoch, offset = epoch + 1, 0
        if done - told >= at_once or done == steps:
            did(done - told)
            told = done
            if not learner.finite():
                return False
    return True


def images_of(digits: DigitSet, classes: tuple[int, ...]) -> DigitSet:
    """The training images of these classes alone, which are then classes 0, 1, ... in order;
    without any test images."""
    names = tuple(digits.class_names[each] for each in classes)
    images, labels = digits.train_images, digits.train_labels
    if len(classes) < digits.classes:
        kept = np.isin(labels, classes)
        images = images[kept]
        labels = np.searchsorted(classes, labels[kept]).astype(np.uint8)
    return replace(
        digits,
        class_names=names,
        train_images=images,
        train_labels=labels,
        test_images=digits.test_images[:0],
        test_labels=digits.test_labels[:0],
        test_files=(),
    )


def side_by_side(networks: Sequence[Network], layout: Layout) -> Network:
    """Networks that learned one by one as those of a layout, which has the outputs of each in
    the order that it has them."""
    shape = (len(layout.table), networks[0].hidden)
    weights, biases = np.empty(shape, np.float32), np.empty(shape[0], np.float32)
    for number, network in enumerate(networks):
        own = layout.networks == number
        weights[own], biases[own] = network.output_weights, network.output_biases
    return Network(
        np.concatenate([each.hidden_weights for each in networks]),
        np.concatenate([each.hidden_biases for each in networks]),
        weights,
        biases,
        layout.networks.copy(),
        layout.groups.copy(),
        networks[0].activation,
        networks[0].output_activation,
    )


class ThreeLayers:
    """The three-layer networks of the schemes of a study, for the images of a trial."""

    def __init__(self, study: Study, digits: DigitSet, trial: int) -> None:
        self._study, self._digits, self._trial = study, digits, trial
        self._counts = np.bincount(digits.train_labels, minlength=digits.classes)

    def models(self, entry: SchemeEntry) -> tuple[ThreeLayer, ...]:
        """What must learn for a scheme, besides what that begins on."""
        if self._one_by_one(entry):
            return tuple(self._one(entry, each) for each in models_of(entry, self._names))
        return (self._together(entry),)

    def made(self, entry: SchemeEntry, learned: Mapping[Teachable, Learned]) -> Made:
        """The networks of a scheme, once all has learned."""
        models = self.models(entry)
        settings = models[0].settings
        if self._one_by_one(entry):
            settings = self._settings_of_all(entry, models[0])
        asked = asked_classes(entry, self._names)
        layout = layout_of(settings, len(asked))
        network: Network = learned[models[0]].weights
        if len(models) > 1:
            network = side_by_side([learned[each].weights for each in models], layout)
        return Made(
            asked,
            settings,
            layout,
            network,
            evidence_in_numpy(network, layout),
            lambda: network,
            Taken.of(models, learned),
            models[0].start,
        )

    @property
    def _names(self) -> tuple[str, ...]:
        return self._digits.class_names

    def _one_by_one(self, entry: SchemeEntry) -> bool:
        """Whether no run of the window learns all its networks at once, just as the scheme has
        them, or one of them is the base network."""
        if entry.trunk == "frozen":
            return False
        return entry.scheme in ("elimination", "plain-ensemble") or self._is_base(entry)

    @staticmethod
    def _is_base(entry: SchemeEntry) -> bool:
        return entry.scheme == ONE_NETWORK and entry.trunk == "scratch"

    def _one(self, entry: SchemeEntry, model: Model) -> ThreeLayer:
        """A network with an output for each of its classes."""
        learning = self._study.learning_of(entry)
        budget = self._budget(entry, learning, self._is_base(entry))
        seed = one_seed_of(self._study, self._trial, Purpose.INITIAL, model)
        start = None if entry.trunk == "scratch" else self._base(entry)
        usual = Settings().change(design=ONE_NETWORK)
        settings = self._changed(usual, entry, learning, budget, seed)
        return self._teachable(settings, model.classes, budget, start)

    def _base(self, entry: SchemeEntry) -> ThreeLayer:
        """The usual network, whose hidden layer a scheme begins with."""
        usual = SchemeEntry(entry.name, ONE_NETWORK, taught=entry.taught)
        base = replace(usual, hidden=self._hidden(entry))
        return self._one(base, base_of(base, self._names))

    def _together(self, entry: SchemeEntry) -> ThreeLayer:
        """Networks that a run of the window would learn at once."""
        learning = self._study.learning_of(entry)
        budget = self._budget(entry, learning, base=False)
        frozen = entry.trunk == "frozen"
        usual = Settings().change(
            design=scheme_of(entry).design, trunk="frozen" if frozen else "scratch"
        )
        if entry.balance == "sampling":
            usual = usual.change(balance="equal")
        model, number = base_of(entry, self._names), list(SCHEMES).index(entry.scheme)
        chance = chance_of(self._study, self._trial, Purpose.INITIAL, model, 1 + number)
        seed = int(chance.integers(1_000_000_000))
        settings = self._changed(usual, entry, learning, budget, seed)
        start = None if entry.trunk == "scratch" else self._base(entry)
        found = self._teachable(settings, model.classes, budget, start)
        return replace(found, weighted=entry.balance == "weight")

    def _budget(self, entry: SchemeEntry, learning: Learning, base: bool) -> Budget:
        images = int(self._counts[list(asked_classes(entry, self._names))].sum())
        return budget_of(learning, base, images)

    def _changed(
        self,
        usual: Settings,
        entry: SchemeEntry,
        learning: Learning,
        budget: Budget,
        seed: int,
    ) -> Settings:
        """Settings as a study wants them. What suits a design at its usual batch is scaled with
        the batch: so does a rate that is found anew for each (0.1 at 10, 1 at 100)."""
        design = DESIGNS[usual.design]
        if "code" in design.uses:
            usual = usual.change(code=code_of(entry))
        settings = usual.change(cost=learning.cost) if learning.cost in design.costs else usual
        rate = learning.rate or settings.rate * budget.batch / usual.batch
        return settings.change(
            hidden=self._hidden(entry),
            batch=budget.batch,
            rate=min(rate, SETTINGS["rate"].high),
            decay=learning.decay,
            initial=learning.initial or settings.initial,
            seed=seed,
            device=self._study.device,
        )

    def _hidden(self, entry: SchemeEntry) -> int:
        asked = len(asked_classes(entry, self._names))
        return hidden_of_scheme(self._study, entry, self._digits.shape, asked)

    def _teachable(
        self,
        settings: Settings,
        classes: tuple[int, ...],
        budget: Budget,
        start: ThreeLayer | None,
    ) -> ThreeLayer:
        counts = self._counts[list(classes)]
        labels = np.repeat(np.arange(len(classes), dtype=np.uint8), counts)
        length = digits_of_epoch(settings, layout_of(settings, len(classes)), labels)
        steps = budget.steps(length)
        epochs = -(-steps // -(-length // budget.batch))
        return ThreeLayer(
            settings.change(epochs=min(max(1, epochs), int(SETTINGS["epochs"].high))),
            classes,
            steps,
            int(counts.sum()),
            self._digits.inputs,
            start=start,
        )

    def _settings_of_all(self, entry: SchemeEntry, first: ThreeLayer) -> Settings:
        """Of networks that learned one by one, as a file of all of them has them."""
        design = scheme_of(entry).design
        own = first.settings
        trunk = "separate" if entry.scheme == "elimination" else "scratch"
        named = ("cost", "hidden", "batch", "rate", "decay", "initial", "epochs", "seed", "device")
        usual = Settings().change(design=design, trunk=trunk, members=members_of(entry))
        return replace(usual, **{name: getattr(own, name) for name in named})
