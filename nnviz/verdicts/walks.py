"""Readings that let classes leave until one is left: elimination, and duels.

Of equal classes the later ones leave, so that the first stays, as it does under the other
readings.
"""

from collections.abc import Generator
from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices
from nnviz.verdicts.answers import Answers, Options, Step
from nnviz.verdicts.evidence import Evidence

_FIRST = np.zeros(1, np.intp)


def walk(evidence: Evidence, options: Options = Options()) -> Answers:
    """Asks the head of the classes in play, lets the least likely leave, until one is left.

    Where fewer than `options.drop` + 1 classes are in play all but the likeliest leave: ten
    classes that lose three at a time end with a head of four, not of two.
    """
    first = evidence.head(tuple(range(evidence.layout.classes))).argmax(axis=1)
    left = departures(evidence, options)
    answers = left.argmin(axis=1)
    return Answers(
        answers,
        heads_used=left.max(axis=1),
        outputs_used=outputs_asked(left),
        changed=answers != first,
    )


def walked(evidence: Evidence, options: Options = Options()) -> Generator[None, None, Indices]:
    """The answers of `walk` alone, (images,); yields after every size of sets."""
    left = yield from departing(evidence, options)
    return np.asarray(left.argmin(axis=1))


def departures(evidence: Evidence, options: Options = Options()) -> Indices:
    """(images, classes): the step of a walk at which each class leaves, 0 for the answer."""
    work = departing(evidence, options)
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: Indices = done.value
            return found


def departing(evidence: Evidence, options: Options = Options()) -> Generator[None, None, Indices]:
    """`departures`, yielding after every size of sets."""
    classes, images = evidence.layout.classes, len(evidence)
    members = _members(classes)
    in_play = np.full(images, 2**classes - 1, np.intp)
    left = np.zeros((images, classes), np.intp)
    # sets only shrink, so that each image meets the sizes in this order; images with the same
    # set are judged together, which is what makes it fast
    for size in range(classes, 1, -1):
        rows = np.flatnonzero(_SIZES[in_play] == size)
        if not len(rows):
            continue
        present = np.bincount(in_play[rows], minlength=2**classes) > 0
        sets = np.array([members[each] for each in np.flatnonzero(present).tolist()], np.intp)
        which = (np.cumsum(present) - 1)[in_play[rows]]
        leaving = _leaving(evidence.heads(sets, which, rows), options)
        in_play[rows] -= (leaving << sets[which]).sum(axis=1)
        found, places = np.nonzero(leaving)
        step = left[rows].max(axis=1) + 1
        left[rows[found], sets[which[found], places]] = step[found]
        yield
    return left


def outputs_asked(left: Indices | Bytes) -> Indices:
    """Steps at which classes left (images, classes) -> (images,) outputs of the heads asked.

    A class has an output in every head up to the one at which it leaves; the answer in all.
    """
    stays = left.max(axis=1, keepdims=True)
    return np.asarray(np.where(left, left, stays).sum(axis=1, dtype=np.intp))


def last_shares(evidence: Evidence, left: Indices) -> Doubles:
    """(images,): what the last head asked says for the answer of each walk (see `departures`)."""
    classes = evidence.layout.classes
    in_play = (left == left.max(axis=1, keepdims=True)) | (left == 0)
    masks = in_play @ (1 << np.arange(classes))
    found = np.empty(len(left))
    for size in np.unique(_SIZES[masks]).tolist():
        rows = np.flatnonzero(_SIZES[masks] == size)
        met, which = np.unique(masks[rows], return_inverse=True)
        sets = np.array([_members(classes)[mask] for mask in met.tolist()], np.intp)
        said = evidence.heads(sets, which, rows)
        answers = sets[which] == left[rows].argmin(axis=1)[:, None]
        found[rows] = said[answers] / said.sum(axis=1)
    return found


