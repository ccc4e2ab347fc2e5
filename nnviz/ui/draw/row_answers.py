"""What the chosen network reads in the row, worked out no more often than it changes."""

from dataclasses import dataclass, field

from nnviz.data.arrays import Indices
from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.row_cuts import Pieces, Row, candidate_cuts, trial_pieces
from nnviz.data.written_row import WrittenRow
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
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
from nnviz.ui.pages.page import MOVING


@dataclass(frozen=True)
class RowSeen:
    """All that the view of rows shows of a state."""

    running: bool
    digits: ShownDigits
    row: slices.Row
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
        self._written: WrittenRow | None = None
        self._network: Network | None = None
        self._score = ""
        self._cuts: Indices
        self._pieces: Pieces
        self._judged: JudgedPieces
        self._blanks: tuple[int, ...] = ()
        self._read: ReadRow

    def read(self, view: RowSeen) -> RowAnswer | None:
        """None without ink, without a network, or where nothing fits."""
        written, work = view.row.written, view.work
        row = written.row
        if row is None or work is None or work.network.inputs != view.digits.inputs:
            return None
        network, layout = work.network, work.layout(view.digits.classes)
        new_row, new_network = written is not self._written, network is not self._network
        if new_row:
            self._cuts = candidate_cuts(row)
            self._pieces = trial_pieces(row, self._cuts)
        if new_row or new_network:
            self._judged = judge_pieces(self._pieces, network, layout)
            self._blanks = split_at_blanks(row, network, layout)
        if new_row or new_network or view.row.score != self._score:
            score = SCORES[view.row.score]
            self._read = ReadRow(row, self._judged, score, best_ways(self._judged, score))
        self._written, self._network, self._score = written, network, view.row.score
        return self._shown(view, network, layout)

    def _shown(self, view: RowSeen, network: Network, layout: Layout) -> RowAnswer | None:
        read, columns = self._read, view.row.cuts
        if columns is None:
            if not read.ways:
                return None
            columns = read.cuts(read.ways[min(view.row.way, len(read.ways) - 1)])
        judged, way = with_cuts(read.row, columns, network, layout, read.score)
        by_hand = view.row.cuts is not None
        return RowAnswer(read, self._cuts, judged, way, columns, by_hand, self._blanks)
