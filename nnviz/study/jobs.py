"""What must learn in a trial, counted: networks, steps and multiply-adds, without learning any.

Needs neither torch nor images, so that a window can say what a study takes before it starts.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from nnviz.data.digits import Shape
from nnviz.networks.designs import ONE_NETWORK
from nnviz.networks.lenet import FILTERS, HIDDEN, SIDE
from nnviz.study.budgets import budget_of
from nnviz.study.plan import Learning, SchemeEntry, Study
from nnviz.study.schemes import (
    Model,
    asked_classes,
    base_of,
    features_of,
    hidden_of_scheme,
    hidden_parameters,
    models_of,
    outputs_of,
)

CODES = ("four-bits", "any-code")
"""Schemes of one network whose outputs write code words"""
COUNTS = ("epochs", "least_updates", "matched", "sub_epochs", "sub_batch", "batch")
"""Fields of Learning that say how long, and nothing else"""


@dataclass(frozen=True)
class Sizes:
    """How many images there are, of one condition."""

    class_names: tuple[str, ...]
    counts: tuple[int, ...]
    """(classes,): training images of each"""
    tested: int
    """Test images"""
    shape: Shape


@dataclass(frozen=True)
class Job:
    """Networks that learn at once."""

    networks: int
    steps: int
    """Of each"""
    batch: float
    """Images of a step, on average: the last one of an epoch has fewer"""
    below: float
    """Multiply-adds of one image below the outputs of all networks, where these learn"""
    above: float
    """Of all outputs"""
    parameters: int
    """Of all networks, as far as they learn"""
    features: float = 0.0
    """Multiply-adds that are worked out once: what a frozen trunk says of all images"""

    @property
    def updates(self) -> int:
        """Of all networks together."""
        return self.networks * self.steps


def jobs_of(study: Study, entry: SchemeEntry, sizes: Sizes) -> dict[Hashable, Job]:
    """What learns for a scheme, its base network included where it stands on one; schemes that
    share a job have it under the same key."""
    return _Counting(study, sizes).of(entry)


def jobs_of_trial(study: Study, sizes: Sizes) -> dict[Hashable, Job]:
    """What learns for all schemes, each once."""
    found: dict[Hashable, Job] = {}
    for entry in study.schemes:
        found |= jobs_of(study, entry, sizes)
    return found


def asking_of(study: Study, entry: SchemeEntry, sizes: Sizes) -> float:
    """Multiply-adds of asking a scheme about all test images: of elimination only the networks
    that an image comes to."""
    classes = len(asked_classes(entry, sizes.class_names))
    below = forward_of(study, hidden_of_scheme(study, entry, sizes.shape, classes), sizes.shape)
    outputs = outputs_of(entry, classes)
    networks = 1 if entry.trunk == "frozen" else len(outputs)
    if entry.scheme == "elimination":
        networks = min(networks, classes - 1)
    return sizes.tested * networks * below


def forward_of(study: Study, hidden: int, shape: Shape) -> float:
    """Multiply-adds of one image below the outputs of one network."""
    height, width, channels = shape
    if study.network == "three-layer":
        return float(hidden * height * width * channels)
    lost, (few, many) = SIDE - 1, FILTERS
    first = (height - lost) * (width - lost) * few * channels
    second = (height - 2 * lost) * (width - 2 * lost) * many * few
    return float(SIDE * SIDE * (first + second) + HIDDEN * features_of(shape))


class _Counting:
    def __init__(self, study: Study, sizes: Sizes) -> None:
        self._study, self._sizes = study, sizes

    def of(self, entry: SchemeEntry) -> dict[Hashable, Job]:
        before = {} if entry.trunk == "scratch" else self._base(entry)
        if entry.trunk == "frozen":
            return before | self._heads(entry)
        if self._study.network == "lenet" or self._one_by_one(entry):
            models = models_of(entry, self._sizes.class_names)
            return before | dict(self._one(entry, each) for each in models)
        return before | self._together(entry)

    @staticmethod
    def _is_base(entry: SchemeEntry) -> bool:
        return entry.scheme == ONE_NETWORK and entry.trunk == "scratch"

    def _one_by_one(self, entry: SchemeEntry) -> bool:
        return self._is_base(entry) or entry.scheme in ("elimination", "plain-ensemble")

    def _base(self, entry: SchemeEntry) -> dict[Hashable, Job]:
        usual = SchemeEntry(entry.name, ONE_NETWORK, taught=entry.taught)
        return dict([self._one(usual, base_of(usual, self._sizes.class_names))])

    def _one(self, entry: SchemeEntry, model: Model) -> tuple[Hashable, Job]:
        """One network."""
        width = 1 if model.asks >= 0 else len(model.classes)
        code: tuple[str, ...] = ()
        if entry.scheme in CODES:
            width = outputs_of(entry, len(model.classes))[0]
            code = (entry.scheme, entry.code)
        job = self._job(entry, (width,), self._images(model.classes))
        if entry.balance == "sampling":
            job = self._sampled(entry, job)
        how = self._how_long(entry, job)
        return (model, code, entry.balance, entry.trunk, entry.hidden, how), job

    def _how_long(self, entry: SchemeEntry, job: Job) -> Hashable:
        """What must be alike where two schemes want the same network, besides what it is: of
        three-layer networks the steps, of LeNets what their epochs are as well."""
        learning = self._study.learning_of(entry)
        everyone = self._images(asked_classes(entry, self._sizes.class_names))
        budget = budget_of(learning, self._is_base(entry), everyone)
        usual = Learning()
        counts = {name: getattr(usual, name) for name in COUNTS}
        long = budget if self._study.network == "lenet" else (budget.batch, job.steps)
        return replace(learning, **counts), long

    def _together(self, entry: SchemeEntry) -> dict[Hashable, Job]:
        """Three-layer networks of a scheme, side by side."""
        asked = asked_classes(entry, self._sizes.class_names)
        models = models_of(entry, self._sizes.class_names)
        images = max(self._images(each.classes) for each in models)
        outputs = outputs_of(entry, len(asked))
        job = self._job(entry, outputs, images)
        if entry.balance == "sampling":
            job = self._sampled(entry, job)
        key = replace(entry, name="", reading="", learning=())
        return {(key, self._study.learning_of(entry)): job}

    def _heads(self, entry: SchemeEntry) -> dict[Hashable, Job]:
        """Read-outs on the hidden layers of the base network. Those of LeNets learn from the
        images of their own classes alone; the others step through all images together."""
        study, everyone = self._study, asked_classes(entry, self._sizes.class_names)
        learning, images = study.learning_of(entry), self._images(everyone)
        budget = budget_of(learning, False, images)
        hidden = hidden_of_scheme(study, entry, self._sizes.shape, len(everyone))
        features = forward_of(study, hidden, self._sizes.shape) * images
        outputs = outputs_of(entry, len(everyone))
        seen = [images] * len(outputs)
        if study.network == "lenet":
            models = models_of(entry, self._sizes.class_names)
            seen = [self._images(each.classes) for each in models]
        found: dict[Hashable, Job] = {}
        for own in dict.fromkeys(seen):
            wide = [width for width, each in zip(outputs, seen, strict=True) if each == own]
            found[entry.scheme, entry.code, entry.balance, learning, own] = Job(
                len(wide),
                budget.steps(own),
                _images_of_step(own, budget.batch),
                0.0,
                float(sum(wide) * hidden),
                sum(wide) * (hidden + 1),
                0.0 if found else features,
            )
        return found

    def _job(self, entry: SchemeEntry, outputs: Sequence[int], images: int) -> Job:
        study, everyone = self._study, asked_classes(entry, self._sizes.class_names)
        learning = study.learning_of(entry)
        budget = budget_of(learning, self._is_base(entry), self._images(everyone))
        hidden = hidden_of_scheme(study, entry, self._sizes.shape, len(everyone))
        below = hidden_parameters(study, hidden, self._sizes.shape)
        return Job(
            len(outputs),
            budget.steps(images),
            _images_of_step(images, budget.batch),
            len(outputs) * forward_of(study, hidden, self._sizes.shape),
            float(sum(outputs) * hidden),
            len(outputs) * below + sum(outputs) * (hidden + 1),
        )

    def _sampled(self, entry: SchemeEntry, job: Job) -> Job:
        """An epoch in which positives and negatives are equally many is as long as twice the
        positives."""
        asked = asked_classes(entry, self._sizes.class_names)
        own = max(self._sizes.counts[each] for each in asked)
        budget = budget_of(self._study.learning_of(entry), False, self._images(asked))
        batch = _images_of_step(2 * own, budget.batch)
        return replace(job, steps=budget.steps(2 * own), batch=batch)

    def _images(self, classes: Sequence[int]) -> int:
        return sum(self._sizes.counts[each] for each in classes)


def _images_of_step(images: int, batch: int) -> float:
    return images / max(1, -(-images // batch))
