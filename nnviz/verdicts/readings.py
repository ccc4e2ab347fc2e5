"""The readings: rules that turn what a network says into one class; how sure the answers to many
images are, and how likely each class is.

A new reading is one entry in `READINGS`. Of equal classes the first is the answer.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Doubles, Indices
from nnviz.verdicts.answers import NOT_A_DIGIT, Answers, Options, Step, last_step
from nnviz.verdicts.evidence import Evidence, shares_of
from nnviz.verdicts.pairwise import coupled, coupling, growing, growing_coupling, summed, votes, won
from nnviz.verdicts.walks import (
    departures,
    duel_departures,
    duel_steps,
    duels,
    last_shares,
    walk,
    walk_steps,
    walked,
)
from nnviz.words import tr


def shares(_evidence: Evidence, answers: Answers, _options: Options) -> Doubles:
    """(images,): the answer's share of the scores."""
    scores = _scores(answers)
    totals = scores.sum(axis=1)
    own = _of_answers(scores, answers)
    return np.asarray(np.divide(own, totals, out=np.zeros_like(own), where=totals > 0))


def shares_of_rivals(evidence: Evidence, answers: Answers, _options: Options) -> Doubles:
    """(images,): the share of the other classes that the answer beats."""
    return _of_answers(_scores(answers), answers) / (evidence.layout.classes - 1)


def word_probability(_evidence: Evidence, answers: Answers, _options: Options) -> Doubles:
    """(images,): the probability of the answer's code word, or that it is no class's."""
    scores = _scores(answers)
    rest = np.maximum(0.0, 1 - scores.sum(axis=1))
    own = _of_answers(scores, answers)
    return np.where(answers.classes == NOT_A_DIGIT, rest, own)


def last_duels(evidence: Evidence, answers: Answers, _options: Options) -> Doubles:
    """(images,): what the last duel says for the answer."""
    last = duel_departures(evidence).argmax(axis=1)
    return np.asarray(evidence.pairs[np.arange(len(evidence)), answers.classes, last])


def last_heads(evidence: Evidence, _answers: Answers, options: Options) -> Doubles:
    """(images,): what the last head asked says for the answer."""
    return last_shares(evidence, departures(evidence, options))


def class_probabilities(evidence: Evidence) -> Doubles:
    """(images, classes), each row adding up to 1, by what is said of all classes.

    The scores' shares: a softmax as it is, sigmoids and code words divided by their sum, the
    mean of the members of an ensemble, the head of all classes where sets have heads. Where
    only pairs are asked, what fits them best (see `pairwise.coupled`).
    """
    layout = evidence.layout
    if layout.has_pairs and not layout.heads:
        return coupled(evidence.pairs)
    scores = evidence.scores
    totals = scores.sum(axis=1, keepdims=True)
    equal = np.full_like(scores, 1 / layout.classes)
    return np.asarray(np.divide(scores, totals, out=equal, where=totals > 0))


def pair_probabilities(evidence: Evidence) -> Doubles:
    """The same by what is said of pairs, where outputs ask about them."""
    if evidence.derived_pairs:
        return class_probabilities(evidence)
    return coupled(evidence.pairs)


def _scores(answers: Answers) -> Doubles:
    assert answers.scores is not None
    return answers.scores


def _of_answers(scores: Doubles, answers: Answers) -> Doubles:
    """(images,): the score of each answer; of class 0 for NOT_A_DIGIT."""
    chosen = np.maximum(answers.classes, 0)[:, None]
    return np.take_along_axis(scores, chosen, axis=1)[:, 0]


def _share(step: Step, answer: int) -> float:
    total = sum(step.scores)
    return step.scores[step.in_play.index(answer)] / total if total > 0 else 0.0


def _share_of_rivals(step: Step, answer: int) -> float:
    return step.scores[answer] / (len(step.in_play) - 1)


def _probability(step: Step, answer: int) -> float:
    return max(0.0, 1 - sum(step.scores)) if answer == NOT_A_DIGIT else step.scores[answer]


@dataclass(frozen=True)
class Reading:
    """A rule, for many images and for one."""

    label: str
    help: str
    read: Callable[[Evidence, Options], Answers]
    steps: Callable[[Evidence, Options], tuple[Step, ...]]
    """The way to the verdict on the first image; its last step leaves the same answer."""
    confidence: Callable[[Step, int], float] = _share
    """(last step, answer) -> 0..1: how much of what was said speaks for the answer."""
    rejects: bool = False
    """Whether the answer can be NOT_A_DIGIT."""
    confidences: Callable[[Evidence, Answers, Options], Doubles] = shares
    """(images,): `confidence` of all images at once."""
    probabilities: Callable[[Evidence], Doubles] = class_probabilities
    """(images, classes): of each class, whatever the rule compares."""
    classes_in_pieces: Callable[[Evidence, Options], Generator[None, None, Indices]] | None = None
    """`classes_of` where that takes long: yields after every piece."""

    def classes_of(self, evidence: Evidence, options: Options) -> Generator[None, None, Indices]:
        """(images,): the answers alone, as `read` gives them."""
        if self.classes_in_pieces is not None:
            return (yield from self.classes_in_pieces(evidence, options))
        return self.read(evidence, options).classes


