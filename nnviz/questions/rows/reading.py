"""Reads rows of digits of unknown length by trial segmentation."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.data.row_cuts import Row, blank_cuts, candidate_cuts, pieces_between, trial_pieces
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.rows.scores import SCORES, Judged, Score, judge_pieces
from nnviz.questions.rows.search import Way, best_ways


@dataclass(frozen=True, eq=False)
class ReadRow:
    """A row, every trial piece of it, and the best ways to read it."""

    row: Row
    judged: Judged
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
) -> tuple[Judged, Way]:
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
