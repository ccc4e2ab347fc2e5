"""Reads rows of digits of unknown length by trial segmentation: what the pieces of a row are worth,
what a row cut into pieces scores, and the best ways to cut it, by dynamic programming over the
number of pieces and the last cut.

A new score is one entry in `SCORES`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Doubles, Indices
from nnviz.data.row_cuts import (
    Pieces,
    Row,
    blank_cuts,
    candidate_cuts,
    pieces_between,
    trial_pieces,
)
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.evidence import evidence_of
from nnviz.words import percent, tr

LEAST = 1e-6
"""Probability below which a logarithm falls no further."""
USUAL_WIDTH = 15.8
"""Columns of ink of an MNIST digit, mean; and its standard deviation."""
WIDTH_SPREAD = 3.8
CUT_OFF = 0.8
"""What the confidence of a piece counts for that is cut off from ink no wider than a digit."""


@dataclass(frozen=True, eq=False)
class JudgedPieces:
    """Pieces of a row, and what a network says of them."""

    pieces: Pieces
    digits: Indices
    """(pieces,): the likeliest class of each"""
    confidences: Doubles
    """(pieces,): how sure the network is of it, 0..1; low for all classes if it is no digit"""
    logs: Doubles
    """(pieces,): the logarithm of the probability of that answer, silence of the others included"""
    leads: Doubles
    """(pieces,): how much surer it is of that answer than of the next one"""


def judge_pieces(pieces: Pieces, network: Network, layout: Layout) -> JudgedPieces:
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
    leads = np.diff(np.partition(said, -2, axis=1)[:, -2:], axis=1)[:, 0]
    return JudgedPieces(pieces, digits, confidences, logs, leads)


@dataclass(frozen=True)
class Score:
    """A rule that says how good a row is cut: the larger the better."""

    label: str
    help: str
    """One sentence: what it is, and why it fails if it does."""
    worth: Callable[[JudgedPieces], Doubles]
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


def _confidences(judged: JudgedPieces) -> Doubles:
    return judged.confidences


def _whole_first(judged: JudgedPieces) -> Doubles:
    return np.where(judged.pieces.cut_off, CUT_OFF, 1) * judged.confidences


def _logs(judged: JudgedPieces) -> Doubles:
    return judged.logs


def _by_width(judged: JudgedPieces) -> Doubles:
    widths = judged.pieces.widths
    unusual = (widths - USUAL_WIDTH) ** 2 / (2 * WIDTH_SPREAD**2)
    return widths * judged.logs / 8 - unusual


SCORES: Mapping[str, Score] = {
    "mean": Score(
        tr("mean confidence"),
        tr(
            "The mean of the confidences: the number of pieces makes no difference, so each cut "
            "must pay for itself; it needs a network that knows what is no digit. A piece cut off "
            "from ink that is no wider than a digit counts {share} less.",
            share=percent(1 - CUT_OFF, 0),
        ),
        _whole_first,
        mean=True,
    ),
    "sum": Score(
        tr("sum of confidences"),
        tr(
            "The confidences added up: every further piece adds something, so the row falls into "
            "as many pieces as it can."
        ),
        _confidences,
        tends=tr("every further piece adds to the sum"),
    ),
    "log": Score(
        tr("sum of log p"),
        tr(
            "The probability that all pieces are right: every further piece can only take away, so "
            "too few are cut."
        ),
        _logs,
        tends=tr("every further piece takes away from the sum"),
    ),
    "mean-log": Score(
        tr("mean of log p"),
        tr("The same per piece: the number makes no difference, but one bad piece ruins the row."),
        _logs,
        mean=True,
    ),
    "width": Score(
        tr("log p by width"),
        tr(
            "Each log p counts by the width of its piece, unusual widths cost, and no piece spans "
            "an empty column: the best there is for a network that has never seen a non-digit."
        ),
        _by_width,
        across_blanks=False,
    ),
}


KEPT = 5
"""Ways kept for each number of pieces and last cut, and found in the end."""
NOTHING = -np.inf


@dataclass(frozen=True)
class Way:
    """One way to cut a row."""

    pieces: tuple[int, ...]
    """Numbers of the pieces, from left to right."""
    digits: tuple[int, ...]
    total: float
    """What the score makes of it."""


def best_ways(judged: JudgedPieces, score: Score, count: int = KEPT) -> tuple[Way, ...]:
    """The best ways to read the row as different strings, best first; each the best of its own.

    Exact: for each number of pieces k and each cut j, the best ways to read what lies left of
    the cut as k digits. Of ways that say the same the best is kept, as what follows is the
    same for them. Empty where the pieces do not cover the row.
    """
    pieces, worth = judged.pieces, score.worth(judged)
    usable = np.ones(len(pieces), np.bool_) if score.across_blanks else ~pieces.across_blank
    ending: list[list[int]] = [[] for _ in pieces.cuts]
    for piece in np.flatnonzero(usable).tolist():
        ending[int(pieces.ends[piece])].append(piece)
    most = _most_pieces(judged, ending)
    if most < 1:
        return ()
    beginning = _Ways.none(most + 1)
    beginning.totals[0, 0] = 0.0
    reached = [beginning]
    for arriving in ending[1:]:
        reached.append(
            _extended(arriving, reached, judged, worth) if arriving else _Ways.none(most + 1)
        )
    last = reached[-1]
    found = [
        (score.total(float(last.totals[number, rank]), number), number, rank)
        for number, rank in zip(*np.nonzero(last.totals > NOTHING), strict=True)
    ]
    found.sort(key=lambda each: -each[0])
    return tuple(
        _way(reached, judged, total, int(number), int(rank))
        for total, number, rank in found[:count]
    )


@dataclass(frozen=True, eq=False)
class _Ways:
    """The best ways to read what lies left of one cut; arrays (pieces so far, KEPT)."""

    totals: Doubles
    """NOTHING where there are fewer ways"""
    strings: NDArray[np.uint64]
    """A number for each string"""
    pieces: Indices
    """The last piece"""
    ranks: Indices
    """Which of the ways left of that piece it follows"""

    @classmethod
    def none(cls, lengths: int) -> "_Ways":
        shape = (lengths, KEPT)
        return cls(
            np.full(shape, NOTHING),
            np.zeros(shape, np.uint64),
            np.zeros(shape, np.intp),
            np.zeros(shape, np.intp),
        )


def _most_pieces(judged: JudgedPieces, ending: Sequence[Sequence[int]]) -> int:
    most = [0]
    for arriving in ending[1:]:
        before = [most[int(judged.pieces.starts[piece])] for piece in arriving]
        most.append(1 + max(before) if before and max(before) >= 0 else -1)
    return most[-1]


def _extended(
    arriving: Sequence[int], reached: Sequence[_Ways], judged: JudgedPieces, worth: Doubles
) -> _Ways:
    """The best ways whose last piece is one of those arriving."""
    starts = [reached[int(judged.pieces.starts[piece])] for piece in arriving]
    found = _Ways.none(len(starts[0].totals))
    # (pieces so far, arriving, KEPT), only as many pieces as there are ways with
    totals = np.stack([ways.totals for ways in starts], axis=1)
    # the last row has no room for another piece: such ways never reach the end
    possible = np.flatnonzero((totals[:-1] > NOTHING).any(axis=(1, 2)))
    if not len(possible):
        return found
    before = slice(int(possible[0]), int(possible[-1]) + 1)
    after = slice(before.start + 1, before.stop + 1)
    totals = totals[before] + worth[list(arriving)][:, None]
    digits = judged.digits[list(arriving)].astype(np.uint64)
    strings = np.stack([ways.strings[before] for ways in starts], axis=1)
    strings = (strings ^ (digits[:, None] + np.uint64(1))) * _MIXER
    # -> (pieces so far, ways), the best first
    totals, strings = totals.reshape(len(totals), -1), strings.reshape(len(totals), -1)
    order = np.argsort(-totals, axis=1, kind="stable")
    totals = np.take_along_axis(totals, order, axis=1)
    strings = np.take_along_axis(strings, order, axis=1)
    better = np.tri(totals.shape[1], k=-1, dtype=np.bool_)
    again = ((strings[:, :, None] == strings[:, None, :]) & better).any(axis=2)
    totals[again] = NOTHING
    best = np.argsort(-totals, axis=1, kind="stable")[:, :KEPT]
    chosen = np.take_along_axis(order, best, axis=1)
    found.totals[after] = np.take_along_axis(totals, best, axis=1)
    found.strings[after] = np.take_along_axis(strings, best, axis=1)
    found.pieces[after] = np.array(arriving, np.intp)[chosen // KEPT]
    found.ranks[after] = chosen % KEPT
    return found


_MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd, so that products differ where their factors do


def _way(
    reached: Sequence[_Ways], judged: JudgedPieces, total: float, number: int, rank: int
) -> Way:
    pieces: list[int] = []
    cut = len(reached) - 1
    while number:
        piece = int(reached[cut].pieces[number, rank])
        rank = int(reached[cut].ranks[number, rank])
        pieces.append(piece)
        cut = int(judged.pieces.starts[piece])
        number -= 1
    pieces.reverse()
    return Way(tuple(pieces), tuple(judged.digits[pieces].tolist()), total)


@dataclass(frozen=True, eq=False)
class ReadRow:
    """A row, every trial piece of it, and the best ways to read it."""

    row: Row
    judged: JudgedPieces
    """All trial pieces."""
    score: Score
    ways: tuple[Way, ...]
    """Best first, each another string."""

    def cuts(self, way: Way) -> tuple[int, ...]:
        """The columns it is cut at, without the ends of the row."""
        pieces = self.judged.pieces
        return tuple(pieces.cuts[pieces.ends[list(way.pieces[:-1])]].tolist())


def read_row(row: Row, network: Network, layout: Layout, score: Score = SCORES["mean"]) -> ReadRow:
    """The row as a network reads it, with the best ways to cut it by a score.

    Source: trial segmentation with dynamic programming, after LeCun, Bottou, Bengio and
    Haffner, Proc. IEEE 86 (1998) 2278-2324, section V.
    """
    judged = judge_pieces(trial_pieces(row, candidate_cuts(row)), network, layout)
    return ReadRow(row, judged, score, best_ways(judged, score))


def with_cuts(
    row: Row, cuts: Sequence[int], network: Network, layout: Layout, score: Score
) -> tuple[JudgedPieces, Way]:
    """The row cut at these columns (without its ends), whatever comes of it.

    Columns that the row does not have are left out.
    """
    inside = [column for column in cuts if 0 < column < row.width]
    pieces = pieces_between(row, [0, *inside, row.width])
    judged = judge_pieces(pieces, network, layout)
    total = score.total(float(score.worth(judged).sum()), len(pieces))
    return judged, Way(tuple(range(len(pieces))), tuple(judged.digits.tolist()), total)


def split_at_blanks(row: Row, network: Network, layout: Layout) -> tuple[int, ...]:
    """The baseline: a digit between every two empty columns."""
    judged = judge_pieces(pieces_between(row, blank_cuts(row).tolist()), network, layout)
    return tuple(judged.digits.tolist())
