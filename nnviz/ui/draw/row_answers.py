"""What the chosen network reads in the row, worked out no more often than it changes."""

from dataclasses import dataclass, field
from functools import partial

from nnviz.data.arrays import Indices
from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.row_cuts import Pieces, Row, candidate_cuts, trial_pieces
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

    @property
    def row(self) -> Row:
        return self.read.row


class RowReader:
    """Reads the row on screen; keeps what did not change since the last time."""

    def __init__(self) -> None:
        self._tried = Kept[tuple[Indices, Pieces]]()
        self._judged = Kept[tuple[JudgedPieces, tuple[int, ...]]]()
        self._read = Kept[ReadRow]()

    def read(self, view: RowSeen) -> RowAnswer | None:
        """None without ink, without a network, or where nothing fits."""
        row, work = view.row.written.row, view.work
        if row is None or work is None or work.network.inputs != view.digits.inputs:
            return None
        network, layout = work.network, work.layout(view.digits.classes)
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
        return RowAnswer(read, cuts, shown, way, columns, by_hand, blanks)


def _tried(row: Row) -> tuple[Indices, Pieces]:
    """Where a row may be cut, and all its pieces."""
    cuts = candidate_cuts(row)
    return cuts, trial_pieces(row, cuts)
