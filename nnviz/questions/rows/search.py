"""The best ways to cut a row: dynamic programming over the number of pieces and the last cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Doubles, Indices
from nnviz.questions.rows.scores import Judged, Score

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


def best_ways(judged: Judged, score: Score, count: int = KEPT) -> tuple[Way, ...]:
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


def _most_pieces(judged: Judged, ending: Sequence[Sequence[int]]) -> int:
    most = [0]
    for arriving in ending[1:]:
        before = [most[int(judged.pieces.starts[piece])] for piece in arriving]
        most.append(1 + max(before) if before and max(before) >= 0 else -1)
    return most[-1]


def _extended(
    arriving: Sequence[int], reached: Sequence[_Ways], judged: Judged, worth: Doubles
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


def _way(reached: Sequence[_Ways], judged: Judged, total: float, number: int, rank: int) -> Way:
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
