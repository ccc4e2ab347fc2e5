"""What the pieces of a row are worth, and what a row cut into pieces scores.

A new score is one entry in `SCORES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Doubles, Indices
from nnviz.data.row_cuts import Pieces
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.evidence import evidence_of

LEAST = 1e-6
"""Probability below which a logarithm falls no further."""
USUAL_WIDTH = 15.8
"""Columns of ink of an MNIST digit, mean; and its standard deviation."""
WIDTH_SPREAD = 3.8


@dataclass(frozen=True, eq=False)
class Judged:
    """Pieces of a row, and what a network says of them."""

    pieces: Pieces
    digits: Indices
    """(pieces,): the likeliest class of each"""
    confidences: Doubles
    """(pieces,): how sure the network is of it, 0..1; low for all classes if it is no digit"""
    logs: Doubles
    """(pieces,): the logarithm of the probability of that answer, silence of the others included"""


def judge_pieces(pieces: Pieces, network: Network, layout: Layout) -> Judged:
    """What a network of any design says of each piece.

    The confidence is the output of the class where each output speaks for one, the
    probability of its code word where there are bits, else its score.
    """
    evidence = evidence_of(network, layout, pieces.images)
    said = evidence.word_probabilities if layout.has_bits else evidence.scores
    digits = said.argmax(axis=1)
    each = np.arange(len(digits))
    confidences: Doubles = said[each, digits]
    logs: Doubles = np.log(np.maximum(confidences, LEAST))
    if layout.one_hot and not layout.has_bits and network.output_activation == "sigmoid":
        silence = np.log(np.maximum(1 - said, LEAST))
        logs += silence.sum(axis=1) - silence[each, digits]
    return Judged(pieces, digits, confidences, logs)


@dataclass(frozen=True)
class Score:
    """A rule that says how good a row is cut: the larger the better."""

    label: str
    help: str
    """One sentence: what it is, and why it fails if it does."""
    worth: Callable[[Judged], Doubles]
    """-> (pieces,)"""
    mean: bool = False
    """Whether the worth of the pieces is averaged instead of summed."""
    tends: str = ""
    """Why it cuts wrongly if it does, in a few words."""
    across_blanks: bool = True
    """Whether a piece may have an empty column within."""

    def total(self, worth: float, pieces: int) -> float:
        """Of a row whose pieces are worth so much together."""
        return worth / pieces if self.mean else worth


def _confidences(judged: Judged) -> Doubles:
    return judged.confidences


def _logs(judged: Judged) -> Doubles:
    return judged.logs


def _by_width(judged: Judged) -> Doubles:
    widths = judged.pieces.widths
    unusual = (widths - USUAL_WIDTH) ** 2 / (2 * WIDTH_SPREAD**2)
    return widths * judged.logs / 8 - unusual


SCORES: Mapping[str, Score] = {
    "mean": Score(
        "mean confidence",
        "The mean of the confidences: the number of pieces makes no difference, so each cut must "
        "pay for itself; it needs a network that knows what is no digit.",
        _confidences,
        mean=True,
    ),
    "sum": Score(
        "sum of confidences",
        "The confidences added up: every further piece adds something, so the row falls into as "
        "many pieces as it can.",
        _confidences,
        tends="every further piece adds to the sum",
    ),
    "log": Score(
        "sum of log p",
        "The probability that all pieces are right: every further piece can only take away, so "
        "too few are cut.",
        _logs,
        tends="every further piece takes away from the sum",
    ),
    "mean-log": Score(
        "mean of log p",
        "The same per piece: the number makes no difference, but one bad piece ruins the row.",
        _logs,
        mean=True,
    ),
    "width": Score(
        "log p by width",
        "Each log p counts by the width of its piece, unusual widths cost, and no piece spans an "
        "empty column: the best there is for a network that has never seen a non-digit.",
        _by_width,
        across_blanks=False,
    ),
}
