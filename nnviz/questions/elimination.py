"""What all test digits say of elimination: when each class leaves, and what heads it takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, joined
from nnviz.data.digits import Digits
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import Options
from nnviz.verdicts.walks import departures, duel_departures, outputs_asked
from nnviz.verdicts.work_per_answer import Taken, walked_multiply_adds

DROPS = (1, 2, 3, 4, 5)
THRESHOLDS = (0.1, 0.05, 0.01, 0.001)
VARIANTS = (*(Options(drop=k) for k in DROPS), *(Options(below=p) for p in THRESHOLDS))


def variants_of(classes: int) -> tuple[Options, ...]:
    """Those of VARIANTS that differ from one another and from one head that decides alone; of two
    classes nobody has a choice."""
    walks = tuple(each for each in VARIANTS if not each.asks_one_head(classes))
    return walks if classes > 2 else (Options(),)


@dataclass(frozen=True, eq=False)
class Departures:
    """When each class left, under both kinds of walk, and what the head of all classes prefers."""

    first: Bytes
    """(images,): that class"""
    walk: Bytes
    """(images, classes): the step, 0 for the answer"""
    duels: Bytes


@dataclass(frozen=True)
class Saving:
    """One variant of the walk over all test digits."""

    options: Options | None
    """None: the head of all classes alone."""
    accuracy: float
    changed: float
    """Share of digits whose answer is not the one that the head of all classes prefers."""
    fixed: float
    """Share of digits that the head of all classes gets wrong, and the walk right."""
    broken: float
    """The reverse."""
    taken: Taken
    """What it asks, as means per digit."""


@dataclass(frozen=True)
class SurveyDepartures(Question[Departures]):
    """When does each class leave, for every digit?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[Departures]:
        parts, everyone = [], tuple(range(digits.classes))
        for evidence, _ in self.subject.tested(digits):
            first = evidence.head(everyone).argmax(axis=1).astype(np.uint8)
            walked = departures(evidence, self.subject.options).astype(np.uint8)
            parts.append(Departures(first, walked, duel_departures(evidence).astype(np.uint8)))
            yield
        return joined(parts)


@dataclass(frozen=True)
class SurveySavings(Question[tuple[Saving, ...]]):
    """What does each of `variants_of` cost and change, after the head of all classes alone?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[tuple[Saving, ...]]:
        labels, classes = digits.test_labels, digits.classes
        firsts: list[Bytes] = []
        variants = variants_of(classes)
        left: list[list[Bytes]] = [[] for _ in variants]
        everyone = tuple(range(classes))
        for evidence, _ in self.subject.tested(digits):
            firsts.append(evidence.head(everyone).argmax(axis=1).astype(np.uint8))
            for variant, found in zip(variants, left, strict=True):
                found.append(departures(evidence, variant).astype(np.uint8))
                yield
        first = np.concatenate(firsts)
        right = float(np.mean(first == labels))
        network, layout = self.subject.altered, self.subject.laid_out(classes)
        work = partial(walked_multiply_adds, network, layout)
        alone = Saving(None, right, 0.0, 0.0, 0.0, Taken(work(classes, 1.0), 1.0, classes))
        walks = (
            _saving(variant, np.concatenate(found), first, labels, work)
            for variant, found in zip(variants, left, strict=True)
        )
        return (alone, *walks)


def _saving(
    options: Options,
    left: Bytes,
    first: Bytes,
    labels: Bytes,
    work: Callable[[float, float], float],
) -> Saving:
    answers, steps = left.argmin(axis=1), left.max(axis=1)
    outputs, heads = float(outputs_asked(left).mean()), float(steps.mean())
    ours, theirs = answers == labels, first == labels
    return Saving(
        options,
        accuracy=float(ours.mean()),
        changed=float(np.mean(answers != first)),
        fixed=float(np.mean(ours & ~theirs)),
        broken=float(np.mean(theirs & ~ours)),
        taken=Taken(work(outputs, heads), heads, outputs),
    )


def shares_of_departures(left: Bytes, labels: Bytes, label: int) -> Doubles:
    """(classes, classes): for digits of one class, how often each class (row) leaves at each
    step from 1 (column); the last column: how often it stays, and is the answer."""
    classes = left.shape[1]
    own: Sequence[Bytes] = left[labels == label].T
    counts = np.array([np.bincount(steps, minlength=classes)[:classes] for steps in own])
    return np.asarray(np.roll(counts, -1, axis=1) / max(1, counts[0].sum()))