def one_step(evidence: Evidence, in_play: tuple[int, ...], options: Options = Options()) -> Step:
    """The step of the first image from two or more classes in play, in their order."""
    shares = evidence.head(in_play, _FIRST)
    gone = _leaving(shares, options)[0].tolist()
    leaving = tuple(each for each, leaves in zip(in_play, gone, strict=True) if leaves)
    return Step(in_play, tuple(shares[0].tolist()), leaving)


def follow(
    evidence: Evidence, start: tuple[int, ...], options: Options = Options()
) -> tuple[Step, ...]:
    """The walk of the first image from any classes in play; no step if there is only one."""
    in_play, steps = tuple(sorted(start)), []
    while len(in_play) > 1:
        steps.append(one_step(evidence, in_play, options))
        in_play = steps[-1].staying
    return tuple(steps)


def walk_steps(evidence: Evidence, options: Options = Options()) -> tuple[Step, ...]:
    """The walk of the first image."""
    return follow(evidence, tuple(range(evidence.layout.classes)), options)


def duels(evidence: Evidence) -> Answers:
    """The first class in play fights the last one, the loser leaves, until one is left.

    The decision graph (DDAG) of Platt, Cristianini and Shawe-Taylor, NIPS 12 (2000).
    """
    left = duel_departures(evidence)
    return Answers(left.argmin(axis=1), heads_used=left.max(axis=1))


def duel_departures(evidence: Evidence) -> Indices:
    """(images, classes): the duel that each class loses, 0 for the answer."""
    images, classes = len(evidence), evidence.layout.classes
    rows, beats = np.arange(images), evidence.pairs
    left = np.zeros((images, classes), np.intp)
    low, high = np.zeros(images, np.intp), np.full(images, classes - 1, np.intp)
    for step in range(1, classes):
        last_wins = beats[rows, high, low] > beats[rows, low, high]
        left[rows, np.where(last_wins, low, high)] = step
        low, high = low + last_wins, high - ~last_wins
    return left


def one_duel(evidence: Evidence, in_play: tuple[int, ...]) -> Step:
    """The duel of the first image among two or more classes in play, in their order.

    The scores are the probabilities that the two beat each other, 0 for the rest.
    """
    beats = evidence.pairs[0]
    low, high = in_play[0], in_play[-1]
    loser = low if beats[high, low] > beats[low, high] else high
    between = (0.0,) * (len(in_play) - 2)
    scores = (float(beats[low, high]), *between, float(beats[high, low]))
    return Step(in_play, scores, (loser,), (low, high))


def duel_steps(evidence: Evidence, start: tuple[int, ...] | None = None) -> tuple[Step, ...]:
    """The duels of the first image, among all classes or those of `start` (see `one_duel`)."""
    in_play = tuple(range(evidence.layout.classes)) if start is None else tuple(sorted(start))
    steps = []
    while len(in_play) > 1:
        steps.append(one_duel(evidence, in_play))
        in_play = steps[-1].staying
    return tuple(steps)


def _leaving(shares: Doubles, options: Options) -> Bools:
    """Who leaves by the head of the classes in play, (images, size); never all."""
    rows, size = np.arange(len(shares)), shares.shape[1]
    if options.below is None and options.drop > 1:
        leaving = np.zeros(shares.shape, bool)
        ranked = np.argsort(-shares, axis=1, kind="stable")
        np.put_along_axis(leaving, ranked[:, -min(options.drop, size - 1) :], True, axis=1)
        return leaving
    leaving = shares < (options.below or 0)
    leaving[rows, shares.argmax(axis=1)] = False
    least = size - 1 - shares[:, ::-1].argmin(axis=1)
    leaving[rows, least] |= ~leaving.any(axis=1)
    return leaving


@cache
def _members(classes: int) -> list[tuple[int, ...]]:
    """Bit mask -> the classes whose bits are set."""
    return [
        tuple(each for each in range(classes) if mask >> each & 1) for mask in range(2**classes)
    ]


_SIZES = np.array([mask.bit_count() for mask in range(2**10)])
