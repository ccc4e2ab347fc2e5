"""What speaks against the reading of a row: its worst piece, pieces that stand out, other strings
that are nearly as good. How often rightly, `python -m tests.rows.photographed` measures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Doubles
from nnviz.data.row_cuts import TRACE, Row
from nnviz.questions.readers import EVEN
from nnviz.questions.rows import SCORES, JudgedPieces, ReadRow
from nnviz.words import number, percent, tr

WEAK = 0.3
"""Confidence of a piece below which it is hardly a digit."""
CLOSE = 0.4
"""Lead of the first answer of a piece over its second below which they are hardly told apart."""
SHORT = 0.6
"""Height of a piece, as a share of that of most, below which it stands out."""
BROAD = 1.45
"""Width of a piece, in its own heights, above which it stands out."""
AS_GOOD = 0.02
"""Difference of the mean confidences of two strings below which they are as good."""


@dataclass(frozen=True)
class Doubt:
    """Why a row may have been read wrongly."""

    kind: str
    """One of REASONS"""
    piece: int | None
    """The place of the piece that it is about, from the left; None: it is about all"""
    value: float
    """What was measured: a share"""
    other: str = ""
    """Another string that is nearly as good"""

    def told(self) -> str:
        """It as the middle of a sentence."""
        place = 0 if self.piece is None else self.piece + 1
        return REASONS[self.kind](place, self.value, self.other)


def _all(_place: int, value: float, _other: str) -> str:
    return tr("its pieces are {share} sure on average", share=percent(value, 0))


def _weak(place: int, value: float, _other: str) -> str:
    return tr("piece {place} is only {share} sure", place=place, share=percent(value, 0))


def _close(place: int, value: float, _other: str) -> str:
    return tr(
        "piece {place} has a second answer {share} behind", place=place, share=percent(value, 0)
    )


def _short(place: int, value: float, _other: str) -> str:
    return tr("piece {place} is {share} as high as most", place=place, share=percent(value, 0))


def _broad(place: int, value: float, _other: str) -> str:
    return tr("piece {place} is {times} times as wide as high", place=place, times=number(value, 1))


def _as_good(_place: int, value: float, other: str) -> str:
    return tr("{other} is as good but for {share}", other=other, share=percent(value))


REASONS: Mapping[str, Callable[[int, float, str], str]] = {
    "average": _all,
    "weak": _weak,
    "close": _close,
    "short": _short,
    "broad": _broad,
    "equal": _as_good,
}
"""Reason -> how it is told; what weighs most comes first."""


def doubts_of(
    judged: JudgedPieces,
    row: Row,
    pieces: Sequence[int],
    read: ReadRow | None = None,
    names: Sequence[str] = (),
) -> tuple[Doubt, ...]:
    """What speaks against these pieces of a row, from left to right; nothing: none does. `read`
    where they are the best way, to look at the next one too, with the `names` of its classes."""
    own = list(pieces)
    if not own:
        return ()
    sure, leads = judged.confidences[own], judged.leads[own]
    heights, widths = _sizes(row, judged.pieces.spans[own].tolist())
    usual, aspects = heights / np.median(heights), widths / heights
    found = []
    if sure.mean() < EVEN:
        found.append(Doubt("average", None, float(sure.mean())))
    looked_at = (
        ("weak", sure, sure < WEAK),
        ("close", leads, leads < CLOSE),
        ("short", usual, usual < SHORT),
        ("broad", -aspects, aspects > BROAD),
    )
    told: set[int] = set()
    for reason, values, strange in looked_at:
        for place in sorted(np.flatnonzero(strange).tolist(), key=lambda each: values[each]):
            if place not in told:
                told.add(place)
                found.append(Doubt(reason, place, abs(float(values[place]))))
    if read is not None and read.score is SCORES["mean"] and len(read.ways) > 1:
        best, second = read.ways[:2]
        if best.total - second.total < AS_GOOD:
            string = "".join(names[digit] if names else str(digit) for digit in second.digits)
            found.append(Doubt("equal", None, best.total - second.total, string))
    return tuple(found)


def _sizes(row: Row, spans: Sequence[tuple[int, int]]) -> tuple[Doubles, Doubles]:
    """Heights and widths of the ink of pieces, in pixels of the row."""
    heights = []
    for start, end in spans:
        rows = np.flatnonzero(row.picture[:, start:end].max(axis=1, initial=0) >= TRACE)
        heights.append(float(rows[-1] - rows[0] + 1) if len(rows) else 1.0)
    return np.array(heights), np.array([float(end - start) for start, end in spans])
