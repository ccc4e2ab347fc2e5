"""What the chosen network reads in the row, worked out no more often than it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from nnviz.data.arrays import Bytes, Indices
from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.normalising import averaged, resized
from nnviz.data.row_cuts import (
    Pieces,
    Row,
    RowTooLong,
    candidate_cuts,
    row_of,
    trial_pieces,
)
from nnviz.data.row_marks import Signs
from nnviz.questions.row_doubts import Doubt, doubts_of
from nnviz.questions.row_signs import with_labels_found
from nnviz.questions.rows import (
    SCORES,
    JudgedPieces,
    ReadRow,
    Way,
    best_ways,
    judge_pieces,
    split_at_blanks,
    with_cuts,
)
from nnviz.session import slices
from nnviz.session.state import Work
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.pages.page import MOVING


@dataclass(frozen=True)
class RowSeen:
    """All that the view of rows shows of a state."""

    running: bool
    digits: ShownDigits
    row: slices.Row
    network: str
    """What reads it, as it is called now."""
    networks: tuple[str, ...]
    """The entrants, and in their places designs without a network."""
    labels: Mapping[str, str]
    """Entrant or design -> what it is called."""
    more: Mapping[str, str]
    """Name -> title of what could read it, too."""
    lecturing: bool
    answer_hidden: bool
    work: Work | None = field(metadata=MOVING)
    """The network that reads the row, if it is there."""

    @property
    def fits(self) -> bool:
        """Whether a row can be made of such digits."""
        return self.digits.shape == GREY


@dataclass(frozen=True, eq=False)
class RowAnswer:
    """The row as it is read, and the way to cut it that is shown."""

    read: ReadRow
    cuts: Indices
    """Columns at which it may be cut."""
    shown: JudgedPieces
    """The pieces of the way shown alone."""
    way: Way
    """That way, its pieces being numbered as in `shown`."""
    columns: tuple[int, ...]
    """The columns it is cut at, without the ends of the row."""
    by_hand: bool
    """Whether a person chose the cuts."""
    blanks: tuple[int, ...]
    """What splitting at empty columns alone reads."""
    signs: Signs
    """All signs of the picture"""
    left_out: frozenset[int]
    """The numbers of those that are not read"""
    doubts: tuple[Doubt, ...]
    """What speaks against the way shown, what weighs most first"""

    @property
    def row(self) -> Row:
        return self.read.row

    @cached_property
    def whole(self) -> "WholeRow":
        """The row with what was left out."""
        return _whole(self.row, self.signs, self.left_out)


@dataclass(frozen=True, eq=False)
class WholeRow:
    """A row with all signs of its picture, read or not."""

    picture: Bytes
    """(rows, columns) 0..255, as large as the row"""
    above: int
    """Rows of it above the row that is read"""
    before: int
    """Columns of it before that"""
    marks: tuple["Mark", ...]
    """All signs, from left to right"""


@dataclass(frozen=True)
class Mark:
    """A sign of a row, read or not; its place in pixels of the row that is read."""

    kind: str
    line: int
    left_out: bool
    top: float
    left: float
    bottom: float
    right: float


def _whole(row: Row, signs: Signs, left_out: frozenset[int]) -> WholeRow:
    boxes = [sign.box for sign in signs.signs]
    marks = tuple(
        Mark(
            sign.kind,
            sign.line,
            number in left_out,
            (sign.box.top - row.top) * row.scale,
            (sign.box.left - row.left) * row.scale,
            (sign.box.bottom - row.top) * row.scale,
            (sign.box.right - row.left) * row.scale,
        )
        for number, sign in enumerate(signs.signs)
    )
    if not left_out:
        return WholeRow(row.picture, 0, 0, marks)
    height, width = row.picture.shape
    above = max(0, round(max(-mark.top for mark in marks)))
    before = max(0, round(max(-mark.left for mark in marks)))
    under = max(0, round(max(mark.bottom for mark in marks) - height))
    behind = max(0, round(max(mark.right for mark in marks) - width))
    top, left = (min(each) for each in ((box.top for box in boxes), (box.left for box in boxes)))
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    part = signs.without(frozenset())[top:bottom, left:right]
    size = max(1, round(part.shape[0] * row.scale)), max(1, round(part.shape[1] * row.scale))
    part = averaged(part, *size) if row.scale < 1 else resized(part, *size)
    picture = np.zeros((above + height + under, before + width + behind), np.uint8)
    down = max(0, round((top - row.top) * row.scale) + above)
    across = max(0, round((left - row.left) * row.scale) + before)
    place = picture[down : down + size[0], across : across + size[1]]
    place[:] = part[: place.shape[0], : place.shape[1]]
    own = picture[above : above + height, before : before + width]
    np.maximum(own, row.picture, out=own)
    return WholeRow(picture, above, before, marks)


class RowReader:
    """Reads the row on screen; keeps what did not change since the last time."""

    def __init__(self) -> None:
        self._signs = Kept[Signs]()
        self._row = Kept[Row | None]()
        self._tried = Kept[tuple[Indices, Pieces]]()
        self._judged = Kept[tuple[JudgedPieces, tuple[int, ...]]]()
        self._read = Kept[ReadRow]()

    def read(self, view: RowSeen) -> RowAnswer | None:
        """None without ink, without a network, or where nothing fits."""
        written, work = view.row.written, view.work
        unlabelled = written.signs
        if unlabelled is None or work is None or work.network.inputs != view.digits.inputs:
            return None
        network, layout = work.network, work.layout(view.digits.classes)
        signs = self._signs.get(
            "",
            (written, network),
            lambda: with_labels_found(unlabelled, network, layout),
        )
        left_out = signs.marks if view.row.left_out is None else view.row.left_out
        row = self._row.get("", (written, left_out), lambda: _row_without(signs, left_out))
        if row is None:
            return None
        score = SCORES[view.row.score]
        cuts, pieces = self._tried.get("", (row,), partial(_tried, row))

        def judge() -> tuple[JudgedPieces, tuple[int, ...]]:
            return judge_pieces(pieces, network, layout), split_at_blanks(row, network, layout)

        judged, blanks = self._judged.get("", (pieces, network), judge)
        read = self._read.get(
            "", (judged, score), lambda: ReadRow(row, judged, score, best_ways(judged, score))
        )
        columns = view.row.cuts
        if columns is None and not read.ways:
            return None
        if columns is None:
            columns = read.cuts(read.ways[min(view.row.way, len(read.ways) - 1)])
        shown, way = with_cuts(row, columns, network, layout, score)
        by_hand = view.row.cuts is not None
        best = read if read.ways and columns == read.cuts(read.ways[0]) else None
        names = view.digits.class_names
        doubts = doubts_of(shown, row, range(len(shown.digits)), best, names)
        return RowAnswer(read, cuts, shown, way, columns, by_hand, blanks, signs, left_out, doubts)


def _row_without(signs: Signs, left_out: frozenset[int]) -> Row | None:
    """The signs that are read as a row; None where nothing is left, or too much."""
    try:
        return row_of(signs.without(left_out), signs.height)
    except RowTooLong:
        return None


def _tried(row: Row) -> tuple[Indices, Pieces]:
    """Where a row may be cut, and all its pieces."""
    cuts = candidate_cuts(row)
    return cuts, trial_pieces(row, cuts)