def best_match(evidence: Evidence) -> Answers:
    """The class with the largest score."""
    return Answers(evidence.scores.argmax(axis=1), evidence.scores)


def nearest_code(evidence: Evidence) -> Answers:
    """The class whose code word is nearest to the bits (Euclidean distance).

    Bits that a class is not asked are left out. The scores are the words' probabilities, as
    shares; only of words nearly equally far can another one be the likeliest.
    """
    bits = evidence.bits.astype(np.float64)
    fires, silent = evidence.layout.words > 0, evidence.layout.words < 0
    # rounded, so that rounding errors do not choose among equal distances
    distances = ((1 - bits) ** 2 @ fires + bits**2 @ silent).round(9)
    return Answers(distances.argmin(axis=1), shares_of(evidence.word_probabilities))


def literal_bits(evidence: Evidence) -> Answers:
    """The class whose code word the bits are, a bit above 0.5 being 1; else NOT_A_DIGIT."""
    read = (evidence.bits > 0.5).astype(np.intp)
    fires, silent = evidence.layout.words > 0, evidence.layout.words < 0
    exact = (1 - read) @ fires + read @ silent == 0
    answers = np.where(exact.any(axis=1), exact.argmax(axis=1), NOT_A_DIGIT)
    return Answers(answers, evidence.word_probabilities)


def _in_one_step(read: Callable[[Evidence], Answers]) -> Callable[..., tuple[Step, ...]]:
    def steps(evidence: Evidence, _: Options) -> tuple[Step, ...]:
        answers = read(evidence)
        assert answers.scores is not None
        return (last_step(answers.scores[0], int(answers.classes[0])),)

    return steps


READINGS: Mapping[str, Reading] = {
    "best-match": Reading(
        tr("Best match"),
        tr("The class that most speaks for."),
        lambda evidence, _: best_match(evidence),
        _in_one_step(best_match),
    ),
    "nearest-code": Reading(
        tr("Nearest code word"),
        tr("The class whose code word is nearest to the bits."),
        lambda evidence, _: nearest_code(evidence),
        _in_one_step(nearest_code),
    ),
    "literal-bits": Reading(
        tr("Literal bits"),
        tr("Each bit is 1 above one half; a word that no class has is not a digit."),
        lambda evidence, _: literal_bits(evidence),
        _in_one_step(literal_bits),
        confidence=_probability,
        rejects=True,
        confidences=word_probability,
        probabilities=lambda evidence: evidence.word_probabilities,
    ),
    "summed": Reading(
        tr("Summed probabilities"),
        tr("For each class, the probabilities of beating the others, added up."),
        lambda evidence, _: summed(evidence.pair_sums),
        lambda evidence, _: growing(evidence.pairs[0], int(summed(evidence.pair_sums).classes[0])),
        confidence=_share_of_rivals,
        confidences=shares_of_rivals,
        probabilities=pair_probabilities,
    ),
    "votes": Reading(
        tr("Votes"),
        tr(
            "For each class, how many others it beats; half a vote each where it is even. Ties go "
            "to the larger sum of probabilities."
        ),
        lambda evidence, _: votes(evidence.pairs),
        lambda evidence, _: growing(won(evidence.pairs[0]), int(votes(evidence.pairs).classes[0])),
        confidence=_share_of_rivals,
        confidences=shares_of_rivals,
        probabilities=pair_probabilities,
    ),
    "coupling": Reading(
        tr("Coupling"),
        tr("The probabilities of all classes that fit those of the pairs best."),
        lambda evidence, _: coupling(evidence.pairs),
        lambda evidence, _: growing_coupling(
            evidence.pairs[0], int(coupling(evidence.pairs).classes[0])
        ),
        probabilities=pair_probabilities,
    ),
    "duels": Reading(
        tr("Duels"),
        tr("The first class against the last, the loser leaves, until one is left."),
        lambda evidence, _: duels(evidence),
        lambda evidence, _: duel_steps(evidence),
        confidences=last_duels,
        probabilities=pair_probabilities,
    ),
    "walk": Reading(
        tr("Elimination"),
        tr("The least likely class leaves, the others are asked again, until one is left."),
        walk,
        walk_steps,
        confidences=last_heads,
        classes_in_pieces=walked,
    ),
}
