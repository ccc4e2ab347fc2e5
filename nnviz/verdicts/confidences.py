"""How sure the answers to many images are, and how likely each class is."""

import numpy as np

from nnviz.data.arrays import Doubles
from nnviz.verdicts.answers import NOT_A_DIGIT, Answers, Options
from nnviz.verdicts.evidence import Evidence
from nnviz.verdicts.pairwise import coupled
from nnviz.verdicts.walks import departures, duel_departures, last_shares


def shares(_evidence: Evidence, answers: Answers, _options: Options) -> Doubles:
    """(images,): the answer's share of the scores."""
    scores = _scores(answers)
    totals = scores.sum(axis=1)
    own = _of_answers(scores, answers)
    found: Doubles = np.divide(own, totals, out=np.zeros_like(own), where=totals > 0)
    return found


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
    found: Doubles = evidence.pairs[np.arange(len(evidence)), answers.classes, last]
    return found


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
    found: Doubles = np.divide(scores, totals, out=equal, where=totals > 0)
    return found


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
